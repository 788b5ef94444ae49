"""Trades: what a business does, from the words that the tree of sectors has for its leaves and groups."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from strategybot.eligibility.trees import load_tree
from strategybot.profiles.cues import cue, find_before
from strategybot.profiles.phrases import Phrase, PhraseTable, find_phrases, overlaps
from strategybot.profiles.telling import Found, Telling

LOOK_BACK = 60
UNSURE = 0.7
BESIDE_RANK = 2
CLAUSE = re.compile(r"[.;?!()]| - | but | so (?:we|i)\b")
BESIDE = re.compile(r" ?(?:and|&|/|,|with(?: an?| attached)?)(?: an?| our| my)? ?")
HEAD = re.compile(r" ?|-| (?!(?:for|to|of|in|with|from|at|by|on|near|who|that)\b)[\w&-]+ ")


@dataclass(frozen=True, slots=True)
class Trade:
    """A word of the tree of sectors.

    Attributes:
        name: The leaf or group that it names.
        general: It tells little, and gives way to any other: "charity".
    """

    name: str
    general: bool = False


Trades = Sequence[tuple[int, Phrase[Trade]]]
"""Words for trades, each with a rank: below ``BESIDE_RANK`` it says what the business does, from there on it may."""


def find_trades(telling: Telling, places: Sequence[tuple[int, int]]) -> Trades:
    """Return the words for trades that a text holds outside the names of places."""
    text = telling.named
    named = [
        Phrase(each.start, each.end, each.meaning)
        for each in find_phrases(text, _words())
        if each.meaning and not overlaps(each, places)
    ]
    found = [(rank, phrase) for phrase in named if (rank := _rank(text, phrase)) is not None]
    return found + [(0, phrase) for phrase in find_phrases(text, _products()) if _is_made(text, phrase)]


def read_sector(telling: Telling, trades: Trades) -> Found | None:
    """Return what the business does, as far as words of the tree tell it."""
    if not trades:
        return None
    best = min(rank for rank, _ in trades)
    chosen = _chosen(telling, [phrase for rank, phrase in trades if rank == best])
    names = tuple(dict.fromkeys(each.meaning.name for each in chosen))
    certainty = 1.0 if best < BESIDE_RANK else UNSURE
    value = names[0] if len(names) == 1 else names
    return Found("sector", value, chosen[0].start, chosen[-1].end, certainty=certainty)


def trade_spans(trades: Trades) -> Sequence[tuple[int, int]]:
    """Return where words stand that say what the business does, whatever else they could be for."""
    return [(phrase.start, phrase.end) for rank, phrase in trades if rank < BESIDE_RANK]


def find_sector(text: str) -> str | None:
    """Return the leaf or group that a whole text is a word or the label for."""
    named = _labels().get(text)
    trade = _words().get(text) or _products().get(text)
    return named or (trade.name if trade else None)


def sector_words() -> Mapping[str, tuple[str, ...]]:
    """Return the label and the words of each leaf, for likeness."""
    leaves, label = _table()["leaf"], load_tree("sectors").label
    return {name: (label(name), *entry["words"], *entry.get("products", ())) for name, entry in leaves.items()}


def _before(text: str, at: int) -> str:
    return CLAUSE.split(text[max(0, at - LOOK_BACK) : at])[-1]


def _rank(text: str, phrase: Phrase[Trade]) -> int | None:
    before = _before(text, phrase.start)
    own, wanted, beside = (find_before("trades", name, before) for name in ("own", "wanted", "beside"))
    if find_before("trades", "sold_to", before) is not None or cue("trades", "purpose").match(text, phrase.end):
        return None
    if wanted is not None and (own is None or own <= wanted):
        return None
    return BESIDE_RANK * (beside is not None and (own is None or own < beside)) + phrase.meaning.general


def _is_made(text: str, phrase: Phrase[Trade]) -> bool:
    before = _before(text, phrase.start)
    if find_before("trades", "makes", before) is not None and find_before("trades", "wanted", before) is None:
        return True
    return bool(cue("trades", "maker").match(text, phrase.end)) and _rank(text, phrase) == 0


def _chosen(telling: Telling, found: Sequence[Phrase[Trade]]) -> list[Phrase[Trade]]:
    """Return the most specific word, the head noun of several, or those that stand side by side."""
    tree = load_tree("sectors")
    kept = [
        one
        for one in found
        if not any(_is_within(tree.groups, other.meaning.name, one.meaning.name) for other in found)
    ]
    kept = [one for one in kept if not any(_covers(other, one) for other in kept)]
    kept.sort(key=lambda each: each.start)
    chosen = kept[:1]
    for one in kept[1:]:
        between = telling.named[chosen[-1].end : one.start]
        if BESIDE.fullmatch(between):
            chosen.append(one)
        elif HEAD.fullmatch(between) and len(chosen) == 1:
            chosen = [one]
        else:
            break
    return chosen


def _is_within(groups: Mapping[str, frozenset[str]], one: str, other: str) -> bool:
    """Tell whether one name is a narrower one than another."""
    narrow, wide = groups.get(one, frozenset({one})), groups.get(other, frozenset({other}))
    return narrow < wide


def _covers(one: Phrase[Trade], other: Phrase[Trade]) -> bool:
    longer = one.end - one.start > other.end - other.start
    return longer and one.start <= other.start and other.end <= one.end


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(files("strategybot.eligibility").joinpath("sectors.toml").read_text("utf-8"))


@cache
def _words() -> PhraseTable[Trade | None]:
    general = {name for name, entry in _table()["leaf"].items() if entry.get("general")}
    named = [(word, Trade(name, name in general)) for name, word in _entries("words")]
    return PhraseTable([*named, *((word, None) for word in _table()["ignored"]["words"])])


@cache
def _products() -> PhraseTable[Trade]:
    return PhraseTable((word, Trade(name)) for name, word in _entries("products"))


@cache
def _labels() -> PhraseTable[str]:
    tree = load_tree("sectors")
    return PhraseTable((text, name) for name in (*tree.groups, *tree.leaves) for text in (tree.label(name), name))


def _entries(kind: str) -> Iterator[tuple[str, str]]:
    for part in ("group", "leaf"):
        for name, entry in _table()[part].items():
            yield from ((name, word) for word in entry.get(kind, ()))
