"""A PDF's own properties, as far as they can be trusted."""

import re
from collections.abc import Mapping, Sequence

from strategybot.dates import MONTHS, first_day
from strategybot.reading.blocks import Block, normalise

FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|pptx?|xlsx?|rtf|odt|html?|qxp|pub)\b|^Microsoft \w+ - |^untitled|^\W*$"
    r"|^\(?(?:anonymous|unspecified|unknown)\)?$|^(?:document|presentation|book|layout|template)\s?\d*$",
    re.IGNORECASE,
)
"""What programs write where nobody has given a title."""
PRINTED_DATE = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({'|'.join(MONTHS)})\s+((?:19|20)\d\d)", re.IGNORECASE)
PDF_DATE = re.compile(r"D?:?((?:19|20)\d\d)(\d\d)?(\d\d)?")
BODY = re.compile(
    r"\b(?:council|authority|partnership|LEP|department|ministry|office|agency|university|college|trust|NHS|commission|"
    r"committee|board|government|service|institute|association|ltd|limited|plc|LLP|CIC|foundation|centre|bank|"
    r"federation|society|corporation|network)\b",
    re.IGNORECASE,
)
COVER_LINE = 80  # characters
SHORTEST_TITLE = 4


def find_metadata(properties: Mapping[str, str], blocks: Sequence[Block]) -> dict[str, object]:
    """Return title, publisher, language and date of publication from a file's properties and its first page."""
    found: dict[str, object] = {}
    own = normalise(properties.get("Title", ""))
    title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), None)
    if _is_title(own):
        found["title"] = own
    elif title:
        found["title"] = title
    author = normalise(properties.get("Author", ""))
    if BODY.search(author):
        found["publisher"] = author
    published = _printed_date(blocks) or _own_date(properties.get("CreationDate", ""))
    if published:
        found["published"] = published
    if properties.get("Lang"):
        found["language"] = properties["Lang"]
    return found


def _is_title(text: str) -> bool:
    named = not FILE_NAME.search(text) and any(c.isalpha() for c in text)
    return len(text) >= SHORTEST_TITLE and named and (" " in text or "_" not in text)


def _printed_date(blocks: Sequence[Block]) -> str | None:
    """Return the date that stands by itself on the first page."""
    for block in blocks:
        if block.page != blocks[0].page or block.kind not in ("heading", "paragraph"):
            continue
        found = PRINTED_DATE.search(block.text)
        if found and len(block.text) < COVER_LINE:
            month = [name.lower() for name in MONTHS].index(found[2].lower()) + 1
            return _valid(f"{found[3]}-{month:02d}" + (f"-{int(found[1]):02d}" if found[1] else ""))
    return None


def _own_date(text: str) -> str | None:
    found = PDF_DATE.match(text)
    return _valid("-".join(part for part in found.groups() if part)) if found else None


def _valid(text: str) -> str | None:
    try:
        first_day(text)
    except ValueError:
        return None  # such as 31 February: as good as no date
    return text
