"""The register: every scheme that can be matched, with a numbered citation for each of its quotes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from strategybot.eligibility.checking import find_quote
from strategybot.eligibility.matching import Held, collect_schemes
from strategybot.eligibility.naming import NamedSchemes, prepare_names
from strategybot.eligibility.wording import facts_of
from strategybot.grounding.numbering import FindDocument, Numbering
from strategybot.schema import Citation, Document, Metadata, Sentence
from strategybot.schemes import Criterion, Scheme

FindPassage = Callable[[str, str, int], str | None]
"""Document id, version and offset to the id of the passage that holds it."""


@dataclass(frozen=True, slots=True)
class Register:
    """Schemes whose quotes were all looked up in their documents.

    Attributes:
        schemes: The schemes; a criterion whose quote is no longer in the document decides nothing.
        citations: One for each quote, numbered from 1.
        sources: The exact span of each quote, by document id and quote.
        numbers: The number of its citation, likewise.
        names: The names of the schemes, ready to be looked for in a question.
        facts: The facts that their criteria compare.
    """

    schemes: tuple[Held, ...]
    citations: tuple[Citation, ...]
    sources: Mapping[tuple[str, str], Sentence]
    numbers: Mapping[tuple[str, str], int]
    names: NamedSchemes
    facts: frozenset[str]


def build_register(
    documents: Mapping[str, Metadata], *, find_document: FindDocument, find_passage: FindPassage
) -> Register:
    """Look up every quote of the schemes of documents, by id.

    Args:
        documents: Metadata of the documents whose schemes are matched.
        find_document: Finds a document's current text.
        find_passage: Finds the passage to cite.
    """
    numbering = Numbering(documents, find_document)
    sources: dict[tuple[str, str], Sentence] = {}
    numbers: dict[tuple[str, str], int] = {}
    held = []
    for each in collect_schemes(documents.values()):
        document = find_document(each.metadata.id, None)
        for quote in each.scheme.quotes():
            source = _source(quote, document, find_passage) if document else None
            citation = numbering.look_up(source) if source else None
            if source and citation:
                sources[each.metadata.id, quote] = source
                numbers[each.metadata.id, quote] = numbering.number(citation)
        known = frozenset(quote for owner, quote in sources if owner == each.metadata.id)
        held.append(Held(_without_lost(each.scheme, known), each.metadata))
    facts = frozenset(fact for each in held for criterion in each.scheme.criteria for fact in facts_of(criterion))
    return Register(tuple(held), tuple(numbering.citations), sources, numbers, prepare_names(held), facts)


def _source(quote: str, document: Document, find_passage: FindPassage) -> Sentence | None:
    place = find_quote(quote, document)
    if place is None:
        return None
    start, end, number = place
    block = document.paragraphs[number - 1]
    whole = f"{document.id}@{document.version}#{block.start}-{block.end}"
    passage_id = find_passage(document.id, document.version, start) or whole
    return Sentence(passage_id=passage_id, start=start, end=end, text=quote, prefix="", paragraph=number)


def _without_lost(scheme: Scheme, known: frozenset[str]) -> Scheme:
    """Return a scheme without what rests on lost quotes; a criterion of which one is lost decides nothing."""
    amount, window = scheme.amount, scheme.window
    quotes = [term.quote for term in amount.terms] if amount else []
    quotes += [amount.least.quote] if amount and amount.least else []
    return scheme.model_copy(
        update={
            "criteria": tuple(_undecided(c) if not _quotes(c) <= known else c for c in scheme.criteria),
            "amount": amount if known.issuperset(quotes) else None,
            "window": window if window and known.issuperset(window.quotes) else None,
            "apply": _kept(scheme.apply, known),
            "decides": _kept(scheme.decides, known),
            "cautions": tuple(caution for caution in scheme.cautions if caution.quote in known),
        }
    )


def _undecided(criterion: Criterion) -> Criterion:
    return criterion.model_copy(update={"proposed": True})


def _quotes(criterion: Criterion) -> frozenset[str]:
    own = frozenset({criterion.quote}) if criterion.quote else frozenset[str]()
    return own.union(*(_quotes(each) for each in (*criterion.any, *criterion.all)))


def _kept(quotes: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(quote for quote in quotes if quote in known)
