"""Matching: every scheme held against a profile, judged criterion by criterion, and ranked. Deterministic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from strategybot.dates import first_day
from strategybot.eligibility.amounts import WorkedOut, work_out
from strategybot.eligibility.deriving import derive
from strategybot.eligibility.evaluating import evaluate
from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.hints import find_hints
from strategybot.eligibility.trees import load_tree
from strategybot.eligibility.windows import age_in_years, find_opening, word_opening
from strategybot.eligibility.wording import facts_of, word_gap, word_label, word_needs, word_yours
from strategybot.schema import Metadata, Opening, Outcome, Verdict
from strategybot.schemes import Criterion, Profile, Scheme

RUNNING: tuple[Opening, ...] = ("open", "not_yet", "unknown")
OLD_YEARS = 3.0
"""From this age on a page that does not say whether its scheme is open ranks behind newer ones."""
COVERED, TO_THE_POINT = 0.9, 0.1
"""What closeness is made of: the share of the need that a scheme covers, and of its purposes that are needed."""
EVEN = 0.5
"""Closeness of a scheme while the purpose of either side is unknown."""
ORDER: Mapping[Outcome, int] = {"not_met": 0, "unknown": 1, "met": 2}


@dataclass(frozen=True, slots=True)
class Held:
    """A scheme with what is known of its document."""

    scheme: Scheme
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion held against a profile, in words; ``quotes`` hold it."""

    kind: str
    outcome: Outcome
    quotes: tuple[str, ...]
    label: str
    needs: str
    yours: str = ""
    gap: str = ""
    measured: bool = False
    """Whether it was decided by a figure that was told."""
    compared: bool = False
    """Whether it is one comparison whose ``needs`` can stand in a sentence: "at most 100 employees"."""
    asks: str | None = None
    """The fact that would decide it, while it is unknown."""
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A scheme held against a profile."""

    held: Held
    opening: Opening
    standing: str
    criteria: tuple[Judged, ...]
    worked_out: WorkedOut
    hints: tuple[str, ...]
    closeness: float
    age: float
    later: Held | None

    @property
    def verdict(self) -> Verdict:
        """``ineligible`` if a criterion is not met, else ``likely`` if one is unknown or there is none."""
        outcomes = {judged.outcome for judged in self.criteria}
        if "not_met" in outcomes:
            return "ineligible"
        return "likely" if "unknown" in outcomes or not outcomes else "eligible"

    @property
    def fits(self) -> bool:
        """Whether nothing rules the applicant out and the scheme is not known to be closed or paused."""
        return self.verdict != "ineligible" and self.opening in RUNNING

    @property
    def is_dated(self) -> bool:
        """Whether the page bears an old date and does not say whether its scheme is still open."""
        metadata = self.held.metadata
        return self.opening == "unknown" and self.age > OLD_YEARS and bool(metadata.published or metadata.valid_from)

    @property
    def unknown(self) -> tuple[Judged, ...]:
        """The criteria that are not decided."""
        return tuple(judged for judged in self.criteria if judged.outcome == "unknown")


def match_schemes(profile: Profile, schemes: Iterable[Held], *, as_of: date) -> tuple[Fit, ...]:
    """Hold a profile against schemes on a day; the best fit comes first. The order of the schemes does not matter."""
    held = {each.scheme.id: each for each in schemes}
    known = derive(profile)
    return tuple(sorted((_fit(each, known, held, as_of) for each in held.values()), key=_rank))


def collect_schemes(documents: Iterable[Metadata]) -> tuple[Held, ...]:
    """Return the schemes of documents, in the order of their ids."""
    found = [Held(scheme, metadata) for metadata in documents for scheme in metadata.schemes]
    return tuple(sorted(found, key=lambda held: (held.scheme.id, held.metadata.id)))


def _fit(held: Held, profile: Profile, others: Mapping[str, Held], as_of: date) -> Fit:
    scheme, metadata = held.scheme, held.metadata
    day = _area_day(metadata)
    opening = find_opening(scheme, metadata, on=as_of)
    # The cost of something that a scheme is not for is no cost to reckon with.
    of_other = frozenset[str]() if covers_need(scheme, profile) else frozenset({"project_cost"})
    worked_out = work_out(scheme, profile.updated(Profile(), without=of_other))
    judged = [judge(criterion, profile, on=day) for criterion in scheme.criteria]
    judged += [_too_small(scheme, worked_out)] if worked_out.too_small else []
    return Fit(
        held=held,
        opening=opening,
        standing=word_opening(scheme, metadata, opening),
        criteria=tuple(sorted(judged, key=lambda each: ORDER[each.outcome])),
        worked_out=worked_out,
        hints=find_hints(scheme, profile, on=day) if opening in RUNNING else (),
        closeness=_closeness(scheme, profile),
        age=age_in_years(metadata, on=as_of),
        later=others.get(scheme.later or ""),
    )


def judge(criterion: Criterion, profile: Profile, *, on: date | None = None) -> Judged:
    """Hold one criterion against a profile, and say in words what it asks for and how it came out."""
    outcome = evaluate(criterion, profile, on=on)
    asked = _first_unknown(criterion, profile, on) if outcome == "unknown" and not criterion.exceptions else None
    asks = _what_to_ask(asked, profile) if asked and asked.fact else None
    return Judged(
        kind=criterion.fact or ("any" if criterion.any else "all" if criterion.all else "prose"),
        outcome=outcome,
        quotes=_quotes(criterion, profile, on),
        label=word_label(criterion),
        needs=word_needs(criterion),
        yours=word_yours(criterion, profile),
        gap=word_gap(criterion, profile) if outcome == "not_met" else "",
        measured=outcome != "unknown" and any(_is_figure(name) and name in profile for name in facts_of(criterion)),
        compared=_is_comparison(criterion),
        asks=asks,
        question=_question(asked, asks) if asked and asks else None,
    )


def _too_small(scheme: Scheme, worked_out: WorkedOut) -> Judged:
    """Return the criterion that what is paid reaches the least that the scheme pays."""
    least = scheme.amount.least if scheme.amount else None
    assert least is not None  # it was found to be missed
    quotes = tuple(dict.fromkeys(quote for step in worked_out.steps for quote in step.quotes))
    return Judged("amount", "not_met", quotes, "Amount", f"at least £{least.amount:,.0f}", worked_out.steps[0].text)


def _quotes(criterion: Criterion, profile: Profile, on: date | None) -> tuple[str, ...]:
    """Return the words that hold a criterion; of alternatives with words of their own those that are met, if any is."""
    inner = (*criterion.any, *criterion.all)
    met = [each for each in criterion.any if evaluate(each, profile, on=on) == "met"]
    own = (criterion.quote,) if criterion.quote else ()
    found = (quote for each in met or (() if own else inner) for quote in _quotes(each, profile, on))
    return tuple(dict.fromkeys((*found, *own)))


def _is_comparison(criterion: Criterion) -> bool:
    """Tell whether a criterion compares one fact with a limit, or asks for one of several names."""
    return criterion.fact is not None and criterion.operator != "is_not" and not isinstance(criterion.value, bool)


def _is_figure(name: str) -> bool:
    fact = load_facts().get(name)
    return fact is not None and fact.kind in ("number", "money", "share", "months")


def _first_unknown(criterion: Criterion, profile: Profile, on: date | None) -> Criterion | None:
    """Return the condition on a fact to ask about first in order to decide a criterion."""
    if criterion.fact:
        return criterion if evaluate(criterion, profile, on=on) == "unknown" else None
    inner = (_first_unknown(each, profile, on) for each in (*criterion.any, *criterion.all))
    return next((each for each in inner if each), None)


def _what_to_ask(criterion: Criterion, profile: Profile) -> str:
    """Return the fact to ask for: the first unknown one that the criterion's fact follows from, or itself."""
    fact = load_facts().get(criterion.fact or "")
    basis = (name for name in (fact.follows_from if fact else ()) if name not in profile)
    return next(basis, criterion.fact or "")


def _question(criterion: Criterion, asks: str) -> str | None:
    if criterion.question and asks == criterion.fact:
        return criterion.question
    fact = load_facts().get(asks)
    return fact.question if fact else None


def _area_day(metadata: Metadata) -> date | None:
    """Return the day by which a document's areas are read."""
    text = metadata.valid_from or metadata.published
    return first_day(text) if text else None


def covers_need(scheme: Scheme, profile: Profile) -> bool:
    """Tell whether all that is needed is among the purposes of a scheme, as far as both are known."""
    needed, offered = _purposes(scheme, profile)
    return not needed or not offered or needed <= offered


def _closeness(scheme: Scheme, profile: Profile) -> float:
    """Return how near a scheme's purposes are to what is needed, 0 to 1; 0.5 where either is unknown."""
    needed, offered = _purposes(scheme, profile)
    if not needed or not offered:
        return EVEN
    both = len(needed & offered)
    return COVERED * both / len(needed) + TO_THE_POINT * both / len(offered)


def _purposes(scheme: Scheme, profile: Profile) -> tuple[frozenset[str], frozenset[str]]:
    """Return what is needed and what a scheme is for, as leaves."""
    known = profile.get("need")
    names = (known.value,) if known and isinstance(known.value, str) else known.value if known else ()
    tree = load_tree("needs")
    needed = tree.extent(names).possible if isinstance(names, tuple) else frozenset[str]()
    return needed, tree.extent(scheme.purposes).possible


def _rank(fit: Fit) -> tuple[object, ...]:
    """Order: what fits, what is to the point, open before unknown, recent before old, eligible before likely."""
    verdicts: Sequence[Verdict] = ("eligible", "likely", "ineligible")
    openings: Sequence[Opening] = ("open", "unknown", "not_yet", "paused", "closed")
    return (
        not fit.fits,
        fit.verdict == "ineligible",
        fit.closeness == 0,
        openings.index(fit.opening),
        fit.later is not None,
        fit.age > OLD_YEARS,
        -round(fit.closeness, 3),
        verdicts.index(fit.verdict),
        -sum(judged.outcome == "met" for judged in fit.criteria),
        len(fit.unknown),
        fit.age,
        fit.held.scheme.id,
    )
