"""Room: Document -> Passages and Sentences, each exactly the text span that it names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sentencex import get_sentence_boundaries

from strategybot.schema import Document, Paragraph, Passage, Sentence

CountTokens = Callable[[str], int]
TARGET_WORDS = 150
"""A passage is closed before it would pass this; 60 to 200 words are equally good to read (ADR 0001)."""
LEAST_WORDS = 60
PREFIX_TOKENS = 64
SENTENCE_WORDS = 60
CLAUSE_ENDS = (";", ":", ",")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of one block that is never divided: ``text[start:end]`` with its words counted."""

    block: Paragraph
    start: int
    end: int
    words: int


def split_passages(document: Document, *, count_tokens: CountTokens, max_tokens: int = 256) -> tuple[Passage, ...]:
    """Split a document into passages that respect paragraphs and headings.

    Short sections are joined with the next until 60 words are reached; a paragraph longer than a passage is divided
    between sentences, a sentence that is too long between words.

    Args:
        document: Any document; one without blocks other than headings gives no passage.
        count_tokens: Counts the embedding model's tokens of a text, its special ones included.
        max_tokens: Most tokens of prefix and text together.

    Returns:
        Passages in order of the text; every block but headings, and instructions to an assistant, is covered.
    """
    room = max_tokens - PREFIX_TOKENS
    passages: list[Passage] = []
    for is_instruction, blocks in groupby(document.paragraphs, key=lambda block: block.instruction):
        if is_instruction:
            continue
        pieces = list(_pieces(document, blocks, count_tokens=count_tokens, room=room))
        groups = list(_groups(pieces, document.text, count_tokens, room))
        joined = _join_short_end(groups, document.text, count_tokens, room)
        passages += [_passage(document, group, count_tokens) for group in joined]
    return tuple(passages)


def split_sentences(document: Document, passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Split passages into sentences of at most 60 words, none across two blocks; headings are no sentences."""
    found = []
    for passage in passages:
        for block in document.paragraphs:
            start, end = max(block.start, passage.start), min(block.end, passage.end)
            if block.kind == "heading" or start >= end:
                continue
            prefix = " › ".join([document.metadata.title, *_below_title(document, block.headings)])
            for first, last in sentence_spans(document.text, start, end):
                text = document.text[first:last]
                found.append(
                    Sentence(
                        passage_id=passage.id,
                        start=first,
                        end=last,
                        text=text,
                        prefix=prefix,
                        paragraph=block.number,
                    )
                )
    return tuple(found)


def _pieces(
    document: Document, blocks: Iterable[Paragraph], *, count_tokens: CountTokens, room: int
) -> Iterator[_Piece]:
    for block in blocks:
        if block.kind == "heading":
            continue
        words = len(document.text[block.start : block.end].split())
        if words <= TARGET_WORDS and _fits(document.text[block.start : block.end], count_tokens, room):
            yield _Piece(block, block.start, block.end, words)
            continue
        for start, end in sentence_spans(document.text, block.start, block.end):
            for first, last in _fitting_spans(document.text, start, end, count_tokens=count_tokens, room=room):
                yield _Piece(block, first, last, len(document.text[first:last].split()))


def _groups(pieces: Sequence[_Piece], text: str, count_tokens: CountTokens, room: int) -> Iterator[list[_Piece]]:
    """Join neighbouring pieces until a passage is long enough, at a new section or at the limit."""
    group: list[_Piece] = []
    words = 0
    for piece in pieces:
        new_section = bool(group) and piece.block.headings != group[-1].block.headings
        full = words + piece.words > TARGET_WORDS or (new_section and words >= LEAST_WORDS)
        if group and (full or not _fits(text[group[0].start : piece.end], count_tokens, room)):
            yield group
            group, words = [], 0
        group.append(piece)
        words += piece.words
    if group:
        yield group


def _join_short_end(groups: list[list[_Piece]], text: str, count_tokens: CountTokens, room: int) -> list[list[_Piece]]:
    """Join a short last passage to the one before where both fit."""
    if len(groups) > 1 and sum(piece.words for piece in groups[-1]) < LEAST_WORDS // 2:
        joined = [*groups[-2], *groups[-1]]
        if _fits(text[joined[0].start : joined[-1].end], count_tokens, room):
            return [*groups[:-2], joined]
    return groups


def _passage(document: Document, group: Sequence[_Piece], count_tokens: CountTokens) -> Passage:
    first = group[0]
    start, end = first.start, group[-1].end
    headings = tuple(dict.fromkeys(h for piece in group for h in _below_title(document, piece.block.headings)))
    return Passage(
        document_id=document.id,
        version=document.version,
        start=start,
        end=end,
        text=document.text[start:end],
        prefix=_shorten([document.metadata.title, *headings], count_tokens),
        headings=_below_title(document, first.block.headings),
        paragraph=first.block.number,
    )


def _below_title(document: Document, headings: Sequence[str]) -> tuple[str, ...]:
    """Drop a first heading that only repeats the title."""
    repeats = bool(headings) and headings[0].casefold() == document.metadata.title.casefold()
    return tuple(headings[1:] if repeats else headings)


def _shorten(parts: Sequence[str], count_tokens: CountTokens) -> str:
    """Join title and headings, leaving out the last headings, then the title's last words, until they fit."""
    kept = list(parts)
    while len(kept) > 1 and count_tokens(" › ".join(kept)) > PREFIX_TOKENS:
        kept.pop()
    words = " › ".join(kept).split()
    while len(words) > 1 and count_tokens(" ".join(words)) > PREFIX_TOKENS:
        words = words[: max(1, len(words) * 3 // 4)]
    prefix = " ".join(words)
    while count_tokens(prefix) > PREFIX_TOKENS:
        prefix = prefix[: len(prefix) * 3 // 4]
    return prefix


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of ``text[start:end]``, without spaces around them, at most 60 words each."""
    for boundary in get_sentence_boundaries("en", text[start:end]):
        first, last = _strip(text, start + boundary["start_index"], start + boundary["end_index"])
        while first < last:
            cut = _cut(text, first, last)
            trimmed_first, trimmed_last = _strip(text, first, cut)
            if trimmed_first < trimmed_last:
                yield trimmed_first, trimmed_last
            first = cut


def _cut(text: str, start: int, end: int) -> int:
    """Return where to end a sentence that has more than 60 words: after the last clause that fits, else a word."""
    positions = _word_ends(text, start, end)
    if len(positions) <= SENTENCE_WORDS:
        return end
    within = positions[:SENTENCE_WORDS]
    for mark in CLAUSE_ENDS:
        at_mark = [p for p in within[SENTENCE_WORDS // 3 :] if text[p - 1] == mark]
        if at_mark:
            return at_mark[-1]
    return within[-1]


def _fitting_spans(
    text: str, start: int, end: int, *, count_tokens: CountTokens, room: int
) -> Iterator[tuple[int, int]]:
    """Halve a span between words, and a word between letters, until every part fits the model."""
    if _fits(text[start:end], count_tokens, room):
        yield start, end
        return
    ends = _word_ends(text, start, end)
    middle = ends[len(ends) // 2 - 1] if len(ends) > 1 else start + (end - start) // 2
    for first, last in (_strip(text, start, middle), _strip(text, middle, end)):
        if first < last:
            yield from _fitting_spans(text, first, last, count_tokens=count_tokens, room=room)


def _fits(text: str, count_tokens: CountTokens, room: int) -> bool:
    # A token is at least one byte, so a short text needs no counting.
    return len(text.encode()) + 2 <= room or count_tokens(text) <= room


def _word_ends(text: str, start: int, end: int) -> list[int]:
    ends, position = [], start
    for word in text[start:end].split():
        position = text.index(word, position) + len(word)
        ends.append(position)
    return ends


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
