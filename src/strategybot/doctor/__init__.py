"""The doctor: what is installed, indexed, missing and stale."""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Literal

from strategybot.answering.calibration import load_calibration
from strategybot.doctor.documents import Finding, find_by_metadata, find_by_reading, find_by_text, some
from strategybot.errors import StrategyBotError
from strategybot.index.catalogue import CATALOGUE, Catalogue
from strategybot.index.embedding import find_model
from strategybot.index.pointer import read_pointer
from strategybot.settings import Settings
from strategybot.sourcing.state import Ledger

__all__ = ["Finding", "examine", "render_findings"]

LOW_DISK_BYTES = 1_000_000_000
FRESH = timedelta(days=30)


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at the installation and at the index of a home; nothing is changed, no network is used."""
    return (*_installation(settings), *_index(settings), *_fetched(settings))


def render_findings(findings: tuple[Finding, ...]) -> str:
    """Write findings a line each, what needs attention first."""
    order = {"attention": 0, "note": 1, "fine": 2}
    marks = {"attention": "!!", "note": " -", "fine": "ok"}
    return "\n".join(f"{marks[f.level]} {f.subject}: {f.text}" for f in sorted(findings, key=lambda f: order[f.level]))


def _installation(settings: Settings) -> Iterator[Finding]:
    try:
        yield Finding(
            level="fine",
            subject="embedding model",
            text=f"{settings.embedder} in {find_model(settings.embedder)}",
        )
        calibration = load_calibration(settings.calibration)
        yield Finding(level="fine", subject="calibration", text=f"made from {calibration.made_from}")
    except StrategyBotError as error:
        yield Finding(level="attention", subject="installation", text=str(error))
    fast = importlib.util.find_spec("openvino") is not None
    text = "OpenVINO runs the embedding model" if fast else "OpenVINO is not installed: embedding is about half as fast"
    yield Finding(level="fine" if fast else "note", subject="speed", text=text)
    folder = settings.home if settings.home.exists() else settings.home.absolute().parent
    free = shutil.disk_usage(folder if folder.exists() else ".").free
    level: Literal["fine", "attention"] = "fine" if free > LOW_DISK_BYTES else "attention"
    yield Finding(level=level, subject="disk", text=f"{free / 1e9:.1f} GB free")


def _fetched(settings: Settings) -> Iterator[Finding]:
    """Find originals that nobody has looked at for long: their pages may have changed without notice."""
    try:
        records = Ledger(settings.home / "sync", is_kept=False).records
    except StrategyBotError as error:
        yield Finding(level="attention", subject="sources", text=str(error))
        return
    oldest = (datetime.now(UTC) - FRESH).isoformat()
    stale = [i for i, record in records.items() if record.fetched < oldest]
    if stale:
        since = f"{len(stale)} originals were last fetched over {FRESH.days} days ago"
        text = f"{since}: {some(stale)}; run `strategybot sources sync`"
        yield Finding(level="note", subject="stale", text=text)


def _index(settings: Settings) -> Iterator[Finding]:
    path = settings.home / CATALOGUE
    if not path.exists():
        yield Finding(
            level="attention",
            subject="index",
            text=f"nothing is indexed in {settings.home}; run `strategybot ingest`",
        )
        return
    with closing(Catalogue(path)) as catalogue:
        entries = catalogue.entries()
        passages = len(catalogue.current_passages())
        text = f"{len(entries)} documents, {passages} passages, version {catalogue.read_state('manifest')}"
        yield Finding(level="fine" if passages else "attention", subject="index", text=text)
        if read_pointer(settings.home) is None:
            yield Finding(level="attention", subject="vector index", text="none is published; run `strategybot ingest`")
        yield from find_by_metadata({i: entry.metadata for i, entry in entries.items()})
        yield from find_by_reading(catalogue)
        yield from find_by_text(catalogue, entries)
