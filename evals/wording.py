"""How the evals compare wordings: without case, typography and thousands commas."""

import re

_TYPOGRAPHY = str.maketrans({"\u00a0": " ", "’": "'", "–": "-"})
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_MARKER = re.compile(r"\[(\d+)\]")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return a text as it is compared: ``1,000 per cent`` becomes ``1000%``."""
    plain = text.lower().translate(_TYPOGRAPHY).replace("per cent", "%").replace(" %", "%")
    return _THOUSANDS_COMMA.sub("", plain)


def is_shown(wanted: str, text: str) -> bool:
    """Tell whether a string stands in a text as whole words, both folded: ``Level 4`` not in ``Level 40``."""
    needle = fold(wanted)
    before = r"(?<!\w)" if needle[:1].isalnum() else ""
    after = r"(?!\w)" if needle[-1:].isalnum() else ""
    return re.search(before + re.escape(needle) + after, fold(text)) is not None


def is_worded(claim: str, quotes: str) -> bool:
    """Tell whether the words of a claim stand in the quotes in their order, markers and punctuation aside."""
    return _squeeze(claim) in _squeeze(quotes)


def count_words(text: str) -> int:
    """Count the words of a text; a citation marker counts as one, since a reader meets it."""
    return len(_WORD.findall(text))


def parse_markers(text: str) -> tuple[int, ...]:
    """Return the citation numbers of a text, each once, in order of first use."""
    return tuple(dict.fromkeys(int(number) for number in _MARKER.findall(text)))


def _squeeze(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(_MARKER.sub(' ', text))))} "
