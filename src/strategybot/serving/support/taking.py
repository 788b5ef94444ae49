"""Taking what was typed: facts set by hand are tried on the assistant, and what cannot be read is left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from strategybot.errors import ConfigurationError
from strategybot.schema import Matching
from strategybot.serving.seam import Answering
from strategybot.serving.support.told import Told
from strategybot.serving.support.words import upper_first


@dataclass(frozen=True, slots=True)
class Wording:
    """The situation in words, and the day asked about."""

    text: str
    as_of: date


def take(assistant: Answering, told: Told, edits: Mapping[str, str], wording: Wording) -> Told:
    """Return what was told with edits taken, and what comes of it.

    Args:
        assistant: Reads and matches.
        told: What had been told before.
        edits: Values typed, by fact; an empty one takes a fact away.
        wording: What was told in words.

    Raises:
        ConfigurationError: The words cannot be read, whatever the fields say.
        StrategyBotError: As ``Answering.match``.
    """
    told = replace(told.read_anew(wording.text), faults={})
    if edits and told.matching is None:
        # At first, or where the server forgot: what was read from the words and put into fields is not set by hand.
        told = told.fill(_match(assistant, told, wording))
        edits = {fact: value for fact, value in edits.items() if value != _shown(told, fact)}
    whole = _set(told, edits, wording)
    try:
        return whole.fill(_match(assistant, whole, wording))
    except ConfigurationError:
        if not edits:
            raise
    # One of the values is at fault: the others count.
    faults: dict[str, str] = {}
    for fact, value in edits.items():
        tried = _set(told, {fact: value}, wording)
        try:
            _match(assistant, tried, wording)
        except ConfigurationError as error:
            faults[fact] = upper_first(str(error))
        else:
            told = tried
    return replace(told, faults=faults).fill(_match(assistant, told, wording))


def _shown(told: Told, fact: str) -> str:
    known = told.profile.get(fact)
    return known.text if known else ""


def _set(told: Told, edits: Mapping[str, str], wording: Wording) -> Told:
    for fact, value in edits.items():
        told = told.set_by_hand(fact, value, wording.text)
    return told


def _match(assistant: Answering, told: Told, wording: Wording) -> Matching | None:
    """Match what was told; None if that is nothing."""
    return assistant.match(told.situation(wording.text, wording.as_of)) if told.is_anything(wording.text) else None
