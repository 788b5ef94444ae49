"""The laws of the Reply: what is checked of every claim before it is shown, and of every reply by the tests."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from strategybot.grounding.arithmetic import evaluate
from strategybot.grounding.quantities import Quantity, find_quantities, is_held
from strategybot.schema import Calculation, Citation, Reply

MARKER = re.compile(r"\[(\d+)\]")
QUOTE_WORDS = 60
CENT = 0.01


def fold(text: str) -> str:
    """Return the words of a text in lower case, marks and punctuation aside."""
    return " ".join(re.findall(r"\w+", MARKER.sub(" ", text).lower()))


def is_quoted(text: str, quotes: Iterable[str]) -> bool:
    """Tell whether a text has words and they are whole words of the quotes, in a row."""
    words = fold(text)
    return bool(words) and f" {words} " in f" {fold(' '.join(quotes))} "


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
    pool = set(asked).union(*map(find_quantities, quotes), *map(find_quantities, dates))
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
    asked = find_asked(reply.question, reply.as_of, history)
    found = [] if used == sorted(cited) else [f"the text cites {used}, the citations are {sorted(cited)}"]
    found += [f"quote {c.number} is too long" for c in reply.citations if len(c.quote.split()) > QUOTE_WORDS]
    for statement in reply.statements:
        sources = [cited[n] for n in statement.citations if n in cited]
        if len(sources) != len(statement.citations):
            found.append(f"a citation is missing: {statement.text}")
        if statement.basis == "quote" and not is_quoted(statement.text, [c.quote for c in sources]):
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
    lost = {n for match in reply.matches for criterion in match.criteria for n in criterion.citations} - cited.keys()
    found += [f"a criterion of a match cites {number}, which is no citation" for number in sorted(lost)]
    said = [*(s.text for s in reply.statements), *(n.text for n in reply.notices)]
    loose = loose_quantities(reply.text, said, asked) if reply.statements else frozenset()
    return (*found, *(f"the text holds {q.value:g}{q.unit}" for q in loose))


def find_asked(question: str, as_of: date, history: Iterable[str]) -> frozenset[Quantity]:
    """Return the quantities that stand in what was asked."""
    return frozenset().union(*map(find_quantities, [question, as_of.isoformat(), *history]))


def own_dates(citations: Iterable[Citation]) -> list[str]:
    """Return the dates that cited documents bear themselves."""
    return [d for c in citations for d in (c.published, c.valid_from, c.valid_to) if d]


def loose_quantities(text: str, said: Iterable[str], asked: frozenset[Quantity]) -> frozenset[Quantity]:
    """Return the quantities in the text of a reply that nothing said in it, nor the question, holds.

    Args:
        text: The whole text.
        said: Its statements and notices.
        asked: Quantities of the question.
    """
    pool = asked.union(*map(find_quantities, said))
    return frozenset(q for q in find_quantities(text) if not is_held(q, pool))
