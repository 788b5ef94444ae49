"""The hostile set: files that lie, break, swell, hide or command, and what must come of each."""

from collections.abc import Iterator

from tests.builders.hostile_file import HostileFile
from tests.builders.hostile_office import hostile_office
from tests.builders.hostile_pdf import hostile_pdfs
from tests.builders.hostile_text import hostile_texts


def hostile_files() -> Iterator[HostileFile]:
    """Give all hostile files one by one; names are unique. Do not gather them: some are large."""
    yield from hostile_pdfs()
    yield from hostile_office()
    yield from hostile_texts()
