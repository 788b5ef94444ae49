"""The e-mail reader: subject as title, the message's words, and what is attached to it."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from strategybot.reading.blocks import Block, ParsedText, normalise
from strategybot.reading.html import parse_html
from strategybot.reading.plain import parse_plain

QUOTE_SIGNS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
NAME_CHARS = 120
UNTITLED = "attachment"
SUFFIXES = {
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
}


def parse_eml(data: bytes) -> ParsedText:
    """Parse an e-mail (.eml): its subject, then its plain words or, if it has none, its HTML.

    Raises:
        ValueError: It has no header lines, so that it is no e-mail.
    """
    message = _open(data)
    subject = normalise(_header(message, "Subject"))
    said = _body(message)
    heading = [Block("heading", subject, 1)] if subject else []
    metadata: dict[str, object] = {"title": subject} if subject else {}
    sent = _sent_on(message)
    if sent:
        metadata["published"] = sent
    return ParsedText((*heading, *said.blocks), metadata, said.remarks)


def attachments(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return an e-mail's attachments: a file name without folders, unlike all others, and the content.

    An attached e-mail is an ``.eml`` file; pictures inside the text are left out.

    Raises:
        ValueError: It is no e-mail.
    """
    found: list[tuple[str, bytes]] = []
    for part in _attached(_open(data)):
        name = _safe_name(part, {name.lower() for name, _ in found})
        found.append((name, _content(part)))
    return tuple(found)


def _open(data: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(data, policy=policy.default)
    except RecursionError as error:
        too_deep = "its parts are nested too deep; save its attachments as files"
        raise ValueError(too_deep) from error
    if not message.keys() or not isinstance(message, EmailMessage):
        message_text = "it is no e-mail: it does not begin with lines like 'Subject: …'; save the message again as .eml"
        raise ValueError(message_text)
    return message


def _header(message: EmailMessage, name: str) -> str:
    """Return a header, empty if there is none or it cannot be read; the library raises many errors for bad ones."""
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return str(raw)


def _sent_on(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(message: EmailMessage) -> ParsedText:
    words = [part for part in _inside(message) if part.get_content_type() == "text/plain"]
    plain = "\n\n".join(_text(part) for part in words)
    if plain.strip():
        return _plain_blocks(plain)
    pages = [part for part in _inside(message) if part.get_content_type() == "text/html"]
    return parse_html(_text(pages[0])) if pages else ParsedText(())


def _plain_blocks(text: str) -> ParsedText:
    """Read plain words; the subject is the title, so that a first short line stays a paragraph."""
    blocks = parse_plain(QUOTE_SIGNS.sub("", text.replace("\r\n", "\n"))).blocks
    return ParsedText(tuple(Block("paragraph", b.text) if b.kind == "heading" else b for b in blocks))


def _inside(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold the message's own words."""
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            if isinstance(part, EmailMessage) and not part.is_attachment():
                yield from _inside(part)
    elif not message.is_multipart() and not message.get_filename():
        yield message


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that are files or e-mails of their own."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _attached_part(part)


def _attached_part(part: EmailMessage) -> Iterator[EmailMessage]:
    inline_picture = part.get_content_maintype() == "image" and not part.is_attachment()
    if part.get_content_type() == "message/rfc822" or (
        (part.is_attachment() or part.get_filename()) and not inline_picture
    ):
        yield part
    elif part.get_content_maintype() == "multipart":
        yield from _attached(part)


def _content(part: EmailMessage) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]  # an e-mail
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    payload = _content(part)
    try:
        return payload.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return payload.decode("utf-8", "replace") if not _is_old(payload) else payload.decode("cp1252", "replace")


def _is_old(payload: bytes) -> bool:
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _safe_name(part: EmailMessage, taken: set[str]) -> str:
    """Return a file name without folders or control characters that none of the others has."""
    given = part.get_filename() or ""
    if not given and part.is_multipart():
        inner = part.get_payload()
        given = str(inner[0]["Subject"] or "") if isinstance(inner, list) and inner else ""  # type: ignore[index]  # an e-mail
        given = given.replace("/", " ").replace("\\", " ")
    name = UNSAFE.sub(" ", given.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or part.get_content_type() == "message/rfc822":
        stem, suffix = (name.removesuffix(".eml"), SUFFIXES.get(part.get_content_type(), "").lstrip("."))
    stem = stem[-NAME_CHARS:].strip(" .") or UNTITLED
    unique, n = stem, 1
    while (full := f"{unique}.{suffix}" if suffix else unique).lower() in taken:
        n += 1
        unique = f"{stem}-{n}"
    return full
