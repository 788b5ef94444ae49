"""What came for a source, beside what was there before: whether it may take its place."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from strategybot.errors import CorpusError
from strategybot.sourcing.entries import Entry
from strategybot.sourcing.exchange import Fetched
from strategybot.sourcing.judging import find_format_change, find_shrinkage, find_soft_failure
from strategybot.sourcing.originals import Reading, read_body, read_safely
from strategybot.sourcing.state import Record


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came for an entry, and what was there before; documents are None where they cannot be read."""

    entry: Entry
    fetched: Fetched
    body: bytes
    name: str
    record: Record | None
    old: Reading | None
    new: Reading | None
    fault: str | None = None
    remark: str | None = None

    @property
    def page(self) -> str:
        """The text of a web page; empty for other formats."""
        if not self.name.endswith(".html"):
            return ""
        return self.body.decode(self.fetched.charset or "utf-8", "replace")


def find_suspicion(arrival: Arrival) -> str | None:
    """Say why what came should not take the place of what is there; None if it may."""
    asked = str(arrival.entry.url)
    suffix = PurePosixPath(arrival.name).suffix
    before = arrival.record.file if arrival.record else urlsplit(asked).path
    found = find_format_change(PurePosixPath(before).suffix.lower(), suffix)
    if not found and arrival.page:
        found = find_soft_failure(arrival.page, asked=asked, reached=arrival.fetched.url)
    if not found and arrival.fault and (arrival.old or suffix == ".html"):
        found = f"it cannot be read: {arrival.fault}"
    if not found and arrival.old and arrival.new:
        found = find_shrinkage(arrival.old.text, arrival.new.text)
    return found


def try_to_read(place: Path | str, body: bytes | None = None) -> tuple[Reading | None, str | None]:
    """Read a file, or a body under a name; (document, None) or (None, the reason why not)."""
    try:
        if body is None:
            return read_safely(Path(place)), None
        return read_body(body, str(place)), None
    except CorpusError as error:
        return None, error.reason
