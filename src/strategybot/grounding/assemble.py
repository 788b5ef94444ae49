"""Assembling: a draft becomes a Reply; a claim that breaks a law is left out, and the reply says so by its status."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strategybot.grounding.laws import (
    MARKER,
    find_asked,
    fold,
    is_calculated,
    is_quoted,
    loose_quantities,
    own_dates,
    unsupported_quantities,
)
from strategybot.grounding.numbering import FindDocument, Numbering
from strategybot.grounding.quantities import Quantity
from strategybot.schema import (
    Citation,
    Claim,
    Draft,
    Metadata,
    Mode,
    Query,
    Reply,
    Statement,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reply says of itself: how it came about, from which index."""

    standalone_question: str
    index: str
    mode: Mode = "quote"
    model: str | None = None
    prompt_hash: str | None = None


def assemble(
    draft: Draft,
    *,
    query: Query,
    frame: Frame,
    documents: Mapping[str, Metadata],
    find_document: FindDocument,
) -> Reply:
    """Number the citations of a draft, check every claim, and write the text.

    Args:
        draft: As answering made it.
        query: What was asked.
        frame: What the reply says of itself.
        documents: The current documents by id.
        find_document: Finds a document's text at a version; a quote is checked against it.
    """
    numbered = Numbering(documents, find_document)
    asked = find_asked(query.text, query.as_of, [turn.content for turn in query.history])
    statements = []
    for claim in draft.claims:
        sources = [numbered.look_up(source) for source in claim.sources]
        shown = _lawful_wording(claim, [s for s in sources if s], asked) if all(sources) else None
        if shown:
            numbers = tuple(dict.fromkeys(numbered.number(source) for source in sources if source))
            statements.append(_statement(shown, numbers))
    status = draft.status if statements or draft.status not in ("answered", "partial") else "not_found"
    claiming = status in ("answered", "partial")
    return Reply(
        reply_id=_reply_id(query, frame),
        question=query.text,
        standalone_question=frame.standalone_question,
        as_of=query.as_of,
        mode=frame.mode,
        model=frame.model,
        prompt_hash=frame.prompt_hash,
        index=frame.index,
        status=status,
        answerability=draft.answerability,
        text=_text(draft, statements, asked) if claiming else _unmarked(draft.opening),
        statements=tuple(statements) if claiming else (),
        citations=tuple(numbered.citations) if claiming else (),
        parts=draft.parts,
        matches=draft.matches if claiming else (),
        profile=draft.profile,
        notices=draft.notices if claiming else (),
        clarifying_question=draft.clarifying_question,
        suggestions=draft.suggestions,
        nearest=draft.nearest,
    )


def _lawful_wording(claim: Claim, sources: Sequence[Citation], asked: frozenset[Quantity]) -> Claim | None:
    """Return a claim in the first of its wordings that breaks no law; None if each does."""
    wordings = (claim.text, *claim.plainer)
    worded = (claim.model_copy(update={"text": text, "plainer": ()}) for text in wordings)
    return next((each for each in worded if _is_lawful(each, sources, asked)), None)


def _is_lawful(claim: Claim, sources: Sequence[Citation], asked: frozenset[Quantity]) -> bool:
    quotes = list(dict.fromkeys(source.quote for source in sources))
    if not fold(claim.text) or (claim.basis == "quote" and not is_quoted(claim.text, quotes)):
        return False
    if claim.calculation and not is_calculated(claim.calculation):
        return False
    return not unsupported_quantities(
        claim.text, quotes, asked=asked, dates=own_dates(sources), calculation=claim.calculation
    )


def _statement(claim: Claim, numbers: tuple[int, ...]) -> Statement:
    return Statement(
        text=claim.text, basis=claim.basis, citations=numbers, support=claim.support, speaker=claim.speaker,
        calculation=claim.calculation,
    )  # fmt: skip


def _text(draft: Draft, statements: Sequence[Statement], asked: frozenset[Quantity]) -> str:
    """Write statements with their markers, then notices, between the fixed phrases, as Markdown."""
    lines = [write_statement(statement) for statement in statements]
    body = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    notices = "\n".join(f"> {_unmarked(notice.text)}" for notice in draft.notices)
    pieces = (_unmarked(draft.opening), body, notices, _unmarked(draft.closing))
    text = "\n\n".join(piece for piece in pieces if piece)
    said = [*(statement.text for statement in statements), *(notice.text for notice in draft.notices)]
    # A fixed phrase has no figures; one that has is left out.
    return "\n\n".join(filter(None, (body, notices))) if loose_quantities(text, said, asked) else text


def write_statement(statement: Statement) -> str:
    """Write a statement with its markers."""
    return f"{_unmarked(statement.text)} {''.join(f'[{n}]' for n in statement.citations)}"


def _unmarked(text: str) -> str:
    """Leave out the numbers in brackets that a document has of its own: in a reply they would be markers."""
    return MARKER.sub(" ", text)


def _reply_id(query: Query, frame: Frame) -> str:
    parts = [query.model_dump_json(), frame.mode, frame.model or "", frame.prompt_hash or "", frame.index]
    return f"r_{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:20]}"
