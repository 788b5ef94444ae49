"""The support card of a chat reply: what was understood, the matches to show and those to fold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from strategybot.schema import Citation, Match, Reply
from strategybot.schemes import Known
from strategybot.serving.addresses import SUPPORT
from strategybot.serving.support.cards import Card, link_citations, make_cards
from strategybot.serving.support.numbering import cited_by
from strategybot.serving.support.told import is_guess, label_of
from strategybot.serving.support.words import (
    DECIDES,
    cite_numbers,
    end_sentence,
    fits,
    judge_opening,
    judge_verdict,
    pounds,
)

MOST_FIRST = 3
MOST_FOLDED = 10
MOST_TOLD_CHARS = 1500


@dataclass(frozen=True, slots=True)
class ReplySupport:
    """The card.

    Attributes:
        understood: The label of each fact, what is known of it, and whether that is a guess.
        address: The page “Find support”, filled with what was told.
        shown: The matches to show.
        folded: Those to fold, the first ten.
        more: How many further ones there are.
        links: Each citation's link and what it leads to, by its number.
    """

    understood: tuple[tuple[str, Known, bool], ...]
    address: str
    shown: tuple[Card, ...]
    folded: tuple[Card, ...]
    more: int
    links: Mapping[int, tuple[str, str]]


def view_support(reply: Reply, told: str) -> ReplySupport | None:
    """Make the card of a reply; None if it has no match to show. ``told`` is what the person has written so far."""
    first, folded = choose_matches(reply)
    if not first and not folded:
        return None
    named = {match.scheme_id: match.name for match in reply.matches}
    return ReplySupport(
        understood=understood(reply),
        address=address_page(told, reply.as_of),
        shown=make_cards(first, named),
        folded=make_cards(folded[:MOST_FOLDED], named),
        more=max(0, len(folded) - MOST_FOLDED),
        links=link_citations(reply.citations),
    )


def understood(reply: Reply) -> tuple[tuple[str, Known, bool], ...]:
    """Return what was understood: the label of each fact, what is known of it, and whether that is a guess."""
    profile = reply.profile.root if reply.profile else {}
    return tuple((label_of(fact), known, is_guess(known)) for fact, known in profile.items())


def choose_matches(reply: Reply) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return the matches to show of a reply and those to fold, each in the engine's order.

    Only what has a source or is named in the answer counts. Those named are shown, and the first three that fit.
    """
    said = " ".join(statement.text for statement in reply.statements).casefold()
    named = {match.scheme_id for match in reply.matches if match.name and match.name.casefold() in said}
    sourced = [m for m in reply.matches if m.scheme_id in named or any(c.citations for c in m.criteria)]
    first = {match.scheme_id for match in [m for m in sourced if fits(m)][:MOST_FIRST]} | named
    return (
        tuple(match for match in sourced if match.scheme_id in first),
        tuple(match for match in sourced if match.scheme_id not in first),
    )


def citations_of(reply: Reply) -> tuple[Citation, ...]:
    """Return the citations of what is shown of a reply: of its statements, and of the matches that are not folded."""
    if not reply.matches:
        return reply.citations
    first, _ = choose_matches(reply)
    numbers = {number for statement in reply.statements for number in statement.citations}
    numbers |= {number for match in first for number in cited_by(match)}
    return tuple(citation for citation in reply.citations if citation.number in numbers)


def address_page(told: str, as_of: date, *, today: date | None = None) -> str:
    """Write the address of the page, filled with what was told.

    It stands behind a “#”, so that it is sent to no server and kept in none of its logs.
    """
    pairs = {"told": told.strip()} if 0 < len(told.strip()) <= MOST_TOLD_CHARS else {}
    pairs |= {"day": as_of.isoformat()} if as_of != (today or date.today()) else {}
    return f"{SUPPORT}#{urlencode(pairs)}" if pairs else SUPPORT


def write_matches(reply: Reply) -> tuple[str, ...]:
    """Write what the card of a reply shows, line by line in plain text; nothing if it has no card."""
    first, folded = choose_matches(reply)
    if not first and not folded:
        return ()
    known = "; ".join(
        f"{label}: {each.text}{' (guessed)' if guess else ''}" for label, each, guess in understood(reply)
    )
    lines = ["What could apply to you", *([f"Understood: {known}"] if known else [])]
    lines += [_summary(match) for match in first]
    lines += [f"{len(folded)} further schemes are on the page “Find support”."] if folded else []
    return (*lines, DECIDES)


def _summary(match: Match) -> str:
    amount = "" if match.amount is None else f" Up to {pounds(match.amount)}."
    opening = end_sentence(judge_opening(match).lead)
    numbers = cite_numbers([number for criterion in match.criteria for number in criterion.citations])
    return f"{match.name}: {judge_verdict(match).sentence}. {opening}{amount}{numbers}"
