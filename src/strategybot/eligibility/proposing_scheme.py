"""Proposals put together to one scheme."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from strategybot.eligibility.proposing_figures import Proposal, ProposedPart
from strategybot.eligibility.proposing_patterns import load_words
from strategybot.schema import Document
from strategybot.schemes import Amount, Caution, Criterion, Scheme, Sum, Term, Window

UNKNOWN_OFFER = "support"
DATES: tuple[ProposedPart, ...] = ("opens", "closes", "paused")
Content = TypeVar("Content", Criterion, Term, Sum, Caution)


def build_scheme(
    document: Document, proposals: Sequence[Proposal], *, scheme_id: str | None = None, name: str | None = None
) -> Scheme:
    """Return the scheme that proposals make together; of several dates, sums or budgets the surest.

    Args:
        document: The document that they are from.
        proposals: What it seems to say.
        scheme_id: Id of the scheme; that of the document if none is given.
        name: Its name; the document's title if none is given.
    """
    return Scheme(
        id=scheme_id or document.id,
        name=name or document.metadata.title,
        offer=_offer(document),
        purposes=tuple(dict.fromkeys(str(each.content) for each in proposals if each.part == "purposes")),
        criteria=tuple(_contents(proposals, "criteria", Criterion)),
        amount=_amount(proposals),
        pot=next(iter(_contents(_surest_first(proposals), "pot", Sum)), None),
        window=_window(proposals),
        apply=_quotes(proposals, "apply"),
        cautions=tuple(_contents(proposals, "cautions", Caution)),
    )


def _contents(proposals: Iterable[Proposal], part: ProposedPart, kind: type[Content]) -> list[Content]:
    return [each.content for each in proposals if each.part == part and isinstance(each.content, kind)]


def _surest_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda each: each.rank)


def _quotes(proposals: Iterable[Proposal], part: ProposedPart) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.quote for each in proposals if each.part == part))


def _amount(proposals: Sequence[Proposal]) -> Amount | None:
    least = min(_contents(proposals, "least", Sum), key=lambda each: each.amount, default=None)
    terms = tuple(_contents(proposals, "terms", Term))
    return Amount(least=least, terms=terms) if least or terms else None


def _window(proposals: Sequence[Proposal]) -> Window | None:
    """Return the surest date of each kind; dates of one sentence are preferred to those of several."""
    surest: dict[ProposedPart, Proposal] = {}
    for each in _surest_first(proposals):
        if each.part in DATES:
            surest.setdefault(each.part, each)
    if not surest:
        return None
    dates = {part: str(each.content) for part, each in surest.items()}
    quotes = tuple(dict.fromkeys(each.quote for each in surest.values()))
    return Window(opens=dates.get("opens"), closes=dates.get("closes"), paused=dates.get("paused"), quotes=quotes)


def _offer(document: Document) -> str:
    """Return the offer that the document speaks of most."""
    words = load_words("offers")
    counts = Counter({offer: len(pattern.findall(document.text)) for offer, pattern in words.items()})
    (offer, count), *_ = counts.most_common(1)
    return offer if count else UNKNOWN_OFFER
