"""Which files below a folder are documents, and what their format is."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path, PurePath
from typing import Literal, get_args

from strategybot.errors import CorpusError

Format = Literal["markdown", "html", "text", "pdf", "docx", "pptx", "xlsx", "csv", "eml", "zip"]
SUFFIXES: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text",
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".pptx": "pptx", ".pptm": "pptx", ".xlsx": "xlsx",
    ".xlsm": "xlsx", ".csv": "csv", ".tsv": "csv", ".eml": "eml", ".zip": "zip",
}  # fmt: skip
"""The format of each suffix that is read."""
OTHER_FORMATS = {
    ".doc": "save it as .docx", ".dot": "save it as .docx", ".odt": "save it as .docx", ".rtf": "save it as .docx",
    ".pages": "save it as .docx or .pdf", ".xls": "save it as .xlsx", ".ods": "save it as .xlsx",
    ".ppt": "save it as .pptx", ".odp": "save it as .pptx", ".epub": "save it as .pdf or .html",
    ".msg": "save it as .eml", ".mht": "save it as .html", ".mhtml": "save it as .html", ".7z": "pack it as .zip",
    ".rar": "pack it as .zip", ".tar": "pack it as .zip", ".gz": "unpack it", ".xps": "save it as .pdf",
}  # fmt: skip
"""Suffixes of documents that are not read, and what to do with such a file."""
PACKED = {"word/": "docx", "ppt/": "pptx", "xl/": "xlsx"}
BINARY: frozenset[Format] = frozenset(["pdf", "docx", "pptx", "xlsx", "zip"])
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC_BYTES = 1024
"""A PDF may begin with this many bytes of something else (ISO 32000-1, appendix H.3)."""


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files to read below the paths, sorted; a file that is named is returned whatever its suffix.

    Hidden files, README.md and sidecars are left out, and so is what is no document; documents of a format that is
    not read are among them, so that they are reported.

    Raises:
        CorpusError: A path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise CorpusError(path, "there is no such file or folder; name one that exists")
        inside = (
            [path]
            if path.is_file()
            else [p for p in path.rglob("*") if is_document(p.relative_to(path)) and p.is_file()]
        )
        found.update(p.resolve() for p in inside)
    return tuple(sorted(found))


def find_format(name: str, data: bytes) -> Format:
    """Return the format of a file by its content where that tells, else by its suffix.

    Raises:
        ValueError: No reader takes it.
    """
    suffix = Path(name).suffix.lower()
    told = _told_format(data)
    if told:
        return told
    named = SUFFIXES.get(suffix)
    if named is None:
        raise ValueError(_not_read(suffix))
    if data.startswith(OLD_OFFICE):
        message = "it is an old or encrypted Office file; save it without a password as .docx, .pptx or .xlsx"
        raise ValueError(message)
    if named in BINARY and data:
        looks = " but looks like a web page" if b"<html" in data[:MAGIC_BYTES].lower() else ""
        message = f"it is named {suffix}{looks or ' but is not one, or is damaged'}; get it again from where it came"
        raise ValueError(message)
    return named


def _told_format(data: bytes) -> Format | None:
    if b"%PDF-" in data[:MAGIC_BYTES]:
        return "pdf"
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None if "mimetype" in names else "zip"
    office = next((kind for folder, kind in PACKED.items() if any(n.startswith(folder) for n in names)), "zip")
    return next(kind for kind in get_args(Format) if kind == office)


def _not_read(suffix: str) -> str:
    if suffix in OTHER_FORMATS:
        return f"{suffix} is not read; {OTHER_FORMATS[suffix]}"
    return f"{suffix or 'a file without suffix'} is not read; {', '.join(sorted(SUFFIXES))} are"


def is_document(relative: PurePath) -> bool:
    """Tell by its name whether a file below a folder is a document: not hidden, no README.md, of a known format."""
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in relative.parts if part != "..")
    known = relative.suffix.lower() in SUFFIXES or relative.suffix.lower() in OTHER_FORMATS
    return known and not hidden and relative.name.lower() != "readme.md"
