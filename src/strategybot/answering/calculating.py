"""Calculating: what a grant at a stated rate comes to for the cost that a question names, marked as our own sum."""

import re
from collections.abc import Sequence

from strategybot.answering.evidence import Evidence
from strategybot.answering.phrases import phrase
from strategybot.schema import Calculation, Claim, Sentence

MONEY = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m|million|thousand|billion)?\b", re.I)
SCALE = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
NOT_COST = re.compile(r"\b(turn\w*|sales|revenue|profit|value|levy|grants?|loans?)\b[^£]{0,20}$", re.I)
COST_NOT = re.compile(r"^ ?(?:[\w-]+ )?(?:turnover|sales|revenue|profit|levy|grants?|loans?|funding)\b", re.I)
RATE = re.compile(
    r"(\d+(?:\.\d+)?) ?(?:%|per cent) of (?:the )?(?:[\w-]+ ){0,3}?(?:costs?|spend|spending|expenditure|price)\b", re.I
)
CAP = re.compile(
    r"\b(?:capped at|up to|at most|maximum of|to) (£\s?\d[\d,.]*\d?\s?(?:k|m|million|thousand|billion)?)\b", re.I
)
GRANT = re.compile(r"\bgrants?\b", re.I)
LOWEST_COST = 1_000


def calculate_grant(question: str, evidence: Sequence[Evidence], *, document_id: str) -> Claim | None:
    """Return what the one grant rate of a document gives for the one cost that a question names, else None.

    The result is rate times cost, and at most the highest grant that the document states, if it states one.

    Args:
        question: As asked, what it leans on included.
        evidence: Candidate sentences.
        document_id: The document that is answered from.
    """
    cost = find_cost(question)
    if cost is None:
        return None
    own = [each.sentence for each in evidence if each.metadata.id == document_id]
    rated = [(sentence, RATE.findall(sentence.text)) for sentence in own if GRANT.search(sentence.text)]
    single = [(sentence, float(rates[0])) for sentence, rates in rated if len(rates) == 1]
    if len(single) != 1:
        return None
    source, rate = single[0]
    return _claim(cost, rate, source, _find_cap(source, own))


def find_cost(question: str) -> float | None:
    """Return the one amount in pounds that a question gives as a cost; None if there is none or more than one."""
    found = {
        parse_money(match[0])
        for match in MONEY.finditer(question)
        if not NOT_COST.search(question[: match.start()]) and not COST_NOT.search(question[match.end() :])
    }
    return found.pop() if len(found) == 1 and min(found) >= LOWEST_COST else None


def parse_money(text: str) -> float:
    """Return the amount, in pounds, that a text such as £1.5m or £40,000 begins with.

    Raises:
        ValueError: It does not begin with an amount.
    """
    found = MONEY.match(text)
    if found is None:
        message = f"{text!r} is not an amount in pounds"
        raise ValueError(message)
    return float(found[1].replace(",", "").rstrip(".")) * SCALE[(found[2] or "").lower()]


def _find_cap(source: Sentence, own: Sequence[Sentence]) -> tuple[float, Sentence] | None:
    """Return the highest grant that a document states, looked for beside the rate first, and where."""
    grants = [each for each in own if GRANT.search(each.text)]
    for sentence in dict.fromkeys((source, *grants)):
        caps = [parse_money(cap) for cap in CAP.findall(sentence.text)]
        if caps:
            return max(caps), sentence
    return None


def _claim(cost: float, rate: float, source: Sentence, cap: tuple[float, Sentence] | None) -> Claim:
    share = f"{rate / 100:g} * {_plain(cost)}"
    result = round(rate * cost / 100, 2)
    sources: tuple[Sentence, ...] = (source,)
    expression = share
    if cap and cap[0] < result:
        result, expression = cap[0], f"min({share}, {_plain(cap[0])})"
        sources = tuple(dict.fromkeys((source, cap[1])))
    text = phrase("calculation", "grant", rate=f"{rate:g}", cost=_pounds(cost), result=_pounds(result))
    calculation = Calculation(expression=expression, result=result, unit="£")
    return Claim(text=text, basis="calculation", sources=sources, support=1.0, calculation=calculation)


def _plain(value: float) -> str:
    """Write a number for an expression, without an exponent."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _pounds(value: float) -> str:
    """Write an amount as people do, with pence only where there are any."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
