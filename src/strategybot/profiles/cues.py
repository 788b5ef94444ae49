"""Cues: the words around what is read, as the data file holds them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

UP_TO = re.compile(r"\{0-(\d)\}")


def find_before(reader: str, name: str, text: str) -> int | None:
    """Return where the last cue begins that reaches the end of a text, but for a space; None if none does."""
    found = _before(reader, name).match(text)
    return found.start("cue") if found else None


@cache
def cue_word(reader: str, name: str) -> re.Pattern[str]:
    """Return a pattern for cues that are whole words somewhere in a text."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(reader, name)})(?!\w)")


@cache
def cue(reader: str, name: str) -> re.Pattern[str]:
    """Return a pattern for cues whose own boundaries are in the data file."""
    return re.compile(f"(?:{_alternatives(reader, name)})")


@cache
def _before(reader: str, name: str) -> re.Pattern[str]:
    return re.compile(rf".*(?<!\w)(?P<cue>{_alternatives(reader, name)}) ?$")


def _alternatives(reader: str, name: str) -> str:
    table = _table()
    joined = "|".join(table[reader][name]).replace("{site}", table["words"]["site"])
    return UP_TO.sub(r"(?: [\\w'&%-]+){0,\1}", joined)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("cues.toml").read_text("utf-8"))
