"""Support: what the engine found about the schemes asked for, said in front of the documents' own sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strategybot.answering.phrases import phrase
from strategybot.answering.quote import count_words
from strategybot.eligibility.amounts import Step
from strategybot.eligibility.matching import Fit, Judged
from strategybot.schema import Asking, Claim, Draft, Notice, Sentence

MOST_SHOWN = 3
RELEVANT = 0.5
"""Closeness from which a scheme is to the point where none is named."""
LONGEST = 155
"""Words that a reply on a situation may have, notices included."""
MOST_CONDITIONS = 3
TAKEN_UP: tuple[str, ...] = ("closed", "stale")
"""Notices that a verdict says itself of its own document."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the engine found.

    Attributes:
        fits: All schemes, best first.
        named: Ids of the schemes that the question names, the most fully named first.
        sources: The span of each quote, by document id and quote.
        asking: The question that would settle most.
    """

    fits: Sequence[Fit]
    named: Sequence[str]
    sources: Mapping[tuple[str, str], Sentence]
    asking: Asking | None


def draft_support(base: Draft, support: Support) -> Draft:
    """Return a draft that says first how the schemes asked for fit, then what the documents say besides.

    Where neither a scheme is named nor one is to the point the draft stays as it is.
    """
    shown = choose_shown(support)
    verdicts = [claim for fit in shown for claim in _claims(fit, support)]
    if not verdicts:
        return base
    own = {fit.held.metadata.id for fit in shown}
    summed = any(claim.basis == "calculation" for claim in verdicts)
    further = [claim for claim in base.claims if not (_is_taken_up(claim, verdicts) or (summed and claim.calculation))]
    notices = tuple(notice for notice in base.notices if not _says_the_same(notice, shown, own))
    draft = base.model_copy(
        update={
            "status": base.status if base.claims else "answered",
            "claims": tuple(verdicts),
            "opening": "" if not base.claims else base.opening,
            "closing": phrase("closing", "eligibility"),
            "notices": notices,
            "clarifying_question": support.asking.text if support.asking else None,
            "suggestions": base.suggestions if base.claims else (),
            "nearest": base.nearest if base.claims else (),
        }
    )
    return _fill(draft, further)


def choose_shown(support: Support) -> tuple[Fit, ...]:
    """Return the schemes to speak of: those that are named, else the best that are to the point."""
    if support.named:
        places = {scheme_id: n for n, scheme_id in enumerate(support.named)}
        named = [fit for fit in support.fits if fit.held.scheme.id in places]
        return tuple(named[:MOST_SHOWN])
    return tuple(fit for fit in support.fits if fit.verdict != "ineligible" and fit.closeness > RELEVANT)[:MOST_SHOWN]


def _fill(draft: Draft, further: Sequence[Claim]) -> Draft:
    """Add claims as long as the text stays short enough."""
    for claim in further:
        longer = draft.model_copy(update={"claims": (*draft.claims, claim)})
        if count_words(longer) <= LONGEST:
            draft = longer
    return draft


def _claims(fit: Fit, support: Support) -> list[Claim]:
    """Return the verdict on a scheme, the words that fail it, and what it would pay."""
    verdict = _verdict(fit, support)
    return [verdict, *_failing_words(fit, support), *_sums(fit, support)] if verdict else []


def _verdict(fit: Fit, support: Support) -> Claim | None:
    decisive = _decisive(fit)
    quotes = [quote for judged in decisive for quote in judged.quotes]
    window = fit.held.scheme.window
    quotes += window.quotes if window else ()
    sources = _sources(fit, quotes or fit.held.scheme.quotes()[:1], support)
    if not sources:
        return None
    standing = f"{fit.standing[:1].upper()}{fit.standing[1:]}."
    names = (fit.held.scheme.name, f"“{fit.held.metadata.title}”", phrase("support", "unnamed"))
    wordings = [f"{text} {standing}" for name in names for text in _wordings(fit, decisive, name)]
    return Claim(text=wordings[0], plainer=tuple(wordings[1:]), basis="verdict", sources=sources, support=1.0)


def _decisive(fit: Fit) -> tuple[Judged, ...]:
    """Return the criteria that the verdict rests on; they stand in the order failed, unknown, met."""
    first = fit.criteria[0].outcome if fit.criteria else "unknown"
    alike = tuple(judged for judged in fit.criteria if judged.outcome == first)
    return alike[:1] if first == "not_met" else alike[:MOST_CONDITIONS]


def _wordings(fit: Fit, decisive: Sequence[Judged], name: str) -> tuple[str, ...]:
    """Return how a verdict can be worded, the fullest first."""
    if fit.verdict == "ineligible":
        judged = decisive[0]
        label = f"{judged.label[:1].lower()}{judged.label[1:]}"
        told = judged.yours or phrase("support", "unnamed")
        full = phrase("support", "ineligible", name=name, label=label, needs=judged.needs, yours=told)
        return (full, phrase("support", "ineligible_plain", name=name, label=label))
    if fit.verdict == "eligible":
        return (phrase("support", "eligible", name=name),)
    if not decisive:
        return (phrase("support", "unstated", name=name),)
    labels = dict.fromkeys(_short(judged) for judged in decisive)
    return (phrase("support", "likely", name=name, unknown="; ".join(labels)),)


def _short(judged: Judged) -> str:
    label = judged.label
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _failing_words(fit: Fit, support: Support) -> list[Claim]:
    failing = [judged for judged in fit.criteria if judged.outcome == "not_met"][:1]
    sources = _sources(fit, [quote for judged in failing for quote in judged.quotes][:1], support)
    return [
        Claim(text=source.text, basis="quote", sources=(source,), support=1.0, speaker="rule") for source in sources
    ]


def _sums(fit: Fit, support: Support) -> list[Claim]:
    """Return what a scheme would pay at most and what that leaves to find, as our own sums."""
    if fit.verdict == "ineligible":
        return []
    counted = [step for step in fit.worked_out.steps if step.calculation]
    totals = [step for step in counted if step.calculation and " - " not in step.calculation.expression]
    worded = [(phrase("support", "left", result=_result(step)), step) for step in counted[len(totals) :]]
    if totals:
        name = "capped" if len(totals) > 1 else "sum"
        what, result = totals[0].text.split(" = ")[0], _result(totals[-1])
        worded.insert(0, (phrase("support", name, what=what, result=result), totals[-1]))
    drafted = [(text, step, _sources(fit, step.quotes, support)) for text, step in worded]
    return [
        Claim(text=text, basis="calculation", sources=sources, support=1.0, calculation=step.calculation)
        for text, step, sources in drafted
        if sources
    ]


def _result(step: Step) -> str:
    """Return the sum that a step ends with."""
    return f"£{step.text.rpartition('£')[2]}"


def _sources(fit: Fit, quotes: Sequence[str], support: Support) -> tuple[Sentence, ...]:
    found = (support.sources.get((fit.held.metadata.id, quote)) for quote in dict.fromkeys(quotes))
    return tuple(source for source in found if source)


def _is_taken_up(claim: Claim, verdicts: Sequence[Claim]) -> bool:
    """Tell whether a sentence of the documents is among what verdicts say in full already."""
    said = [source for verdict in verdicts if verdict.basis == "quote" for source in verdict.sources]
    return claim.basis == "verdict" or any(_overlap(a, b) for a in claim.sources for b in said)


def _overlap(a: Sentence, b: Sentence) -> bool:
    return a.passage_id.partition("#")[0] == b.passage_id.partition("#")[0] and a.start < b.end and b.start < a.end


def _says_the_same(notice: Notice, shown: Sequence[Fit], own: set[str]) -> bool:
    """Tell whether a notice says of a document that is spoken of what the verdict says already."""
    titles = [fit.held.metadata.title for fit in shown]
    return notice.kind in TAKEN_UP and bool(own) and any(f"“{title}”" in notice.text for title in titles)
