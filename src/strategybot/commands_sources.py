"""The commands about sources: ``strategybot sources …``, mounted by the command line."""

import logging
import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from strategybot.settings import Settings
    from strategybot.sourcing.report import Outcome, SyncReport

sources_app = typer.Typer(no_args_is_help=True, help="Fetch the published originals and keep them fresh.")


@sources_app.callback()
def sources() -> None:
    """Fetch the published originals and keep them fresh."""


@sources_app.command()
def sync(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Entries to fetch; default all.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Fetch and report, but write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    folder: Annotated[Path | None, typer.Option(help="Folder of the originals; default by the settings.")] = None,
    listing: Annotated[Path | None, typer.Option("--list", help="Sources list; default that of the corpus.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Fetch everything anew.")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Keep what looks suspicious; needs an ID.")] = False,
    remove_gone: Annotated[bool, typer.Option("--remove-gone", help="Remove the files of what is gone.")] = False,
    ingest: Annotated[bool, typer.Option("--ingest", help="Index the originals afterwards.")] = False,
) -> None:
    """Fetch the originals that the sources list names, and say what is new, changed and gone."""
    from strategybot.errors import ConfigurationError
    from strategybot.sourcing.entries import load_entries
    from strategybot.sourcing.report import render_report
    from strategybot.sourcing.sync import sync_sources
    from strategybot.sourcing.update import Places, SyncOptions

    if accept and not ids:
        message = "--accept needs the ids of what is to be kept; name them"
        raise ConfigurationError(message)
    logging.getLogger("trafilatura").setLevel(logging.ERROR)  # it warns of each page without a main part
    settings = _settings(context)
    entries = load_entries(listing or settings.corpus / "sources.toml")
    originals = folder or settings.fetched
    total = len(ids) if ids else sum(entry.url is not None for entry in entries)
    report = sync_sources(
        entries,
        places=Places(originals, settings.home / "sync", digests=settings.corpus),
        network=_network(settings),
        options=SyncOptions(tuple(ids or ()), dry_run=dry_run, force=force, remove_gone=remove_gone, accept=accept),
        tell=_teller(total),
    )
    report = _with_next_command(report, context, originals)
    typer.echo(report.model_dump_json() if as_json else render_report(report))
    failed = ingest and report.next_command is not None and _index(settings, originals)
    if report.has_failed or failed:
        raise typer.Exit(3)


def _settings(context: typer.Context) -> "Settings":
    from strategybot.settings import load_settings

    return load_settings(context.obj)


def _network(settings: "Settings") -> Any:
    from strategybot.sourcing.exchange import Limits
    from strategybot.sourcing.guarding import Guard
    from strategybot.sourcing.sync import Network

    hosts = frozenset(host.lower() for host in settings.sync_private_hosts)
    guard = Guard(private_hosts=hosts, ports=frozenset(settings.sync_ports))
    return Network(guard, Limits(contact=settings.sync_contact, interval_s=settings.sync_interval_s))


def _teller(total: int) -> "Callable[[Outcome], None]":
    """Say on standard error what became of each source, with how many of how many are done."""
    done: set[str] = set()

    def tell(outcome: "Outcome") -> None:
        done.add(outcome.source)
        typer.echo(f"{len(done)}/{total} {outcome.id}: {outcome.verdict}", err=True)

    return tell


def _with_next_command(report: "SyncReport", context: typer.Context, originals: Path) -> "SyncReport":
    """Add what to run to index what was fetched, if anything was or went."""
    touched = any(o.verdict in ("new", "changed") or (o.verdict == "gone" and not o.file) for o in report.outcomes)
    if report.dry_run or not touched or not originals.exists():
        return report
    home = ["--home", str(context.obj)] if context.obj else []
    return report.model_copy(update={"next_command": shlex.join(["strategybot", *home, "ingest", str(originals)])})


def _index(settings: "Settings", originals: Path) -> bool:
    """Index the originals; return whether something could not be read."""
    from strategybot.assistant import ingest_documents
    from strategybot.rendering import render_ingest

    report = ingest_documents(settings, [originals], track=_silent)
    typer.echo(render_ingest(report), err=True)
    return bool(report.failed)


def _silent(values: Sequence[Any], _what: str) -> Iterable[Any]:
    return values
