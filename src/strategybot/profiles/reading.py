"""Reading: what a person tells of a business and its plans, in their own words, as a profile."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from strategybot.profiles.counted import read_counted, unclaimed
from strategybot.profiles.cues import cue, cue_word
from strategybot.profiles.following import with_staying
from strategybot.profiles.likeness import guess_sector
from strategybot.profiles.places import find_mentions, read_places
from strategybot.profiles.purposes import read_need
from strategybot.profiles.telling import Found, Telling, read_telling
from strategybot.profiles.told import read_told
from strategybot.profiles.trades import find_trades, read_sector, trade_spans
from strategybot.profiles.wording import describe
from strategybot.questions.kinds import classify
from strategybot.schemes import Known, Profile

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Returns unit vectors, shape (n, dimension), of texts."""
FOLLOWS = 0.8
FINANCE = ("working-capital", "growth-finance", "equity", "start-up")
PRICELESS = ("business-rates", "payroll-tax", "recognition")
BORROWING = ("growth-finance", ("start-up", "growth-finance"), ("growth-finance", "start-up"))


def read_profile(text: str, *, encode: Encode | None = None, today: date | None = None) -> Profile:
    """Return what a text tells, by fact, in the order in which it is told.

    Args:
        text: A situation in a person's own words.
        encode: Guesses the sector by likeness where no word for it is known; without it nothing is guessed.
        today: The day that times such as "since 2019" are reckoned from; the present day if None.
    """
    return with_staying(read_told_profile(text, encode=encode, today=today), (text,))


def read_told_profile(text: str, *, encode: Encode | None = None, today: date | None = None) -> Profile:
    """Return what a text tells, without what follows from its silence; arguments as for ``read_profile``."""
    telling = read_telling(text, today=today or date.today())
    found = {each.fact: each for each in _settle(_read(telling))}
    if spare := _spare_amount(telling, found):
        found[spare.fact] = spare
    if encode and "sector" not in found and (guess := guess_sector(telling, encode)):
        found["sector"] = guess
    ordered = sorted(found.values(), key=lambda each: (each.start, each.fact))
    return Profile({each.fact: _known(each, telling) for each in ordered})


def _read(telling: Telling) -> Iterator[Found]:
    yield from read_counted(telling)
    yield from read_told(telling)
    mentions = find_mentions(telling)
    places = [(each.start, each.end) for each in mentions]
    trades = find_trades(telling, places)
    yield from read_places(mentions)
    told = read_sector(telling, trades), read_need(telling, [*places, *trade_spans(trades)])
    yield from (each for each in told if each)


def _settle(found: Iterator[Found]) -> Iterator[Found]:
    """Add what follows from several facts: where a business is to start, and what starting or moving is for."""
    facts = {each.fact: each for each in found}
    trading, place, need = facts.get("months_trading"), facts.get("new_place"), facts.get("need")
    starts = trading if trading and trading.high == 0 else None
    if place and starts and "district" not in facts:
        facts["district"] = replace(facts.pop("new_place"), fact="district")
    works = facts.get("apprentice_works_in")
    if works and "district" not in facts:
        facts["district"] = replace(works, fact="district", certainty=FOLLOWS)
    if starts and (need is None or need.value in BORROWING):
        facts["need"] = replace(starts, fact="need", value="start-up", low=None, high=None)
    elif need is None and place and not starts:
        facts["need"] = replace(place, fact="need", value="inward-investment", certainty=FOLLOWS, called="")
    yield from facts.values()


def _spare_amount(telling: Telling, found: Mapping[str, Found]) -> Found | None:
    """Return the one amount that no cue claims: what the thing wanted costs, or how much finance is wanted."""
    need = found.get("need")
    if need is None or "project_cost" in found or "amount_wanted" in found or need.value in PRICELESS:
        return None
    taken = [(each.start, each.end) for name, each in found.items() if name not in ("need", "new_place", "district")]
    spare = [
        each
        for each in unclaimed(telling, "project_cost")
        if not any(start < each.end and each.start < end for start, end in taken)
    ]
    if len(spare) != 1:
        return None
    fact = "amount_wanted" if need.value in FINANCE else "project_cost"
    each = spare[0]
    return Found(fact, each.value, each.start, each.end, each.low, each.high, FOLLOWS)


def _known(found: Found, telling: Telling) -> Known:
    return Known(
        value=found.value,
        low=found.low,
        high=found.high,
        text=describe(found.fact, found.value, found.low, found.high, called=found.called),
        said=telling.text[found.start : found.end],
        certainty=found.certainty,
    )


FIRM = frozenset(("employees", "turnover", "months_trading", "rateable_value", "legal_form", "sector", "district"))
AMOUNTS = frozenset(("project_cost", "amount_wanted"))
IMPLIED = frozenset(("new_place", "tenant"))
"""Facts that follow from others, and so tell nothing more."""
SURE = 0.8
SEVERAL, MANY = 2, 3


def is_situation(profile: Profile, text: str) -> bool:
    """Tell whether a message tells the situation of an applicant, rather than asks of documents in general."""
    plain = text.lower().replace("’", "'")
    if classify(text) == "drafting":
        return False
    known = {name for name in profile if name not in IMPLIED and (each := profile.get(name)) and each.certainty >= SURE}
    own = bool(cue_word("situations", "own").search(plain))
    if cue("situations", "asks").match(plain) and not own:
        return False
    firm = known & FIRM
    if len(known) >= MANY or (firm - {"district", "sector"} and cue_word("situations", "may").search(plain)):
        return True
    return len(firm) >= SEVERAL or (own and (len(known) >= SEVERAL or bool(firm - {"district", "sector"})))
