"""Files to Documents: the reader by suffix, metadata by precedence, every failure with its reason."""

import codecs
import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from strategybot.errors import CorpusError
from strategybot.reading.blocks import ParsedText, join_blocks
from strategybot.reading.html import parse_html
from strategybot.reading.markdown import parse_markdown
from strategybot.reading.plain import parse_plain
from strategybot.schema import Document, Metadata

READERS: Mapping[str, Callable[[str], ParsedText]] = MappingProxyType(
    {
        ".md": parse_markdown,
        ".markdown": parse_markdown,
        ".html": parse_html,
        ".htm": parse_html,
        ".txt": parse_plain,
    }
)
"""The reader of each suffix; a new format is one more line."""
Listed = Mapping[str, Mapping[str, object]]
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LARGEST_BYTES = 50_000_000


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files to read below the paths, sorted; a file that is named is returned whatever its suffix.

    Hidden files, README.md and sidecars are left out.

    Raises:
        CorpusError: A path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise CorpusError(path, "there is no such file or folder; name one that exists")
        inside = [path] if path.is_file() else [p for p in path.rglob("*") if _is_source(p.relative_to(path), p)]
        found.update(p.resolve() for p in inside)
    return tuple(sorted(found))


def load_sources(path: Path) -> Listed:
    """Load a sources list (``[[source]]`` tables, ``url`` for ``source_url``) by document id; none gives an empty one.

    Raises:
        CorpusError: The file is not valid TOML or an entry has no id.
    """
    if not path.exists():
        return {}
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("source", [])
        return {entry["id"]: _known({"source_url": entry.get("url"), **entry}) for entry in entries}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError, TypeError) as error:
        raise CorpusError(path, f"it is not a list of [[source]] tables with an id each ({error})") from error


def read_document(path: Path, *, listed: Listed | None = None) -> Document:
    """Read one file.

    Metadata comes from a sidecar ``NAME.meta.yaml``, then the sources list, then the file itself.

    Args:
        path: A file whose suffix is in READERS.
        listed: The sources list, by document id.

    Raises:
        CorpusError: The file cannot be read, holds no text, or its metadata is not valid.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(
            path, f"{path.suffix or 'a file without suffix'} is not read; {', '.join(sorted(READERS))} are"
        )
    try:
        parsed = reader(_decode(path))
    except ValueError as error:
        raise CorpusError(path, str(error)) from error
    text, paragraphs = join_blocks(parsed.blocks)
    if not text:
        raise CorpusError(path, "it holds no text")
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    own = {**_inferred(path, parsed), **_known(parsed.metadata)}
    metadata = _validate(path, own, listed or {})
    return Document(metadata=metadata, version=version, text=text, paragraphs=paragraphs)


def _is_source(relative: Path, path: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    return path.is_file() and path.suffix.lower() in READERS and not hidden and path.name.lower() != "readme.md"


def _decode(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            message = f"it is larger than {LARGEST_BYTES // 1_000_000} MB; split it"
            raise ValueError(message)
        data = path.read_bytes()
    except OSError as error:
        message = f"it cannot be opened ({error.strerror})"
        raise ValueError(message) from error
    if not data.strip():
        message = "it is empty"
        raise ValueError(message)
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        message = "it holds binary data, not text; give it the suffix of its format"
        raise ValueError(message)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _decode_old(data)


def _decode_old(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        message = "its text is neither UTF-8, UTF-16 nor Windows-1252; save it as UTF-8"
        raise ValueError(message) from error


def _inferred(path: Path, parsed: ParsedText) -> dict[str, object]:
    heading = next((block.text for block in parsed.blocks if block.kind == "heading"), None)
    return {"id": _slug(path.stem), "title": " ".join((heading or path.stem).split())}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:120] or "document"


def _known(values: Mapping[str, object]) -> dict[str, object]:
    """Keep the values that are ours to know and are given; lists become tuples, a single area a list of one."""
    kept = {name: value for name, value in values.items() if name in Metadata.model_fields and value is not None}
    for name in ("area", "audience", "earlier_docs"):
        if isinstance(kept.get(name), str):
            kept[name] = [kept[name]]
    for name in ("published", "valid_from", "valid_to"):
        if isinstance(kept.get(name), int):
            kept[name] = str(kept[name])
    return kept


def _validate(path: Path, own: Mapping[str, Any], listed: Listed) -> Metadata:
    sidecar = _read_sidecar(path.with_name(path.stem + ".meta.yaml"))
    identity = str(sidecar.get("id") or own["id"])
    values = {**own, **listed.get(identity, {}), **sidecar, "id": identity}
    try:
        return Metadata.model_validate(values)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']} (it says {e['input']!r})" for e in error.errors()
        )
        raise CorpusError(path, f"its metadata is not valid: {faults}") from error


def _read_sidecar(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        values = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(path, f"it is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(values, dict):
        raise CorpusError(path, "it is not a list of `name: value` lines")
    return _known(values)
