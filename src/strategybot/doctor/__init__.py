"""The doctor: what is installed, indexed, missing and stale."""

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from strategybot.answering.calibration import load_calibration
from strategybot.dates import last_day
from strategybot.errors import StrategyBotError
from strategybot.index.catalogue import CATALOGUE, Catalogue
from strategybot.index.embedding import find_model
from strategybot.index.pointer import read_pointer
from strategybot.schema import Frozen, Metadata
from strategybot.settings import Settings

LOW_DISK_BYTES = 1_000_000_000
OLD = timedelta(days=5 * 365)


class Finding(Frozen):
    """One thing looked at; ``attention`` means that somebody should act."""

    level: Literal["fine", "note", "attention"]
    subject: str
    text: str


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at the installation and at the index of a home; nothing is changed, no network is used."""
    return (*_installation(settings), *_index(settings))


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


def _index(settings: Settings) -> Iterator[Finding]:
    path = settings.home / CATALOGUE
    if not path.exists():
        yield Finding(
            level="attention",
            subject="index",
            text=f"nothing is indexed in {settings.home}; run `strategybot ingest`",
        )
        return
    catalogue = Catalogue(path)
    try:
        entries = catalogue.entries()
        passages = len(catalogue.current_passages())
        manifest = catalogue.read_state("manifest")
    finally:
        catalogue.close()
    pointer = read_pointer(settings.home)
    text = f"{len(entries)} documents, {passages} passages, version {manifest}"
    yield Finding(level="fine" if passages else "attention", subject="index", text=text)
    if pointer is None:
        yield Finding(level="attention", subject="vector index", text="none is published; run `strategybot ingest`")
    yield from _documents({i: e.metadata for i, e in entries.items()})


def _documents(documents: dict[str, Metadata]) -> Iterator[Finding]:
    undated = [i for i, m in documents.items() if not (m.published or m.valid_from)]
    if undated:
        yield Finding(level="note", subject="undated", text=f"{len(undated)} documents bear no date: {_some(undated)}")
    unresolved = [i for i, m in documents.items() for o in (m.supersedes, m.superseded_by) if o and o not in documents]
    if unresolved:
        yield Finding(
            level="attention",
            subject="supersession",
            text=f"names a document that is not indexed: {_some(unresolved)}",
        )
    old = [
        i
        for i, m in documents.items()
        if m.published and not m.superseded_by and date.today() - last_day(m.published) > OLD
    ]
    if old:
        yield Finding(
            level="note",
            subject="old",
            text=f"{len(old)} documents are over five years old and nothing supersedes them: {_some(old)}",
        )
    doubtful = [i for i, m in documents.items() if m.reliability == "third-party"]
    if doubtful:
        yield Finding(
            level="note",
            subject="third-party",
            text=f"{len(doubtful)} documents should be confirmed: {_some(doubtful)}",
        )


def _some(ids: list[str]) -> str:
    shown = ", ".join(ids[:5])
    return f"{shown} and {len(ids) - 5} more" if len(ids) > 5 else shown  # noqa: PLR2004 - a few examples
