"""Numerals: figures and number words, with their scale, as values."""

import re

from strategybot.eligibility.figures import TENS, UNITS

ONES = {"zero": 0.0, **{word: float(number) for word, number in UNITS.items()}}
WORDS = {**ONES, **TENS, "fourty": 40.0}
SCALES = {
    "couple": 2.0,
    "dozen": 12.0,
    "hundred": 1e2,
    "k": 1e3,
    "thousand": 1e3,
    "grand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mil": 1e6,
    "mill": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
}
PARTS = {"half": 0.5, "a quarter of": 0.25, "quarter of": 0.25, "three quarters of": 0.75}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_BIG = "hundred|thousand|grand|million|billion"
_TIME = "(?:years?|months?|weeks?)"
NUMERAL = re.compile(
    r"(?<![\w.,@/#])(?P<pound>£ ?|gbp ?)?(?:"
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?: ?(?P<scale>k|m|mn|mil|mill|bn|thousand|grand|million|billion)(?!\w))?"
    r"(?:(?!\w|\.\d)|(?=(?:ish|kw|ppl|mbps|mb|ftes?|yrs?|y|mths?|wks?)\b))"
    rf"|(?P<part>{'|'.join(PARTS)}) a (?P<big>{_BIG})(?!\w)"
    rf"|(?P<words>(?:(?:{_WORD})(?:[ -](?:{_WORD})(?!\w))?(?:[ -](?:{_BIG})(?!\w))*|a (?:{_BIG}|couple of|couple|dozen)"
    rf"|half a dozen|an?(?= (?:full |whole |good )?{_TIME}\b))(?!\w)"
    rf"(?: and (?:a half(?: (?:million|billion))?|(?<=hundred and )(?:{_WORD})(?:[ -](?:{_WORD}))?)(?!\w))?)"
    r")"
)
"""A numeral in lower case; what follows "and" belongs to it only behind hundreds or as "and a half"."""


def parse_numeral(found: re.Match[str]) -> float:
    """Return the value of a match of ``NUMERAL``."""
    if found["figure"]:
        scale = SCALES[found["scale"]] if found["scale"] else 1.0
        return float(found["figure"].replace(",", "")) * scale
    if found["part"]:
        return PARTS[found["part"]] * SCALES[found["big"]]
    return _parse_words(found["words"])


def _parse_words(text: str) -> float:
    total, current = 0.0, 0.0
    for word in re.split(r"[ -]", text):
        if word == "half":
            current += 0.5
        elif word in ("a", "an"):
            current = current or 1.0
        elif word in WORDS:
            current += WORDS[word]
        elif word in SCALES:
            current = (current or 1.0) * SCALES[word]
            if SCALES[word] >= SCALES["thousand"]:
                total, current = total + current, 0.0
    return total + current
