"""Proposals by rules: figures, dates, yes or no, and remarks, sentence by sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.figures import locate_dates, read_money, read_months, read_number, read_ratio, read_share
from strategybot.eligibility.proposing_patterns import Rule, load_rules, load_table
from strategybot.schemes import Caution, Criterion, Currency, Operator, Sum, Term

ProposedPart = Literal["criteria", "least", "terms", "pot", "opens", "closes", "paused", "apply", "cautions", "decides",
                       "purposes"]  # fmt: skip
Content = Criterion | Term | Sum | Caution | str
TAKEN = "\0"
RANGE: Mapping[str, Operator] = {"low": "at_least", "high": "at_most"}
OPERATORS: Mapping[str, Operator] = {
    "below": "below", "at_most": "at_most", "at_least": "at_least", "above": "above", **RANGE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a sentence seems to say of a scheme.

    Attributes:
        part: The part of the scheme that it belongs to.
        content: A criterion, term, sum or caution, with the sentence as its quote; a date, a purpose or the sentence.
        quote: The sentence.
        words: The words of the sentence that it was read from.
        check: What a person should look at.
        rank: Of two that contradict, the one of the lower rank is surer.
        start: Where the words stand in the sentence.
    """

    part: ProposedPart
    content: Content
    quote: str
    words: str
    check: str = ""
    rank: int = 0
    start: int = 0


def propose_by_rules(sentence: str) -> list[Proposal]:
    """Return what the rules find in a sentence, the tiers of a payment put into its terms; prose is left to others."""
    text, found = plain(sentence), list[Proposal]()
    for rule in load_rules():
        if rule.part == "prose" or not rule.concerns(plain(sentence)):
            continue
        for pattern in rule.find:
            takes = bool(pattern.groups) or rule.part == "nothing"
            matches = list(pattern.finditer(text if takes else plain(sentence)))
            for match in matches if takes else matches[:1]:
                found += _read(rule, match, sentence)
                text = _take(text, match, whole=rule.part == "nothing")
            if matches and not takes:
                break
    return _with_tiers(found)


def plain(sentence: str) -> str:
    """Return a sentence with one kind of apostrophe, no longer and no shorter."""
    return sentence.replace("'", "’").replace("\u00a0", " ")


def _take(text: str, match: re.Match[str], *, whole: bool) -> str:
    """Blank out the figures that a match has read, so that no later rule reads them again."""
    spans = [match.span()] if whole else [match.span(n) for n in range(1, match.re.groups + 1) if match[n]]
    for start, end in spans:
        text = text[:start] + TAKEN * (end - start) + text[end:]
    return text


def _read(rule: Rule, match: re.Match[str], sentence: str) -> Iterator[Proposal]:
    words = sentence[match.start() : match.end()]
    for part, content in _contents(rule, match, sentence):
        yield Proposal(part, content, sentence, words, rule.check, rule.rank, match.start())


def _contents(rule: Rule, match: re.Match[str], sentence: str) -> Iterator[tuple[ProposedPart, Content]]:
    if rule.part == "criteria":
        yield from (("criteria", criterion) for criterion in _criteria(rule, match, sentence))
    elif rule.part in ("amount", "share", "pot"):
        yield from _sums(rule, match, sentence)
    elif rule.part in ("window", "opens", "closes", "paused"):
        yield from _dates(match)
    elif rule.part == "apply":
        yield "apply", sentence
    elif rule.part == "caution":
        yield "cautions", Caution(kind=rule.kind, quote=sentence)


def _criteria(rule: Rule, match: re.Match[str], sentence: str) -> Iterator[Criterion]:
    if rule.fact is None:
        return
    read = [(OPERATORS.get(_kind(name), rule.operator), text) for name, text in match.groupdict().items() if text]
    for operator, text in read:
        value, currency = read_figure(load_facts()[rule.fact].kind, text)
        yield Criterion(
            fact=rule.fact, operator=operator, value=value, currency=currency, quote=sentence, proposed=True
        )
    if not read and rule.value is not None:
        main = Criterion(fact=rule.fact, operator=rule.operator, value=rule.value)
        others = [
            Criterion(fact=each.fact, operator=each.operator, value=each.value)
            for each in rule.alternatives
            if each.find.search(plain(sentence))
        ]
        yield join_alternatives(main, *others, quote=sentence)


def join_alternatives(main: Criterion, *others: Criterion, quote: str) -> Criterion:
    """Return a proposed criterion that is met by any of some; by the first, if there is no other."""
    if others:
        return Criterion(any=(main, *others), quote=quote, proposed=True)
    return main.model_copy(update={"quote": quote, "proposed": True})


def read_figure(kind: str, text: str) -> tuple[float, Currency]:
    """Return the value of a figure of a fact's kind, and its currency."""
    if kind == "money":
        money = read_money(text)
        return money.amount, money.currency
    return {"share": read_share, "months": read_months}.get(kind, read_number)(text), "GBP"


def _sums(rule: Rule, match: re.Match[str], sentence: str) -> Iterator[tuple[ProposedPart, Content]]:
    given = {_kind(name): text for name, text in match.groupdict().items() if text}
    per = _per(given.get("per"))
    if rule.part == "pot" and "value" in given:
        yield "pot", Sum(amount=read_money(given["value"]).amount, quote=sentence)
    if "share" in given and 0 < read_share(given["share"]) <= 100:  # noqa: PLR2004 - per cent
        yield "terms", Term(share=round(read_share(given["share"]) / 100, 4), quote=sentence)
    if "match" in given:
        yield "terms", Term(share=round(read_ratio(given["match"]) / 100, 4), quote=sentence)
    if "low" in given:
        yield "least", Sum(amount=read_money(given["low"]).amount, quote=sentence)
    if "high" in given:
        yield "terms", Term(amount=read_money(given["high"]).amount, per=per, quote=sentence)


def _per(word: str | None) -> str | None:
    table: Mapping[str, str] = load_table()["per"]
    return (table.get(word) or table.get(word.removesuffix("s"))) if word else None


def _dates(match: re.Match[str]) -> Iterator[tuple[ProposedPart, Content]]:
    whole = locate_dates(match.string.replace(TAKEN, " "))
    for name in ("opens", "closes", "paused"):
        start, end = match.span(name) if name in match.groupdict() else (-1, -1)
        for first, last, value in whole:
            if value and first < end and start < last:
                yield name, value
                break


def _kind(group: str) -> str:
    return group.rstrip("_0123456789")


def _with_tiers(found: list[Proposal]) -> list[Proposal]:
    """Put several limits of size in a sentence that pays by size where they belong: into the terms before them."""
    terms = [each for each in found if isinstance(each.content, Term)]
    limits = [each for each in found if isinstance(each.content, Criterion) and each.content.fact == "employees"]
    if not terms or len({each.start for each in limits}) < 2:  # noqa: PLR2004 - one limit alone is a condition
        return found
    kept = [each for each in found if each not in limits and each not in terms]
    return [*kept, *(_tier(term, terms, limits) for term in terms)]


def _tier(term: Proposal, terms: list[Proposal], limits: list[Proposal]) -> Proposal:
    end = min((other.start for other in terms if other.start > term.start), default=len(term.quote))
    when = tuple(
        each.content.model_copy(update={"quote": None, "proposed": False})
        for each in limits
        if isinstance(each.content, Criterion) and term.start <= each.start < end
    )
    content = term.content.model_copy(update={"when": when}) if isinstance(term.content, Term) else term.content
    return Proposal(term.part, content, term.quote, term.words, term.check, term.rank, term.start)
