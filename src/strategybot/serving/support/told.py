"""What a person has told on the page “Find support”: the fields, what was last put into each, what was set by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from strategybot.eligibility.facts import Fact, load_facts
from strategybot.schema import Matching, Situation
from strategybot.schemes import Known, Profile
from strategybot.serving.support.words import upper_first

MAIN = ("district", "employees", "sector", "turnover", "months_trading", "need", "project_cost")
"""The facts that are most asked for: their fields always stand on the page."""
SPARE = 20
"""Fields for other facts, shown once there is something to show in them."""
CARDS = 8
SURE = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, between two looks at the page.

    Attributes:
        by_hand: Values set by hand, by fact, as typed; empty for a fact that was taken away.
        gone: The words that a fact was read from when it was taken away.
        spare: The facts of the spare fields.
        shown: What was last put into each field; what differs from it was typed.
        faults: Why a value cannot be read, by fact.
        matching: What came of it; None as long as nothing is told.
        cards: How many schemes to show.
    """

    by_hand: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    spare: tuple[str | None, ...] = (None,) * SPARE
    shown: tuple[str, ...] = ("",) * (len(MAIN) + SPARE)
    faults: Mapping[str, str] = field(default_factory=dict)
    matching: Matching | None = None
    cards: int = CARDS

    @property
    def facts(self) -> tuple[str | None, ...]:
        """The fact of each field; None for a spare one that is free."""
        return (*MAIN, *self.spare)

    @property
    def profile(self) -> Profile:
        """What is known."""
        return self.matching.profile if self.matching else Profile()

    def typed(self, values: Sequence[str]) -> Mapping[str, str]:
        """Return what was typed into fields since they were filled, by fact."""
        rows = zip(self.facts, self.shown, values, strict=True)
        return {fact: value.strip() for fact, shown, value in rows if fact and value.strip() != shown}

    def set_by_hand(self, fact: str, value: str, text: str) -> "Told":
        """Return it with a fact set by hand, or taken away by an empty value; ``text`` is what was told in words."""
        by_hand = {f: v for f, v in self.by_hand.items() if f != fact}
        gone = {f: w for f, w in self.gone.items() if f != fact}
        if value:
            return replace(self, by_hand={**by_hand, fact: value}, gone=gone)
        known = self.profile.get(fact)
        words = (known.said if known else None) or self.gone.get(fact) or text.strip()
        if words:
            by_hand, gone = {**by_hand, fact: ""}, {**gone, fact: words}
        return replace(self, by_hand=by_hand, gone=gone)

    def read_anew(self, text: str) -> "Told":
        """Return it with those facts no longer taken away whose words do not stand in the text any more."""
        back = {fact for fact, words in self.gone.items() if words not in text}
        keep = {fact: value for fact, value in self.by_hand.items() if fact not in back}
        return replace(self, by_hand=keep, gone={f: w for f, w in self.gone.items() if f not in back})

    def situation(self, text: str, as_of: date) -> Situation:
        """Return what was told as the assistant takes it."""
        return Situation(text=text.strip(), facts=self.by_hand, as_of=as_of)

    def is_anything(self, text: str) -> bool:
        """Tell whether anything was told."""
        return bool(text.strip() or any(self.by_hand.values()))

    def fill(self, matching: Matching | None) -> "Told":
        """Return it with what came of it: each known fact has a field, a spare one if need be, and keeps it."""
        profile = matching.profile if matching else Profile()
        kept = {*profile, *self.gone, *self.faults}
        spare = [fact if fact in kept else None for fact in self.spare]
        for fact in (f for f in profile if f not in MAIN and f not in spare):
            if None in spare:
                spare[spare.index(None)] = fact
        filled = replace(self, matching=matching, spare=tuple(spare))
        return replace(filled, shown=tuple(filled._text(n) for n in range(len(filled.facts))))

    def _text(self, number: int) -> str:
        fact = self.facts[number]
        if fact is None:
            return ""
        if fact in self.faults:
            # What cannot be read stays in its field, so that it can be mended.
            return self.shown[number]
        known = self.profile.get(fact)
        return known.text if known else ""

    @property
    def without_field(self) -> tuple[tuple[str, Known], ...]:
        """Known facts for which there is no field left; rarely any."""
        return tuple((label_of(fact), self.profile.root[fact]) for fact in self.profile if fact not in self.facts)


@dataclass(frozen=True, slots=True)
class Chip:
    """A field as it is shown.

    Attributes:
        label: Names the fact.
        text: What is known of it; empty if nothing is.
        origin: The words that it comes from, or that it was set by hand, or what is wrong with it.
        guessed: It was guessed from the words.
        wrong: It cannot be read.
        shown: Whether the field is on the page at all.
    """

    label: str
    text: str
    origin: str = ""
    guessed: bool = False
    wrong: bool = False
    shown: bool = True

    @property
    def info(self) -> str:
        """What stands beside the field."""
        return f"{upper_first(self.origin)}: is it right?" if self.guessed else self.origin


def chips_of(told: Told) -> Iterator[Chip]:
    """Yield each field as it is shown, in order."""
    for fact, text in zip(told.facts, told.shown, strict=True):
        yield _chip(told, fact, text) if fact else Chip("Something else", "", shown=False)


def _chip(told: Told, fact: str, text: str) -> Chip:
    if fact in told.faults:
        return Chip(label_of(fact), text, told.faults[fact], wrong=True)
    known = told.profile.get(fact)
    if known is None:
        return Chip(label_of(fact), text, "taken away by you" if fact in told.gone else "")
    return Chip(label_of(fact), text, origin_of(known), guessed=is_guess(known))


def is_guess(known: Known) -> bool:
    """Tell whether something was guessed and not plainly said."""
    return known.certainty < SURE


def origin_of(known: Known) -> str:
    """Say where something known comes from."""
    if known.said is None:
        return "set by you"
    return f"{'guessed ' if is_guess(known) else ''}from “{known.said}”"


def label_of(fact: str) -> str:
    """Name a fact in a list; one that is not among the known facts is named by its own name."""
    found: Fact | None = load_facts().get(fact)
    return found.label if found else fact.replace("_", " ").capitalize()
