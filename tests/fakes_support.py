"""A fake of the matching for the tests of the pages: a reader of a few patterns, and schemes that it can judge."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from strategybot.dates import render_on
from strategybot.eligibility.facts import load_facts
from strategybot.errors import ConfigurationError, IndexMissingError
from strategybot.reading.blocks import Block
from strategybot.schema import (
    Asking,
    Calculation,
    Citation,
    CriterionOutcome,
    Document,
    Match,
    Matching,
    Noted,
    Opening,
    Outcome,
    Query,
    Reply,
    Situation,
)
from strategybot.schemes import Known, Profile
from strategybot.serving.support.numbering import renumber_citations, renumber_match
from tests.fakes_assistant import (
    DOCUMENTS,
    FUND,
    HOSTILE,
    HOSTILE_MARKDOWN,
    FakeAssistant,
    a_document,
    a_metadata,
    a_reply,
    cite,
)

SITUATION = "12-person food manufacturer in Ossett, turnover £2m, want a £120k packing line, started 3 years ago"
IN_REGION = "Support is for businesses in Bradford, Calderdale, Kirklees, Leeds or Wakefield."
SMALL = "Only businesses with 100 employees or fewer can apply for the machinery grant."
COST = "The total cost of a machinery project must be at least £50,000."
PREMISES = "The machinery grant is for firms that work from commercial premises."
TRADE = "Most turnover must come from trading with other businesses."
SHARE = "The machinery grant pays at most 20% of the cost of the machines."
RANGE = "The machinery grant pays £10,000 to £50,000."
WINDOW = "The machinery grant takes applications from 1 April 2021 to 31 March 2035."
ARREARS = "The machinery grant is paid in arrears, once the machines are paid for."
BEFORE = "Nothing may be ordered before the machinery grant is agreed."
APPLY = "Applications for the machinery grant begin with a call to the growth managers of the council."
LARGE = "The inward investment fund is for firms with at least 250 employees."
YOUNG = "The start-up bursary is for businesses that have traded for at most 24 months."
BIG_PROJECT = "The transformation fund supports projects that cost at least £150,000."
OTHERS = ("Digital Voucher", "Export Starter", "Net Zero Audit", "Skills Bursary", "Innovation Loan",
          "Mentoring Network", "Apprentice Levy Transfer", "Workspace Offer", "Trade Mission Place")  # fmt: skip


def _other_quote(name: str) -> str:
    return f"The {name} is for businesses in Bradford, Calderdale, Kirklees, Leeds or Wakefield."


GUIDE = a_document(
    a_metadata(id="support-guide", title="Guide to Business Support", kind="guidance", published="2026-02",
               source_url="https://example.org/guide"),
    Block("heading", "Machinery grant", 2),
    Block("paragraph", f"{SMALL} {COST} {PREMISES} {TRADE}"),
    Block("paragraph", f"{IN_REGION} {RANGE} {SHARE} {WINDOW}"),
    Block("paragraph", f"{ARREARS} {BEFORE} {APPLY}"),
    Block("heading", "Other schemes", 2),
    Block("list-item", LARGE),
    Block("list-item", YOUNG),
    Block("list-item", BIG_PROJECT),
    *[Block("list-item", _other_quote(name)) for name in OTHERS],
)  # fmt: skip
PATTERNS: Mapping[str, tuple[str, str, float]] = {
    "employees": (r"(\d+)[- ](?:person|people|employees|staff)", "{} employees", 1.0),
    "sector": (r"(food) manufacturer|bakery", "food and drink manufacturing", 0.6),
    "district": (r"(Ossett|Wakefield|Leeds|Manchester)", "{}", 1.0),
    "turnover": (r"turnover £(\d+)m", "£{},000,000 a year", 1.0),
    "project_cost": (r"£(\d+)k", "£{},000", 1.0),
    "need": (r"packing line|oven|machine", "machinery, plant, tools and equipment", 0.7),
    "months_trading": (r"started (\d+) years ago", "{} years", 1.0),
    "applicant_age": (r"I am (\d+)", "{} years old", 1.0),
}
FACTORS = {"turnover": 1_000_000, "project_cost": 1_000, "months_trading": 12}
PLACES = {"Ossett": "Wakefield", "Wakefield": "Wakefield", "Leeds": "Leeds", "Manchester": "Greater Manchester"}
REGION = ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield")


def read_profile(situation: Situation) -> Profile:
    """Read a situation by the patterns, then what was set by hand."""
    known = {fact: found for fact in PATTERNS if (found := _read(fact, situation.text))}
    for fact, typed in situation.facts.items():
        known.pop(fact, None)
        if typed:
            known[fact] = _set_by_hand(fact, typed)
    return Profile(known)


def _read(fact: str, text: str) -> Known | None:
    pattern, words, certainty = PATTERNS[fact]
    found = re.search(pattern, text)
    if not found:
        return None
    value = found[1] if found.groups() and found[1] else found[0]
    return _known(fact, value, words.format(value), said=found[0], certainty=certainty)


def _known(fact: str, value: str, text: str, *, said: str | None = None, certainty: float = 1.0) -> Known:
    if not value.replace(",", "").isdigit():
        place = PLACES.get(value, value) if fact == "district" else value
        shown = f"{value}, in {place}" if place != value else text
        return Known(value=place, text=shown, said=said, certainty=certainty)
    number = float(value.replace(",", "")) * (FACTORS.get(fact, 1) if said else 1)
    high = number + 11 if fact == "months_trading" else number
    return Known(value=number, low=number, high=high, text=text, said=said, certainty=certainty)


def _set_by_hand(fact: str, typed: str) -> Known:
    kind = load_facts()[fact].kind
    figures = re.sub(r"[^\d]", "", typed)
    if kind == "flag":
        if typed.lower() not in ("yes", "no"):
            message = f"“{typed}” is not an answer that can be read: write yes or no"
            raise ConfigurationError(message)
        return Known(value=typed.lower() == "yes", text=typed.lower())
    if kind not in ("choice", "tree") and not figures:
        message = f"“{typed}” is not a number that can be read: write 12, 2m or £120,000"
        raise ConfigurationError(message)
    if kind in ("choice", "tree"):
        return _known(fact, typed, typed)
    unit = {"employees": " employees", "share": " %"}.get(fact, " %" if kind == "share" else "")
    return _known(fact, figures, f"{'£' if kind == 'money' else ''}{int(figures):,}{unit}")


@dataclass(frozen=True)
class Rule:
    """A criterion of the fake: a fact that must lie within bounds, be one of some names, or be as a flag says."""

    fact: str
    needs: str
    quote: str
    least: float | None = None
    most: float | None = None
    names: tuple[str, ...] = ()

    def outcome(self, known: Known | None) -> Outcome:
        if known is None:
            return "unknown"
        if isinstance(known.value, bool):
            return "met" if known.value else "not_met"
        if self.names:
            return "met" if known.value in self.names else "not_met"
        low, high = known.low or 0, known.high or 0
        fits = (self.least is None or low >= self.least) and (self.most is None or high <= self.most)
        return "met" if fits else "not_met"

    def gap(self, known: Known | None) -> str:
        if known is None or known.low is None or self.outcome(known) != "not_met":
            return ""
        missing = (self.least or 0) - known.low
        return f"{missing:,.0f} too few" if self.least is not None else f"{known.low - (self.most or 0):,.0f} too many"


@dataclass(frozen=True)
class Plan:
    """A scheme of the fake."""

    name: str
    offer: str
    rules: tuple[Rule, ...]
    opening: Opening = "unknown"
    standing: str = "These documents do not say whether it is still open; the page is of February 2026."
    full: bool = False
    contact: str = "Growth Hub"
    later: str | None = None

    @property
    def id(self) -> str:
        return self.name.lower().replace(" ", "-")


HERE = Rule("district", "in Bradford, Calderdale, Kirklees, Leeds or Wakefield", IN_REGION, names=REGION)
PLANS = (
    Plan("Machinery Grant", "capital grant",
         (HERE, Rule("employees", "at most 100 employees", SMALL, most=100),
          Rule("project_cost", "at least £50,000", COST, least=50_000),
          Rule("commercial_premises", "yes", PREMISES), Rule("b2b_share", "above 50 %", TRADE, least=50)),
         opening="open", standing="open until 31 March 2035", full=True, contact="Growth managers of the council"),
    *[Plan(name, "advice and support", (Rule("district", HERE.needs, _other_quote(name), names=REGION),))
      for name in OTHERS],
    Plan("Transformation Fund", "capital grant",
         (Rule("project_cost", "at least £150,000", BIG_PROJECT, least=150_000),)),
    Plan("Inward Investment Fund", "grant", (Rule("employees", "at least 250 employees", LARGE, least=250),)),
    Plan("Start-up Bursary", "bursary", (Rule("months_trading", "at most 24 months", YOUNG, most=24),)),
    Plan("Business Growth Fund", "capital grant",
         (Rule("employees", "fewer than 250 employees", "Firms with fewer than 250 employees.", most=249),),
         opening="closed", standing=f"closed {render_on('2022-09-30')}", later="machinery-grant"),
)  # fmt: skip
OPENINGS = {"open": 0, "unknown": 1, "closed": 2}
ORDER = {"eligible": 0, "likely": 1, "ineligible": 2}


class Citing:
    """Numbers citations in order of first use."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []

    def number(self, quote: str) -> int:
        for citation in self.citations:
            if citation.quote == quote:
                return citation.number
        document = FUND if quote in FUND.text else GUIDE
        self.citations.append(cite(document, quote, len(self.citations) + 1))
        return len(self.citations)


def find_matches(profile: Profile, citing: Citing) -> tuple[Match, ...]:
    """Hold all schemes of the fake against a profile, best first."""
    matches = [_match(plan, profile, citing) for plan in PLANS]
    return tuple(sorted(matches, key=lambda m: (ORDER[m.verdict] > 1, OPENINGS[m.opening], ORDER[m.verdict])))


def _match(plan: Plan, profile: Profile, citing: Citing) -> Match:
    criteria = sorted((_criterion(rule, profile, citing) for rule in plan.rules), key=_by_outcome)
    outcomes = {criterion.outcome for criterion in criteria}
    cost = profile.get("project_cost")
    amount = min(0.2 * (cost.low or 0), 50_000) if plan.full and cost else None
    return Match(
        scheme_id=plan.id, name=plan.name, offer=plan.offer, opening=plan.opening, later=plan.later,
        document_id=(FUND if plan.id == "business-growth-fund" else GUIDE).id,
        verdict=_verdict(outcomes),
        standing=Noted(text=plan.standing, citations=(citing.number(WINDOW),) if plan.full else ()),
        criteria=tuple(criteria), amount=amount, contact=plan.contact,
        steps=_steps(amount, cost, citing) if cost and amount else (),
        hints=tuple(f"It would fit if the project cost at least £150,000 ({c.gap})." for c in criteria
                    if c.kind == "project_cost" and c.outcome == "not_met"),
        cautions=tuple(Noted(text=q, citations=(citing.number(q),)) for q in (ARREARS, BEFORE) if plan.full),
        apply=(Noted(text=APPLY, citations=(citing.number(APPLY),)),) if plan.full else (),
    )  # fmt: skip


def _verdict(outcomes: set[Outcome]) -> Literal["eligible", "likely", "ineligible"]:
    if "not_met" in outcomes:
        return "ineligible"
    return "likely" if "unknown" in outcomes else "eligible"


def _by_outcome(criterion: CriterionOutcome) -> int:
    return ("not_met", "unknown", "met").index(criterion.outcome)


def _criterion(rule: Rule, profile: Profile, citing: Citing) -> CriterionOutcome:
    known = profile.get(rule.fact)
    fact = load_facts()[rule.fact]
    outcome = rule.outcome(known)
    question = fact.question if outcome == "unknown" else None
    return CriterionOutcome(
        kind=rule.fact, outcome=outcome, citations=(citing.number(rule.quote),), label=fact.label, needs=rule.needs,
        yours=known.text if known else "", gap=rule.gap(known), question=question,
    )  # fmt: skip


def _steps(amount: float, cost: Known, citing: Citing) -> tuple[Noted, ...]:
    whole = cost.low or 0
    sum_ = Calculation(expression=f"0.2 * {whole:.0f}", result=0.2 * whole, unit="GBP")
    return (
        Noted(text=f"20 % of {cost.text} is £{0.2 * whole:,.0f}.", citations=(citing.number(SHARE),), calculation=sum_),
        Noted(text="It is capped at £50,000.", citations=(citing.number(RANGE),)),
        Noted(text=f"To be found besides: £{whole - amount:,.0f}."),
    )


def match_situation(situation: Situation) -> Matching:
    """Match a situation; which question is asked depends on what is known."""
    profile = read_profile(situation)
    citing = Citing()
    matches = find_matches(profile, citing)
    open_facts = [fact for fact in ("commercial_premises", "b2b_share") if profile.get(fact) is None]
    asking = Asking(fact=open_facts[0], text=load_facts()[open_facts[0]].question) if open_facts and profile else None
    return Matching(
        as_of=situation.as_of, index="fake", profile=profile, matches=matches, citations=tuple(citing.citations),
        clarifying_question=asking,
    )  # fmt: skip


class SupportAssistant(FakeAssistant):
    """The fake assistant that can match too; ``situations`` holds what it was given."""

    def __init__(
        self, documents: Sequence[Document] = DOCUMENTS, *, originals: Mapping[str, Path] | None = None
    ) -> None:
        super().__init__((*documents, GUIDE), originals=originals)
        self.situations: list[Situation] = []

    def match(self, situation: Situation) -> Matching:
        self.situations.append(situation)
        if "broken" in situation.text:
            message = "secret detail"
            raise RuntimeError(message)
        if "hostile" in situation.text:
            return hostile_matching()
        if "unindexed" in situation.text:
            message = "nothing is indexed yet: run `strategybot ingest`"
            raise IndexMissingError(message)
        return match_situation(situation)

    def _answer(self, query: Query, words: str) -> Iterator[Reply]:
        if "manufacturer" in words:
            yield a_reply_with_matches(query)
        else:
            yield from super()._answer(query, words)


def a_reply_with_matches(query: Query) -> Reply:
    """Answer a situation: a statement that names a scheme, and all the schemes in order."""
    matching = match_situation(Situation(text=query.text, as_of=query.as_of))
    named = "The fund paid grants of £10,000 to £50,000 for equipment, at 20 per cent of the cost."
    first = cite(FUND, named, 1)
    numbers = {citation.number: citation.number + 1 for citation in matching.citations}
    moved = renumber_citations(matching.citations, numbers)
    reply = a_reply(query, (FUND, named))
    said = reply.statements[0].model_copy(
        update={"text": "The Business Growth Fund paid grants of £10,000 to £50,000."}
    )
    return reply.model_copy(
        update={
            "text": "- The Business Growth Fund paid grants of £10,000 to £50,000. [1]",
            "statements": (said,),
            "citations": (first, *moved),
            "matches": tuple(renumber_match(match, numbers) for match in matching.matches),
            "profile": matching.profile,
            "clarifying_question": matching.clarifying_question.text if matching.clarifying_question else None,
        }
    )


def hostile_matching() -> Matching:
    """Every text of a matching, written by somebody hostile."""
    text = f"{HOSTILE} {HOSTILE_MARKDOWN}</details></table>"
    matching = match_situation(Situation(text=SITUATION, as_of=date(2026, 11, 25)))
    noted = Noted(text=text, citations=(1,))
    known = Known(value=text, text=text, said=text, certainty=0.5)
    match = matching.matches[0]
    outcome = match.criteria[0].model_copy(update={"label": text, "needs": text, "yours": text, "gap": text})
    hostile = match.model_copy(
        update={"scheme_id": '"><b>', "name": text, "offer": text, "standing": noted, "steps": (noted,),
                "hints": (text,), "cautions": (noted,), "apply": (noted,), "contact": text, "later": text,
                "criteria": (outcome, *match.criteria[1:])}
    )  # fmt: skip
    citation = matching.citations[0].model_copy(update={"title": text, "publisher": text, "source_url": "javascript:x"})
    return matching.model_copy(
        update={"profile": Profile({"employees": known, text: known}), "matches": (hostile, *matching.matches[1:]),
                "citations": (citation, *matching.citations[1:]), "clarifying_question": Asking(fact=text, text=text)}
    )  # fmt: skip
