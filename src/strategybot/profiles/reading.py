"""Reading: what a person tells of a business and its plans, in their own words, as a profile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from strategybot.profiles.counted import read_counted
from strategybot.profiles.cues import cue, cue_word
from strategybot.profiles.likeness import guess_sector
from strategybot.profiles.places import read_places
from strategybot.profiles.purposes import read_need
from strategybot.profiles.telling import Found, Telling, read_telling
from strategybot.profiles.told import read_told
from strategybot.profiles.trades import read_sector
from strategybot.profiles.wording import describe
from strategybot.questions.kinds import classify
from strategybot.schemes import Known, Profile

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Returns unit vectors, shape (n, dimension), of texts."""


def read_profile(text: str, *, encode: Encode | None = None, today: date | None = None) -> Profile:
    """Return what a text tells, by fact, in the order in which it is told.

    Args:
        text: A situation in a person's own words.
        encode: Guesses the sector by likeness where no word for it is known; without it nothing is guessed.
        today: The day that times such as "since 2019" are reckoned from; the present day if None.
    """
    telling = read_telling(text, today=today or date.today())
    found = {each.fact: each for each in _settle(_read(telling))}
    if encode and "sector" not in found and (guess := guess_sector(telling, encode)):
        found["sector"] = guess
    ordered = sorted(found.values(), key=lambda each: (each.start, each.fact))
    return Profile({each.fact: _known(each, telling) for each in ordered})


def _read(telling: Telling) -> Iterator[Found]:
    yield from read_counted(telling)
    yield from read_told(telling)
    yield from read_places(telling)
    yield from (each for each in (read_sector(telling), read_need(telling)) if each)


def _settle(found: Iterator[Found]) -> Iterator[Found]:
    """Take the place where a business is to start for where it is."""
    facts = {each.fact: each for each in found}
    trading, base, place = facts.get("months_trading"), facts.get("district"), facts.get("new_place")
    if place and not base and trading and trading.high == 0:
        facts["district"] = replace(facts.pop("new_place"), fact="district")
    yield from facts.values()


def _known(found: Found, telling: Telling) -> Known:
    return Known(
        value=found.value,
        low=found.low,
        high=found.high,
        text=describe(found.fact, found.value, found.low, found.high, called=found.called),
        said=telling.text[found.start : found.end],
        certainty=found.certainty,
    )


FIRM = frozenset(
    (
        "employees",
        "turnover",
        "months_trading",
        "rateable_value",
        "legal_form",
        "sector",
        "district",
        "project_cost",
        "amount_wanted",
    )
)
SIZED = frozenset(("employees", "turnover", "months_trading", "rateable_value", "project_cost", "amount_wanted"))


def is_situation(profile: Profile, text: str) -> bool:
    """Tell whether a message tells the situation of an applicant, rather than asks of documents in general."""
    plain = text.lower().replace("’", "'")
    if classify(text) == "drafting":
        return False
    known = {name for name in profile if (each := profile.get(name)) and each.certainty > 0.5}
    firm, own = known & FIRM, bool(cue_word("situations", "own").search(plain))
    if cue("situations", "asks").match(plain) and not own:
        return False
    return len(firm) >= 2 or bool(own and firm and len(known) >= 2) or bool(own and known & SIZED)
