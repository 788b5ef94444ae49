"""The floors of the evals: the development questions, asked of an index built from the bundled corpus."""

from pathlib import Path

import pytest

from evals.floors import find_shortfalls, read_floors
from evals.questions import DEVELOPMENT
from evals.records import Run
from evals.run import Options, main, run_evals
from strategybot.assistant import load_embedder
from strategybot.errors import IndexMissingError
from strategybot.index.build import ingest
from strategybot.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an index of the whole corpus, made by the bundled model."""
    home = tmp_path_factory.mktemp("home")
    ingest([CORPUS], home=home, embedder=load_embedder(Settings(home=home)))
    return home


def options(home: Path, **changes: object) -> Options:
    fields = {"home": home, "questions": DEVELOPMENT, "output": home, "compare": None, "baseline": False}
    return Options(**{"as_json": True, **fields, **changes})  # type: ignore[arg-type]  # the fields' own types


def test_no_figure_is_below_its_floor(home: Path) -> None:
    run = run_evals(options(home))

    assert find_shortfalls(read_floors(), run) == ()


def test_the_command_measures_a_question_against_the_baseline_and_an_earlier_run(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(DEVELOPMENT.read_text("utf-8").split("\n")[:3]), "utf-8")
    arguments = ["--home", str(home), "--questions", str(few), "--output", str(tmp_path / "reports")]

    first = main([*arguments, "--json"])
    (earlier,) = (tmp_path / "reports").glob("*.json")
    second = main([*arguments, "--compare", str(earlier)])

    assert (first, second) == (0, 0)
    assert [system.name for system in Run.read(earlier).systems] == ["strategybot", "naive baseline"]
    assert "## Compared with" in capsys.readouterr().out


def test_a_home_without_an_index_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        run_evals(options(tmp_path))
