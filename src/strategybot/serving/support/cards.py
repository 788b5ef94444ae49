"""The cards of schemes as templates take them: matches with their words, their links, their sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from strategybot.schema import Citation, Match, Matching, Noted
from strategybot.serving.addresses import address_quotes
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
    """What of a matching is shown: cards by group, how many there are in all, and the sources that they rest on.

    Attributes:
        near: How many of those that do not fit have a hint on what would make them fit.
    """

    matching: Matching
    groups: Groups
    open: tuple[Card, ...]
    ask: tuple[Card, ...]
    rest: tuple[Card, ...]
    near: int

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards that are shown, in order."""
        return (*self.open, *self.ask, *self.rest)

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The citations of the cards that are shown."""
        numbers = {number for card in self.cards for number in cited_by(card.match)}
        return tuple(citation for citation in self.matching.citations if citation.number in numbers)

    @property
    def left(self) -> int:
        """How many fitting schemes are not shown."""
        return len(self.groups.fitting) - len(self.open) - len(self.ask)


def lay_out_sheet(matching: Matching, *, cards: int, with_rest: bool = False) -> Sheet:
    """Lay out the first cards of those that fit, and all of the rest if it is asked for."""
    groups = group_matches(matching.matches)
    named = {match.scheme_id: match.name for match in matching.matches}
    first = groups.open[:cards]
    return Sheet(
        matching,
        groups,
        open=make_cards(first, named),
        ask=make_cards(groups.ask[: cards - len(first)], named),
        rest=make_cards(groups.rest, named) if with_rest else (),
        near=sum(bool(match.hints) and match.opening != "closed" for match in groups.rest),
    )


def make_cards(matches: Iterable[Match], named: Mapping[str, str]) -> tuple[Card, ...]:
    """Make a card of each match; ``named`` gives the names of schemes by their ids."""
    return tuple(Card(m, judge_verdict(m), judge_opening(m), named.get(m.later or "", "")) for m in matches)


def cited_by(match: Match) -> tuple[int, ...]:
    """Return the numbers of the citations that a match rests on, each once."""
    noted: list[Noted] = [*([match.standing] if match.standing else []), *match.steps, *match.cautions, *match.apply]
    numbers = [number for criterion in match.criteria for number in criterion.citations]
    numbers += [number for item in noted for number in item.citations]
    return tuple(dict.fromkeys(numbers))


def link_citations(citations: Sequence[Citation]) -> Mapping[int, tuple[str, str]]:
    """Return each citation's link and what it leads to, by its number."""
    links = address_quotes(citations)
    return {c.number: (links[c.number], f"Passage {c.number}: {c.title}") for c in citations}
