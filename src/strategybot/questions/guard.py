"""Guard: questions that are declined whatever the documents say."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Refusal = Literal["injection", "promise", "fraud", "personal"]


def find_refusal(text: str) -> Refusal | None:
    """Return why a question is declined, or None if it may be answered."""
    plain = " ".join(text.split())
    return next((reason for reason in get_args(Refusal) if any(p.search(plain) for p in _patterns()[reason])), None)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads(files(__package__).joinpath("guard.toml").read_text("utf-8"))
    return {reason: tuple(re.compile(p, re.I) for p in table[reason]["patterns"]) for reason in get_args(Refusal)}
