"""Builders of schemes and profiles for tests."""

from strategybot.eligibility.matching import Held
from strategybot.schema import Metadata
from strategybot.schemes import Criterion, Known, Profile, Scheme, Value


def know(value: Value, *, low: float | None = None, high: float | None = None, certainty: float = 1.0) -> Known:
    """Return what is known of one fact."""
    return Known(value=value, low=low, high=high, text=str(value), certainty=certainty)


def profile(**facts: Value | Known) -> Profile:
    """Return a profile; a plain value is known exactly."""
    return Profile({name: value if isinstance(value, Known) else know(value) for name, value in facts.items()})


def between(low: float | None, high: float | None) -> Known:
    """Return a number that is known to lie between bounds."""
    return know(low if low is not None else high if high is not None else 0.0, low=low, high=high)


def criterion(fact: str, operator: str, value: Value, **further: object) -> Criterion:
    """Return a criterion with a quote."""
    return Criterion.model_validate(
        {"fact": fact, "operator": operator, "value": value, "quote": "A quote.", **further}
    )


def scheme(*criteria: Criterion, **further: object) -> Scheme:
    """Return a scheme."""
    fields = {"id": "a-scheme", "name": "A Scheme", "offer": "grant", "criteria": criteria, **further}
    return Scheme.model_validate(fields)


def held(one: Scheme, **about: object) -> Held:
    """Return a scheme with its document."""
    fields = {"id": "a-document", "title": "A document", "kind": "support-scheme", "schemes": (one,), **about}
    return Held(one, Metadata.model_validate(fields))
