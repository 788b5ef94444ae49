"""Names: where a text names schemes, bodies and other proper things, which tell nothing of the person who asks."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


def find_names(text: str, plain: str) -> tuple[tuple[int, int], ...]:
    """Return where names of schemes and bodies stand.

    Args:
        text: As typed: capitals tell names.
        plain: The same in lower case, of the same length.
    """
    found = [match.span() for pattern, cased in _patterns() for match in pattern.finditer(text if cased else plain)]
    return tuple(_merged(sorted(found)))


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return patterns, each with whether capitals matter to it."""
    table = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
    known = "|".join(table["known"])
    lead = rf"(?:(?!(?:{'|'.join(table['breaks'])})(?!\w))[a-z][\w@&:'-]*(?<!:) ){{1,4}}"
    generic = rf"(?<![\w£]){lead}(?:{'|'.join(table['scheme_words'])})(?!\w)"
    bodies = rf"(?<!\w)(?:{'|'.join(table['bodies'])})(?!\w)"
    capital = r"(?:[A-Z][\w&'@:-]*(?<!:)(?: (?:for|of|to|and|in|the))?(?: \d+)?[ -])"
    cased = rf"(?<![\w£]){capital}{{1,5}}(?:{'|'.join(table['cased'])})(?!\w)"
    return (
        (re.compile(rf"(?<!\w)(?:{known})(?!\w)"), False),
        (re.compile(generic), False),
        (re.compile(bodies), False),
        (re.compile(cased), True),
    )
