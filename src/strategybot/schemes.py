"""The nouns of support schemes, as the front matter of a document holds them: Criterion, Amount, Window, Scheme.

Beside them what is known of an applicant: Known, Profile.

A quote is a sentence, or the words of one, of the document that holds the scheme: what is claimed rests on it.
Facts, sectors, places and purposes are named as in the data files of ``strategybot.eligibility``.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import ConfigDict, Field, RootModel, model_validator

from strategybot.dates import DateText
from strategybot.frozen import Frozen

Operator = Literal["at_least", "at_most", "above", "below", "is", "is_not"]
Value = bool | float | str | tuple[str, ...]
Currency = Literal["GBP", "EUR"]
CautionKind = Literal["arrears", "retrospective", "match", "applicant", "deadline", "competitive", "budget", "other"]


class Criterion(Frozen):
    """One condition. It is a comparison of a fact, any or all of further conditions, or prose that no fact decides.

    Attributes:
        fact: The fact that is compared with ``value``.
        operator: How; of a list of names, ``is`` means one of them and ``is_not`` none of them.
        value: Money in pounds unless ``currency`` says otherwise, shares in per cent, times in months, dates as text.
        any: Met as soon as one of these is.
        all: Met once all of these are.
        quote: The document's words; those inside ``any`` or ``all`` may leave theirs out.
        question: Asks for a fact that is not among the known facts.
        exceptions: The source allows exceptions, so that failing it is no certain refusal.
        proposed: Proposed by a program and confirmed by no person yet: it decides nothing.
    """

    fact: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")
    operator: Operator | None = None
    value: Value | None = None
    currency: Currency = "GBP"
    any: tuple["Criterion", ...] = ()
    all: tuple["Criterion", ...] = ()
    quote: str | None = Field(default=None, min_length=1)
    question: str | None = None
    exceptions: bool = False
    proposed: bool = False

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.fact is not None) + bool(self.any) + bool(self.all) > 1:
            message = "a criterion has a fact, or any, or all: not two of them"
            raise ValueError(message)
        if (self.fact is None) != (self.operator is None) or (self.fact is None) != (self.value is None):
            message = "a criterion on a fact has fact, operator and value"
            raise ValueError(message)
        return self


class Term(Frozen):
    """One limit of what is paid: a share of the project cost, a sum, or a sum for each of something.

    Attributes:
        share: Share of the project cost, above 0 and at most 1.
        amount: Pounds.
        per: The fact that ``amount`` is multiplied with, such as jobs or sockets.
        most: The highest count of ``per`` that is paid for.
        when: Conditions under which the term applies; without any it always does.
        quote: The document's words.
    """

    share: float | None = Field(default=None, gt=0, le=1)
    amount: float | None = Field(default=None, gt=0)
    per: str | None = None
    most: int | None = Field(default=None, gt=0)
    when: tuple[Criterion, ...] = ()
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _is_one_limit(self) -> Self:
        if (self.share is None) == (self.amount is None) or (self.per and self.amount is None):
            message = "a term has a share or an amount, and only an amount is paid per something"
            raise ValueError(message)
        return self


class Sum(Frozen):
    """An amount in pounds with the words that give it."""

    amount: float = Field(gt=0)
    quote: str = Field(min_length=1)


class Amount(Frozen):
    """What one applicant can get: the smallest of the terms that apply. A whole budget is no term but a pot."""

    least: Sum | None = None
    terms: tuple[Term, ...] = ()


class Window(Frozen):
    """When the scheme takes applications or applies, as far as the document states it."""

    opens: DateText | None = None
    closes: DateText | None = None
    paused: DateText | None = Field(default=None, description="Since when it has been paused")
    quotes: tuple[str, ...] = Field(min_length=1)


class Caution(Frozen):
    """Something that people trip over."""

    kind: CautionKind
    quote: str = Field(min_length=1)


class Scheme(Frozen):
    """A support scheme at one version: what it offers, to whom, when.

    Attributes:
        id: Slug, unique among all documents.
        name: As the document calls it.
        aliases: Other names, abbreviations and what people call it.
        offer: A few plain words, such as "capital grant" or "loan".
        purposes: Names from the needs; what it helps with.
        pot: The whole budget, which is not what one applicant gets.
        apply: Quotes on how to apply and on who can help.
        contact: The organisation to ask, where the document names it.
        later: Id of the scheme that came after it, where one is known.
        decides: Other quotes that a person should see though no criterion rests on them.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,120}$")
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    offer: str = Field(min_length=1)
    purposes: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    amount: Amount | None = None
    pot: Sum | None = None
    window: Window | None = None
    apply: tuple[str, ...] = ()
    contact: str | None = None
    cautions: tuple[Caution, ...] = ()
    decides: tuple[str, ...] = ()
    later: str | None = None

    def quotes(self) -> tuple[str, ...]:
        """Return every quote of the scheme, each once, in the order of its parts."""
        amount, window = self.amount, self.window
        found = [quote for criterion in self.criteria for quote in _quotes_of(criterion)]
        found += [amount.least.quote] if amount and amount.least else []
        found += [term.quote for term in amount.terms] if amount else []
        found += [self.pot.quote] if self.pot else []
        found += window.quotes if window else ()
        found += [*self.apply, *(caution.quote for caution in self.cautions), *self.decides]
        return tuple(dict.fromkeys(found))


def _quotes_of(criterion: Criterion) -> tuple[str, ...]:
    inner = [quote for each in (*criterion.any, *criterion.all) for quote in _quotes_of(each)]
    return (*([criterion.quote] if criterion.quote else []), *inner)


class Known(Frozen):
    """What is known of one fact.

    Attributes:
        value: As said: a number, a flag, a name or names of a tree or choice, a date text. Money in pounds, shares in
            per cent, times in months.
        low: Least that a number can be, itself included; None where there is no bound. "3 years" is 36 to 47 months.
        high: Most that it can be, itself included.
        text: How it was understood, short enough for a chip: "12 employees", "Ossett, in Wakefield".
        said: The words that it was read from; None if it was set by hand.
        certainty: 0 to 1; a guess by likeness is below 1.
        assumed: Whether nothing was said of it and the usual case was taken: that a business stays where it is.
    """

    value: Value
    low: float | None = None
    high: float | None = None
    text: str = Field(min_length=1)
    said: str | None = None
    certainty: float = Field(default=1.0, ge=0, le=1)
    assumed: bool = False


class Profile(RootModel[Mapping[str, Known]]):
    """What is known of an applicant and a project, by fact; in JSON one object with the facts as its keys."""

    model_config = ConfigDict(frozen=True)
    root: Mapping[str, Known] = Field(default_factory=dict)

    def get(self, fact: str) -> Known | None:
        """Return what is known of a fact; None if nothing is."""
        return self.root.get(fact)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # a mapping's keys, not a model's fields
        """Iterate over the names of what is known, in the order in which it was told."""
        return iter(self.root)

    def __len__(self) -> int:
        """Return how many facts are known."""
        return len(self.root)

    def updated(self, later: "Profile", *, without: frozenset[str] = frozenset()) -> "Profile":
        """Return the profile with what was told later put in or in place, and some facts forgotten."""
        merged = {**self.root, **later.root}
        return Profile({name: known for name, known in merged.items() if name not in without})
