"""Conversations: what a person has told over several messages, as one profile."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from strategybot.eligibility.facts import load_facts
from strategybot.profiles.counted import measure
from strategybot.profiles.cues import cue_word, find_before
from strategybot.profiles.following import with_staying
from strategybot.profiles.reading import read_told_profile
from strategybot.profiles.telling import Telling, read_telling
from strategybot.profiles.wording import describe
from strategybot.schemes import Known, Profile

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
ADDED = ("need", "sector")
SHORT = 40
AGES = (14, 70)


def read_conversation(turns: Sequence[str], *, encode: Encode | None = None, today: date | None = None) -> Profile:
    """Return what the user's messages tell together; what is said later overrides or adds.

    Args:
        turns: The user's messages, oldest first.
        encode: As for ``read_profile``.
        today: As for ``read_profile``.
    """
    day = today or date.today()
    profile = Profile()
    for turn in turns:
        profile = _heard(profile, turn, encode, day)
    return with_staying(profile, turns)


def _heard(profile: Profile, turn: str, encode: Encode | None, day: date) -> Profile:
    telling = read_telling(turn, today=day)
    told = read_told_profile(turn, encode=encode, today=day)
    if cue_word("later", "anew").search(telling.plain) and not cue_word("later", "same").search(telling.plain):
        return told
    if not told.root:
        told = _corrected(profile, telling)
    if cue_word("later", "also").search(telling.plain):
        told = Profile({name: _joined(name, profile.get(name), known) for name, known in told.root.items()})
    return profile.updated(told, without=_forgotten(telling))


def _corrected(profile: Profile, telling: Telling) -> Profile:
    """Take a bare quantity for a correction of the last fact of its kind: "make it £80k"."""
    for quantity in telling.quantities.values():
        before = telling.plain[max(0, quantity.start - SHORT) : quantity.start]
        aged = find_before("later", "aged", before) is not None and AGES[0] <= quantity.value <= AGES[1]
        whole = quantity.end - quantity.start >= len(telling.plain.strip(" .!?")) - 1
        if not (whole or find_before("later", "correction", before) is not None):
            continue
        for fact in (_age(profile),) if aged else reversed(list(profile)):
            known = load_facts().get(fact)
            measured = (
                measure(fact, quantity, today=telling.today)
                if known and (aged or _is_quantity(profile, fact))
                else None
            )
            if measured:
                value, low, high = measured
                said = telling.text[quantity.start : quantity.end]
                return Profile(
                    {fact: Known(value=value, low=low, high=high, text=describe(fact, value, low, high), said=said)}
                )
    return Profile()


def _age(profile: Profile) -> str:
    """Return whose age "if she's 25" tells: the apprentice's where one is spoken of, or that of a person hired."""
    return "apprentice_age" if any(name.startswith("apprentice") for name in profile) else "hire_age"


def _is_quantity(profile: Profile, fact: str) -> bool:
    known = profile.get(fact)
    return known is not None and isinstance(known.value, (int, float)) and not isinstance(known.value, bool)


def _joined(name: str, before: Known | None, later: Known) -> Known:
    """Return both values of a need or a sector that was added to."""
    if name not in ADDED or before is None:
        return later
    names = tuple(dict.fromkeys((*_names(before), *_names(later))))
    value = names[0] if len(names) == 1 else names
    return later.model_copy(update={"value": value, "text": describe(name, value)})


def _names(known: Known) -> tuple[str, ...]:
    return known.value if isinstance(known.value, tuple) else (str(known.value),)


def _forgotten(telling: Telling) -> frozenset[str]:
    """Return the facts that the user wants to be left out: "forget the turnover"."""
    asked = [found["what"] for found in cue_word("later", "forget").finditer(telling.plain)]
    return frozenset(
        fact.name
        for fact in load_facts().values()
        for what in asked
        if what.startswith((fact.label.lower(), fact.name.replace("_", " ")))
        or (fact.label.lower().split()[0] == what.split()[0] and len(what.split()) == 1)
    )
