"""Aspects: what a full answer says of each document it is about, by kind of question."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from strategybot.questions.kinds import Kind

PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "amount": re.compile(
            r"\b(pays?|paid|gives?|gets?|grants?|worth|offer\w*|reimburs\w*|up to|between|awards?|loans?|lends?|share|"
            r"capped|maximum)\b.{0,70}£\d",
            re.I,
        ),
        "rate": re.compile(
            r"\b(pays?|paid|covers?|fund\w*|grants?|at most|up to|rate|share|relief)\b.{0,80}(\d ?%|\d per ?cent)", re.I
        ),
        "size": re.compile(
            r"\b(fewer|more|up to|at least|at most|under|over|only|less)\b.{0,40}\b(employees|employing|staff|people|"
            r"turnover|SMEs?|small and medium)|\bturnover\b.{0,30}£|\b(employees|people) or (fewer|more)\b",
            re.I,
        ),
        "exclusion": re.compile(
            r"\b(cannot|can't|not eligible|ineligible|exclud\w*|outside|does not (?:fit|cover|include)|not open to|"
            r"(?:is|are) not (?:for|covered))\b",
            re.I,
        ),
        "place": re.compile(
            r"\b(based|located|moving|trading address|sites?|premises|must be|districts?|areas?|covers?|not include)\b"
            r".{0,60}\b[A-Z][a-z]+",
        ),
        "change": re.compile(
            r"\b(closed|opened|open|ran|runs|ended|until|from|deadline|start\w*|expire\w*|launched|published|adopted|"
            r"replaced|later)\b",
            re.I,
        ),
    }
)
OF_KIND: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "eligibility": ("amount", "rate", "size", "exclusion", "place"),
        "comparison": ("amount", "rate", "size"),
        "status": ("change",),
    }
)


def find_aspects(text: str) -> frozenset[str]:
    """Return the aspects that a sentence speaks of."""
    return frozenset(name for name, pattern in PATTERNS.items() if pattern.search(text))
