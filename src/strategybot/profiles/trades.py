"""Trades: what a business does, from the words that the tree of sectors has for its leaves and groups."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from strategybot.eligibility.trees import load_tree
from strategybot.profiles.phrases import Key, Phrase, find_phrases, phrase_key
from strategybot.profiles.telling import Found, Telling

LOOK_BACK = 60
UNSURE = 0.7
CLAUSE = re.compile(r"[.;?!()]| - | but | so (?:we|i)\b")
OWN = r"my|our|own|run|runs|running|start\w*|open\w*|set(?:ting)? up|launch\w*|am|are|is|we're|i'm|it's|as|have|has|manage\w*|become|becoming"
MEANT = re.compile(rf"(?<!\w)(?:{OWN})(?: [\w'&-]+){{0,5}} ?$")
WANTED = re.compile(
    r"(?<!\w)(?:wants?|wanting|need\w*|buy\w*|bought|purchas\w+|hir(?:e|es|ing)|recruit\w*|invest\w* in|install\w*|replac\w+|upgrad\w+|tak(?:e|es|ing) on|looking for|£[\d,.km]+|get|getting"
    r"|worth of|kind of|sort of)(?: (?!to (?:start|open|set|run|launch)\b)[\w'&£,.-]+){0,5} ?$"
)
SOLD_TO = re.compile(
    r"(?<!\w)(?:sell|sells|selling|sold|suppl\w+|deliver\w*|wholesal\w+|distribut\w+|mostly|mainly|customers?|clients?|export\w*|work with|working with|partner\w* with|hit by|from|serv(?:e|es|ing))"
    r"(?: [\w'&%-]+){0,4}? (?:to|for|with|are|include|at|into|from)(?: [\w'&-]+){0,4} ?$|(?<!\w)(?:serv(?:e|es|ing)|suppl(?:y|ies|ying))(?: [\w'-]+){0,3} ?$"
)
FOR = re.compile(
    r"(?<!\w)(?:for|to|with|in|by|at|into|of|other|the|near|beside|above|behind)(?: (?!my\b|our\b)[\w'-]+){0,3} ?$"
)
MAKES = re.compile(
    r"(?<!\w)(?:mak(?:e|es|ing)|made|manufactur(?:e|es|ing)|produc(?:e|es|ing|tion of)|design(?:s|ing)?(?: and (?:make|makes|manufacture|manufactures|build))?|build(?:s|ing)?|craft(?:s|ing)?"
    r"|makers? of|manufacturers? of|producers? of|(?:factory|firm|company|business|workshop|mill|plant) (?:making|producing|manufacturing)|bak(?:e|es|ing)|brew(?:s|ing)?|cast(?:s|ing)?|weav(?:e|es|ing)|knits?|grow(?:s|ing)?|develop(?:s|ing)?|process(?:es|ing)?|import(?:s|ing)?)"
    r"(?: (?!for\b|to\b|with\b|in\b)[\w'&,-]+){0,5} ?$"
)
MAKER = re.compile(
    r"[ -](?:[\w-]+ )?(?:manufactur\w+|makers?|making|producers?|production|factory|factories|processors?|processing|fabricat\w+|foundry|mill|works|plant|engineering|firm|company|business|brand|workshop|start-?up)(?!\w)"
)
TRADES_IN = re.compile(r"[ -](?:[\w-]+ )?(?:firm|company|business|brand|start-?up)(?!\w)")
PURPOSE = re.compile(
    r" (?:machine|machinery|line|equipment|kit|oven|project|system|tool|course|training|van|grant|fund|loan)s?(?!\w)"
)
BESIDE = re.compile(r" ?(?:and|&|/|,|with(?: an?| attached)?)(?: an?| our| my)? ?")
HEAD = re.compile(r" ?|-| [\w&-]+ ")


@dataclass(frozen=True, slots=True)
class Trade:
    """A word of the tree of sectors: which leaf or group it names, and whether a maker's product does."""

    name: str
    product: bool = False


def read_sector(telling: Telling) -> Found | None:
    """Return what the business does, as far as words of the tree tell it."""
    ranked = _ranked(telling)
    best = [phrase for rank, phrase in ranked if rank == min(rank for rank, _ in ranked)]
    if not best:
        return None
    chosen = _chosen(telling, best)
    names = tuple(dict.fromkeys(each.meaning.name for each in chosen))
    certainty = UNSURE if min(rank for rank, _ in ranked) else 1.0
    value = names[0] if len(names) == 1 else names
    return Found("sector", value, chosen[0].start, chosen[-1].end, certainty=certainty)


def sector_spans(telling: Telling) -> Sequence[tuple[int, int]]:
    """Return where words for what the business does stand, whatever else they could be for."""
    return [(phrase.start, phrase.end) for rank, phrase in _ranked(telling) if rank == 0]


def find_sector(text: str) -> str | None:
    """Return the leaf or group that a whole text is a word or the label for."""
    return _whole().get(phrase_key(text))


def _ranked(telling: Telling) -> list[tuple[int, Phrase[Trade]]]:
    """Return the words found, each with 0 if it says what the business does and 1 if it may."""
    text = telling.named
    found = [(rank, phrase) for phrase in find_phrases(text, _words()) if (rank := _rank(text, phrase)) is not None]
    return found + [(0, phrase) for phrase in find_phrases(text, _products()) if _is_made(text, phrase)]


def _before(text: str, at: int) -> str:
    return CLAUSE.split(text[max(0, at - LOOK_BACK) : at])[-1]


def _rank(text: str, phrase: Phrase[Trade]) -> int | None:
    before = _before(text, phrase.start)
    if SOLD_TO.search(before) or PURPOSE.match(text, phrase.end):
        return None
    meant, wanted = MEANT.search(before), WANTED.search(before)
    if wanted and not (meant and meant.start() > wanted.start()):
        return None
    unsure = FOR.search(before)
    return int(bool(unsure and not (meant and meant.start() >= unsure.start())))


def _is_made(text: str, phrase: Phrase[Trade]) -> bool:
    before = _before(text, phrase.start)
    if MAKES.search(before) and not WANTED.search(before):
        return True
    return bool(MAKER.match(text, phrase.end)) and _rank(text, phrase) == 0


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
def _words() -> Mapping[Key, Trade]:
    return {phrase_key(word): Trade(name) for name, word in _entries("words")}


@cache
def _products() -> Mapping[Key, Trade]:
    return {phrase_key(word): Trade(name, product=True) for name, word in _entries("products")}


@cache
def _whole() -> Mapping[Key, str]:
    tree = load_tree("sectors")
    named = {phrase_key(text): name for name in (*tree.groups, *tree.leaves) for text in (tree.label(name), name)}
    return {**{key: trade.name for key, trade in (*_products().items(), *_words().items())}, **named}


def _entries(kind: str) -> Iterator[tuple[str, str]]:
    for part in ("group", "leaf"):
        for name, entry in _table()[part].items():
            yield from ((name, word) for word in entry.get(kind, ()))
