"""Told: flags and choices, from what is said and whether it is denied."""

import re
from collections.abc import Iterator

from strategybot.profiles.cues import cue, find_before
from strategybot.profiles.patterns import Patterns, load_patterns
from strategybot.profiles.telling import Found, Telling

LOOK_BACK = 60
UNSURE = 0.7


def read_told(telling: Telling) -> Iterator[Found]:
    """Yield the flags and choices that a text gives, at most one of each fact."""
    for fact, entry in load_patterns().items():
        if entry.given and not entry.given.search(telling.plain):
            continue
        found = _choice(telling, fact, entry) if entry.values else _flag(telling, fact, entry)
        if found:
            yield found


def _flag(telling: Telling, fact: str, entry: Patterns) -> Found | None:
    """Return the first that a text says for or against a flag."""
    told = [
        Found(fact, value != denied, start, end, certainty=certainty)
        for value, pattern in ((False, entry.no), (True, entry.yes))
        if pattern
        for start, end, denied, certainty in _sayings(telling, pattern, entry)
    ]
    told = [each for each in told if not (each.value and any(_overlap(each, other) for other in told))]
    return min(told, key=lambda each: (-each.certainty, each.end + (each.value is not False), each.start), default=None)


def _overlap(one: Found, denial: Found) -> bool:
    """Tell whether what is said for a flag is part of what is said against it: "has no EHCP"."""
    return denial.value is False and denial.start < one.end and one.start < denial.end


def _sayings(telling: Telling, pattern: re.Pattern[str], entry: Patterns) -> Iterator[tuple[int, int, bool, float]]:
    """Yield where a pattern is said, with whether it is denied and how certain it is."""
    text = telling.named
    for found in pattern.finditer(text):
        start, end = found.span()
        before = cue("clauses", "break").split(text[max(0, start - LOOK_BACK) : start])[-1]
        if _is_out(text, start, end, entry) or find_before("denial", "asked", before) is not None:
            continue
        denied = find_before("denial", "before", before)
        if denied is not None:
            start -= len(before) - denied
        unsure = entry.weak and entry.weak.fullmatch(found[0])
        after = cue("denial", "after").match(text, end)
        yield start, end, bool(denied is not None or after), UNSURE if unsure else 1.0


def _is_out(text: str, start: int, end: int, entry: Patterns) -> bool:
    """Tell whether words that tell nothing overlap with what was found."""
    if not entry.unless:
        return False
    return any(found.start() < end and start < found.end() for found in entry.unless.finditer(text))


def _choice(telling: Telling, fact: str, entry: Patterns) -> Found | None:
    told = [
        Found(fact, value, start, end, certainty=certainty)
        for value, pattern in entry.values.items()
        for start, end, denied, certainty in _sayings(telling, pattern, entry)
        if not denied
    ]
    return min(told, key=lambda each: (-each.certainty, each.start, each.start - each.end), default=None)
