"""Instructions to an assistant inside a document: words that no reader of a publication is meant for."""

import re
import tomllib
from functools import cache
from importlib.resources import files


def is_instruction(text: str) -> bool:
    """Tell whether a block of a document tells an assistant what to do; patterns are in ``instructions.toml``."""
    return any(pattern.search(text) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads(files(__package__).joinpath("instructions.toml").read_text("utf-8"))
    return tuple(re.compile(pattern, re.I) for pattern in table["patterns"])
