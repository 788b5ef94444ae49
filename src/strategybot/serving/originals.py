"""Originals: where a quote stands in the publisher's own file, on the web and as it was kept here."""

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit, urlunsplit

from strategybot.schema import Document, Paragraph
from strategybot.serving.marking import Span
from strategybot.serving.viewing import web_address

KEPT_NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})")
HTML = (".html", ".htm", ".xhtml")
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}
"""All else, web pages and e-mails above all, is sent as bytes that no browser shows."""
WHOLE_CHARS = 80
FEWEST_WORDS = 4
MOST_WORDS = 12


def suffix_of(original: str | None) -> str | None:
    """Return the suffix of a kept original's name, dot included; None for a name that is not a hash and a suffix."""
    found = KEPT_NAME.fullmatch(original or "")
    return found[1] if found else None


def media_type(suffix: str) -> str:
    """Return the media type under which an original is downloaded."""
    return MEDIA_TYPES.get(suffix, "application/octet-stream")


def address_original(document: Document, span: Span | None) -> str | None:
    """Return the web address of a document's original, at the quote where that can be said.

    A web page is opened at the quoted words by a text fragment, only where they are its own and stand there as
    quoted: not for a digest, and not for a table row, which is put together here. A PDF is opened at the page.

    Args:
        document: What is quoted.
        span: The words quoted; None for the original as a whole.

    Returns:
        An http or https address; None if the document names none.
    """
    address = web_address(document.metadata.source_url)
    if address is None or span is None or document.metadata.form != "original":
        return address
    blocks = [p for p in document.paragraphs if p.start < span[1] and span[0] < p.end]
    suffix = suffix_of(document.original)
    if suffix == ".pdf":
        return _with_fragment(address, f"page={blocks[0].page}") if blocks and blocks[0].page else address
    if suffix not in HTML or not blocks or any(block.kind == "table-row" for block in blocks):
        return address
    return _with_text(address, write_text_fragment(document.text, span, blocks))


def write_text_fragment(text: str, span: Span, blocks: list[Paragraph]) -> str:
    """Write the directive ``text=…`` that finds a span of a text in a page.

    A quote of one block and at most 80 characters is given whole; else its first and last words are, so many that
    the first stand only once in the text.
    """
    pieces = [text[max(span[0], b.start) : min(span[1], b.end)].strip() for b in blocks]
    whole = " ".join(pieces[0].split())
    if len(pieces) == 1 and len(whole) <= WHOLE_CHARS:
        return f"text={_encode(whole)}"
    first, last = pieces[0].split(), pieces[-1].split()
    if len(pieces) == 1 and len(first) < 2 * FEWEST_WORDS:
        return f"text={_encode(whole)}"
    most = len(first) // 2 if len(pieces) == 1 else len(first)
    count = min(FEWEST_WORDS, most)
    while count < min(MOST_WORDS, most) and text.count(" ".join(first[:count])) > 1:
        count += 1
    return f"text={_encode(' '.join(first[:count]))},{_encode(' '.join(last[-FEWEST_WORDS:]))}"


def _encode(words: str) -> str:
    # A hyphen and a comma divide the parts of the directive, and an ampersand directives.
    return percent_encode(words, safe="").replace("-", "%2D")


def _with_fragment(address: str, fragment: str) -> str:
    parts = urlsplit(address)
    return address if parts.fragment else urlunsplit(parts._replace(fragment=fragment))


def _with_text(address: str, directive: str) -> str:
    separator = "" if "#" in address else "#"
    return address if ":~:" in address else f"{address}{separator}:~:{directive}"
