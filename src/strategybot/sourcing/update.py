"""One source brought up to date: fetched, judged, compared with the file at hand, and kept or set aside."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from strategybot.errors import CorpusError
from strategybot.schema import Metadata
from strategybot.sourcing.arrivals import Arrival, find_suspicion, try_to_read
from strategybot.sourcing.changes import Change, find_changes
from strategybot.sourcing.entries import Entry, linked_entry
from strategybot.sourcing.exchange import Fetched
from strategybot.sourcing.fetching import Fetcher
from strategybot.sourcing.formats import find_suffix, settle_charset
from strategybot.sourcing.listing import find_links
from strategybot.sourcing.noticing import Proposal, find_published, propose_dates
from strategybot.sourcing.originals import Reading, describe, sidecar_of, write_sidecar
from strategybot.sourcing.report import Outcome, Verdict
from strategybot.sourcing.robots import RobotsRefusedError
from strategybot.sourcing.state import Ledger, Record, write_whole

ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie.

    Attributes:
        originals: Folder of the fetched files.
        state: Folder of the state, the reports, and what was set aside.
        digests: Folder of the digests, whose front matter says more about an original; None if there is none.
    """

    originals: Path
    state: Path
    digests: Path | None = None


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """What a sync fetches, and does besides.

    Attributes:
        ids: The entries to fetch; all if empty.
        dry_run: Write nothing.
        force: Fetch everything anew, as if nothing were known of it.
        remove_gone: Remove the files of what is gone.
        accept: Keep what looks suspicious.
    """

    ids: tuple[str, ...] = ()
    dry_run: bool = False
    force: bool = False
    remove_gone: bool = False
    accept: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """An index page: its bytes, its address and the character set that the server named."""

    body: bytes
    url: str
    charset: str | None


class Updater:
    """Brings sources up to date one by one; safe to share between threads that have different sources."""

    def __init__(self, fetcher: Fetcher, ledger: Ledger, *, places: Places, options: SyncOptions) -> None:
        """Keep what is used."""
        self._fetcher = fetcher
        self._ledger = ledger
        self._places = places
        self._options = options
        self.listed: set[str] = set()
        """Entries whose index page was read in this run."""

    def update(self, entry: Entry) -> Iterator[Outcome]:
        """Yield what becomes of an entry, and then of the links of its page if it asks for them."""
        outcome, page = self._update_one(entry)
        yield outcome
        if not entry.links or page is None or outcome.verdict not in ("new", "changed", "unchanged"):
            return
        try:
            links = find_links(page.body, page.url, entry.links, charset=page.charset)
        except ValueError as error:
            yield outcome.model_copy(update={"verdict": "failed", "reason": str(error), "changes": ()})
            return
        self.listed.add(entry.id)
        taken = {record.id.removesuffix("--original"): record.url for record in self._ledger.records.values()}
        for url, text in links:
            child = linked_entry(entry, url, text, taken=taken)
            taken[child.id] = url
            yield self._update_one(child)[0]

    def drop(self, record: Record, reason: str) -> Outcome:
        """Say that a file at hand is gone from where it came from, and remove it if that was asked for."""
        outcome = Outcome(
            id=record.id,
            source=record.source,
            url=record.url,
            title=record.written.title,
            verdict="gone",
            reason=f"{reason}; the file was kept",
            file=record.file,
        )
        if self._options.remove_gone and not self._options.dry_run:
            file = self._places.originals / record.file
            file.unlink(missing_ok=True)
            sidecar_of(file).unlink(missing_ok=True)
            self._ledger.forget(record.id)
            outcome = outcome.model_copy(update={"reason": f"{reason}; the file was removed", "file": None})
        self._ledger.note(outcome, None)
        return outcome

    def _update_one(self, entry: Entry) -> tuple[Outcome, _Page | None]:
        record = self._record_of(entry)
        done = self._ledger.find_done(entry.document_id)
        if done:
            return done, self._kept_page(record)
        try:
            outcome, page = self._fetch(entry, record)
        except RobotsRefusedError as error:
            outcome, page = _outcome(entry, "refused", reason=str(error), record=record), None
        except (CorpusError, ValueError) as error:
            outcome, page = _outcome(entry, "failed", reason=str(error), record=record), None
        if outcome.verdict not in ("new", "changed", "unchanged", "gone"):
            self._ledger.note(outcome, None)
        return outcome, page

    def _record_of(self, entry: Entry) -> Record | None:
        """Return the record of an entry's file, if the file is there."""
        record = self._ledger.records.get(entry.document_id)
        return record if record and (self._places.originals / record.file).exists() else None

    def _fetch(self, entry: Entry, record: Record | None) -> tuple[Outcome, _Page | None]:
        is_conditional = record is not None and record.url == entry.url and not self._options.force
        fetched = self._fetcher.fetch(str(entry.url), known=record.known if record and is_conditional else None)
        if fetched.verdict == "gone":
            return self._gone(entry, record, fetched), None
        if fetched.verdict == "unchanged" and record:
            return self._unchanged(entry, record), self._kept_page(record)
        arrival = self._arrive(entry, record, fetched)
        return self._settle(arrival), _Page(arrival.body, fetched.url, arrival.fetched.charset)

    def _kept_page(self, record: Record | None) -> _Page | None:
        if record is None:
            return None
        return _Page((self._places.originals / record.file).read_bytes(), record.reached, record.charset)

    def _gone(self, entry: Entry, record: Record | None, fetched: Fetched) -> Outcome:
        reason = f"the server answers {fetched.status}"
        if record:
            return self.drop(record, reason)
        outcome = _outcome(entry, "gone", reason=f"{reason}; nothing of it is at hand", record=None)
        self._ledger.note(outcome, None)
        return outcome

    def _unchanged(self, entry: Entry, record: Record, *, reason: str | None = None) -> Outcome:
        """Keep the file; its sidecar follows the sources list."""
        metadata = describe(entry, digests=self._places.digests, published=record.written.published)
        if not self._options.dry_run and metadata != record.written:
            write_sidecar(self._places.originals / record.file, metadata, written=record.written)
        outcome = _outcome(entry, "unchanged", reason=reason, record=record)
        self._ledger.note(outcome, record.model_copy(update={"fetched": _now(), "written": metadata}))
        return outcome

    def _arrive(self, entry: Entry, record: Record | None, fetched: Fetched) -> Arrival:
        """Give what came a name, and read it and what was there before.

        Raises:
            ValueError: It is of no format that can be read.
        """
        suffix = find_suffix(fetched.body, fetched.content_type, fetched.url)
        is_text = suffix not in (".pdf", ".zip", ".docx", ".pptx", ".xlsx", ".eml")
        body, rewritten = settle_charset(fetched.body, fetched.charset) if is_text else (fetched.body, None)
        remark = f"it is kept in UTF-8; it was sent in {rewritten}" if rewritten else None
        old, _ = try_to_read(self._places.originals / record.file) if record else (None, None)
        name = entry.document_id + suffix
        new, fault = try_to_read(name, body)
        fetched = replace(fetched, charset="utf-8-sig") if rewritten else fetched
        return Arrival(entry, fetched, body, name, record, old, new, fault, remark)

    def _settle(self, arrival: Arrival) -> Outcome:
        entry, record = arrival.entry, arrival.record
        suspicion = None if self._options.accept else find_suspicion(arrival)
        if suspicion:
            where = ""
            if not self._options.dry_run:
                write_whole(self._places.state / ASIDE / arrival.name, arrival.body)
                where = f"; what came lies in {self._places.state / ASIDE / arrival.name}"
            return _outcome(entry, "suspicious", reason=suspicion + where, record=record)
        is_same = record and (self._places.originals / record.file).read_bytes() == arrival.body
        published = find_published(arrival.page) if arrival.page else None
        metadata = describe(entry, digests=self._places.digests, published=published)
        outcome = self._compared(arrival, metadata, is_same=bool(is_same))
        kept = self._keep(arrival, metadata)
        self._ledger.note(outcome, kept)
        return outcome

    def _compared(self, arrival: Arrival, metadata: Metadata, *, is_same: bool) -> Outcome:
        """Say what is new about what came."""
        entry, record, new = arrival.entry, arrival.record, arrival.new
        verdict: Verdict = "new" if record is None else "changed"
        reason = arrival.remark
        changes: tuple[Change, ...] = ()
        if arrival.fault:
            reason = f"it was kept, but cannot be read: {arrival.fault}"
        elif new and arrival.old:
            changes = find_changes(arrival.old.paragraphs, new.paragraphs)
            if not changes:
                verdict, reason = "unchanged", None if is_same else "the file differs, its text does not"
        if is_same:
            verdict = "unchanged"
        present = arrival.old.metadata if arrival.old else metadata
        outcome = _outcome(entry, verdict, reason=reason, record=record)
        proposals = _proposals(new, metadata, present) if new and verdict != "unchanged" else ()
        return outcome.model_copy(update={"file": arrival.name, "changes": changes, "proposals": proposals})

    def _keep(self, arrival: Arrival, metadata: Metadata) -> Record:
        """Write the file and its sidecar, and return its record."""
        file, record, fetched = self._places.originals / arrival.name, arrival.record, arrival.fetched
        if not self._options.dry_run:
            write_whole(file, arrival.body)
            write_sidecar(file, metadata, written=record.written if record else None)
            if record and record.file != arrival.name:
                (self._places.originals / record.file).unlink()
        return Record(
            id=arrival.entry.document_id,
            source=arrival.entry.parent or arrival.entry.id,
            url=str(arrival.entry.url),
            reached=fetched.url,
            file=arrival.name,
            sha256=hashlib.sha256(arrival.body).hexdigest(),
            etag=fetched.known.etag,
            last_modified=fetched.known.last_modified,
            fetched=_now(),
            charset=arrival.fetched.charset,
            written=metadata,
        )


def _proposals(reading: Reading, metadata: Metadata, present: Metadata) -> tuple[Proposal, ...]:
    """Return the dates that the page of a scheme gives and nobody has taken over yet."""
    if metadata.kind != "support-scheme":
        return ()
    found = propose_dates(reading.paragraphs)
    return tuple(p for p in found if p.value not in (getattr(metadata, p.field), getattr(present, p.field)))


def _outcome(entry: Entry, verdict: Verdict, *, reason: str | None, record: Record | None) -> Outcome:
    return Outcome(
        id=entry.document_id,
        source=entry.parent or entry.id,
        url=str(entry.url),
        title=entry.metadata.title,
        verdict=verdict,
        reason=reason,
        file=record.file if record else None,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
