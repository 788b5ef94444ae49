"""Run the evals: ``python -m evals.run`` asks, grades, and writes a run with the reports made from it."""

import argparse
import logging
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue
from rich.console import Console
from rich.progress import track

from evals.comparison import Comparison, compare
from evals.markdown import render_markdown
from evals.measures import compute_figures
from evals.measuring import measure
from evals.page import render_page
from evals.provenance import find_commit, find_machine
from evals.questions import DEVELOPMENT, Question, QuestionSet, read_questions
from evals.records import Run, System
from strategybot.assistant import Assistant, build_assistant, load_embedder
from strategybot.errors import StrategyBotError
from strategybot.settings import Settings

REPORTS = Path(__file__).parent / "reports"
_PRIVATE = {
    "home", "corpus", "originals", "calibration", "models", "examples", "situations", "chroma_url", "host", "port",
    *(name for name in Settings.model_fields if name.startswith(("sync_", "read_"))),
}  # fmt: skip
"""Settings that say where one installation keeps things, or that are secret: not written into a run."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to run and where to write it."""

    home: Path | None
    questions: Path
    output: Path
    compare: Path | None
    baseline: bool
    as_json: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask all questions, write JSON, Markdown and HTML, and print the Markdown or the figures."""
    options = _parse_options(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        earlier = Run.read(options.compare) if options.compare else None
        run = run_evals(options)
    except StrategyBotError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    comparison = compare(earlier, run) if earlier else None
    written = write_reports(run, comparison, folder=options.output)
    print(run.model_dump_json(exclude={"systems"}) if options.as_json else render_markdown(run, comparison))
    print(f"Wrote {', '.join(map(str, written))}", file=sys.stderr)
    return 0


def run_evals(options: Options) -> Run:
    """Put the questions to the assistant, and to the naive reference unless that is switched off.

    Raises:
        CorpusError: The questions cannot be read.
        IndexMissingError: Nothing has been indexed in the home yet.
    """
    started = datetime.now(UTC)
    asked = read_questions(options.questions)
    settings = Settings(home=options.home) if options.home else Settings()
    assistant = build_assistant(settings)
    systems = [measure("strategybot", assistant, questions=asked.questions, track=_show_progress)]
    if options.baseline:
        systems.append(_measure_baseline(assistant, settings, asked.questions))
    return build_run(systems, asked=asked, settings=settings, started=started)


def build_run(systems: Sequence[System], *, asked: QuestionSet, settings: Settings, started: datetime) -> Run:
    """Put the rows of the systems together with the figures made from them and how they were come by."""
    chosen: dict[str, JsonValue] = settings.model_dump(mode="json", exclude=_PRIVATE)
    return Run(
        started=started,
        commit=find_commit(),
        machine=find_machine(),
        settings=chosen,
        question_set=asked.name,
        questions_sha256=asked.sha256,
        systems=tuple(systems),
        figures=tuple(figure for system in systems for figure in compute_figures(system)),
    )


def write_reports(run: Run, comparison: Comparison | None, *, folder: Path) -> tuple[Path, ...]:
    """Write a run as JSON, Markdown and HTML under one name, and return the three paths."""
    texts = {
        ".json": run.model_dump_json(indent=1),
        ".md": render_markdown(run, comparison),
        ".html": render_page(run, comparison),
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{run.label}{suffix}" for suffix in texts)
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, "utf-8")
    return paths


def _measure_baseline(assistant: Assistant, settings: Settings, questions: Sequence[Question]) -> System:
    from evals.baseline import NaiveAssistant  # noqa: PLC0415 - a heavy import, only when it is measured

    found = (assistant.find_document(about.id) for about in assistant.documents())
    naive = NaiveAssistant([document for document in found if document], load_embedder(settings).encode)
    return measure("naive baseline", naive, questions=questions, track=_show_progress)


def _show_progress(questions: Sequence[Question]) -> Iterable[Question]:
    return track(questions, description="Asking", console=Console(stderr=True))


def _parse_options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m evals.run", description=main.__doc__)
    parser.add_argument("--home", type=Path, help="folder that holds the index; else that of the settings")
    parser.add_argument("--questions", type=Path, default=DEVELOPMENT, help="file of questions, JSON lines")
    parser.add_argument("--output", type=Path, default=REPORTS, help="folder for the JSON and the reports")
    parser.add_argument("--compare", type=Path, metavar="RUN.json", help="earlier run to compare with")
    parser.add_argument("--no-baseline", action="store_true", help="leave the naive reference out")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args(arguments)
    return Options(
        home=given.home,
        questions=given.questions,
        output=given.output,
        compare=given.compare,
        baseline=not given.no_baseline,
        as_json=given.json,
    )


if __name__ == "__main__":
    sys.exit(main())
