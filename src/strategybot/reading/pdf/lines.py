"""Lines of text: words on one baseline, without a gap that could be a gutter."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from strategybot.reading.pdf.geometry import Area, Rule, Word, WordRun
from strategybot.reading.pdf.spans import Span, join, spell_words

WIDEST_GAP = 1.0  # of the font size; wider ones may be gutters, tabs or cells
TALL_CAP = 1.7  # sizes of the text that a dropped initial is at least high
UNDER = 0.3  # of the font size, from the baseline to a rule under words
LETTER_GAP = 0.8
FEWEST_LETTERS = 4
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line(Area):
    """Words on one baseline.

    Attributes:
        size: Font size of most characters.
        bold: All its words are.
        opens_bold: Its first word is bold.
        font: Font of most characters.
        raised: (start, end) in the text of superscripts.
        first_width: Width of its first word.
        second_left: Where its second word begins; its own left if it has none.
        dotted: A bullet is drawn in front of it.
        underlined: A rule as wide as itself is drawn under it.
    """

    page: int
    span: Span
    baseline: float
    size: float
    bold: bool
    opens_bold: bool
    italic: bool
    font: str
    color: tuple[int, int, int]
    raised: tuple[tuple[int, int], ...]
    first_width: float
    second_left: float
    dotted: bool = False
    underlined: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return self.span.text


def group_words(words: Sequence[Word]) -> list[list[Word]]:
    """Put words that stand next to each other on one baseline together, left to right.

    Superscripts and subscripts go with the line that they stand in, marked as raised where they are.
    """
    groups: list[list[Word]] = []
    for word in join_letters(words):
        group = groups[-1] if groups else None
        if group is not None and _follows(group, word):
            group.append(_mark(group, word))
        else:
            groups.append([word])
    return _merge(groups)


def _follows(group: list[Word], word: Word) -> bool:
    before = group[-1]
    size = max(before.size, word.size)
    gap = word.left - before.right
    if not -0.3 * size < gap < WIDEST_GAP * size or _is_initial(before, word) or _is_initial(word, before):
        return False
    return _on_line(group, word)


def _is_initial(letter: Word, word: Word) -> bool:
    """Say whether a letter is so large that it may hang over several lines; it belongs to the first of these."""
    return len(letter.text) == 1 and letter.text.isalpha() and letter.size > TALL_CAP * word.size


def _on_line(group: list[Word], word: Word) -> bool:
    """Say whether a word stands on the line of a group, or is raised or lowered from it."""
    main = max(group[-4:], key=lambda w: w.size)
    off = abs(main.baseline - word.baseline)
    if off < 0.15 * max(main.size, word.size):
        return True
    smaller, larger = (main, word) if word.size > main.size else (word, main)
    return (
        smaller.size < 0.86 * larger.size and off < 0.62 * larger.size
    )  # usual superscripts: 0.58-0.83, raised 0.3-0.5


def _mark(group: list[Word], word: Word) -> Word:
    main = max(group[-4:], key=lambda w: w.size)
    lifted = main.baseline - word.baseline
    small = word.size < 0.86 * main.size  # as in _on_line
    return replace(word, raised=True) if small and lifted > 0.12 * main.size else word


def join_letters(words: Sequence[Word]) -> list[Word]:
    """Put letters that are spaced out for effect together into words."""
    found: list[Word] = []
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and _is_letter(words[end - 1]) and _next_letter(words[end - 1], words[end]):
            end += 1
        run = words[start:end]
        single = sum(len(word.text) == 1 for word in run)
        found.extend(_respaced(run) if len(run) >= FEWEST_LETTERS and single > 0.5 * len(run) else run)
        start = end
    return found


def _is_letter(word: Word) -> bool:
    """Say whether a word is a letter, or two capitals that kerning has brought close."""
    kerned = len(word.text) == 2 and word.text.isupper()  # noqa: PLR2004  # letters
    return kerned or (len(word.text) == 1 and (word.text.isalnum() or word.text in "&'’-"))


def _next_letter(before: Word, word: Word) -> bool:
    return (
        _is_letter(word)
        and abs(before.baseline - word.baseline) < 1
        and abs(before.size - word.size) < 0.5  # noqa: PLR2004  # half a point
        and 0 < word.left - before.right < LETTER_GAP * 2 * word.size
    )


def _respaced(letters: Sequence[Word]) -> list[Word]:
    gaps = [b.left - a.right for a, b in pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 2]
    if usual > LETTER_GAP * letters[0].size or not any(w.text.isalpha() for w in letters):
        return list(letters)
    found: list[list[Word]] = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > 1.7 * usual:
            found.append([letter])
        else:
            found[-1].append(letter)
    return [_fuse(group) for group in found]


def _fuse(letters: Sequence[Word]) -> Word:
    runs: list[WordRun] = []
    text = ""
    for letter in letters:
        runs.extend((start + len(text), end + len(text), begun) for start, end, begun in letter.runs)
        text += letter.text
    return replace(letters[0], right=letters[-1].right, text=text, runs=tuple(runs), spaced=False)


def _merge(groups: list[list[Word]]) -> list[list[Word]]:
    """Put groups together that stand next to each other although the content stream has them apart."""
    order = sorted(range(len(groups)), key=lambda n: (round(groups[n][0].baseline), groups[n][0].left))
    merged: dict[int, list[Word]] = {}
    last: int | None = None
    for n in order:
        group = groups[n]
        if last is not None:
            before = merged[last]
            size = max(before[-1].size, group[0].size)
            near = -0.1 * size < group[0].left - before[-1].right < 0.45 * size  # a word space
            if near and not _is_initial(before[-1], group[0]) and _on_line(before, group[0]):
                before.extend(_mark(before, word) for word in group)
                continue
        merged[n] = list(group)
        last = n
    return [merged[n] for n in sorted(merged)]


def build_line(words: Sequence[Word], page: int, dots: Sequence[Area] = (), rules: Sequence[Rule] = ()) -> Line:
    """Return a group of words as a line.

    Args:
        words: At least one.
        page: From 1.
        dots: What may be bullets drawn beside the words.
        rules: What may be rules drawn under them.
    """
    span = spell_words(words, page)
    plain = [word for word in words if not word.raised] or list(words)
    raised: list[tuple[int, int]] = []
    at = 0
    for word in words:
        at = span.text.index(word.text, at)
        if word.raised:
            raised.append((at, at + len(word.text)))
        at += len(word.text)
    return Line(
        min(word.left for word in words),
        min(word.top for word in plain),
        max(word.right for word in words),
        max(word.bottom for word in plain),
        page=page,
        span=span,
        baseline=_commonest((w.baseline, len(w.text)) for w in plain),
        size=_commonest((round(w.size, 1), len(w.text)) for w in plain),
        bold=all(w.bold for w in plain),
        opens_bold=plain[0].bold,
        italic=all(w.italic for w in plain),
        font=_commonest((w.font, len(w.text)) for w in plain),
        color=_commonest((w.color, len(w.text)) for w in plain),
        raised=tuple(raised),
        first_width=words[0].right - words[0].left,
        second_left=words[1].left if len(words) > 1 else words[0].left,
        dotted=any(_is_bullet(dot, words[0]) for dot in dots),
        underlined=any(_underlines(rule, words) for rule in rules),
    )


def _underlines(rule: Rule, words: Sequence[Word]) -> bool:
    """Say whether a rule stands close under words and is as wide as they are."""
    first, last = words[0], words[-1]
    below = 0 <= rule.top - first.baseline < UNDER * first.size
    return below and abs(rule.left - first.left) < 2 and abs(rule.right - last.right) < 2  # noqa: PLR2004  # points


def _is_bullet(dot: Area, word: Word) -> bool:
    """Say whether a drawn dot stands as a bullet before a word."""
    middle = (dot.top + dot.bottom) / 2
    beside = 0 < word.left - dot.right < 2.5 * word.size
    return beside and word.baseline - 0.8 * word.size < middle < word.baseline and dot.right - dot.left < word.size


def _commonest(weighed: Iterable[tuple[T, int]]) -> T:
    counts = Counter[T]()
    for value, weight in weighed:
        counts[value] += weight
    return counts.most_common(1)[0][0]


def merge_lines(lines: Sequence[Line]) -> Line:
    """Return fragments of one line, left to right, as one line."""
    if len(lines) == 1:
        return lines[0]
    raised: list[tuple[int, int]] = []
    at = 0
    for line in lines:
        raised.extend((a + at, b + at) for a, b in line.raised)
        at += len(line.text) + 1
    main = max(lines, key=lambda line: len(line.text))
    return replace(
        main,
        left=lines[0].left,
        top=min(line.top for line in lines),
        right=max(line.right for line in lines),
        bottom=max(line.bottom for line in lines),
        span=join((line.span for line in lines), " "),
        bold=all(line.bold for line in lines),
        opens_bold=lines[0].opens_bold,
        italic=all(line.italic for line in lines),
        raised=tuple(raised),
        first_width=lines[0].first_width,
        second_left=lines[0].second_left if lines[0].second_left > lines[0].left else lines[1].left,
        dotted=lines[0].dotted,
        underlined=lines[-1].underlined,
    )


def plain_line(text: str, page: int, size: float) -> Line:
    """Return words whose place is not known, such as those of OCR, as a line."""
    return Line(
        *(0.0, 0.0, 0.0, 0.0),
        page=page,
        span=Span(text),
        baseline=0.0,
        size=size,
        bold=False,
        opens_bold=False,
        italic=False,
        font="",
        color=(0, 0, 0),
        raised=(),
        first_width=0.0,
        second_left=0.0,
    )
