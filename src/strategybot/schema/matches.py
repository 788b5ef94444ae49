"""The nouns of citations, and of schemes held against a situation."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from strategybot.dates import DateText
from strategybot.frozen import Frozen
from strategybot.schema.documents import DocumentKind, Form, Reliability
from strategybot.schemes import Profile

Outcome = Literal["met", "not_met", "unknown"]
Verdict = Literal["eligible", "likely", "ineligible"]
Opening = Literal["open", "closed", "not_yet", "paused", "unknown"]


class Citation(Frozen):
    """From a statement to the exact words that support it."""

    number: int = Field(ge=1)
    document_id: str
    version: str
    title: str
    publisher: str
    kind: DocumentKind
    form: Form
    reliability: Reliability
    published: DateText | None
    valid_from: DateText | None
    valid_to: DateText | None
    superseded_by: str | None
    section: str
    page: int | None
    page_label: str | None
    paragraph: int = Field(ge=1)
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    passage_id: str
    link: str
    source_url: str | None


class Calculation(Frozen):
    """Plain arithmetic that a statement rests on; ``expression`` uses + - * / min max and numbers only."""

    expression: str
    result: float
    unit: str


class CriterionOutcome(Frozen):
    """One criterion of a scheme held against a profile.

    Attributes:
        kind: The fact that decides, ``any`` or ``all`` for several, ``prose`` where no fact decides.
        outcome: ``unknown`` where the profile, or the document, does not say enough.
        citations: Numbers of the citations that hold the criterion.
        label: Names the criterion in a list: "Employees".
        needs: What the scheme asks for: "at most 100 employees".
        yours: What is known of the applicant; empty if nothing is.
        gap: By how much it is missed: "80 too many"; empty if it is not missed or not by an amount.
        question: What to ask to decide it; None once it is decided or if nothing would.
    """

    kind: str
    outcome: Outcome
    citations: tuple[int, ...] = ()
    label: str = ""
    needs: str = ""
    yours: str = ""
    gap: str = ""
    question: str | None = None


class Noted(Frozen):
    """A remark on a scheme, with the citations that hold it and the calculation that it rests on, if any."""

    text: str = Field(min_length=1)
    citations: tuple[int, ...] = ()
    calculation: Calculation | None = None


class Match(Frozen):
    """A scheme held against a profile.

    Attributes:
        scheme_id: Id of the scheme.
        name: As its document calls it.
        offer: What it gives, in a few words: "capital grant".
        document_id: The document that holds it.
        verdict: ``likely``: no criterion failed and some are unknown.
        opening: ``open`` only if a stated window covers the day.
        standing: Says the opening in a sentence: "closed on 30 September 2022", with the later scheme if one is known.
        criteria: Failed ones first, then unknown ones, then those that are met.
        amount: The most that the applicant could get, in pounds; None if it cannot be worked out.
        steps: How the amount comes about, step by step, and what is to be found besides.
        hints: What would make a near miss fit.
        cautions: What people trip over, in the document's words.
        apply: How to apply, in the document's words.
        contact: Whom to ask.
        later: Id of the scheme that came after it.
        closeness: 0 to 1, how near its purposes are to what is needed; 0.5 if the need is unknown.
    """

    scheme_id: str
    name: str = ""
    offer: str = ""
    document_id: str = ""
    verdict: Verdict
    opening: Opening
    standing: Noted | None = None
    criteria: tuple[CriterionOutcome, ...] = ()
    amount: float | None = None
    steps: tuple[Noted, ...] = ()
    hints: tuple[str, ...] = ()
    cautions: tuple[Noted, ...] = ()
    apply: tuple[Noted, ...] = ()
    contact: str = ""
    later: str | None = None
    closeness: float = Field(default=0.5, ge=0, le=1)


class Asking(Frozen):
    """The one question that settles most, and the fact that it asks for."""

    fact: str
    text: str


class Situation(Frozen):
    """What a person tells in order to learn what support applies: free text, facts set one by one, and the day.

    Attributes:
        text: The situation in the person's own words; may be empty.
        facts: Values by fact, as typed: ``{"employees": "12", "district": "Wakefield"}``. They override the text;
            an empty value makes a fact that was read unknown.
        as_of: The day asked about.
    """

    text: str = Field(default="", max_length=10_000)
    facts: Mapping[str, str] = Field(default_factory=dict)
    as_of: date = Field(default_factory=date.today)


class Matching(Frozen):
    """All schemes held against a situation, best first; the numbers of citations in it are those of ``citations``."""

    as_of: date
    index: str
    profile: Profile
    matches: tuple[Match, ...]
    citations: tuple[Citation, ...] = ()
    clarifying_question: Asking | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)
