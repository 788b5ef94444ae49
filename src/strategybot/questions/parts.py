"""Parts: the questions inside a question, and what each side of a comparison is called."""

import re

from strategybot.questions.kinds import wanted_values
from strategybot.questions.terms import content_words

SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=[a-z)]\.)\s+(?=[A-Z])|\n+")
LIST_HEAD = re.compile(r"^([^:–]{3,80}?)\s*(?::|–|\s-\s)\s*(.+)$", re.S)
JOINTS = re.compile(
    r"\s*(?:,(?!\d)|;)\s*(?:and\s+|or\s+|but\s+)?|\s+and\s+(?=(?:how|what|when|who|where|which|why|do|does|did|is|are|can|was|were|will)\b)",
    re.I,
)
WITH_AND = re.compile(r"\s*(?:,(?!\d)|;)\s*(?:and\s+|or\s+)?|\s+and\s+", re.I)
ASKS = re.compile(
    r"^\W*(how|what|whats|what's|when|who|where|which|why|do|does|did|is|are|can|was|were|will|by how|tell me|name)\b",
    re.I,
)
ASKS_WITHIN = re.compile(rf"{ASKS.pattern}|^\W*(?:in|for|under|on|at|of) .*\b(?:what|how|when|who|which)\b", re.I)
SIDES = re.compile(
    r"\s+(?:vs?\.?|versus|compared (?:with|to)|against|or|than|and|with|to|between|[–-])\s+|\s*(?:,(?!\d)|[:;])\s*",
    re.I,
)
FRAME = re.compile(
    r"\b(compare|compared|comparison|difference|differences|differ|different|between|versus|which|what's|whats|what|is|are|the|how|do|does|did)\b",
    re.I,
)
LIST_LENGTH = 3
"""Pieces with commas that make a list of things asked for."""
MAX_PARTS = 5


def split_parts(text: str) -> tuple[str, ...]:
    """Return the questions inside a question, in order; a single question is returned whole.

    Sentences that ask count apart; within one, a list behind a colon or dash (``X: a, b, c``) and clauses that begin
    with a question word are parts. At most five.
    """
    asking = [s.strip() for s in SENTENCE_END.split(text) if s.strip()]
    questions = [s for s in asking if s.endswith("?") or ASKS.search(s)] or asking
    parts = [part for question in questions for part in _split_one(question)]
    return tuple(parts[:MAX_PARTS]) if len(parts) > 1 else (text.strip(),)


def split_sides(text: str) -> tuple[str, ...]:
    """Return what is compared with what; empty if fewer than two sides carry a word of meaning."""
    pieces = (FRAME.sub(" ", piece).strip(" ?.!") for piece in SIDES.split(text))
    sides = [" ".join(piece.split()) for piece in pieces if content_words(piece)]
    return tuple(sides[:MAX_PARTS]) if len(sides) > 1 else ()


def _split_one(question: str) -> list[str]:
    head = LIST_HEAD.match(question)
    if head and len(content_words(head[1])) > 0:
        pieces = [p for p in WITH_AND.split(head[2]) if _asks_something(p)]
        if len(pieces) > 1:
            return pieces
    pieces = [p.strip() for p in JOINTS.split(question) if _asks_something(p)]
    if len(pieces) > 1 and sum(bool(ASKS.search(p)) for p in pieces) > 1:
        return pieces
    listed = [p.strip() for p in WITH_AND.split(question) if _asks_something(p)]
    return listed if "," in question and len(listed) >= LIST_LENGTH and ASKS_WITHIN.search(listed[0]) else [question]


def _asks_something(piece: str | None) -> bool:
    return bool(piece and (content_words(piece) or wanted_values(piece)))
