"""Schemes put into files that people have written: every other line stays as it is."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from strategybot.eligibility.writing import KEY
from strategybot.errors import ConfigurationError, CorpusError
from strategybot.reading.markdown import FRONT_MATTER

SIDECAR = ".meta.yaml"
MARKDOWN = (".md", ".markdown")
MARK = "\ufeff"


def find_home(file: Path) -> Path:
    """Return the file that holds, or will hold, the schemes of a document.

    That is its sidecar, for it comes first; but the document itself where it is Markdown and its sidecar has none.
    """
    sidecar = file.with_name(file.stem + SIDECAR)
    if file.suffix.lower() not in MARKDOWN:
        return sidecar
    return sidecar if sidecar.exists() and KEY in _values(sidecar.read_text("utf-8"), sidecar) else file


def put_schemes(content: str, block: str, place: Path, *, force: bool = False) -> str:
    """Return the content of a sidecar or of a Markdown file with schemes in it.

    Args:
        content: What is in the file; empty for a new one.
        block: The lines of the schemes, from ``schemes:`` on.
        place: The file.
        force: Put them in place of those that are there.

    Raises:
        ConfigurationError: It has schemes and they are to stay.
        CorpusError: It is written in a way that cannot be added to.
    """
    mark, text = (MARK, content[1:]) if content.startswith(MARK) else ("", content)
    lines = block.replace("\n", "\r\n") if "\r\n" in text else block
    if place.suffix.lower() not in MARKDOWN:
        return mark + _put(text, lines, place, force=force)
    found = FRONT_MATTER.match(text)
    if found is None:
        end = "\r\n" if "\r\n" in text else "\n"
        return f"{mark}---{end}{lines}---{end}{end}{text}"
    put, after = _put(found[1], lines, place, force=force), text[found.end(1) :]
    put = put.rstrip("\r\n") if after.startswith(("\n", "\r\n")) else put
    new = text[: found.start(1)] + put + after
    read = FRONT_MATTER.match(new)
    if read is None or read[1] != put.rstrip("\r\n"):
        raise CorpusError(place, "a quote holds three hyphens, which would end its front matter; use a sidecar")
    return mark + new


def _put(text: str, block: str, place: Path, *, force: bool) -> str:
    before = _values(text, place)
    if before.get(KEY) and not force:
        message = f"{place} has schemes already; --force puts the new one in their place"
        raise ConfigurationError(message)
    if KEY in before:
        start, end = _extent(text)
        new = text[:start] + block + text[end:]
    else:
        new = text + ("\n" if text and not text.endswith("\n") else "") + block
    after = _values(new, place)
    if {**before, KEY: None} != {**after, KEY: None} or not after.get(KEY):
        raise CorpusError(place, "its lines cannot be added to; write each as `name: value` on a line of its own")
    return new


def _extent(text: str) -> tuple[int, int]:
    """Return where the lines of the schemes begin and end; comments behind them are none of theirs."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    start, end = next((key.start_mark.index, value.end_mark.index) for key, value in pairs if key.value == KEY)
    own = text[start:end].splitlines(keepends=True)
    while len(own) > 1 and (not own[-1].strip() or own[-1].startswith("#")):
        own.pop()
    stop = start + len("".join(own))
    return start, stop if text[:stop].endswith("\n") else text.find("\n", stop) + 1 or len(text)


def _values(text: str, place: Path) -> Mapping[str, object]:
    try:
        values = yaml.load(text, Loader=yaml.BaseLoader) or {}
    except yaml.YAMLError as error:
        raise CorpusError(place, f"it is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(values, dict):
        raise CorpusError(place, "it is not a list of `name: value` lines")
    return values
