"""The command line: one command per verb. Results go to stdout, everything else to stderr."""

import json
import logging
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from strategybot import __version__
from strategybot.commands_schemes import schemes_app
from strategybot.commands_sources import sources_app
from strategybot.errors import ConfigurationError, StrategyBotError

for name, value in (
    ("GRADIO_ANALYTICS_ENABLED", "False"),
    ("ANONYMIZED_TELEMETRY", "False"),
    ("HF_HUB_OFFLINE", "1"),
):
    os.environ.setdefault(name, value)

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
app.add_typer(sources_app, name="sources")
app.add_typer(schemes_app, name="schemes")
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day asked about; default today.")
]
Batch = Annotated[Path | None, typer.Option("--batch", help="JSON lines with id, question, history, as_of.")]
Output = Annotated[Path | None, typer.Option("--output", help="Where a batch's rows go.")]


def main(*arguments: str) -> None:
    """Run the command line, of the process if no arguments are given; errors of ours become a line and an exit code."""
    try:
        app(args=list(arguments) or None)
    except StrategyBotError as error:
        typer.echo(f"strategybot: {error}", err=True)
        sys.exit(error.exit_code)


@app.callback()
def configure(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option("--home", help="Folder of all state; default .strategybot.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what is done.")] = False,
) -> None:
    """Answer questions from a public body's strategy documents, with citations."""
    from rich.console import Console
    from rich.logging import RichHandler

    handler = RichHandler(console=Console(stderr=True), show_path=False)
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(message)s", handlers=[handler])
    context.obj = home


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; default the corpus.")] = None,
    as_json: Json = False,
) -> None:
    """Index documents; only what changed is read and embedded."""
    from strategybot.rendering import render_ingest

    report = _ingest(_settings(context), paths)
    typer.echo(report.model_dump_json() if as_json else render_ingest(report))
    if report.failed:
        raise typer.Exit(3)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A file of a format that can be indexed.")],
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown; the default.")] = True,
) -> None:
    """Show what is read of a file, as the assistant sees it; exit 3 if it cannot be read."""
    from strategybot.reading import load_sources, open_file
    from strategybot.rendering import render_document

    opened = list(open_file(file, listed=load_sources(file.parent / "sources.toml")))
    documents = [one.document for one in opened if one.document]
    if as_json or not markdown:
        rows = [document.model_dump(mode="json") for document in documents]
        typer.echo(json.dumps(rows[0] if len(opened) == 1 and rows else rows, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n\n".join(render_document(document) for document in documents))
    for one in opened:
        if one.reason:
            typer.echo(f"strategybot: {one.name}: {one.reason}", err=True)
    if len(documents) < len(opened):
        raise typer.Exit(3)


@app.command()
def impact(context: typer.Context, as_json: Json = False) -> None:
    """List the replies that cited words which their documents no longer hold."""
    from contextlib import closing

    from strategybot.index.catalogue import CATALOGUE, Catalogue
    from strategybot.index.impact import find_impact
    from strategybot.index.live import require_index
    from strategybot.rendering import render_impact

    home = _settings(context).home
    require_index(home)
    with closing(Catalogue(home / CATALOGUE)) as catalogue:
        found = find_impact(catalogue)
    typer.echo(json.dumps([i.model_dump() for i in found], ensure_ascii=False) if as_json else render_impact(found))


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_of: AsOf = None,
    mode: Annotated[str, typer.Option(help="quote is the only mode of this version.")] = "quote",
    as_json: Json = False,
    batch: Batch = None,
    output: Output = None,
) -> None:
    """Answer a question, or a batch of them."""
    from strategybot.rendering import render_reply

    _require_quote_mode(mode)
    if batch:
        _run_batch(context, batch, output, lambda assistant, row: assistant.ask(row.query).model_dump(mode="json"))
        return
    query = _query(question, as_of)
    assistant = _assistant(context)
    reply = assistant.ask(query)
    assistant.record_citations(reply)
    documents = {metadata.id: metadata for metadata in assistant.documents()}
    typer.echo(reply.model_dump_json() if as_json else render_reply(reply, documents, width=_columns()))


@app.command()
def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What to search for.")] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many passages.")] = 10,
    as_json: Json = False,
    batch: Batch = None,
    output: Output = None,
) -> None:
    """Show ranked passages."""
    from strategybot.rendering import hit_rows, render_hits

    if batch:
        _run_batch(
            context,
            batch,
            output,
            lambda assistant, row: {"hits": hit_rows(assistant.search(row.query, top))},
        )
        return
    query = _query(question, None)
    hits = _assistant(context).search(query, top)
    typer.echo(
        json.dumps({"hits": hit_rows(hits)}, ensure_ascii=False) if as_json else render_hits(hits, width=_columns())
    )


@app.command()
def match(
    context: typer.Context,
    situation: Annotated[str, typer.Argument(help="The situation in your own words.")] = "",
    facts: Annotated[
        list[str] | None, typer.Option("--set", help="A fact, such as employees=12 or district=Wakefield; repeatable.")
    ] = None,
    as_of: AsOf = None,
    everything: Annotated[bool, typer.Option("--all", help="Show schemes that do not fit or are closed, too.")] = False,
    as_json: Json = False,
) -> None:
    """Show which support schemes fit a situation, criterion by criterion, with the source of each."""
    from strategybot.rendering_matches import render_matching
    from strategybot.schema import Situation

    told = Situation(text=situation, facts=_parse_facts(facts or []), as_of=as_of.date() if as_of else date.today())
    matching = _assistant(context).match(told)
    shown = render_matching(matching, everything=everything, width=_columns())
    typer.echo(matching.model_dump_json() if as_json else shown)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to bind to.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = None,
    build: Annotated[bool, typer.Option("--build", help="Index the corpus first if nothing is indexed yet.")] = False,
) -> None:
    """Serve the pages."""
    from strategybot.index.pointer import read_pointer
    from strategybot.rendering import render_ingest
    from strategybot.serving.app import run_server

    settings = _settings(context)
    if build and read_pointer(settings.home) is None:
        typer.echo(render_ingest(_ingest(settings, None)), err=True)
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    run_server(_assistant(context), settings.model_copy(update=changes))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Run the evals; takes the options of `python -m evals.run`."""
    import subprocess

    if not Path("evals/run.py").exists():
        message = "there is no evals folder here; run `strategybot evaluate` in a checkout of the project"
        raise ConfigurationError(message)
    home = _settings(context).home
    raise typer.Exit(
        subprocess.run([sys.executable, "-m", "evals.run", "--home", str(home), *context.args], check=False).returncode
    )


@app.command()
def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Say what is installed, indexed, missing and stale; exit 1 if something needs attention."""
    from strategybot.doctor import examine, render_findings

    findings = examine(_settings(context))
    typer.echo(
        json.dumps([f.model_dump() for f in findings], ensure_ascii=False) if as_json else render_findings(findings)
    )
    if any(finding.level == "attention" for finding in findings):
        raise typer.Exit(1)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def _settings(context: typer.Context) -> Any:
    from strategybot.settings import load_settings

    return load_settings(context.obj)


def _ingest(settings: Any, paths: Sequence[Path] | None) -> Any:
    from strategybot.assistant import ingest_documents

    _tell("Loading the embedding model …")
    return ingest_documents(settings, paths, track=_track)


def _assistant(context: typer.Context) -> Any:
    """Build the assistant; without an index it is said before the model is loaded."""
    from strategybot.assistant import build_assistant
    from strategybot.index.live import require_index

    settings = _settings(context)
    require_index(settings.home)
    _tell("Loading the embedding model and the index …")
    return build_assistant(settings)


def _query(question: str | None, as_of: datetime | None) -> Any:
    from strategybot.schema import Query

    if not question or not question.strip():
        message = "no question was given; write it in quotes, or name a file with --batch"
        raise ConfigurationError(message)
    return Query(text=question, as_of=as_of.date() if as_of else date.today())


def _parse_facts(options: Sequence[str]) -> dict[str, str]:
    """Read ``--set name=value`` options."""
    for option in options:
        if "=" not in option:
            message = f"--set {option!r} has no value; write it as --set employees=12"
            raise ConfigurationError(message)
    return {name.strip(): value.strip() for name, _, value in (option.partition("=") for option in options)}


def _require_quote_mode(mode: str) -> None:
    if mode != "quote":
        message = f"mode {mode!r} does not exist in this version; use --mode quote"
        raise ConfigurationError(message)


def _run_batch(context: typer.Context, batch: Path, output: Path | None, answer: Any) -> None:
    """Write a row for each row of a batch, to a file or to stdout; rows are flushed one by one."""
    from strategybot.rendering import read_batch

    rows = list(read_batch(batch))
    assistant = _assistant(context)
    target = output.open("w", encoding="utf-8") if output else sys.stdout
    with target:
        for row in _track(rows, "Answering"):
            target.write(json.dumps({"id": row.id, **answer(assistant, row)}, ensure_ascii=False) + "\n")


def _columns() -> int | None:
    """Return the columns to wrap at: those of a terminal, at most 100; None where the output goes elsewhere."""
    return min(100, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def _tell(message: str) -> None:
    """Say on a terminal what is being done."""
    if sys.stderr.isatty():
        typer.echo(message, err=True)


def _track(values: Sequence[Any], what: str) -> Iterable[Any]:
    """Show progress: a bar with rate and time left on a terminal, a plain line elsewhere."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    if not values:
        return
    if not console.is_terminal:
        typer.echo(f"{what}: {len(values)}", err=True)
        yield from values
        return
    rate = TextColumn("{task.fields[rate]}")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        rate,
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(what, total=len(values), rate="")
        for value in values:
            yield value
            speed = progress.tasks[task].speed
            progress.update(task, advance=1, rate=f"{speed:.0f}/s" if speed else "")


if __name__ == "__main__":
    main()
