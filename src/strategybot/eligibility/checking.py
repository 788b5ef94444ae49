"""Checking: whether the schemes of a document hold together, and whether each of their quotes stands in it."""

from collections.abc import Iterator, Sequence
from typing import Literal

from strategybot.dates import first_day
from strategybot.eligibility.checking_quotes import check_quote, find_quote, foreign_dates, foreign_figures
from strategybot.eligibility.checking_values import Fault, check_fact, check_name, describe
from strategybot.eligibility.facts import load_facts
from strategybot.frozen import Frozen
from strategybot.schema import Document
from strategybot.schemes import Criterion, Scheme, Term

__all__ = ["Finding", "Level", "check_documents", "check_schemes", "find_quote"]

Level = Literal["wrong", "look", "to-confirm"]


class Finding(Frozen):
    """Something to mend in a scheme, to look at again, or to confirm.

    Attributes:
        level: ``look`` may be right as it is; ``to-confirm`` was proposed by a program.
        text: What it is.
        why: Why it matters.
        remedy: What to do.
    """

    level: Level
    document_id: str
    scheme_id: str
    text: str
    why: str = ""
    remedy: str = ""


def check_documents(documents: Sequence[Document], *, complete: bool = True) -> tuple[Finding, ...]:
    """Return what is wrong with the schemes of documents, what to look at, and what is to be confirmed yet.

    Args:
        documents: The documents.
        complete: They are all that there are, so that a scheme that none of them holds does not exist.
    """
    owners: dict[str, str] = {}
    for document in documents:
        for scheme in document.metadata.schemes:
            owners.setdefault(scheme.id, document.id)
    own = [finding for document in documents for finding in check_schemes(document)]
    shared = [finding for document in documents for finding in _check_ids(document, owners, complete=complete)]
    return (*own, *shared)


def check_schemes(document: Document) -> Iterator[Finding]:
    """Yield the findings on the schemes of one document."""
    ids = [scheme.id for scheme in document.metadata.schemes]
    for scheme in document.metadata.schemes:
        faults = list(_check_scheme(scheme, document))
        if ids.count(scheme.id) > 1:
            faults.append(
                Fault("this id is used twice in the document", "ids tell schemes apart", "rename one of them")
            )
        yield from (_finding(fault, document, scheme) for fault in faults)
        for number, criterion in enumerate(scheme.criteria, start=1):
            if criterion.proposed:
                yield _to_confirm(f"criterion {number}, {describe(criterion)}", document, scheme)


def _check_ids(document: Document, owners: dict[str, str], *, complete: bool) -> Iterator[Finding]:
    for scheme in document.metadata.schemes:
        if owners[scheme.id] != document.id:
            text = f"{owners[scheme.id]} has a scheme of this id as well"
            yield _finding(Fault(text, "ids tell schemes apart", "rename one of them"), document, scheme)
        if scheme.later and scheme.later not in owners:
            found = _finding(check_name("later", scheme.later, owners, noun="scheme"), document, scheme)
            elsewhere = f"{found.text} among the documents that were checked"
            yield found if complete else found.model_copy(update={"level": "look", "text": elsewhere})


def _check_scheme(scheme: Scheme, document: Document) -> Iterator[Fault]:
    for name in scheme.purposes:
        yield from check_fact(Criterion(fact="need", operator="is", value=name), "purposes")
    for quote in scheme.quotes():
        yield from check_quote(quote, document)
    for number, criterion in enumerate(scheme.criteria, start=1):
        yield from _check_criterion(criterion, f"criterion {number}", document)
        if not _is_quoted(criterion):
            yield Fault(
                f"criterion {number} on {criterion.fact or 'several facts'} has no quote",
                "every verdict is shown with the words that it rests on",
                "add `quote:` with the document's sentence",
            )
    yield from _check_amount(scheme, document)
    yield from _check_window(scheme)


def _is_quoted(criterion: Criterion) -> bool:
    inner = (*criterion.any, *criterion.all)
    return bool(criterion.quote) or (bool(inner) and all(map(_is_quoted, inner)))


def _check_criterion(
    criterion: Criterion, place: str, document: Document, *, quote: str | None = None
) -> Iterator[Fault]:
    """Yield the faults of a criterion; its figures are held against its words only where those are the document's."""
    words = criterion.quote or quote
    for inner in (*criterion.any, *criterion.all):
        yield from _check_criterion(inner, place, document, quote=words)
    faults = list(check_fact(criterion, place))
    yield from faults
    if not faults and words and find_quote(words, document):
        yield from foreign_figures(criterion, words, place)


def _check_amount(scheme: Scheme, document: Document) -> Iterator[Fault]:
    sums = [("pot", scheme.pot), ("amount, least", scheme.amount.least if scheme.amount else None)]
    for place, given in sums:
        if given:
            yield from foreign_figures(given, given.quote, place)
    for number, term in enumerate(scheme.amount.terms if scheme.amount else (), start=1):
        yield from _check_term(term, f"amount, term {number}", document)


def _check_term(term: Term, place: str, document: Document) -> Iterator[Fault]:
    yield from foreign_figures(term, term.quote, place)
    if term.per and term.per not in load_facts():
        yield check_name(f"{place}, per", term.per, load_facts(), noun="fact")
    for criterion in term.when:
        yield from _check_criterion(criterion, f"{place}, when", document)


def _check_window(scheme: Scheme) -> Iterator[Fault]:
    window = scheme.window
    if window is None:
        return
    if window.opens and window.closes and first_day(window.opens) > first_day(window.closes):
        text = f"window: it opens ({window.opens}) after it closes ({window.closes})"
        yield Fault(text, "it would never be open", "correct one of the dates")
    yield from foreign_dates(window)


def _finding(fault: Fault, document: Document, scheme: Scheme) -> Finding:
    return Finding(
        level="wrong" if fault.is_certain else "look",
        document_id=document.id,
        scheme_id=scheme.id,
        text=fault.text,
        why=fault.why,
        remedy=fault.remedy,
    )


def _to_confirm(what: str, document: Document, scheme: Scheme) -> Finding:
    return Finding(
        level="to-confirm",
        document_id=document.id,
        scheme_id=scheme.id,
        text=f"proposed, to be confirmed: {what}",
        why="it decides nothing until a person has confirmed it",
        remedy="hold it against its quote, correct it, and take out `proposed: true`; or delete it",
    )
