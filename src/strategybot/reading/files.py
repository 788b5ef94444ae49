"""Files to texts: the reader by format, everything that a file says of itself, every failure with its reason.

This is what runs in a child process; what it returns holds plain values only.
"""

import codecs
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from strategybot.dates import first_day
from strategybot.reading.blocks import ParsedText, join_blocks
from strategybot.reading.finding import SUFFIXES, Format, find_format
from strategybot.schema import LANGUAGE, Paragraph, Remark

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LARGEST_BYTES = 200_000_000
LARGEST_TEXT_BYTES = 50_000_000
LARGEST_CHARS = 20_000_000
LARGEST_BLOCK_CHARS = 100_000
FIRST_TAG = 0xE0000
FLAG_TAGS = 6
NOT_KEPT: frozenset[Format] = frozenset(["markdown", "text"])
"""Formats of which the text is the file: no copy is kept to be downloaded."""


@dataclass(frozen=True, slots=True)
class FileText:
    """What one file says.

    Attributes:
        inferred: Metadata guessed from the file, by the names of Metadata's fields.
        stated: Metadata that the file states.
        original: Name of the copy that was kept; None if none was.
    """

    inferred: Mapping[str, object]
    stated: Mapping[str, object]
    version: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Remark, ...]
    original: str | None


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file could not be read: a reason that reads on after "FILE: "."""

    reason: str


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to read.

    Attributes:
        name: From which its id is made, unless it states one; that of the file if empty.
        originals: Folder where a copy of it is kept; None keeps none.
    """

    path: Path
    name: str = ""
    originals: Path | None = None


def read_file(task: FileTask) -> FileText | Unread:
    """Read one file; one that cannot be read gives the reason."""
    try:
        data = _read_bytes(task.path)
        form = find_format(task.path.name, data)
        parsed = _leave_out_lumps(parse_bytes(data, form))
        text, paragraphs = join_blocks(parsed.blocks)
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does to its reader, the others are read
        return Unread(reason_of(error))
    if not text:
        return Unread("it holds no text" + "".join(f"; {remark.text}" for remark in parsed.remarks[:1]))
    if len(text) > LARGEST_CHARS:
        return Unread(f"it holds {len(text):,} characters; at most {LARGEST_CHARS:,} are read: split it")
    return FileText(
        inferred=_inferred(task.name or task.path.stem, task.path, parsed),
        stated=_stated(parsed, form),
        version=_version(text, paragraphs),
        text=text,
        paragraphs=paragraphs,
        remarks=(
            *_suffix_remark(task.path, form),
            *parsed.remarks,
            *_unseen(parsed),
            *_instructions(text, paragraphs),
        ),
        original=_keep(data, form, task.originals) if task.originals and form not in NOT_KEPT else None,
    )


def reason_of(error: Exception) -> str:
    """Return why a file cannot be read, from what its reader raised.

    Raises:
        MemoryError: The error is one: how much is allowed is known to whoever set the limit.
    """
    if isinstance(error, MemoryError):
        raise error
    if isinstance(error, RecursionError):
        return "it is nested too deeply to be read; save it anew, in a simpler form"
    if isinstance(error, ValueError) and type(error) in (ValueError, UnicodeDecodeError):
        return str(error)
    return f"it is damaged in a way that its reader does not know ({type(error).__name__}: {error}); save it anew"


def parse_bytes(data: bytes, form: Format) -> ParsedText:
    """Parse a file of a format.

    Raises:
        ValueError: It cannot be read; the message says why.
    """
    if form == "pdf":
        from strategybot.reading.pdf import parse_pdf  # noqa: PLC0415 - pdfium is loaded for PDF only

        return parse_pdf(data)
    if form in ("docx", "pptx", "xlsx"):
        return _parse_office(data, form)
    return _parse_text(data, form)


def _parse_office(data: bytes, form: Format) -> ParsedText:
    if form == "docx":
        from strategybot.reading.word import parse_docx  # noqa: PLC0415 - each library for its own format only

        return parse_docx(data)
    if form == "pptx":
        from strategybot.reading.slides import parse_pptx  # noqa: PLC0415 - as above

        return parse_pptx(data)
    from strategybot.reading.sheets import parse_xlsx  # noqa: PLC0415 - as above

    return parse_xlsx(data)


def _parse_text(data: bytes, form: Format) -> ParsedText:
    from strategybot.reading import html, mail, markdown, plain, sheets  # noqa: PLC0415 - as above

    if form == "zip":
        message = "it is an archive that holds no document of a format that is read"
        raise ValueError(message)
    if form == "eml":
        return mail.parse_eml(data)
    text = decode(data)
    parsers = {"markdown": markdown.parse_markdown, "html": html.parse_html, "csv": sheets.parse_csv}
    return parsers.get(form, plain.parse_plain)(text)


def _leave_out_lumps(parsed: ParsedText) -> ParsedText:
    """Leave out blocks that are too long to be paragraphs: encoded pictures, tables without ends, noise."""
    lumps = [block for block in parsed.blocks if len(block.text) > LARGEST_BLOCK_CHARS]
    if not lumps:
        return parsed
    remarks = tuple(
        Remark(kind="left-out", text=f"{len(b.text):,} characters without a break: “{b.text[:60]} …”", page=b.page)
        for b in lumps
    )
    kept = tuple(block for block in parsed.blocks if len(block.text) <= LARGEST_BLOCK_CHARS)
    return replace(parsed, blocks=kept, remarks=(*parsed.remarks, *remarks))


def decode(data: bytes) -> str:
    """Decode the bytes of a text file: UTF-8, UTF-16 with its mark, what a web page declares, or Windows-1252.

    Raises:
        ValueError: It is empty, too large, binary, or of another encoding.
    """
    if not data.strip():
        message = "it is empty"
        raise ValueError(message)
    if len(data) > LARGEST_TEXT_BYTES:
        message = f"it is larger than {LARGEST_TEXT_BYTES // 1_000_000} MB; split it"
        raise ValueError(message)
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        message = "it holds binary data, not text; give it the suffix of its format"
        raise ValueError(message)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _decode_declared(data)


def _decode_declared(data: bytes) -> str:
    declared = re.search(rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)=[\"']?([\w-]{1,30})", data[:4096], re.I)
    for encoding in (declared[1].decode("ascii", "replace") if declared else "", "cp1252"):
        try:
            return data.decode(encoding) if encoding else data.decode("utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    message = "its text is neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8"
    raise ValueError(message)


def slug(name: str) -> str:
    """Return the id of a file without one: its name in lower case, hyphens for all but letters and digits."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:120] or "document"


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            message = f"it is larger than {LARGEST_BYTES // 1_000_000} MB; split it"
            raise ValueError(message)
        data = path.read_bytes()
    except OSError as error:
        message = f"it cannot be opened ({error.strerror})"
        raise ValueError(message) from error
    if not data.strip(b"\0 \r\n\t"):
        message = "it is empty"
        raise ValueError(message)
    return data


def _version(text: str, paragraphs: tuple[Paragraph, ...]) -> str:
    """Hash the text, its blocks, and where they stand on pages: what a citation points at."""
    digest = hashlib.sha256(text.encode())
    for block in paragraphs:
        digest.update(f"{block.kind}{block.level}@{block.start}p{block.page}/{block.page_label}{block.runs}\n".encode())
    return digest.hexdigest()[:12]


def _inferred(name: str, path: Path, parsed: ParsedText) -> dict[str, object]:
    heading = next((block.text for block in parsed.blocks if block.kind == "heading"), None)
    return {"id": slug(name), "title": " ".join((heading or path.stem).split())}


def _stated(parsed: ParsedText, form: Format) -> dict[str, object]:
    """Return the metadata that a file states; a date or a language in its head is a hint, dropped if it is none."""
    stated = dict(parsed.metadata)
    if form == "markdown":  # its front matter is written by hand for us: what is wrong there is told, not dropped
        return stated
    try:
        first_day(str(stated.get("published", "1000")))
    except ValueError:
        del stated["published"]
    if not re.match(LANGUAGE, str(stated.get("language", "en"))):
        del stated["language"]
    return stated


def _suffix_remark(path: Path, form: Format) -> tuple[Remark, ...]:
    if SUFFIXES.get(path.suffix.lower()) == form:
        return ()
    return (Remark(kind="wrong-suffix", text=f"it is named {path.suffix or 'without suffix'} and was read as {form}"),)


def _unseen(parsed: ParsedText) -> Iterator[Remark]:
    """Tell of words in tag characters, which no program shows (Unicode 16, section 23.9); flags need at most six."""
    for block in parsed.blocks:
        words = "".join(chr(ord(c) - FIRST_TAG) for c in block.text if FIRST_TAG + 0x20 <= ord(c) < FIRST_TAG + 0x7F)
        if len(words) > FLAG_TAGS:
            yield Remark(kind="hidden-text", text=words[:300], page=block.page)


def _instructions(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Remark, ...]:
    return tuple(
        Remark(kind="instruction", text=text[block.start : block.end][:300], page=block.page)
        for block in paragraphs
        if block.instruction
    )


def _keep(data: bytes, form: Format, folder: Path) -> str:
    """Keep a copy of a file under the hash of its content; a copy that is there is whole, for it was renamed."""
    name = f"{hashlib.sha256(data).hexdigest()}.{form}"
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(folder / name)
    return name
