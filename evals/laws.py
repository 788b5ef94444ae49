"""The laws of a reply, checked from outside: citations, quotes, quantities, status.

Nothing is taken on trust that the package itself promises: a reply is checked as if it came from elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from evals.arithmetic import calculate, parse_numbers
from evals.grading import CLAIMING
from evals.quantities import Amount, Quantity, Unit, is_held, parse_quantities
from evals.questions import Question
from evals.wording import is_worded, parse_markers
from strategybot.schema import Calculation, Citation, Reply, Statement

QUOTE_WORDS = 60
_UNITS: tuple[Unit, ...] = ("£", "%", "")
_ROUNDING = 0.01
_SHOWN_CHARS = 80


def find_breaches(question: Question, reply: Reply) -> tuple[str, ...]:
    """Return every breach of the laws by a reply to a question, each as a sentence; none is lawful."""
    asked = _asked(question, reply)
    citations = {citation.number: citation for citation in reply.citations}
    return (
        *_status_breaches(reply),
        *_marker_breaches(reply),
        *chain.from_iterable(_statement_breaches(each, reply, citations, asked) for each in reply.statements),
        *_text_breaches(reply, asked),
    )


def _asked(question: Question, reply: Reply) -> frozenset[Quantity]:
    """Return the quantities that the user brought: question, history and the day it is asked on."""
    words = [question.question, question.as_of.isoformat(), reply.as_of.isoformat()]
    return _quantities([*words, *(turn.content for turn in question.history)])


def _status_breaches(reply: Reply) -> Iterator[str]:
    if (reply.status in CLAIMING) != bool(reply.statements):
        yield f"status {reply.status} with {len(reply.statements)} statements"


def _marker_breaches(reply: Reply) -> Iterator[str]:
    used, cited = parse_markers(reply.text), tuple(sorted(citation.number for citation in reply.citations))
    if used != cited:
        yield f"markers in order {used}, citations {cited}"
    for citation in reply.citations:
        words = len(citation.quote.split())
        if words > QUOTE_WORDS:
            yield f"quote {citation.number} has {words} words"


def _statement_breaches(
    statement: Statement, reply: Reply, citations: Mapping[int, Citation], asked: frozenset[Quantity]
) -> Iterator[str]:
    shown = statement.text[:_SHOWN_CHARS]
    mine = [citations[number] for number in statement.citations if number in citations]
    if not mine:
        yield f"statement without citation: {shown}"
        return
    quotes = " \n ".join(citation.quote for citation in mine)
    if statement.basis == "quote" and reply.mode == "quote" and not is_worded(statement.text, quotes):
        yield f"not the quoted words: {shown}"
    if statement.calculation:
        yield from _calculation_breaches(statement.calculation)
    pool = asked | _quantities([quotes, *_dates(mine)]) | _calculated(statement.calculation)
    yield from _lost(statement.text, pool, where=f"not in the quotes: {shown}")


def _calculation_breaches(calculation: Calculation) -> Iterator[str]:
    try:
        result = calculate(calculation.expression)
    except ValueError as error:
        yield f"calculation: {error}"
        return
    if abs(result - calculation.result) > _ROUNDING:
        yield f"{calculation.expression} is {result}, not {calculation.result}"


def _calculated(calculation: Calculation | None) -> frozenset[Quantity]:
    """Return what a calculation lets a statement say: its inputs and its true result, in any unit."""
    if calculation is None:
        return frozenset()
    try:
        numbers = {calculate(calculation.expression)} | parse_numbers(calculation.expression)
    except ValueError:
        return frozenset()
    return frozenset(Amount(round(number, 6), unit) for number in numbers for unit in _UNITS)


def _text_breaches(reply: Reply, asked: frozenset[Quantity]) -> Iterator[str]:
    if reply.statements:
        held = [statement.text for statement in reply.statements] + [notice.text for notice in reply.notices]
        yield from _lost(reply.text, asked | _quantities(held), where="held by no statement or notice")


def _lost(text: str, pool: frozenset[Quantity], *, where: str) -> Iterator[str]:
    lost = sorted(str(quantity) for quantity in parse_quantities(text) if not is_held(quantity, pool))
    if lost:
        yield f"{', '.join(lost)} {where}"


def _dates(citations: Iterable[Citation]) -> Iterator[str]:
    for citation in citations:
        yield from filter(None, (citation.published, citation.valid_from, citation.valid_to))


def _quantities(texts: Iterable[str]) -> frozenset[Quantity]:
    return frozenset(quantity for text in texts for quantity in parse_quantities(text))
