"""Purposes: what money or help is for, from the words that the tree of needs has for its leaves."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from strategybot.eligibility.trees import load_tree
from strategybot.profiles.cues import find_before
from strategybot.profiles.phrases import Phrase, PhraseTable, find_phrases, overlaps, phrase_key
from strategybot.profiles.telling import Found, Telling

LOOK_BACK = 90
MOST = 3
UNSURE, NAMED = 0.8, 0.7
ASKED = re.compile(
    r"(?: (?!turnover|sales|revenue|income|rv|rateable)[\w-]+){0,3}[ (,:-]+(?:at |for |costing |about )?¤"
    r"|(?: \w+){0,2} ?\?"
)
"""What shows behind words that they are what is asked for: a price, or the mark of the question."""
CLAUSE = re.compile(r"[.;?!]")
PART = re.compile(r"[.,;?!]")
MOST_BEFORE = 3


def read_need(telling: Telling, taken: Sequence[tuple[int, int]]) -> Found | None:
    """Return what money or help is for; several leaves if several things are.

    Args:
        telling: The text.
        taken: Where words stand that say something else, such as what the business does.
    """
    strong, weak = _free(telling, "words", taken), _free(telling, "wanted", taken)
    asked = [each for each in (*strong, *weak) if _is_wanted(telling, each)]
    told = [each for each in strong if _table()["leaf"][each.meaning].get("anywhere")]
    chosen = sorted(
        _longest(asked or told or _in_names(telling) or [each for each in strong if _opens(telling, each)]),
        key=lambda each: each.start,
    )
    names = _narrowest(each.meaning for each in chosen)[:MOST]
    if not names:
        return None
    named = [each for each in chosen if each.meaning in names]
    value = names[0] if len(names) == 1 else names
    return Found("need", value, named[0].start, named[-1].end, certainty=1.0 if asked else UNSURE if told else NAMED)


def _in_names(telling: Telling) -> list[Phrase[str]]:
    """Return the phrases in the names of schemes that tell what those are for."""
    return list(find_phrases(telling.plain, _words("named")))


def _narrowest(names: Iterable[str]) -> tuple[str, ...]:
    """Return names once each, without those that another of them covers: an apprenticeship is no further hiring."""
    kept = tuple(dict.fromkeys(name for name in names if name))
    covered = {each for name in kept for each in _covers().get(name, ())}
    general = {name for name in kept if _table()["leaf"][name].get("general")}
    plain = tuple(name for name in kept if name not in covered)
    return tuple(name for name in plain if name not in general) or plain


def _free(telling: Telling, kind: str, taken: Sequence[tuple[int, int]]) -> list[Phrase[str]]:
    """Return the phrases of a list that say nothing else."""
    found = [each for each in find_phrases(telling.named, _words(kind)) if each.meaning]
    return [each for each in found if not overlaps(each, taken) and not _is_not_for(telling, each)]


def find_need(text: str) -> str | tuple[str, ...] | None:
    """Return the leaves that a text of a few words names, or the leaf or group that it is the label of."""
    tree = load_tree("needs")
    key = phrase_key(text)
    for name in (*sorted(tree.leaves), *tree.groups):
        if key in (phrase_key(name), phrase_key(tree.label(name))):
            return name
    plain = text.lower()
    found = _longest([*find_phrases(plain, _words("words")), *find_phrases(plain, _words("wanted"))])
    names = _narrowest(each.meaning for each in sorted(found, key=lambda each: each.start))
    return names[0] if len(names) == 1 else names or None


def _is_wanted(telling: Telling, phrase: Phrase[str]) -> bool:
    before = CLAUSE.split(telling.marked[max(0, phrase.start - LOOK_BACK) : phrase.start])[-1]
    return find_before("purposes", "wanted", before) is not None or bool(ASKED.match(telling.marked, phrase.end))


def _opens(telling: Telling, phrase: Phrase[str]) -> bool:
    """Tell whether a phrase opens its clause, as what is wanted does where there is no verb: "second-hand van, £9k"."""
    before = PART.split(telling.marked[max(0, phrase.start - LOOK_BACK) : phrase.start])[-1]
    return len(before.split()) <= MOST_BEFORE


def _is_not_for(telling: Telling, phrase: Phrase[str]) -> bool:
    return bool(
        find_before("purposes", "not_for", telling.named[max(0, phrase.start - LOOK_BACK) : phrase.start]) is not None
    )


def _longest(found: list[Phrase[str]]) -> list[Phrase[str]]:
    """Leave out what stands within a longer phrase."""

    def is_within(one: Phrase[str]) -> bool:
        size = one.end - one.start
        return any(o.start < one.end and one.start < o.end and o.end - o.start > size for o in found)

    return [one for one in found if not is_within(one)]


@cache
def _words(kind: str) -> PhraseTable[str]:
    return PhraseTable((word, name) for name, word in _entries(kind))


@cache
def _covers() -> Mapping[str, Sequence[str]]:
    return {name: entry["covers"] for name, entry in _table()["leaf"].items() if "covers" in entry}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("strategybot.eligibility").joinpath("needs.toml").read_text("utf-8"))


def _entries(kind: str) -> Iterator[tuple[str, str]]:
    yield from (("", word) for word in _table()["ignored"]["words"])
    for name, entry in _table()["leaf"].items():
        if not isinstance(entry, str):
            yield from ((name, word) for word in entry.get(kind, ()))
