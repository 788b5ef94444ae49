"""The cards of schemes as templates take them: matches with their words, their links, their sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from strategybot.schema import Citation, Match, Matching
from strategybot.serving.addresses import address_quotes
from strategybot.serving.support.numbering import number_anew, renumber_citations, renumber_match
from strategybot.serving.support.words import Groups, Judged, group_matches, judge_opening, judge_verdict


@dataclass(frozen=True, slots=True)
class Card:
    """A match for people.

    Attributes:
        later: Name of the scheme that came after it; empty if none is known.
    """

    match: Match
    verdict: Judged
    opening: Judged
    later: str = ""

    @property
    def anchor(self) -> str:
        """Id of the card in its page, made of letters that an id may have."""
        return "scheme-" + "".join(c for c in self.match.scheme_id if c.isascii() and (c.isalnum() or c == "-"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a matching is shown; its citations are numbered in the order in which they are shown.

    Attributes:
        groups: All matches by group.
        open: The cards shown of those that could fit and are open.
        ask: The cards shown of those that could fit and may be open.
        rest: The cards shown of those that do not fit or are closed.
        sources: The citations of the cards.
    """

    as_of: date
    groups: Groups
    open: tuple[Card, ...]
    ask: tuple[Card, ...]
    rest: tuple[Card, ...]
    sources: tuple[Citation, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards that are shown, in order."""
        return (*self.open, *self.ask, *self.rest)

    @property
    def left(self) -> int:
        """How many fitting schemes are not shown."""
        return len(self.groups.fitting) - len(self.open) - len(self.ask)

    @property
    def near(self) -> int:
        """How many of those that do not fit have a hint on what would make them fit, and are not closed."""
        return sum(bool(match.hints) and match.opening != "closed" for match in self.groups.rest)


def lay_out_sheet(matching: Matching, *, cards: int, with_rest: bool = False) -> Sheet:
    """Lay out the first cards of those that fit, and all of the rest if it is asked for."""
    groups = group_matches(matching.matches)
    named = {match.scheme_id: match.name for match in matching.matches}
    shown = (groups.open[:cards], groups.ask[: max(0, cards - len(groups.open))], groups.rest if with_rest else ())
    numbers = number_anew(match for group in shown for match in group)
    opened, ask, rest = (make_cards([renumber_match(match, numbers) for match in group], named) for group in shown)
    sources = renumber_citations(matching.citations, numbers)
    return Sheet(matching.as_of, groups, open=opened, ask=ask, rest=rest, sources=sources)


def make_cards(matches: Iterable[Match], named: Mapping[str, str]) -> tuple[Card, ...]:
    """Make a card of each match; ``named`` gives the names of schemes by their ids."""
    return tuple(Card(m, judge_verdict(m), judge_opening(m), named.get(m.later or "", "")) for m in matches)


def link_citations(citations: Sequence[Citation]) -> Mapping[int, tuple[str, str]]:
    """Return each citation's link and what it leads to, by its number."""
    links = address_quotes(citations)
    return {c.number: (links[c.number], f"Passage {c.number}: {c.title}") for c in citations}
