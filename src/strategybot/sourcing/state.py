"""State of the fetching: what each file at hand is a copy of, and how far an interrupted sync came."""

import os
import threading
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from strategybot.errors import CorpusError
from strategybot.schema import Frozen, Metadata
from strategybot.sourcing.exchange import Known
from strategybot.sourcing.report import Outcome

STATE = "state.json"


class Record(Frozen):
    """One fetched file.

    Attributes:
        id: Id of the original.
        source: Id of the entry that named it.
        url: The address that was asked for.
        reached: The address that redirects led to.
        file: Its name in the folder of originals.
        sha256: Of its bytes.
        fetched: When it was last fetched or found unchanged, with the time zone.
        charset: Character set that the server named.
        written: What the sidecar was given; what a person has changed since is theirs.
    """

    id: str
    source: str
    url: str
    reached: str
    file: str
    sha256: str
    etag: str = ""
    last_modified: str = ""
    fetched: str
    charset: str | None = None
    written: Metadata

    @property
    def known(self) -> Known:
        """What a conditional request needs."""
        return Known(self.etag, self.last_modified)


class State(Frozen):
    """All records, and the outcomes of a sync that has not ended."""

    records: tuple[Record, ...] = ()
    started: str | None = None
    unfinished: tuple[Outcome, ...] = ()


class Ledger:
    """The state on disk, written after each change; safe to share between threads."""

    def __init__(self, folder: Path, *, is_kept: bool) -> None:
        """Read the state.

        Args:
            folder: Where it lies.
            is_kept: Whether changes are written.

        Raises:
            CorpusError: The file is not one that was written here.
        """
        self._path = folder / STATE
        self._is_kept = is_kept
        self._lock = threading.Lock()
        state = _read_state(self._path)
        self._records = {record.id: record for record in state.records}
        self._done = {outcome.id: outcome for outcome in state.unfinished}
        self._started = state.started

    @property
    def records(self) -> Mapping[str, Record]:
        """The records by id."""
        return dict(self._records)

    def begin(self, now: str, *, afresh: bool) -> str:
        """Begin a sync, or go on with the one that was interrupted.

        Args:
            now: The time, with the time zone.
            afresh: Whether what was interrupted is forgotten.

        Returns:
            When the sync began.
        """
        if afresh or self._started is None:
            self._started, self._done = now, {}
        return self._started

    def find_done(self, document_id: str) -> Outcome | None:
        """Return what an interrupted sync has done for a document already; failures are tried again."""
        outcome = self._done.get(document_id)
        return None if outcome is None or outcome.verdict in ("failed", "refused") else outcome

    def note(self, outcome: Outcome, record: Record | None) -> None:
        """Keep an outcome, and the record of its file if that is new."""
        with self._lock:
            self._done[outcome.id] = outcome
            if record:
                self._records[record.id] = record
            self._write()

    def forget(self, document_id: str) -> None:
        """Drop the record of a file that was removed."""
        with self._lock:
            self._records.pop(document_id, None)
            self._write()

    def end(self) -> None:
        """Say that the sync came to its end."""
        with self._lock:
            self._started, self._done = None, {}
            self._write()

    def _write(self) -> None:
        if not self._is_kept:
            return
        state = State(
            records=tuple(self._records[i] for i in sorted(self._records)),
            started=self._started,
            unfinished=tuple(self._done.values()),
        )
        write_whole(self._path, state.model_dump_json(indent=1).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a kill leaves the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _read_state(path: Path) -> State:
    if not path.exists():
        return State()
    try:
        return State.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise CorpusError(path, "it is not a state of `sources sync`; delete it to fetch everything anew") from error
