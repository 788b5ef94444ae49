"""The fixed phrases of replies, read from phrases.toml."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("phrases.toml").read_text("utf-8"))


def phrase(group: str, name: str, /, **values: str) -> str:
    """Return a fixed phrase with its blanks filled; empty if there is none of that name."""
    return _table()[group].get(name, "").format(**values)
