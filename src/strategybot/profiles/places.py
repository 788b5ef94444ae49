"""Places: towns, districts, areas and postcodes of a text as leaves or areas of the tree of places."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from strategybot.eligibility.trees import load_tree
from strategybot.profiles.phrases import Key, find_phrases, phrase_key
from strategybot.profiles.telling import Found, Telling

NEARBY = 0.8
ELSEWHERE = 0.8
LOOK_BACK = 70
IN = re.compile(
    r"(?<!\w)(?:in|near|at|from|around|outside|based|to|of|into|nr|just off|hq|across|within|for)(?: (?:the|central|north|south|east|west|nearby|rural|greater|upper|city of))* ?$"
)
NEAR = re.compile(r"(?<!\w)(?:near|nr|outside|close to|not far from|just off|around)(?: (?:the))? ?$")
NEW = re.compile(
    r"(?<!\w)(?:mov(?:e|es|ing)|relocat(?:e|es|ing|ion)|expand(?:s|ing)?|expansion|transfer(?:ring)?)(?: [\w'-]+){0,6}? (?:in)?to(?: [\w'-]+){0,2} ?$"
    r"|(?<!\w)(?:open(?:s|ing)?(?: up)?|set(?:ting)? up|establish(?:ing)?|build(?:ing)?|launch(?:ing)?|start(?:ing)?|tak(?:e|ing) on|rent(?:ing)?|leas(?:e|ing)|buy(?:ing)?|invest(?:ing)? in|want|need|add(?:ing)?|creat(?:e|ing)|locat(?:e|ing)|looking (?:for|at)|plan(?:ning)?)"
    r"(?: [\w'-]+){0,4}? (?:office|branch|site|factory|plant|base|hub|unit|warehouse|depot|premises|facility|presence|operation|space|hq|studio|store|shop|location|headquarters|second \w+|new \w+|another \w+)(?: (?:here|up|over))?(?: (?:in|at|near|into|to))?(?: [\w'-]+){0,2} ?$"
    r"|(?<!\w)(?:new|second|another|additional|extra|next) (?:[\w-]+ )?(?:office|branch|site|factory|plant|base|hub|unit|warehouse|depot|premises|facility|presence|operation|studio|store|shop|location|place|home)(?: [\w'-]+)? (?:in|at|near)(?: \w+)? ?$"
    r"|(?<!\w)(?:locate|invest(?:ing)?|come|coming|set(?:ting)? up|expand(?:ing)?) (?:in|to)(?: \w+)? ?$"
)
FROM = re.compile(r"(?<!\w)from(?: [\w'-]+)? ?$")
CUSTOMERS = re.compile(
    r"(?<!\w)(?:export\w*|sell\w*|ship\w*|suppl\w+|deliver\w*|customers?|clients?|sales|imports?|importing|competitors?|travel\w*|market\w*)(?: [\w'-]+){0,4} ?$"
)
WORKS = re.compile(
    r"(?<!\w)apprentic\w+(?: [\w'-]+){0,3} (?:work\w*|based|live\w*|in|at)(?: (?:in|at))?(?: [\w'-]+)? ?$"
)
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
class _Mention:
    start: int
    end: int
    places: tuple[str, ...]
    called: str
    certainty: float
    role: str


def read_places(telling: Telling) -> Iterator[Found]:
    """Yield where the business is, where it would move or open, and where an apprentice works."""
    mentions = sorted(_mentions(telling), key=lambda each: each.start)
    for fact in ("district", "new_place", "apprentice_works_in"):
        chosen = _narrowed([each for each in mentions if each.role == fact])
        if chosen:
            yield _found(fact, chosen)


def find_place(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the name and the places of what a whole text names: a place, or a postcode."""
    place = _gazetteer().get(phrase_key(text))
    if place:
        return place.name, place.places
    outcode = OUTCODE.fullmatch(text.lower().strip())
    places = _postcode_places(outcode[1]) if outcode else ()
    return (text.strip().upper(), places) if places else None


def _narrowed(mentions: Sequence[_Mention]) -> list[_Mention]:
    """Leave out areas that hold a place named beside them: "Ossett, West Yorkshire"."""
    tree = load_tree("places")
    extents = {each: tree.extent(each.places).possible for each in mentions}
    return [one for one in mentions if not any(extents[other] < extents[one] for other in mentions)]


def _found(fact: str, chosen: Sequence[_Mention]) -> Found:
    names = tuple(dict.fromkeys(place for each in chosen for place in each.places))
    called = " and ".join(dict.fromkeys(each.called for each in chosen))
    first, last = chosen[0], chosen[-1]
    certainty = min(each.certainty for each in chosen)
    value = names[0] if len(names) == 1 else names
    return Found(fact, value, first.start, last.end, certainty=certainty, called=called)


def _mentions(telling: Telling) -> Iterator[_Mention]:
    for found in find_phrases(telling.named, _gazetteer()):
        place = found.meaning
        before = CLAUSE.split(telling.named[max(0, found.start - LOOK_BACK) : found.start])[-1]
        if _is_meant(telling, found.start, found.end, place):
            certainty = NEARBY if NEAR.search(before) else ELSEWHERE if place.is_elsewhere else 1.0
            yield _Mention(found.start, found.end, place.places, place.name, certainty, _role(before))
    for code in OUTCODE.finditer(telling.named):
        places = _postcode_places(code[1])
        if places and (code[2] or CERTAIN_OUTCODE.fullmatch(code[1])):
            before = CLAUSE.split(telling.named[max(0, code.start() - LOOK_BACK) : code.start()])[-1]
            yield _Mention(code.start(), code.end(), places, code[0].upper(), 1.0, _role(before))


def _is_meant(telling: Telling, start: int, end: int, place: Place) -> bool:
    """Tell whether words that are a place's name mean the place."""
    before = telling.named[max(0, start - LOOK_BACK) : start]
    if CUSTOMERS.search(CLAUSE.split(before)[-1]):
        return False
    if not place.is_word:
        return True
    capital = telling.text[start].isupper() and (not telling.text.isupper())
    return (
        capital
        and bool(IN.search(before) or before.endswith(", "))
        or bool(re.search(r"(?:based|live|living|shop|office|firm|business|company) (?:in|at|near) $", before))
    )


def _role(before: str) -> str:
    if WORKS.search(before):
        return "apprentice_works_in"
    if NEW.search(before) and not FROM.search(before):
        return "new_place"
    return "district"


def _postcode_places(outcode: str) -> tuple[str, ...]:
    table = _postcodes()
    letters = re.match(r"[a-z]+", outcode)
    area = letters[0] if letters else ""
    return table.get(outcode) or table.get(outcode.rstrip("abcdefghijklmnopqrstuvwxyz")) or table.get(area) or ()


@cache
def _gazetteer() -> Mapping[Key, Place]:
    rows = csv.DictReader(files(__package__).joinpath("gazetteer.csv").read_text("utf-8").splitlines())
    places = [
        Place(row["name"], tuple(row["places"].split("|")), "word" in row["care"], "elsewhere" in row["care"])
        for row in rows
    ]
    return {phrase_key(each.name): each for each in places}


@cache
def _postcodes() -> Mapping[str, tuple[str, ...]]:
    rows = csv.DictReader(files(__package__).joinpath("postcodes.csv").read_text("utf-8").splitlines())
    return {row["postcode"].lower(): tuple(row["places"].split("|")) for row in rows}
