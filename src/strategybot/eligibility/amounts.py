"""Amounts: what an applicant could get at most, worked out step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from strategybot.eligibility.evaluating import evaluate, span_of
from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.wording import write_pounds
from strategybot.schema import Calculation
from strategybot.schemes import Profile, Scheme, Term

PER_CENT = 100
StepKind = Literal["reckoned", "capped", "left", "limit"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a calculation.

    Attributes:
        kind: ``reckoned`` from a cost or a count, ``capped`` by another limit, ``left`` to find besides, or only a
            ``limit`` that is named.
        text: The step with its result.
        quotes: The words that it rests on.
        calculation: What was reckoned; None if nothing was.
        of: What a sum was reckoned of: "20% of £120,000".
    """

    kind: StepKind
    text: str
    quotes: tuple[str, ...]
    calculation: Calculation | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What an applicant could get.

    Attributes:
        most: Pounds; None if it cannot be worked out from what is known.
        steps: How it comes about.
        too_small: The steps show that it stays below the least that the scheme pays.
    """

    most: float | None
    steps: tuple[Step, ...]
    too_small: bool = False


@dataclass(frozen=True, slots=True)
class _Limit:
    value: float
    expression: str
    term: Term


def work_out(scheme: Scheme, profile: Profile) -> WorkedOut:
    """Work out the most that an applicant could get from a scheme: the smallest of the limits that apply."""
    amount = scheme.amount
    if amount is None or not amount.terms:
        return WorkedOut(None, ())
    terms = [term for term in amount.terms if _applies(term, profile)]
    doubtful = [t for t in amount.terms if t.when and _outcome(t, profile) == "unknown"]
    limits = [limit for term in terms if (limit := _limit(term, profile))]
    steps = [_step(limit, profile) for limit in limits if _needs_step(limit)]
    whole = len(limits) == len(terms) and not doubtful
    if not whole:
        return WorkedOut(None, (*steps, *_open_terms([*terms, *doubtful], limits)))
    if not limits:
        return WorkedOut(None, ())
    least = min(limits, key=lambda limit: limit.value)
    most = round(least.value, 2)
    steps += _capped(limits, least)
    if amount.least and most < amount.least.amount:
        below = f"below the least that it pays, {write_pounds(amount.least.amount)}"
        return WorkedOut(None, (*steps, Step("limit", below, (amount.least.quote,))), too_small=True)
    return WorkedOut(most, (*steps, *_match_to_find(most, scheme, profile)))


def _outcome(term: Term, profile: Profile) -> str:
    outcomes = [evaluate(criterion, profile) for criterion in term.when]
    return "not_met" if "not_met" in outcomes else "unknown" if "unknown" in outcomes else "met"


def _applies(term: Term, profile: Profile) -> bool:
    return _outcome(term, profile) == "met"


def _limit(term: Term, profile: Profile) -> _Limit | None:
    """Return the value of a term; None while what it is taken of is unknown."""
    if term.amount is not None and term.per is None:
        return _Limit(term.amount, _plain(term.amount), term)
    count = _exact(profile, term.per or "project_cost")
    if count is None:
        return None
    if term.share is not None:
        return _Limit(term.share * count, f"{term.share:.6g} * {_plain(count)}", term)
    paid = min(count, term.most) if term.most else count
    assert term.amount is not None  # the noun sees to it
    return _Limit(term.amount * paid, f"{_plain(term.amount)} * {_plain(paid)}", term)


def _exact(profile: Profile, fact: str) -> float | None:
    """Return a number that is known, as it was said; None if it is only bounded on one side."""
    known = profile.get(fact)
    span = span_of(known) if known else None
    if known is None or span is None or isinstance(known.value, (str, tuple, bool)):
        return None
    return float(known.value)


def _needs_step(limit: _Limit) -> bool:
    """Tell whether a limit had to be reckoned: a sum that is paid once for one thing is just itself."""
    return limit.term.share is not None or (limit.term.per is not None and limit.value != limit.term.amount)


def _step(limit: _Limit, profile: Profile) -> Step:
    calculation = Calculation(expression=limit.expression, result=round(limit.value, 2), unit="£")
    result = write_pounds(round(limit.value, 2))
    term = limit.term
    if term.share is not None:
        cost = write_pounds(_exact(profile, "project_cost") or 0)
        of = f"{term.share * PER_CENT:.4g}% of {cost}"
        return Step("reckoned", f"{of} = {result}", (term.quote,), calculation, of)
    fact = load_facts().get(term.per or "")
    count = limit.expression.rpartition("* ")[2]
    unit = fact.unit if fact and fact.unit else (term.per or "").replace("_", " ")
    of = f"{count} {unit} at {write_pounds(term.amount or 0)}"
    return Step("reckoned", f"{of} = {result}", (term.quote,), calculation, of)


def _capped(limits: Sequence[_Limit], least: _Limit) -> list[Step]:
    """Say that a sum is capped by another limit, where one is and where several limits were worked out."""
    others = [limit for limit in limits if limit is not least and _needs_step(limit)]
    if not others:
        return (
            [] if _needs_step(least) else [Step("limit", f"at most {write_pounds(least.value)}", (least.term.quote,))]
        )
    expression = f"min({', '.join(limit.expression for limit in (*others, least))})"
    calculation = Calculation(expression=expression, result=round(least.value, 2), unit="£")
    quotes = tuple(dict.fromkeys(limit.term.quote for limit in (*others, least)))
    return [Step("capped", f"capped at {write_pounds(round(least.value, 2))}", quotes, calculation)]


def _match_to_find(most: float, scheme: Scheme, profile: Profile) -> list[Step]:
    """Say what is left to find, where a share of a known cost is paid."""
    cost = _exact(profile, "project_cost")
    terms = scheme.amount.terms if scheme.amount else ()
    shares = tuple(dict.fromkeys(term.quote for term in terms if term.share is not None))
    if cost is None or not shares or cost <= most:
        return []
    left = round(cost - most, 2)
    calculation = Calculation(expression=f"{_plain(cost)} - {_plain(most)}", result=left, unit="£")
    return [Step("left", f"left to find: {write_pounds(left)}", shares, calculation)]


def _open_terms(terms: Sequence[Term], limits: Sequence[_Limit]) -> list[Step]:
    """Name the limits while the amount cannot be worked out."""
    known = [limit.term for limit in limits if _needs_step(limit)]
    return [_name_term(term) for term in terms if not any(term is other for other in known)]


def _name_term(term: Term) -> Step:
    if term.share is not None:
        return Step("limit", f"at most {term.share * PER_CENT:.4g}% of the cost", (term.quote,))
    fact = load_facts().get(term.per or "")
    per = f" for each of the {fact.unit or fact.label.lower()}" if fact else ""
    return Step("limit", f"at most {write_pounds(term.amount or 0)}{per}", (term.quote,))


def _plain(value: float) -> str:
    """Write a number for an expression, without an exponent."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
