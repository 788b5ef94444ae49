"""Formats: which suffix a fetched body gets, by its first bytes first and by what the server says second."""

import codecs
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

BY_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "text/html": ".html",
        "application/xhtml+xml": ".html",
        "text/plain": ".txt",
        "text/markdown": ".md",
        "text/csv": ".csv",
        "message/rfc822": ".eml",
    }
)
OFFICE = (("word/", ".docx"), ("ppt/", ".pptx"), ("xl/", ".xlsx"))
TEXT_SUFFIXES = (".md", ".markdown", ".csv", ".txt", ".eml")
VAGUE_TYPES = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.I)
BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
READ_AS_THEY_ARE = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})


def find_suffix(body: bytes, content_type: str, url: str) -> str:
    """Return the suffix of a body.

    Args:
        body: The bytes.
        content_type: What the server calls it, without parameters.
        url: Where it came from.

    Raises:
        ValueError: It is of no format that can be read, or empty.
    """
    if not body.strip():
        message = "the server sent nothing"
        raise ValueError(message)
    if b"%PDF-" in body[:1024]:
        return ".pdf"
    if body.startswith(b"PK\x03\x04"):
        return _zip_suffix(body)
    if MARKUP.match(body.removeprefix(codecs.BOM_UTF8)[:4096]):
        return ".html"
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    if content_type in VAGUE_TYPES and named in TEXT_SUFFIXES and b"\0" not in body[:4096]:
        return named
    if content_type in BY_TYPE:
        return BY_TYPE[content_type]
    message = f"it is sent as {content_type or 'something without a type'}, which cannot be read"
    raise ValueError(message)


def settle_charset(body: bytes, named: str | None) -> tuple[bytes, str | None]:
    """Return a web page or text that can be read without what the server said of its characters.

    A file keeps its bytes but not the server's headers. So a body in a character set that is neither UTF-8 nor
    Windows-1252 is written in UTF-8 with a byte order mark; all others stay byte for byte.

    Args:
        body: The bytes.
        named: Character set that the server named.

    Returns:
        The body, and the name of the character set that it was in if it was rewritten.
    """
    if body.startswith(BOMS):
        return body, None
    declared = DECLARED.search(body[:4096])
    name = named or (declared[1].decode("ascii") if declared else None)
    try:
        charset = codecs.lookup(name or "utf-8").name
        if charset in READ_AS_THEY_ARE:
            return body, None
        return codecs.BOM_UTF8 + body.decode(charset).encode(), name
    except (
        LookupError,
        UnicodeError,
    ):  # a name or bytes that nobody can make sense of; the reader says so if it matters
        return body, None


def _zip_suffix(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        message = f"it begins as a ZIP or Office file and is broken ({error})"
        raise ValueError(message) from error
    return next((suffix for folder, suffix in OFFICE if any(name.startswith(folder) for name in names)), ".zip")
