"""The first steps of a person at the command line, each in a process of its own: help, and a home without an index."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent.parent
TIMEOUT_S = 60
RUNNING = re.compile(r"Uvicorn running on (http://127\.0\.0\.1:\d+)")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "strategybot.cli", *arguments],
        check=False, capture_output=True, text=True, timeout=TIMEOUT_S, env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )  # fmt: skip


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    heavy = "import sys, runpy; sys.argv = ['strategybot', '--help']\ntry:\n    runpy.run_module('strategybot.cli', "
    heavy += "run_name='__main__')\nfinally:\n    print(sorted({'torch', 'chromadb', 'gradio', 'openvino', 'numpy', "
    heavy += "'langchain_core', 'pydantic'} & set(sys.modules)))"

    answer = subprocess.run(
        [sys.executable, "-c", heavy], check=True, capture_output=True, text=True, timeout=TIMEOUT_S
    )

    assert answer.stdout.endswith("[]\n")
    for command in ("ingest", "read", "ask", "search", "serve", "evaluate", "doctor"):
        assert command in answer.stdout


@pytest.mark.parametrize("command", [("ask", "What is net zero?"), ("search", "net zero"), ("serve", "--port", "0")])
def test_without_an_index_a_command_says_what_to_do_and_loads_no_model(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    home = tmp_path / "home"

    answer = run("--home", str(home), *command)

    assert answer.returncode == 4
    assert answer.stderr == f"strategybot: nothing is indexed in {home} yet; run `strategybot ingest` first\n"
    assert answer.stdout == ""
    assert not home.exists()


def test_a_question_is_needed(tmp_path: Path) -> None:
    answer = run("--home", str(tmp_path), "ask")

    assert answer.returncode == 2
    assert "no question was given" in answer.stderr


def test_the_doctor_says_what_an_empty_home_needs(tmp_path: Path) -> None:
    answer = run("--home", str(tmp_path / "home"), "doctor")

    assert answer.returncode == 1
    assert answer.stdout.startswith("!! index: nothing is indexed")
    assert "strategybot ingest" in answer.stdout


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "plan.md").write_text("# Otley Plan\n\nThe plan aims for 5,000 new homes in Otley by 2030.\n", "utf-8")
    (corpus / "empty.md").write_text("", "utf-8")
    settings = {"STRATEGYBOT_HOME": str(tmp_path / "home"), "STRATEGYBOT_CORPUS": str(corpus), "STRATEGYBOT_PORT": "0"}
    command = [sys.executable, str(ROOT / "app.py")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | settings)
    yield process
    process.terminate()
    process.wait(TIMEOUT_S)
    assert process.stderr
    process.stderr.close()


def test_the_app_indexes_first_says_what_failed_and_then_answers(started: subprocess.Popen[str]) -> None:
    assert started.stderr
    said: list[str] = []
    for line in started.stderr:
        said.append(line)
        if RUNNING.search(line):
            break
    address = RUNNING.findall("".join(said))[0]

    health = httpx.get(f"{address}/healthz", timeout=TIMEOUT_S).json()

    assert health["status"] == "ok"
    assert "Documents: 1 new, 0 changed, 0 unchanged, 0 removed, 1 failed" in "".join(said)
    assert "empty.md: it is empty" in "".join(said)
    assert "Otley Plan" in httpx.get(f"{address}/documents", timeout=TIMEOUT_S).text
