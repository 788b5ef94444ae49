"""Comparison of two versions of a document: paragraphs removed, added and changed, word by word.

Its time is bounded: longest common subsequences by rapidfuzz's bit-parallel algorithm, and a fixed budget for
finding out which removed paragraph became which added one.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from strategybot.schema import Document, Paragraph
from strategybot.serving.finding import find_same
from strategybot.serving.marking import Span

ChangeKind = Literal["changed", "removed", "added", "moved"]
PieceKind = Literal["same", "removed", "added"]
FateKind = Literal["same", "alike", "changed", "gone"]
TOKEN = re.compile(r"\s+|[£$€]?\d+(?:[.,:/]\d+)*%?|\w+(?:['’-]\w+)*|[^\w\s]")
"""A word, an amount with its sign, a date or a punctuation mark: half of a number means nothing."""
ALIKE = 0.5
"""Share of characters that a paragraph keeps if it is the same one, changed."""
WINDOW = 8
"""How many added paragraphs are looked at for a removed one."""
BUDGET = 4_000_000_000
"""Pairs of characters compared in all: about half a second."""
MOST_TOKENS = 5_000
SHORT_WORDS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a changed paragraph."""

    text: str
    kind: PieceKind


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that is not the same in both versions; ``old`` or ``new`` is None where it is in one only."""

    kind: ChangeKind
    old: Paragraph | None
    new: Paragraph | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Neighbouring paragraphs that are the same in both versions; ``first`` and ``last`` are the new version's."""

    first: Paragraph
    last: Paragraph
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a version, in the order of the text."""

    steps: tuple[Change | Unchanged, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(step for step in self.steps if isinstance(step, Change))

    def count(self, kind: ChangeKind) -> int:
        """Return how many paragraphs changed in a way."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of quoted words.

    Attributes:
        kind: They stand as they were; stand but for capitals, spaces or punctuation marks; were changed; are gone.
        span: Where they stand now; for ``changed``, the paragraph that took their place.
        number: Number of the paragraph where that begins.
        change: What was changed, for ``changed``.
    """

    kind: FateKind
    span: Span | None = None
    number: int | None = None
    change: Change | None = None


def compare(old: Document, new: Document) -> Comparison:
    """Compare two versions of a document."""
    before, after = _texts(old), _texts(new)
    budget = _Budget(BUDGET)
    steps: list[Change | Unchanged] = []
    for same, (a, b), (c, d) in _stretches(before, after):
        if same:
            steps.append(Unchanged(new.paragraphs[c], new.paragraphs[d - 1], d - c))
            continue
        for i, j in _pair(before[a:b], after[c:d], budget):
            was = None if i is None else old.paragraphs[a + i]
            now = None if j is None else new.paragraphs[c + j]
            steps.append(_change(was, now, before, after))
    return Comparison(tuple(_join_moved(steps, before, after)))


def find_fate(old: Document, span: Span, new: Document, comparison: Comparison | None = None) -> Fate:
    """Find out what became of quoted words: first their exact text is looked for, then the like, then their paragraph.

    Args:
        old: The version that was quoted.
        span: The words quoted.
        new: The version that is looked into.
        comparison: Of these two, if it is made already.
    """
    quote = old.text[span[0] : span[1]]
    expected = span[0] * len(new.text) / max(1, len(old.text))
    exact = _exact_spans(new.text, quote)
    for kind, spans in (("same", exact), ("alike", () if exact else find_same(new.text, quote))):
        if spans:
            start, end = min(spans, key=lambda s: abs(s[0] - expected))
            return Fate("same" if kind == "same" else "alike", (start, end), _number_at(new, start))
    numbers = {p.number for p in old.paragraphs if p.start < span[1] and span[0] < p.end}
    comparison = comparison or compare(old, new)
    for change in comparison.changes:
        if change.kind == "changed" and change.old and change.new and change.old.number in numbers:
            return Fate("changed", (change.new.start, change.new.end), change.new.number, change)
    return Fate("gone")


class _Budget:
    """What may still be spent on comparing characters."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self, cost: int) -> bool:
        self._left -= cost
        return self._left >= 0


def _texts(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


def _stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, Span, Span]]:
    """Divide two sequences into stretches that are the same, and stretches that are not, in order."""
    numbers: dict[Hashable, int] = {}
    before, after = ([numbers.setdefault(value, len(numbers)) for value in values] for values in (old, new))
    a = c = 0
    for block in LCSseq.opcodes(before, after).as_matching_blocks():
        if block.a > a or block.b > c:
            yield False, (a, block.a), (c, block.b)
        if block.size:
            yield True, (block.a, block.a + block.size), (block.b, block.b + block.size)
        a, c = block.a + block.size, block.b + block.size


def _pair(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[tuple[int | None, int | None]]:
    """Pair removed paragraphs with the added ones that they became, in order; None where there is no partner."""
    taken = 0
    for i, text in enumerate(old):
        best, likeness = None, ALIKE
        for j in range(taken, min(len(new), taken + WINDOW)):
            if not budget.spend(len(text) * len(new[j])):
                break
            found = Indel.normalized_similarity(text, new[j], score_cutoff=likeness)
            if found > likeness or (found == likeness and best is None):
                best, likeness = j, found
        if best is None:
            yield i, None
            continue
        yield from ((None, j) for j in range(taken, best))
        yield i, best
        taken = best + 1
    yield from ((None, j) for j in range(taken, len(new)))


def _change(old: Paragraph | None, new: Paragraph | None, before: Sequence[str], after: Sequence[str]) -> Change:
    was = before[old.number - 1] if old else ""
    now = after[new.number - 1] if new else ""
    if old and new:
        return Change("changed", old, new, tuple(_word_pieces(was, now)))
    if old:
        return Change("removed", old, None, (Piece(was, "removed"),))
    return Change("added", None, new, (Piece(now, "added"),))


def _word_pieces(old: str, new: str) -> Iterator[Piece]:
    """Divide two texts into words that stayed, went and came; one or two words that stayed alone go and come too."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        yield from (Piece(old, "removed"), Piece(new, "added"))
        return
    gone, came = "", ""
    stretches = list(_stretches(before, after))
    for n, (same, (a, b), (c, d)) in enumerate(stretches):
        text = "".join(after[c:d])
        inside = 0 < n < len(stretches) - 1
        if same and not (inside and len(text.split()) <= SHORT_WORDS):
            yield from _replaced(gone, came)
            yield Piece(text, "same")
            gone, came = "", ""
        else:
            gone, came = gone + "".join(before[a:b]), came + text
    yield from _replaced(gone, came)


def _replaced(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece(gone, "removed")
    if came:
        yield Piece(came, "added")


def _join_moved(
    steps: Sequence[Change | Unchanged], before: Sequence[str], after: Sequence[str]
) -> Iterator[Change | Unchanged]:
    """Make one step of a paragraph that was removed in one place and added in another, word by word the same."""
    moved = _find_moved([step for step in steps if isinstance(step, Change)], before, after)
    sources = {paragraph.number for paragraph in moved.values()}
    for step in steps:
        if isinstance(step, Unchanged) or step.kind == "changed":
            yield step
        elif step.new and step.new.number in moved:
            yield Change("moved", moved[step.new.number], step.new, (Piece(after[step.new.number - 1], "same"),))
        elif not (step.old and step.old.number in sources):
            yield step


def _find_moved(changes: Sequence[Change], before: Sequence[str], after: Sequence[str]) -> Mapping[int, Paragraph]:
    """Return, by the number of a paragraph that was added, the one with the same words that was removed."""
    gone: dict[str, list[Paragraph]] = {}
    for old in [change.old for change in changes if change.kind == "removed" and change.old]:
        gone.setdefault(before[old.number - 1], []).append(old)
    added = [change.new for change in changes if change.kind == "added" and change.new]
    moved: dict[int, Paragraph] = {}
    for new in added:
        left = gone.get(after[new.number - 1])
        if left:
            moved[new.number] = left.pop(0)
    return moved


def _exact_spans(text: str, quote: str) -> tuple[Span, ...]:
    return tuple(match.span() for match in re.finditer(re.escape(quote), text))


def _number_at(document: Document, offset: int) -> int | None:
    return next((p.number for p in document.paragraphs if p.start <= offset < p.end), None)
