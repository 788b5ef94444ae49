"""The laws of the Reply: what is checked of every claim before it is shown, and of every reply by the tests."""

import re
from collections.abc import Iterable, Sequence

from strategybot.grounding.arithmetic import evaluate
from strategybot.grounding.quantities import Quantity, find_quantities, is_held
from strategybot.schema import Calculation, Citation, Reply

MARKER = re.compile(r"\[(\d+)\]")
QUOTE_WORDS = 60
CENT = 0.01


def fold(text: str) -> str:
    """Return the words of a text in lower case, marks and punctuation aside."""
    return " ".join(re.findall(r"\w+", MARKER.sub(" ", text).lower()))


def unsupported_quantities(
    text: str,
    quotes: Iterable[str],
    *,
    asked: frozenset[Quantity],
    dates: Iterable[str],
    calculation: Calculation | None,
) -> frozenset[Quantity]:
    """Return the quantities of a statement that nothing holds.

    Args:
        text: The statement.
        quotes: What it cites.
        asked: Quantities of the question, its history and the as-of date.
        dates: Dates of the cited documents.
        calculation: Its calculation, if it rests on one.
    """
    pool = set(asked) | find_quantities(" \n ".join(quotes)) | find_quantities(" ".join(dates))
    if calculation:
        inputs = {float(x) for x in re.findall(r"\d+(?:\.\d+)?", calculation.expression)} | {calculation.result}
        pool |= {Quantity(round(value, 6), unit) for value in inputs for unit in ("£", "%", "")}
    return frozenset(q for q in find_quantities(text) if not is_held(q, pool))


def is_calculated(calculation: Calculation) -> bool:
    """Tell whether a calculation's result is what its expression gives."""
    try:
        return abs(evaluate(calculation.expression) - calculation.result) <= CENT
    except ValueError:
        return False


def find_breaches(reply: Reply, *, history: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what is wrong with a reply, a sentence each; nothing for a lawful one."""
    cited = {citation.number: citation for citation in reply.citations}
    used = list(dict.fromkeys(int(number) for number in MARKER.findall(reply.text)))
    asked = find_quantities(" ".join([reply.question, reply.as_of.isoformat(), *history]))
    found = [] if used == sorted(cited) else [f"the text cites {used}, the citations are {sorted(cited)}"]
    found += [f"quote {c.number} is too long" for c in reply.citations if len(c.quote.split()) > QUOTE_WORDS]
    for statement in reply.statements:
        sources = [cited[n] for n in statement.citations if n in cited]
        if len(sources) != len(statement.citations):
            found.append(f"a citation is missing: {statement.text}")
        if statement.basis == "quote" and fold(statement.text) not in fold(" \n ".join(c.quote for c in sources)):
            found.append(f"not the quoted words: {statement.text}")
        if statement.calculation and not is_calculated(statement.calculation):
            found.append(f"wrongly calculated: {statement.text}")
        if unsupported_quantities(
            statement.text,
            [c.quote for c in sources],
            asked=asked,
            dates=own_dates(sources),
            calculation=statement.calculation,
        ):
            found.append(f"a quantity is not in its quotes: {statement.text}")
    return (*found, *_loose_quantities(reply, asked))


def own_dates(citations: Iterable[Citation]) -> list[str]:
    """Return the dates that cited documents bear themselves."""
    return [d for c in citations for d in (c.published, c.valid_from, c.valid_to) if d]


def _loose_quantities(reply: Reply, asked: frozenset[Quantity]) -> list[str]:
    """Quantities in the text of a reply that no statement or notice holds."""
    if not reply.statements:
        return []
    pool = asked | find_quantities(" \n ".join([*(s.text for s in reply.statements), *(n.text for n in reply.notices)]))
    return [f"the text holds {q.value:g}{q.unit}" for q in find_quantities(reply.text) if not is_held(q, pool)]
