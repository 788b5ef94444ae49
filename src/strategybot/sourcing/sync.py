"""Sync: the sources list -> originals that are up to date, and a report of what became of each.

The sources of one host are asked one after another, hosts beside each other, so that a slow one stops no other.
"""

import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from strategybot.errors import ConfigurationError
from strategybot.sourcing.entries import ORIGINAL, Entry
from strategybot.sourcing.exchange import Limits
from strategybot.sourcing.fetching import Fetcher
from strategybot.sourcing.guarding import Guard
from strategybot.sourcing.report import Outcome, SyncReport
from strategybot.sourcing.state import Ledger, write_whole
from strategybot.sourcing.update import Places, SyncOptions, Updater

LOCK = "sync.lock"
PARALLEL_HOSTS = 4


class StoppedError(Exception):
    """The sync is being ended from outside."""


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is used."""

    guard: Guard = field(default_factory=Guard)
    limits: Limits = field(default_factory=Limits)


def _silent(_outcome: Outcome) -> None:
    """Tell nobody."""


def sync_sources(
    entries: Sequence[Entry],
    *,
    places: Places,
    network: Network,
    options: SyncOptions | None = None,
    tell: Callable[[Outcome], None] = _silent,
) -> SyncReport:
    """Fetch what the entries of a sources list name, where it has changed.

    Args:
        entries: The whole list.
        places: Where things lie.
        network: How the network is used.
        options: Which entries are fetched, and what is done besides.
        tell: Called with each outcome when it is known, from any thread.

    Raises:
        ConfigurationError: Another sync holds the folder, an id is not in the list, or a folder cannot be written to.
        CorpusError: The state cannot be read.
    """
    options = options or SyncOptions()
    chosen = choose_entries(entries, options.ids)
    stopped = threading.Event()
    try:
        with ExitStack() as stack:
            parts = _open_parts(stack, places, options)
            ledger = Ledger(places.state, is_kept=not options.dry_run)
            started = ledger.begin(_now(), afresh=options.dry_run or options.force)
            fetcher = stack.enter_context(
                Fetcher(parts, guard=network.guard, limits=network.limits, sleep=lambda s: _pause(stopped, s))
            )
            updater = Updater(fetcher, ledger, places=places, options=options)
            outcomes = _update_all(updater, chosen, stopped=stopped, tell=tell)
            listed = None if options.ids else {entry.id for entry in entries}
            outcomes += _drop_unlisted(updater, ledger, {o.id for o in outcomes}, listed=listed)
            ledger.end()
            report = SyncReport(
                started=started, folder=str(places.originals), dry_run=options.dry_run, outcomes=tuple(outcomes)
            )
            if not options.dry_run:
                name = f"report-{started.replace(':', '')[:17]}Z.json"
                write_whole(places.state / name, report.model_dump_json(indent=1).encode())
    except OSError as error:
        message = f"{error.filename or places.state} cannot be used ({error.strerror}); name another folder"
        raise ConfigurationError(message) from error
    return report


def choose_entries(entries: Sequence[Entry], ids: Sequence[str]) -> tuple[Entry, ...]:
    """Return the entries that have an address, or those named.

    Raises:
        ConfigurationError: A named one is not in the list, or has no address.
    """
    by_id = {entry.id: entry for entry in entries}
    names = [name.removesuffix(ORIGINAL) for name in dict.fromkeys(ids)]
    unknown = [name for name in names if name not in by_id]
    if unknown:
        message = f"the sources list has no entry {', '.join(unknown)}; write an id that it has"
        raise ConfigurationError(message)
    without = [name for name in names if not by_id[name].url]
    if without:
        message = f"{', '.join(without)} has no url in the sources list; add one to fetch it"
        raise ConfigurationError(message)
    return tuple(by_id[name] for name in names) or tuple(entry for entry in entries if entry.url)


def _open_parts(stack: ExitStack, places: Places, options: SyncOptions) -> Path:
    """Return the folder of bodies that come in part; the state is held until the stack closes.

    Raises:
        ConfigurationError: Another sync holds it.
    """
    if options.dry_run:
        return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="strategybot-")))
    places.state.mkdir(parents=True, exist_ok=True)
    try:
        stack.enter_context(FileLock(places.state / LOCK, timeout=0))
    except Timeout as error:
        message = f"another `sources sync` is running in {places.state}; wait for it to end, or name another --home"
        raise ConfigurationError(message) from error
    return places.state / "parts"


def _update_all(
    updater: Updater, entries: Sequence[Entry], *, stopped: threading.Event, tell: Callable[[Outcome], None]
) -> list[Outcome]:
    """Bring entries up to date; the outcomes come in the order of the entries."""
    hosts: defaultdict[bytes, list[Entry]] = defaultdict(list)
    for entry in entries:
        hosts[httpx.URL(str(entry.url)).netloc].append(entry)
    found: dict[str, list[Outcome]] = defaultdict(list)

    def update_host(group: Sequence[Entry]) -> None:
        for entry in group:
            _pause(stopped, 0)
            for outcome in updater.update(entry):
                found[entry.id].append(outcome)
                tell(outcome)

    with ThreadPoolExecutor(PARALLEL_HOSTS, thread_name_prefix="sync") as pool:
        futures = [pool.submit(update_host, group) for group in hosts.values()]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:  # an interruption among them: the others end where they are, and the next run goes on
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [outcome for entry in entries for outcome in found[entry.id]]


def _drop_unlisted(
    updater: Updater, ledger: Ledger, handled: set[str], *, listed: set[str] | None
) -> Iterator[Outcome]:
    """Yield what is at hand and no longer named: by the list, if it was gone through, or by an index page."""
    for record in ledger.records.values():
        if record.id in handled:
            continue
        if listed is not None and record.source not in listed:
            yield updater.drop(record, "it is no longer in the sources list")
        elif record.source in updater.listed:
            yield updater.drop(record, f"the page of {record.source} does not link to it any more")


def _pause(stopped: threading.Event, seconds: float) -> None:
    if stopped.wait(seconds):
        raise StoppedError


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
