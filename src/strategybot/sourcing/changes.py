"""Changes: which paragraphs of a document are new, gone or worded otherwise."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Literal

from strategybot.schema import Frozen

SIMILAR = 0.5
"""Least share of words in common for a paragraph to count as reworded, and not as one gone and another new."""
MOST_COMPARED = 200
"""Paragraphs in a stretch that are paired by their words; a longer stretch is paired in its order."""


class Change(Frozen):
    """One paragraph that is not as it was.

    Attributes:
        before: Its text before; None if it is new.
        after: Its text now; None if it is gone.
        marked: Its text with what went as ``[-words-]`` and what came as ``{+words+}``.
    """

    kind: Literal["added", "removed", "changed"]
    before: str | None = None
    after: str | None = None
    marked: str


def find_changes(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """Return what differs between two readings of a document, in the order of the newer one.

    Args:
        before: Its paragraphs before.
        after: Its paragraphs now.
    """
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes: list[Change] = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation != "equal":
            changes += _stretch(before[i:j], after[k:m])
    return tuple(changes)


def mark_words(before: str, after: str) -> str:
    """Return a text with the words that went and the words that came marked.

    >>> mark_words("up to £5,000 for firms", "up to £8,000 for small firms")
    'up to [-£5,000-] {+£8,000+} for {+small+} firms'
    """
    old, new = before.split(), after.split()
    pieces: list[str] = []
    for operation, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces += old[i:j]
            continue
        pieces += [f"[-{' '.join(old[i:j])}-]"] if i < j else []
        pieces += [f"{{+{' '.join(new[k:m])}+}}"] if k < m else []
    return " ".join(pieces)


def _stretch(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Yield the changes of a stretch in which nothing is the same."""
    rest = list(before)
    for text in after:
        partner = _nearest(text, rest[:MOST_COMPARED])
        if partner is None:
            yield Change(kind="added", after=text, marked=f"{{+{text}+}}")
            continue
        place = rest.index(partner)
        yield from (_removed(gone) for gone in rest[:place])
        rest = rest[place + 1 :]
        yield Change(kind="changed", before=partner, after=text, marked=mark_words(partner, text))
    yield from (_removed(gone) for gone in rest)


def _nearest(text: str, candidates: Sequence[str]) -> str | None:
    words = text.split()
    best, best_ratio = None, SIMILAR
    matcher = difflib.SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words)
    for candidate in candidates:
        matcher.set_seq1(candidate.split())
        if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
    return best


def _removed(text: str) -> Change:
    return Change(kind="removed", before=text, marked=f"[-{text}-]")
