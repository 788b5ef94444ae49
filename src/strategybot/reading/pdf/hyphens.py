"""Words divided at the ends of lines: which hyphens are the document's own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from strategybot.reading.pdf.lines import Line
from strategybot.reading.pdf.spans import Span, join

HYPHENS = "-‐"
HEAD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*(?=[-‐]$)")
TAIL = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
# First parts of compounds that English writes with a hyphen, as a rule, and last parts that it seldom joins.
FIRST_PARTS = frozenset(
    WORD.findall(
        "all anti co cross decision east eco ex far first fit five four full fully good half hard high higher in inner "
        "large last late like long low lower medium micro mid middle multi near net new non north off old on one open "
        "over owner part post pre pro public quasi re real self semi seven short single six small so socio south "
        "state ten third three second time top two under up user value well west whole wide work year zero"
    )
)
CLOSED = frozenset(
    WORD.findall("co re pre pro over under up in on off out work anti multi micro post semi mid time non")
)
LAST_PARTS = frozenset(
    WORD.findall(
        "based being built carbon cutting date depth down driven economic effective efficient emission emissions end "
        "energy facing focused free friendly funded going grown growth house in income intensive led level like line "
        "linked long made makers making off on out owned paid person profit quality ranging rate rated related rich "
        "round run running scale sector size sized skilled specific speed standing style sufficient supported tech "
        "term time to type up use value wage wide year zero"
    )
)


class Vocabulary:
    """The words that a document has within its lines, where no hyphen was put in by setting them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Count the words of lines, but for a divided one at the end and what may be the rest of one in front."""
        self._words = Counter[str]()
        divided = False
        for line in lines:
            words = WORD.findall(line.text.lower())
            start = 1 if divided else 0
            divided = line.text[-1:] in HYPHENS
            self._words.update(words[start : len(words) - 1 if divided else len(words)])

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Say whether a word divided after a hyphen is written with it."""
        one, two = head.lower(), tail.lower()
        whole, hyphened = self._words[one + two], self._words[f"{one}-{two}"] + self._words[f"{one}‐{two}"]
        if whole != hyphened:
            return hyphened > whole
        if not tail[:1].islower() or "-" in head or "-" in tail:
            return True
        if one in FIRST_PARTS and (one not in CLOSED or (two in LAST_PARTS and bool(self._words[two]))):
            return bool(self._words[two]) or two in LAST_PARTS
        return two in LAST_PARTS and bool(self._words[one]) and len(one) > 3  # noqa: PLR2004  # shorter ones are syllables


def join_lines(spans: Sequence[Span], vocabulary: Vocabulary) -> Span:
    """Return the lines of a paragraph as one text, with words divided at their ends made whole."""
    pieces: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if pieces:
            last, separator = _bridge(pieces[-1], span, vocabulary)
            pieces[-1:] = [last, Span(separator)] if separator else [last]
        pieces.append(span)
    return join(pieces)


def _bridge(line: Span, following: Span, vocabulary: Vocabulary) -> tuple[Span, str]:
    """Return a line as it stands before another in running text, and what stands between them."""
    word, last = line.text.rsplit(" ", 1)[-1], line.text[-1]
    if last in HYPHENS and len(word) > 1:
        head, tail = HEAD.search(word), TAIL.match(following.text)
        divided = head and tail and not vocabulary.keeps_hyphen(head[0], tail[0])
        return (line.cut(0, len(line.text) - 1) if divided else line), ""
    begins_small = following.text[:1].isalnum() and following.text[:1].islower()
    address = word.startswith(("http://", "https://", "www.")) and last in "./_=&?" and begins_small
    return line, "" if address or (last in "–—/" and len(word) > 1) else " "
