"""Support: what the engine found about the schemes asked for, said in front of the documents' own sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from strategybot.answering.phrases import phrase
from strategybot.answering.quote import count_words
from strategybot.eligibility.amounts import Step
from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.matching import EVEN, Fit, Held, Judged
from strategybot.eligibility.wording import write_pounds
from strategybot.questions.kinds import Want, share_held
from strategybot.questions.terms import stems
from strategybot.schema import Asking, Claim, Draft, Notice, Sentence

SEVERAL = 2
"""Facts told from which schemes are shown though none is named and the documents have no answer."""
MOST_NAMED = 4
MOST_FOUND = 3
RELEVANT = EVEN
"""Closeness from which a scheme is to the point where none is named."""
LONGEST = 155
"""Words that a reply on a situation may have, notices included."""
MOST_CONDITIONS = 3
MOST_SOURCES = 3
TAKEN_UP: tuple[str, ...] = ("closed", "stale")
"""Notices that a verdict says itself of its own document."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the engine found.

    Attributes:
        fits: All schemes, best first.
        named: Ids of the schemes that the question names.
        found: Ids of the documents that were found for the question, best first.
        sources: The span of each quote, by document id and quote.
        asking: The question that would settle most.
    """

    fits: Sequence[Fit]
    named: Sequence[str]
    found: Sequence[str]
    sources: Mapping[tuple[str, str], Sentence]
    asking: Asking | None
    wants: frozenset[Want] = frozenset()
    """The sorts of value that the question asks for."""
    told: int = SEVERAL
    """How many facts, purposes aside, are known of the applicant."""
    first: bool = True
    """Whether verdicts come before what the documents say, or after it."""


def draft_support(base: Draft, support: Support) -> Draft:
    """Return a draft that says first how the schemes asked for fit, then what the documents say besides.

    Where no scheme is named, to the point, or held by the document that answers, the draft stays as it is.
    """
    shown = [fit for fit in choose_shown(base, support) if _says_something(fit, support)]
    verdicts = [claim for fit in shown if (claim := _verdict(fit, support))]
    if not verdicts:
        return base
    if base.claims and not support.first:
        return _append(base, verdicts)
    draft = base.model_copy(
        update={
            "status": base.status if base.claims else "answered",
            "claims": tuple(verdicts),
            "opening": base.opening if base.claims else "",
            "closing": phrase("closing", "eligibility"),
            "notices": _notices(base, base, shown, support),
            "clarifying_question": support.asking.text if support.asking and any(f.fits for f in shown) else None,
            "suggestions": base.suggestions if base.claims else (),
            "nearest": base.nearest if base.claims else (),
        }
    )
    further = [claim for claim in base.claims if _belongs(claim, shown, support)]
    filled = _fill(draft, [_details(fit, support) for fit in shown], further)
    return filled.model_copy(update={"notices": _notices(base, filled, shown, support)})


def _says_something(fit: Fit, support: Support) -> bool:
    """Tell whether there is a verdict to say: something is known of the applicant, or the scheme is not open."""
    decided = any(judged.outcome != "unknown" for judged in fit.criteria)
    return (support.told > 0 and (decided or bool(support.named))) or fit.opening not in ("open", "unknown")


def _belongs(claim: Claim, shown: Sequence[Fit], support: Support) -> bool:
    """Tell whether a sentence goes with the schemes that are shown, and is not of another scheme's document."""
    document = _document(claim.sources[0])
    if document in {fit.held.metadata.id for fit in shown}:
        return True
    of_schemes = {fit.held.metadata.id for fit in support.fits}
    close = {fit.held.metadata.id for fit in support.fits if fit.fits and fit.closeness > RELEVANT}
    return document in close if not support.named else document not in of_schemes


def _notices(base: Draft, filled: Draft, shown: Sequence[Fit], support: Support) -> tuple[Notice, ...]:
    """Return the notices on documents that are still cited, those left out that a verdict says itself."""
    cited = {_document(source) for claim in filled.claims for source in claim.sources}
    gone = {_document(source) for claim in base.claims for source in claim.sources} - cited
    lost = [f"“{fit.held.metadata.title}”" for fit in support.fits if fit.held.metadata.id in gone]
    own = [f"“{fit.held.metadata.title}”" for fit in shown]
    return tuple(
        notice
        for notice in base.notices
        if not any(title in notice.text for title in lost)
        and not (notice.kind in TAKEN_UP and any(title in notice.text for title in own))
    )


def choose_shown(base: Draft, support: Support) -> tuple[Fit, ...]:
    """Return the schemes to speak of: those named, else the best to the point, else the answering document's."""
    if support.named:
        return _choose_named(support)
    if not base.claims and support.told < SEVERAL:
        return ()
    close = [fit for fit in support.fits if fit.verdict != "ineligible" and fit.closeness > RELEVANT]
    cited = {_document(source) for claim in base.claims for source in claim.sources}
    if close:
        alive = sorted(
            _one_each(_newest(close)), key=lambda fit: (not fit.fits, fit.is_dated, fit.held.metadata.id not in cited)
        )
        return tuple(alive[: MOST_FOUND - bool(base.claims)])
    answering = {_document(source) for claim in base.claims[:1] for source in claim.sources}
    held = tuple(fit for fit in support.fits if fit.held.metadata.id in answering)
    if held or support.told < SEVERAL or any(fit.closeness != EVEN for fit in support.fits):
        return held[:MOST_FOUND]
    return _one_each([fit for fit in support.fits if fit.fits])[:MOST_FOUND]


def _choose_named(support: Support) -> tuple[Fit, ...]:
    """Return the named schemes, those of the documents that were found first; of one scheme's pages the newest."""
    places = {name: n for n, name in enumerate(support.found)}
    named = _newest([fit for fit in support.fits if fit.held.scheme.id in set(support.named)])
    ranked = sorted(named, key=lambda fit: places.get(fit.held.metadata.id, len(places)))
    return tuple(ranked[:MOST_NAMED])


def _newest(fits: Sequence[Fit]) -> list[Fit]:
    """Leave out the earlier of two pages on a scheme of one name."""
    ids = {fit.held.scheme.id for fit in fits}
    return [fit for fit in fits if not (fit.later and fit.later.scheme.id in ids and _are_one(fit, fit.later))]


def _are_one(fit: Fit, later: Held) -> bool:
    return later.scheme.name == fit.held.scheme.name


def _one_each(fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """Return the best fit of each document, in order."""
    first = {fit.held.metadata.id: fit for fit in reversed(fits)}
    return tuple(fit for fit in fits if first[fit.held.metadata.id] is fit)


def _append(base: Draft, verdicts: Sequence[Claim]) -> Draft:
    """Put verdicts behind what the documents say, as long as all stays short."""
    spare = LONGEST - count_words(base)
    for claim in verdicts:
        if (cost := _cost(claim)) <= spare:
            base = base.model_copy(update={"claims": (*base.claims, claim)})
            spare -= cost
    return base


def _fill(draft: Draft, details: Sequence[Sequence[Claim]], further: Sequence[Claim]) -> Draft:
    """Put the details of each verdict behind it, then further sentences at the end, as long as all stays short."""
    blocks = [[claim] for claim in draft.claims]
    rest: list[Claim] = []
    spare = LONGEST - count_words(draft)
    for number, claim in [(n, c) for step in zip_longest(*details) for n, c in enumerate(step) if c]:
        said = [c for block in blocks for c in block]
        if _is_said(claim, said) or (cost := _cost(claim)) > spare:
            continue
        blocks[number].append(claim)
        spare -= cost
    for claim in further:
        said = [*(c for block in blocks for c in block), *rest]
        if _is_said(claim, said) or claim.basis in ("verdict", "calculation"):
            continue
        if (cost := _cost(claim)) <= spare:
            rest.append(claim)
            spare -= cost
    return draft.model_copy(update={"claims": (*(c for block in blocks for c in block), *rest)})


def _cost(claim: Claim) -> int:
    return count_words(Draft(status="not_found", answerability=0, claims=(claim,)))


def _verdict(fit: Fit, support: Support) -> Claim | None:
    decisive = _decisive(fit)
    quotes = [quote for judged in decisive for quote in judged.quotes]
    window = fit.held.scheme.window
    quotes += window.quotes if window else ()
    sources = _sources(fit, quotes or fit.held.scheme.quotes()[:1], support)[-MOST_SOURCES:]
    if not sources:
        return None
    said = fit.verdict != "ineligible" or fit.opening not in ("open", "unknown")
    standing = f" {fit.standing[:1].upper()}{fit.standing[1:]}." if said else ""
    names = (fit.held.scheme.name, f"“{fit.held.metadata.title}”", phrase("support", "unnamed"))
    wordings = [f"{text}{standing}" for name in names for text in _wordings(fit, decisive, name)]
    return Claim(text=wordings[0], plainer=tuple(wordings[1:]), basis="verdict", sources=sources, support=1.0)


def _decisive(fit: Fit) -> tuple[Judged, ...]:
    """Return the criteria that the verdict rests on; they stand in the order failed, unknown, met."""
    first = fit.criteria[0].outcome if fit.criteria else "unknown"
    alike = tuple(judged for judged in fit.criteria if judged.outcome == first)
    return alike[:1] if first == "not_met" else alike[:MOST_CONDITIONS]


def _wordings(fit: Fit, decisive: Sequence[Judged], name: str) -> tuple[str, ...]:
    """Return how a verdict can be worded, the fullest first."""
    if fit.verdict == "eligible":
        return (phrase("support", "eligible", name=name),)
    if fit.verdict == "likely":
        labels = dict.fromkeys(_short(judged) for judged in decisive if judged.kind != "prose")
        unknown = {"unknown": "; ".join(labels)} if labels else {}
        return (phrase("support", "likely" if labels else "unstated", name=name, **unknown),)
    judged = decisive[0]
    plain: tuple[str, ...] = (phrase("support", "ineligible_label", name=name, label=_short(judged)),)
    plain += (phrase("support", "ineligible_plain", name=name),)
    if not judged.yours:
        return plain
    plain = (phrase("support", "ineligible_yours", name=name, yours=judged.yours), *plain)
    if not judged.compared:
        return plain
    return (phrase("support", "ineligible", name=name, yours=judged.yours, needs=judged.needs), *plain)


def _short(judged: Judged) -> str:
    """Return what a criterion is about, for the middle of a sentence: the fact to ask for while it is unknown."""
    fact = load_facts().get(judged.asks or "")
    label = fact.label if fact else judged.label
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _details(fit: Fit, support: Support) -> list[Claim]:
    """Return what stands behind a verdict: the words that fail it, else what the scheme would pay."""
    failing = [quote for judged in fit.criteria if judged.outcome == "not_met" for quote in judged.quotes]
    if fit.verdict == "ineligible":
        return _quotes(fit, failing[:2], support)
    met = [judged for judged in fit.criteria if judged.outcome == "met"]
    measured = [quote for judged in met if judged.measured for quote in judged.quotes[:1]]
    other = [quote for judged in met if judged.kind not in ("any", "all", "district") for quote in judged.quotes[:1]]
    sums, besides = _sums(fit, support), _besides(fit, support)
    first = [*besides[:2], *measured[:1]] if sums else [*measured[:1], *besides[:2]]
    return [*sums, *_quotes(fit, [*first, *besides[2:3], *other[:1]], support)]


def _besides(fit: Fit, support: Support) -> list[str]:
    """Return the words on what a scheme pays and what else a person should see.

    Those come first that hold the sorts of value asked for, then those that say more of the scheme's name: a page may
    hold several schemes.
    """
    scheme, amount = fit.held.scheme, fit.held.scheme.amount
    applying = [quote for step in fit.worked_out.steps for quote in step.quotes]
    terms = [term.quote for term in amount.terms] if amount else []
    cautions = [caution.quote for caution in scheme.cautions]
    pool = dict.fromkeys([*applying, *terms, *scheme.decides, *scheme.apply, *cautions])
    name = stems(scheme.name)
    return sorted(pool, key=lambda quote: (-share_held(support.wants, quote), -len(name & stems(quote))))


def _quotes(fit: Fit, quotes: Sequence[str], support: Support) -> list[Claim]:
    sources = _sources(fit, quotes, support)
    return [Claim(text=each.text, basis="quote", sources=(each,), support=1.0, speaker="rule") for each in sources]


def _sums(fit: Fit, support: Support) -> list[Claim]:
    """Return what a scheme would pay at most and what that leaves to find, as our own sums."""
    by_kind = {step.kind: step for step in reversed(fit.worked_out.steps) if step.calculation}
    reckoned, capped, left = by_kind.get("reckoned"), by_kind.get("capped"), by_kind.get("left")
    worded = []
    if reckoned:
        name, step = ("capped", capped) if capped else ("sum", reckoned)
        worded.append((phrase("support", name, what=reckoned.of, result=_result(step)), step))
    worded += [(phrase("support", "left", result=_result(left)), left)] if left else []
    drafted = [(text, step, _sources(fit, step.quotes, support)) for text, step in worded]
    return [
        Claim(text=text, basis="calculation", sources=sources, support=1.0, calculation=step.calculation)
        for text, step, sources in drafted
        if sources
    ]


def _result(step: Step) -> str:
    return write_pounds(step.calculation.result) if step.calculation else ""


def _sources(fit: Fit, quotes: Sequence[str], support: Support) -> tuple[Sentence, ...]:
    found = (support.sources.get((fit.held.metadata.id, quote)) for quote in dict.fromkeys(quotes))
    return tuple(source for source in found if source)


def _is_said(claim: Claim, said: Sequence[Claim]) -> bool:
    """Tell whether a sentence of the documents is among those that are said in full already."""
    quoted = [source for other in said if other.basis == "quote" for source in other.sources]
    return claim.basis == "quote" and any(_overlap(a, b) for a in claim.sources for b in quoted)


def _overlap(a: Sentence, b: Sentence) -> bool:
    return a.passage_id.partition("#")[0] == b.passage_id.partition("#")[0] and a.start < b.end and b.start < a.end


def _document(source: Sentence) -> str:
    return source.passage_id.partition("@")[0]
