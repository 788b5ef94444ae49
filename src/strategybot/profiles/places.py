"""Places: towns, districts, areas and postcodes of a text as leaves or areas of the tree of places."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from strategybot.eligibility.trees import load_tree
from strategybot.profiles.cues import cue, find_before
from strategybot.profiles.phrases import PhraseTable, find_phrases
from strategybot.profiles.telling import Found, Telling

NEARBY = 0.8
ELSEWHERE = 0.8
LOOK_BACK = 70
CLAUSE = re.compile(r"[.;?!()]| but | and (?:we|i)\b")
OUTCODE = re.compile(r"(?<![\w-])([a-z]{1,2}\d(?:\d|[a-z](?= \d))?)(?: ?(\d[a-z]{2}))?(?![\w-])")
CERTAIN_OUTCODE = re.compile(r"(?:bd|hx|hd|wf|ls|yo|hg|dl|dn|hu|ts|la|ol|ne|sr|dh)\d\d?|s[2-8]\d")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    Attributes:
        name: As it is written.
        places: The leaves or the area that it lies in.
        is_word: Its name is also an ordinary word, or a person's.
        is_elsewhere: Places of this name are well known elsewhere too.
    """

    name: str
    places: tuple[str, ...]
    is_word: bool
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names it.

    Attributes:
        role: The fact that it is the value of.
        apart: It is told as some way off.
        mends: It is told in place of what was told before.
    """

    start: int
    end: int
    places: tuple[str, ...]
    called: str
    certainty: float
    role: str
    apart: bool = False
    mends: bool = False


def find_mentions(telling: Telling) -> tuple[Mention, ...]:
    """Return the places that a text names, in the order in which they stand."""
    return tuple(sorted([*_named(telling), *_coded(telling)], key=lambda each: each.start))


def read_places(mentions: Sequence[Mention]) -> Iterator[Found]:
    """Yield where the business is, where it would move or open, and where an apprentice works."""
    for fact in ("district", "new_place", "apprentice_works_in"):
        chosen = _narrowed([each for each in _meant(mentions) if each.role == fact])
        if chosen:
            yield _found(fact, chosen)


def _meant(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Leave out places that another only lies near, and such as were taken back: "Barnoldswick? no, Barnsley"."""
    last = max((n for n, each in enumerate(mentions) if each.mends), default=0)
    kept = [each for each in mentions[last:] if not each.apart]
    return kept or mentions[last:]


def find_place(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the name and the places of what a whole text names: a place, or a postcode."""
    place = _gazetteer().get(text)
    if place:
        return place.name, place.places
    outcode = OUTCODE.fullmatch(text.lower().strip())
    places = _postcode_places(outcode[1]) if outcode else ()
    return (text.strip().upper(), places) if places else None


def _narrowed(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out areas that hold a place named beside them: "Ossett, West Yorkshire"."""
    tree = load_tree("places")
    extents = {each: tree.extent(each.places).possible for each in mentions}
    return [one for one in mentions if not any(extents[other] < extents[one] for other in mentions)]


def _found(fact: str, chosen: Sequence[Mention]) -> Found:
    names = tuple(dict.fromkeys(place for each in chosen for place in each.places))
    called = " and ".join(dict.fromkeys(each.called for each in chosen))
    first, last = chosen[0], chosen[-1]
    certainty = min(each.certainty for each in chosen)
    value = names[0] if len(names) == 1 else names
    return Found(fact, value, first.start, last.end, certainty=certainty, called=called)


def _named(telling: Telling) -> Iterator[Mention]:
    for found in find_phrases(telling.named, _gazetteer()):
        place, before = found.meaning, _before(telling, found.start)
        if _is_meant(telling, found.start, found.end, place):
            near = find_before("places", "near", before) is not None
            certainty = NEARBY if near else ELSEWHERE if place.is_elsewhere else 1.0
            apart, mends = _manner(telling, found.start)
            role = _role(before)
            yield Mention(found.start, found.end, place.places, place.name, certainty, role, apart, mends)


def _coded(telling: Telling) -> Iterator[Mention]:
    for code in OUTCODE.finditer(telling.named):
        places = _postcode_places(code[1])
        if places and (code[2] or CERTAIN_OUTCODE.fullmatch(code[1])):
            role = _role(_before(telling, code.start()))
            yield Mention(code.start(), code.end(), places, code[0].upper(), 1.0, role)


def _before(telling: Telling, at: int) -> str:
    """Return what stands before a place in the same clause."""
    return CLAUSE.split(telling.named[max(0, at - LOOK_BACK) : at])[-1]


def _is_meant(telling: Telling, start: int, end: int, place: Place) -> bool:
    """Tell whether words that are a place's name mean the place."""
    before = _before(telling, start)
    if cue("places", "scheme_of").match(telling.named, end):
        return False
    if find_before("places", "customers", before) is not None:
        return False
    if not place.is_word or find_before("places", "seat", before) is not None:
        return True
    capital = telling.text[start].isupper() and not telling.text.isupper()
    return capital and bool(find_before("places", "in", before) is not None or before.endswith(", "))


def _manner(telling: Telling, at: int) -> tuple[bool, bool]:
    """Return whether a place is told as some way off, and whether it is told in place of another."""
    before = telling.named[max(0, at - LOOK_BACK) : at]
    return find_before("places", "apart", before) is not None, find_before("places", "mends", before) is not None


def _role(before: str) -> str:
    if find_before("places", "works", before) is not None:
        return "apprentice_works_in"
    if find_before("places", "new", before) is not None and find_before("places", "from", before) is None:
        return "new_place"
    return "district"


def _postcode_places(outcode: str) -> tuple[str, ...]:
    table = _postcodes()
    letters = re.match(r"[a-z]+", outcode)
    area = letters[0] if letters else ""
    return table.get(outcode) or table.get(outcode.rstrip("abcdefghijklmnopqrstuvwxyz")) or table.get(area) or ()


@cache
def _gazetteer() -> PhraseTable[Place]:
    rows = csv.DictReader(files(__package__).joinpath("gazetteer.csv").read_text("utf-8").splitlines())
    places = [
        Place(row["name"], tuple(row["places"].split("|")), "word" in row["care"], "elsewhere" in row["care"])
        for row in rows
    ]
    return PhraseTable((each.name, each) for each in places)


@cache
def _postcodes() -> Mapping[str, tuple[str, ...]]:
    rows = csv.DictReader(files(__package__).joinpath("postcodes.csv").read_text("utf-8").splitlines())
    return {row["postcode"].lower(): tuple(row["places"].split("|")) for row in rows}
