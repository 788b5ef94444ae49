"""Matches: what the engine found, written as nouns with the numbers of citations."""

from collections.abc import Callable, Iterable, Sequence

from strategybot.eligibility.amounts import Step
from strategybot.eligibility.matching import Fit, Judged
from strategybot.grounding.register import Register
from strategybot.schema import Citation, CriterionOutcome, Match, Noted

Number = Callable[[str], tuple[int, ...]]
"""A quote to the numbers of the citations that hold it: one, or none."""


def write_matches(fits: Iterable[Fit], register: Register) -> tuple[Match, ...]:
    """Write fits as matches; citations are numbered as in the register."""
    return tuple(_write(fit, _by_register(fit, register)) for fit in fits)


def cite_anew(matches: Iterable[Match], register: Register, citations: Sequence[Citation]) -> tuple[Match, ...]:
    """Return matches with the numbers of a reply's citations; what the reply does not cite loses its number."""
    anew = {_span(c): c.number for c in citations}
    numbers = {c.number: anew[_span(c)] for c in register.citations if _span(c) in anew}
    return tuple(_renumber(match, numbers.get) for match in matches)


def _by_register(fit: Fit, register: Register) -> Number:
    def number(quote: str) -> tuple[int, ...]:
        found = register.numbers.get((fit.held.metadata.id, quote))
        return (found,) if found else ()

    return number


def _write(fit: Fit, number: Number) -> Match:
    scheme = fit.held.scheme
    window = [n for quote in (scheme.window.quotes if scheme.window else ()) for n in number(quote)]
    later = f"; later: {fit.later.scheme.name}" if fit.later else ""
    return Match(
        scheme_id=scheme.id,
        name=scheme.name,
        offer=scheme.offer,
        document_id=fit.held.metadata.id,
        verdict=fit.verdict,
        opening=fit.opening,
        standing=Noted(text=f"{fit.standing}{later}", citations=tuple(dict.fromkeys(window))),
        criteria=tuple(_write_criterion(judged, number) for judged in fit.criteria),
        amount=fit.worked_out.most,
        steps=tuple(_write_step(step, number) for step in fit.worked_out.steps),
        hints=fit.hints,
        cautions=tuple(Noted(text=caution.quote, citations=number(caution.quote)) for caution in scheme.cautions),
        apply=tuple(Noted(text=quote, citations=number(quote)) for quote in scheme.apply),
        contact=scheme.contact or _publisher(fit),
        later=fit.later.scheme.id if fit.later else None,
        closeness=round(fit.closeness, 3),
    )


def _publisher(fit: Fit) -> str:
    """Return who published an official page; a newspaper or an adviser is nobody to ask."""
    metadata = fit.held.metadata
    return "" if metadata.reliability == "third-party" else metadata.publisher


def _write_criterion(judged: Judged, number: Number) -> CriterionOutcome:
    return CriterionOutcome(
        kind=judged.kind,
        outcome=judged.outcome,
        citations=_numbers(judged.quotes, number),
        label=judged.label,
        needs=judged.needs,
        yours=judged.yours,
        gap=judged.gap,
        question=judged.question,
    )


def _write_step(step: Step, number: Number) -> Noted:
    return Noted(text=step.text, citations=_numbers(step.quotes, number), calculation=step.calculation)


def _numbers(quotes: Iterable[str], number: Number) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for quote in quotes for n in number(quote)))


def _span(citation: Citation) -> tuple[str, str, int, int]:
    return citation.document_id, citation.version, citation.start, citation.end


def _renumber(match: Match, number: Callable[[int], int | None]) -> Match:
    def anew(cited: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(n for each in cited if (n := number(each)))

    def noted(remarks: tuple[Noted, ...]) -> tuple[Noted, ...]:
        return tuple(each.model_copy(update={"citations": anew(each.citations)}) for each in remarks)

    criteria = tuple(c.model_copy(update={"citations": anew(c.citations)}) for c in match.criteria)
    standing = noted((match.standing,))[0] if match.standing else None
    changes = {name: noted(getattr(match, name)) for name in ("steps", "cautions", "apply")}
    return match.model_copy(update={"criteria": criteria, "standing": standing, **changes})
