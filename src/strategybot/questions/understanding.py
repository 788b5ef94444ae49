"""Understanding: everything that is read out of a query before anything is searched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from strategybot.questions.followups import resolve_follow_up, user_turns
from strategybot.questions.guard import Refusal, find_refusal
from strategybot.questions.kinds import Kind, Want, asks_about_now, classify, wanted_values
from strategybot.questions.parts import split_parts, split_sides
from strategybot.questions.spelling import correct_words
from strategybot.questions.terms import load_vocabulary
from strategybot.schema import Query

YEAR = re.compile(r"\b(19|20)\d\d\b")
EVERY_TURN = 0.5
"""What the score of all turns together counts for beside those of the last message and of it with the one before."""


@dataclass(frozen=True, slots=True)
class View:
    """One text to search with, and what its score counts for; a weight of 0 is only compared with sentences."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """A query, understood.

    Attributes:
        text: The question as typed, the last message only.
        standalone: The question with what it leans on in the conversation.
        asking: The sentences of the last message that ask, without the situation told before them.
        views: Texts to search with; the first is the standalone question, the second what is asking.
        mended: What misspelt words were probably meant to be; empty if none.
        parts: The questions inside it, or the sides of a comparison; one if it is single.
        kind: The sort of answer wanted.
        about_now: Whether it asks how something stands now.
        wants: The sorts of value asked for.
        years: Years that it names.
        refusal: Why it is declined, or None.
    """

    text: str
    standalone: str
    asking: str
    views: tuple[View, ...]
    mended: str
    parts: tuple[str, ...]
    kind: Kind
    about_now: bool
    wants: frozenset[Want]
    years: frozenset[int]
    refusal: Refusal | None


def understand(query: Query, *, frequencies: Mapping[str, int] = MappingProxyType({})) -> Question:
    """Read a query: resolve what it leans on, split it, and tell what it wants.

    Args:
        query: As asked.
        frequencies: Every stem of the index with its number of passages, to mend spelling by; none mends nothing.
    """
    text = " ".join(query.text.split())
    asking = _asking(query.text)
    standalone = resolve_follow_up(text, query.history)
    kind = classify(text)
    mended = " ".join(correct_words(standalone, frequencies)) if frequencies else ""
    sides = split_sides(asking) if kind == "comparison" else ()
    return Question(
        text=text,
        standalone=standalone,
        asking=asking,
        views=_views(query, standalone, asking, mended=mended),
        mended=mended,
        parts=sides or split_parts(query.text.strip()),
        kind=kind,
        about_now=kind in ("status", "eligibility") and asks_about_now(text),
        wants=wanted_values(asking),
        years=frozenset(int(year[0]) for year in YEAR.finditer(standalone)),
        refusal=find_refusal(text),
    )


def _asking(text: str) -> str:
    """Leave out the situation that stands before a question."""
    sentences = re.split(r"(?<=[.?!])\s+|\n+", text.strip())
    return " ".join(s.strip() for s in sentences if s.rstrip().endswith("?")) or " ".join(text.split())


def _views(query: Query, standalone: str, asking: str, *, mended: str) -> tuple[View, ...]:
    """The standalone question and what is asking; in a conversation also with the turn before, and with all turns.

    Summing over such views found 6 % more evidence than the last message alone on multi-turn questions
    (docs/adr/0002-fusion.md); the asking part of a question that tells a situation is compared, not searched with.
    """
    text, before = " ".join(query.text.split()), user_turns(query.history)

    def expand(text: str) -> str:
        return f"{load_vocabulary().expand(text)} {mended}".strip()

    weights = {text: 1.0}
    if before:
        weights = {" ".join([*before, text]): EVERY_TURN, f"{before[-1]} {text}": 1.0, **weights}
    first = [
        View(expand(standalone), weights.pop(standalone, 0.0)),
        View(expand(asking), weights.pop(asking, 0.0)),
    ]
    return (*first, *(View(expand(each), weight) for each, weight in weights.items()))
