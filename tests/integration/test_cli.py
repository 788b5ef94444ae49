"""The command line as another program sees it: results on stdout, one line of error, exit codes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from strategybot import __version__
from strategybot.grounding.laws import find_breaches
from strategybot.schema import Document, Reply
from tests.fakes import write_corpus

HEAVY = ("gradio", "torch", "chromadb", "sentence_transformers", "openvino", "langchain", "langchain_core", "fastapi")
QUESTION = "How much does the growth grant pay?"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its status, and what it said where."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command printed
        return json.loads(self.out)


def run(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Done:
    command = [sys.executable, "-m", "strategybot.cli", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **(environment or {})}
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory, documents: Path) -> tuple[Path, Done]:
    """A home, and what its first ingest said."""
    home = tmp_path_factory.mktemp("cli") / "home"
    return home, run("--home", home, "ingest", documents)


@pytest.fixture
def home(ingested: tuple[Path, Done]) -> Path:
    return ingested[0]


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def without_timings(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "timings_ms"}


def test_an_ingest_says_what_it_did_and_how_far_it_is(ingested: tuple[Path, Done]) -> None:
    _, done = ingested

    assert done.status == 0, done.err
    assert done.out.startswith("Documents: 2 new, 0 changed, 0 unchanged, 0 removed, 0 failed\n")
    lines = [line for line in done.err.splitlines() if line.startswith(("Reading: ", "Embedding: "))]
    assert lines[0] == "Reading: 2"
    assert len(lines) == 2
    assert "\x1b" not in done.err


def test_an_unreadable_file_is_named_and_ends_with_3_after_the_rest(tmp_path: Path, home: Path) -> None:
    folder = write_corpus(tmp_path / "documents")
    (folder / "broken.md").write_bytes(b"a\0b")
    other = tmp_path / "home"

    done = run("--home", other, "ingest", folder, "--json")

    assert done.status == 3
    report = done.json
    assert report["new"] == ["climate", "grants"]
    assert [Path(failure["path"]).name for failure in report["failed"]] == ["broken.md"]
    assert report["passages"] > 0
    assert home != other


def test_a_path_that_does_not_exist_is_an_error_of_one_line(tmp_path: Path) -> None:
    done = run("--home", tmp_path, "ingest", tmp_path / "nowhere")

    assert_one_line(done, 3, "nowhere", "name one that exists")


def test_a_question_is_answered_as_a_lawful_reply(home: Path) -> None:
    done = run("--home", home, "ask", QUESTION, "--json", "--as-of", "2026-11-23")

    reply = Reply.model_validate_json(done.out)
    assert done.status == 0
    assert reply.status == "answered"
    assert str(reply.as_of) == "2026-11-23"
    assert "£10,000" in reply.text
    assert find_breaches(reply) == ()


def test_a_question_is_answered_for_people_with_its_sources(home: Path) -> None:
    done = run("--home", home, "ask", QUESTION)

    assert done.status == 0
    assert re.search(
        r"\nSources\n\n  (\[\d\])+ Growth grants\n      Council · 1 May 2023 · Closed on 31 March 2024\n", done.out
    )
    assert "1 May 2023" in done.out


def test_the_same_question_gives_the_same_reply_but_for_its_timings(home: Path) -> None:
    first, second = (run("--home", home, "ask", QUESTION, "--json", "--as-of", "2026-11-23").json for _ in range(2))

    assert without_timings(first) == without_timings(second)
    assert list(first) == list(second)


def test_a_batch_is_answered_row_by_row(tmp_path: Path, home: Path) -> None:
    history = [{"role": "user", "content": "Tell me of the growth grant."}]
    batch = write_rows(
        tmp_path / "in.jsonl",
        [
            {"id": "a", "question": QUESTION, "as_of": "2023-06-01"},
            {"id": 2, "question": "When did it close?", "history": history, "as_of": "2026-11-23"},
            {"id": "c", "question": "What is the weather on Mars?", "as_of": "2026-11-23"},
        ],
    )

    done = run("--home", home, "ask", "--batch", batch, "--output", tmp_path / "out.jsonl")

    assert (done.status, done.out) == (0, "")
    rows = rows_of(tmp_path / "out.jsonl")
    assert [(row["id"], row["as_of"]) for row in rows] == [
        ("a", "2023-06-01"), ("2", "2026-11-23"), ("c", "2026-11-23")
    ]  # fmt: skip
    replies = [Reply.model_validate({k: v for k, v in row.items() if k != "id"}) for row in rows]
    assert "31 March 2024" in replies[1].text
    assert replies[2].statements == ()
    assert [find_breaches(reply, history=[h["content"] for h in history]) for reply in replies] == [(), (), ()]


def test_a_batch_without_an_output_goes_to_stdout(tmp_path: Path, home: Path) -> None:
    batch = write_rows(tmp_path / "in.jsonl", [{"id": "a", "question": QUESTION}])

    asked, searched = (run("--home", home, verb, "--batch", batch) for verb in ("ask", "search"))

    assert asked.json["id"] == "a"
    assert "Answering: 1" in asked.err
    assert searched.json["hits"][0]["document_id"] == "grants"


def test_search_gives_ranked_passages(tmp_path: Path, home: Path) -> None:
    batch = write_rows(tmp_path / "in.jsonl", [{"id": "a", "question": QUESTION}])

    single = run("--home", home, "search", QUESTION, "--top", "2", "--json").json["hits"]
    run("--home", home, "search", "--batch", batch, "--top", "2", "--output", tmp_path / "out.jsonl")

    (row,) = rows_of(tmp_path / "out.jsonl")
    assert row == {"id": "a", "hits": single}
    assert len(single) == 2
    assert all(set(hit) == {"passage_id", "document_id", "section", "text", "score"} for hit in single)
    assert single[0]["document_id"] == "grants"
    assert single[0]["score"] >= single[1]["score"]


def test_a_file_is_shown_as_it_is_read(documents: Path) -> None:
    shown = run("read", documents / "climate.md")
    whole = run("read", documents / "climate.md", "--json")

    assert shown.out.startswith("# Climate plan\n\n## Target\n\n")
    assert Document.model_validate_json(whole.out).id == "climate"


def test_the_doctor_is_content_with_an_index_and_not_without(tmp_path: Path, home: Path) -> None:
    sound, sick = run("--home", home, "doctor", "--json"), run("--home", tmp_path / "none", "doctor")

    assert sound.status == 0, sound.out
    assert {finding["subject"] for finding in sound.json} >= {"embedding model", "index", "disk"}
    assert sick.status == 1
    assert sick.out.startswith("!! index: nothing is indexed in")


def test_the_version_is_that_of_the_package() -> None:
    assert run("version").out.strip() == __version__


def test_a_home_without_an_index_ends_with_4_and_what_to_run(tmp_path: Path) -> None:
    done = run("--home", tmp_path / "none", "ask", QUESTION)

    assert_one_line(done, 4, "nothing is indexed", "strategybot ingest")


@pytest.mark.parametrize(
    ("arguments", "environment", "named"),
    [
        (("ask", QUESTION, "--mode", "model"), {}, "mode 'model'"),
        (("ask",), {}, "no question was given"),
        (("ask", "x" * 3000), {}, "at most 2000"),
        (("ask", QUESTION), {"STRATEGYBOT_PORT": "many"}, "STRATEGYBOT_PORT"),
        (("ask", QUESTION), {"STRATEGYBOT_EMBEDDER": "no-such-model"}, "no-such-model"),
        (("ask", QUESTION), {"STRATEGYBOT_CALIBRATION": "/no/such/file"}, "/no/such/file"),
    ],
    ids=["mode", "no question", "long question", "setting", "model", "calibration"],
)
def test_a_wrong_setting_or_argument_ends_with_2_and_names_it(
    home: Path, arguments: Sequence[str], environment: Mapping[str, str], named: str
) -> None:
    done = run("--home", home, *arguments, environment=environment)

    assert_one_line(done, 2, named)


def test_a_batch_with_a_bad_row_names_its_line(tmp_path: Path, home: Path) -> None:
    batch = tmp_path / "in.jsonl"
    batch.write_text(f'{json.dumps({"id": 1, "question": QUESTION})}\n{{"id": 2}}\n', "utf-8")

    done = run("--home", home, "ask", "--batch", batch, "--output", tmp_path / "out.jsonl")

    assert_one_line(done, 2, "in.jsonl, line 2")
    assert not (tmp_path / "out.jsonl").exists()


def assert_one_line(done: Done, status: int, *named: str) -> None:
    """The command failed with a status, and said why in one line that says what to do."""
    said = [line for line in done.err.splitlines() if line.strip()]
    assert done.status == status, done.err
    assert done.out == ""
    assert len(said) == 1, done.err
    assert said[0].startswith("strategybot: ")
    assert all(each in said[0] for each in named), said[0]


def test_homes_lie_side_by_side(tmp_path: Path, home: Path, documents: Path) -> None:
    other = tmp_path / "other"
    single = write_corpus(tmp_path / "documents") / "climate.md"

    first = run("--home", other, "ingest", single, "--json").json
    by_variable = run("search", "growth grant", "--json", environment={"STRATEGYBOT_HOME": str(other)}).json

    assert first["new"] == ["climate"]
    assert {hit["document_id"] for hit in by_variable["hits"]} == {"climate"}
    assert run("--home", home, "ingest", documents, "--json").json["unchanged"] == ["climate", "grants"]


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from strategybot.cli import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit as end: assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)

    assert done.stderr.strip() == "[]"
