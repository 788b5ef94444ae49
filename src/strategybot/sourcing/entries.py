"""Entries of the sources list: what is fetched, from where, and what is known about it beforehand."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import ValidationError, field_validator

from strategybot.errors import CorpusError
from strategybot.schema import Frozen, Metadata

ORIGINAL = "--original"
"""What the id of an original has after the id of its digest; the index looks for the same words."""
LONGEST_ID = 110
OWN_FIELDS = ("url", "links")


class Entry(Frozen):
    """One ``[[source]]``.

    Attributes:
        url: Where the original is published; None if it is not fetched.
        links: Regular expression; the links of the page whose address it is found in are fetched too.
        metadata: What the list says about the document; ``model_fields_set`` tells what it does not say.
        parent: Id of the entry whose links it is one of.
    """

    url: str | None = None
    links: str | None = None
    metadata: Metadata
    parent: str | None = None

    @field_validator("url")
    @classmethod
    def _url_is_an_address(cls, value: str | None) -> str | None:
        try:
            httpx.URL(value or "")
            urlsplit(value or "")
        except (httpx.InvalidURL, ValueError) as error:
            message = f"it is not an address: {error}"
            raise ValueError(message) from error
        return value

    @field_validator("links")
    @classmethod
    def _links_are_a_pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            message = f"it is not a regular expression: {error}"
            raise ValueError(message) from error
        return value

    @property
    def id(self) -> str:
        """The id of the entry, which is that of the digest if there is one."""
        return self.metadata.id

    @property
    def document_id(self) -> str:
        """The id that the original has."""
        return self.id + ORIGINAL


def load_entries(path: Path) -> tuple[Entry, ...]:
    """Load a sources list.

    Raises:
        CorpusError: There is no such file, it is not TOML, or entries are wrong; all wrong fields are named.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("source", [])
    except OSError as error:
        raise CorpusError(path, f"the sources list cannot be opened ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(path, f"the sources list is not valid TOML ({error})") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CorpusError(path, "the sources list is not a list of [[source]] tables")
    faults: list[str] = []
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows, start=1):
        name = f"entry {number} ({row.get('id') or row.get('title') or 'without id'})"
        try:
            entry = _parse_entry(row)
        except ValidationError as error:
            faults += [f"{name}, field {_field(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
            continue
        if entry.id in entries:
            faults.append(f"{name}, field id: another entry has it too")
        entries[entry.id] = entry
    if faults:
        raise CorpusError(path, "; ".join(faults))
    return tuple(entries.values())


def linked_entry(parent: Entry, url: str, text: str, *, taken: Mapping[str, str]) -> Entry:
    """Make the entry of a link of an index page.

    Args:
        parent: The entry of the index page.
        url: Where the link leads.
        text: The words of the link.
        taken: Ids in use already, each with its URL.
    """
    name = PurePosixPath(urlsplit(url).path).name
    slug = _slug(re.sub(r"\.[a-zA-Z]{2,5}$", "", name)) or _slug(text) or "document"
    identity = f"{parent.id}-{slug}"[:LONGEST_ID].rstrip("-")
    number = 2
    while taken.get(identity, url) != url:
        identity = f"{parent.id}-{slug}"[: LONGEST_ID - 4].rstrip("-") + f"-{number}"
        number += 1
    shared = parent.metadata.model_dump(include=set(SHARED) & parent.metadata.model_fields_set)
    title = text or slug.replace("-", " ")
    return Entry(
        url=url, metadata=Metadata.model_validate({**shared, "id": identity, "title": title}), parent=parent.id
    )


SHARED = ("publisher", "kind", "licence", "reliability", "area", "audience")
"""What a document has in common with the index page that names it."""


def _parse_entry(row: Mapping[str, Any]) -> Entry:
    known = {name: _plain(value) for name, value in row.items() if name not in OWN_FIELDS}
    for name in ("area", "audience", "earlier_docs"):
        if isinstance(known.get(name), str):
            known[name] = [known[name]]
    metadata = Metadata.model_validate(known)
    return Entry.model_validate({"url": metadata.source_url, **_own(row), "metadata": metadata})


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in OWN_FIELDS if name in row}


def _plain(value: object) -> object:
    """Write a year or a day, which TOML has as values of their own, as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _field(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place)) or "?"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
