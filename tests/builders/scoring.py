"""How well a reader did on a built document, and in words what it missed."""

import bisect
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.builders.expectation import BuiltDocument, Expected

FoundBlock = tuple[str, str, int]
"""(kind, text, level) of a block as a reader gave it."""
LEADERS = re.compile(r"(?:\s*[.…·_]){3,}\s*")
LONG_ENOUGH = 10
"""Shorter furniture, such as a page number, is looked for as a whole block only."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1; each is 1 where nothing was to be found.

    Attributes:
        paragraphs_whole: Of the expected paragraphs, list items and footnotes, those found as one block each.
        paragraphs_in_order: Of those found in the flow, those in the longest run that keeps the order.
        headings_right: Of the expected headings, those with exact text, kind and relation to the heading before.
        rows_with_headers: Of the expected table rows, those of which one block holds each "Header: cell".
        kinds_right: Of all blocks found whole, those of the expected kind. For information.
        missing: Expected blocks that were not found whole (rows: not with their headers).
        wrong_headings: Headings found as something else or at a level that does not fit the heading before.
        false_headings: Texts of the flow that were taken for headings.
        furniture: What should have been dropped and was not.
        spurious: Texts of blocks that match nothing.
    """

    paragraphs_whole: float
    paragraphs_in_order: float
    headings_right: float
    rows_with_headers: float
    kinds_right: float
    missing: tuple[Expected, ...]
    wrong_headings: tuple[Expected, ...]
    false_headings: tuple[str, ...]
    furniture: tuple[str, ...]
    spurious: tuple[str, ...]

    def explain(self) -> str:
        """Return the shares, then all that is missing or wrong, each with the nearest block that matched nothing."""
        lines = [
            f"paragraphs whole {self.paragraphs_whole:.1%}, in order {self.paragraphs_in_order:.1%}; "
            f"headings {self.headings_right:.1%}; rows {self.rows_with_headers:.1%}; kinds {self.kinds_right:.1%}; "
            f"furniture {len(self.furniture)}; spurious {len(self.spurious)}"
        ]
        for item in self.missing:
            lines += [f"MISSING {item.kind} p{item.page}: {item.text}", f"   nearest: {self._nearest(item.text)}"]
        lines += [f"WRONG HEADING (level {item.level}, p{item.page}): {item.text}" for item in self.wrong_headings]
        lines += [f"FALSE HEADING: {text}" for text in self.false_headings]
        lines += [f"FURNITURE: {text}" for text in self.furniture]
        lines += [f"SPURIOUS: {text}" for text in self.spurious]
        return "\n".join(lines)

    def _nearest(self, text: str) -> str:
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(text[:300])
        best, best_ratio = "(nothing near)", 0.3
        for other in self.spurious:
            matcher.set_seq1(other[:300])
            if matcher.real_quick_ratio() > best_ratio and matcher.quick_ratio() > best_ratio:
                ratio = matcher.ratio()
                if ratio > best_ratio:
                    best, best_ratio = other, ratio
        return best


def score(built: BuiltDocument, blocks: Iterable[FoundBlock]) -> Score:
    """Compare what a reader found with what the document holds."""
    found = [(kind, plain(text), level) for kind, text, level in blocks if plain(text)]
    places = _match(built.expected, found)
    texts = [n for n, item in enumerate(built.expected) if item.kind not in ("heading", "table-row")]
    flow = [places[n] for n in texts if n in places and not built.expected[n].floating]
    wrong = _wrong_headings(built, found, places)
    headings = [n for n, item in enumerate(built.expected) if item.kind == "heading"]
    rows = [n for n, item in enumerate(built.expected) if item.kind == "table-row"]
    return Score(
        paragraphs_whole=_share(sum(n in places for n in texts), len(texts)),
        paragraphs_in_order=_share(_longest_rise(flow), len(flow)),
        headings_right=_share(sum(n in places and n not in wrong for n in headings), len(headings)),
        rows_with_headers=_share(sum(n in places for n in rows), len(rows)),
        kinds_right=_share(sum(_kind_fits(built.expected[n], found[at][0]) for n, at in places.items()), len(places)),
        missing=tuple(item for n, item in enumerate(built.expected) if n not in places),
        wrong_headings=tuple(built.expected[n] for n in sorted(wrong)),
        false_headings=tuple(
            found[at][1]
            for n, at in sorted(places.items())
            if found[at][0] == "heading" and built.expected[n].kind != "heading" and not built.expected[n].either
        ),
        furniture=_surviving(built, [text for _, text, _ in found]),
        spurious=_spurious(built, [text for n, (_, text, _) in enumerate(found) if n not in set(places.values())]),
    )


def plain(text: str) -> str:
    """Return the text as scored: composed, on one line, spaces made single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _match(expected: Sequence[Expected], found: Sequence[FoundBlock]) -> dict[int, int]:
    """Return the index of the found block for each expected one; a block serves one only, but rows may share one."""
    places: dict[int, int] = {}
    pairs = [set(text.split("; ")) for _, text, _ in found]
    used: set[int] = set()
    last = -1
    for n, item in enumerate(expected):
        if item.kind == "table-row":
            rows = [set(plain(text).split("; ")) for text in (item.text, *item.also)]
            candidates = [at for at, held in enumerate(pairs) if at not in used and any(row <= held for row in rows)]
        else:
            wanted = {plain(text) for text in (item.text, *item.also)}
            candidates = [at for at, (_, text, _) in enumerate(found) if text in wanted and at not in used]
        if candidates:
            candidates.sort(key=lambda at: (not _kind_fits(item, found[at][0]), at < last, at))
            places[n] = candidates[0]
            used.add(candidates[0])
            last = last if item.floating else max(last, candidates[0])
    return places


def _kind_fits(item: Expected, kind: str) -> bool:
    return kind == item.kind or (item.either and kind in ("heading", "paragraph"))


def _wrong_headings(built: BuiltDocument, found: Sequence[FoundBlock], places: dict[int, int]) -> set[int]:
    """Return which expected headings were found in the wrong kind, or rise or fall wrongly from the one before.

    The title stands outside: chapters may be on its level or below it.
    """
    wrong: set[int] = set()
    before: tuple[int, int] | None = None
    for n, item in enumerate(built.expected):
        if item.kind != "heading" or n not in places:
            continue
        kind, _, level = found[places[n]]
        if kind != "heading":
            wrong.add(n)
            continue
        if built.title is not None and item.text == built.title:
            continue
        if before is not None and _sign(item.level - before[0]) != _sign(level - before[1]):
            wrong.add(n)
        before = (item.level, level)
    return wrong


def _surviving(built: BuiltDocument, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the furniture and hidden words that are in the blocks oftener than the document's own text has them."""
    kept = [_bare(text) for text in texts]
    own = [_bare(text) for text in (*(item.text for item in built.expected), *built.indifferent)]
    whole_kept, whole_own = Counter(kept), Counter(own)
    all_kept, all_own = "\n".join(kept), "\n".join(own)
    surviving = []
    for text in dict.fromkeys((*built.furniture, *built.hidden)):
        bare = _bare(text)
        inside = len(bare) >= LONG_ENOUGH and all_kept.count(bare) > all_own.count(bare)
        if whole_kept[bare] > whole_own[bare] or inside:
            surviving.append(text)
    return tuple(surviving)


def _spurious(built: BuiltDocument, unmatched: Sequence[str]) -> tuple[str, ...]:
    indifferent = {plain(text) for text in built.indifferent}
    words = {word for text in indifferent for word in text.split()}
    return tuple(text for text in unmatched if text not in indifferent and not set(text.split()) <= words)


def _bare(text: str) -> str:
    """Return text without leaders of dots and differences of case, as lines of contents are compared."""
    return plain(LEADERS.sub(" ", text)).casefold()


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _longest_rise(numbers: Sequence[int]) -> int:
    """Return the length of the longest strictly increasing subsequence."""
    tails: list[int] = []
    for number in numbers:
        at = bisect.bisect_left(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)
