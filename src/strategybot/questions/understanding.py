"""Understanding: everything that is read out of a query before anything is searched."""

import re
from dataclasses import dataclass

from strategybot.questions.followups import resolve_follow_up, user_turns
from strategybot.questions.guard import Refusal, find_refusal
from strategybot.questions.kinds import Kind, Want, classify, wanted_values
from strategybot.questions.parts import split_parts, split_sides
from strategybot.questions.terms import load_vocabulary
from strategybot.schema import Query

YEAR = re.compile(r"\b(19|20)\d\d\b")


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
        parts: The questions inside it, or the sides of a comparison; one if it is single.
        kind: The sort of answer wanted.
        wants: The sorts of value asked for.
        years: Years that it names.
        refusal: Why it is declined, or None.
    """

    text: str
    standalone: str
    asking: str
    views: tuple[View, ...]
    parts: tuple[str, ...]
    kind: Kind
    wants: frozenset[Want]
    years: frozenset[int]
    refusal: Refusal | None


def understand(query: Query) -> Question:
    """Read a query: resolve what it leans on, split it, and tell what it wants."""
    text = " ".join(query.text.split())
    asking = _asking(query.text)
    standalone = resolve_follow_up(text, query.history)
    kind = classify(text)
    sides = split_sides(asking) if kind == "comparison" else ()
    return Question(
        text=text,
        standalone=standalone,
        asking=asking,
        views=_views(query, standalone, asking),
        parts=sides or split_parts(query.text.strip()),
        kind=kind,
        wants=wanted_values(asking),
        years=frozenset(int(year[0]) for year in YEAR.finditer(standalone)),
        refusal=find_refusal(text),
    )


def _asking(text: str) -> str:
    """Leave out the situation that stands before a question."""
    sentences = re.split(r"(?<=[.?!])\s+|\n+", text.strip())
    return " ".join(s.strip() for s in sentences if s.rstrip().endswith("?")) or " ".join(text.split())


def _views(query: Query, standalone: str, asking: str) -> tuple[View, ...]:
    """The standalone question and what is asking; in a conversation also with the turn before, and with all turns.

    Summing over such views found 6 % more evidence than the last message alone on multi-turn questions
    (docs/adr/0002-fusion.md); the asking part of a question that tells a situation is compared, not searched with.
    """
    text, before = " ".join(query.text.split()), user_turns(query.history)
    expand = load_vocabulary().expand
    weights = {text: 1.0}
    if before:
        weights |= {f"{before[-1]} {text}": 1.0, " ".join([*before, text]): 1.0}
    first = [View(expand(standalone), weights.pop(standalone, 0.0)), View(expand(asking), weights.pop(asking, 0.0))]
    return (*first, *(View(expand(each), weight) for each, weight in weights.items()))
