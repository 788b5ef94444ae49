"""Checking: whether the schemes of a document hold together, and whether each of their quotes stands in it."""

from collections.abc import Iterator, Sequence
from typing import Literal

from strategybot.dates import first_day
from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import load_tree
from strategybot.frozen import Frozen
from strategybot.schema import Document
from strategybot.schemes import Criterion, Scheme

QUOTE_WORDS = 60
Level = Literal["wrong", "to-confirm"]


class Finding(Frozen):
    """Something to mend in a scheme, or to confirm."""

    level: Level
    document_id: str
    scheme_id: str
    text: str


def check_documents(documents: Sequence[Document]) -> tuple[Finding, ...]:
    """Return what is wrong with the schemes of documents, and which criteria are to be confirmed yet."""
    found = [finding for document in documents for finding in check_schemes(document)]
    owners: dict[str, str] = {}
    for document in documents:
        for scheme in document.metadata.schemes:
            if owners.setdefault(scheme.id, document.id) != document.id:
                found.append(_wrong(document, scheme, f"{owners[scheme.id]} has a scheme of this id as well"))
    known = owners.keys()
    for document in documents:
        for scheme in document.metadata.schemes:
            if scheme.later and scheme.later not in known:
                found.append(_wrong(document, scheme, f"later: there is no scheme {scheme.later}"))
    return tuple(found)


def check_schemes(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with the schemes of one document."""
    ids = [scheme.id for scheme in document.metadata.schemes]
    for scheme in document.metadata.schemes:
        if ids.count(scheme.id) > 1:
            yield _wrong(document, scheme, "this id is used twice in the document")
        for quote in scheme.quotes():
            yield from (_wrong(document, scheme, text) for text in _check_quote(quote, document))
        for text in _check_scheme(scheme):
            yield _wrong(document, scheme, text)
        for criterion in scheme.criteria:
            if criterion.proposed:
                text = f"proposed, to be confirmed: {criterion.fact} {criterion.operator} {criterion.value}"
                yield Finding(level="to-confirm", document_id=document.id, scheme_id=scheme.id, text=text)


def find_quote(quote: str, document: Document) -> tuple[int, int, int] | None:
    """Return where a quote stands in a document, spaces aside: (start, end, number of the paragraph)."""
    for block in document.paragraphs:
        if block.instruction:
            continue
        text = document.text[block.start : block.end]
        at = text.find(quote)
        if at >= 0:
            return block.start + at, block.start + at + len(quote), block.number
    return None


def _check_quote(quote: str, document: Document) -> Iterator[str]:
    if len(quote.split()) > QUOTE_WORDS:
        yield f"a quote has more than {QUOTE_WORDS} words: “{quote}”"
    if find_quote(quote, document) is None:
        yield f"a quote is not in the document, word for word and within one paragraph: “{quote}”"


def _check_scheme(scheme: Scheme) -> Iterator[str]:
    needs = load_tree("needs")
    yield from (f"purposes: {name!r} is no purpose" for name in scheme.purposes if not needs.knows(name))
    if scheme.window:
        opens, closes = scheme.window.opens, scheme.window.closes
        if opens and closes and first_day(opens) > first_day(closes):
            yield f"window: it opens ({opens}) after it closes ({closes})"
    for criterion in scheme.criteria:
        if not criterion.quote and not all(each.quote for each in (*criterion.any, *criterion.all)):
            yield f"a criterion on {criterion.fact or 'several facts'} has no quote"
        yield from _check_criterion(criterion)
    for term in scheme.amount.terms if scheme.amount else ():
        if term.per and term.per not in load_facts():
            yield f"amount: {term.per!r} is no fact"
        for criterion in term.when:
            yield from _check_criterion(criterion)


def _check_criterion(criterion: Criterion) -> Iterator[str]:
    for inner in (*criterion.any, *criterion.all):
        yield from _check_criterion(inner)
    if criterion.fact is None:
        return
    fact = load_facts().get(criterion.fact)
    if fact is None:
        if not criterion.question:
            yield f"{criterion.fact!r} is no known fact: give the criterion a question, or use one of the known facts"
        return
    yield from (f"{criterion.fact}: {text}" for text in _check_value(criterion, fact))


def _check_value(criterion: Criterion, fact: Fact) -> Iterator[str]:
    value, ordered = criterion.value, criterion.operator not in ("is", "is_not")
    names = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    if fact.kind in ("number", "money", "share", "months"):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not ordered:
            yield f"is a number: use at_least, at_most, above or below with a number, not {value!r}"
    elif fact.kind == "date":
        if not isinstance(value, str) or not ordered:
            yield f"is a date: use at_least (on or after) or at_most, above or below with a date, not {value!r}"
    elif ordered:
        yield "is not a number: use is or is_not"
    elif fact.kind == "flag":
        if not isinstance(value, bool):
            yield f"is true or false, not {value!r}"
    elif not names:
        yield f"needs names, not {value!r}"
    elif fact.kind == "choice":
        yield from (f"{name!r} is none of {', '.join(fact.values)}" for name in names if name not in fact.values)
    elif fact.tree:
        tree = load_tree(fact.tree)
        yield from (f"{name!r} is not among the {fact.tree}" for name in names if not tree.knows(name))


def _wrong(document: Document, scheme: Scheme, text: str) -> Finding:
    return Finding(level="wrong", document_id=document.id, scheme_id=scheme.id, text=text)
