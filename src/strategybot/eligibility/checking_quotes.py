"""Whether a quote stands in the document, and whether the figures of the data stand in their quotes."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from strategybot.dates import first_day, last_day, render_date
from strategybot.eligibility.checking_values import FIGURES, Fault
from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.figures import find_dates, find_values
from strategybot.passages import sentence_spans
from strategybot.schema import Document
from strategybot.schemes import Criterion, Sum, Term, Window

QUOTE_WORDS = 60
LIKE = 60.0
"""Per cent of likeness from which a sentence may be the one that was meant."""
SHOWN = "the quote is shown to applicants as the document's own words"
UNLIKE_FIGURE = "an applicant would be judged by a figure that the words in front of them do not hold"


def find_quote(quote: str, document: Document) -> tuple[int, int, int] | None:
    """Return where a quote stands in a document, spaces aside: (start, end, number of the paragraph)."""
    for block in document.paragraphs:
        if block.instruction:
            continue
        text = document.text[block.start : block.end]
        at = text.find(quote)
        if at >= 0:
            return block.start + at, block.start + at + len(quote), block.number
    return None


def check_quote(quote: str, document: Document) -> Iterator[Fault]:
    """Yield what is wrong with a quote: too long, or not the document's words."""
    if len(quote.split()) > QUOTE_WORDS:
        text = f"a quote has more than {QUOTE_WORDS} words: “{quote}”"
        yield Fault(text, "a long quote hides the words that count", "keep the sentence that says it")
    if find_quote(quote, document) is None:
        text = f"a quote is not in the document, word for word and within one paragraph: “{quote}”"
        yield Fault(text, SHOWN, _mend(quote, document))


def _mend(quote: str, document: Document) -> str:
    if " ".join(quote.split()) in " ".join(document.text.split()):
        return "it runs over two paragraphs or lines of a list: keep the words of one of them"
    nearest = find_nearest(quote, document)
    return f"use the document's words: “{nearest}”" if nearest else "copy a sentence of the document"


def find_nearest(quote: str, document: Document) -> str | None:
    """Return the sentence of a document that is most like a quote, or holds something like it; None if none is."""
    sentences = [
        document.text[start:end]
        for block in document.paragraphs
        if not block.instruction
        for start, end in sentence_spans(document.text, block.start, block.end)
    ]
    found = process.extractOne(quote, sentences, scorer=_likeness, score_cutoff=LIKE)
    return found[0] if found else None


def _likeness(quote: str, sentence: str, *, score_cutoff: float | None = None) -> float:
    """Compare with the whole sentence, and with its likest part where the quote is shorter."""
    whole = fuzz.ratio(quote, sentence)
    part = 0.95 * fuzz.partial_ratio(quote, sentence) if len(quote) < len(sentence) else 0.0
    best = max(whole, part)
    return best if best >= (score_cutoff or 0) else 0.0


def foreign_figures(given: Criterion | Sum | Term, quote: str, place: str) -> Iterator[Fault]:
    """Yield figures that a quote does not hold, in digits, in words or in another unit."""
    values = find_values(quote)
    for name, value in _figures(given):
        if not _holds(values, value, is_count=isinstance(given, Criterion)):
            yield _look(f"{place}, {name}: {value:,g} is not in its quote: “{quote}”")
    if isinstance(given, Criterion) and given.currency == "EUR" and not re.search(r"€|euro", quote, re.I):
        yield _look(f"{place}: its currency is EUR, but its quote names no euros: “{quote}”")
    yield from _foreign_date(given, quote, place)


def _figures(given: Criterion | Sum | Term) -> Iterator[tuple[str, float]]:
    if isinstance(given, Criterion):
        fact = load_facts().get(given.fact or "")
        value = given.value
        if fact and fact.kind in FIGURES and isinstance(value, (int, float)) and not isinstance(value, bool):
            yield fact.name, value
    elif isinstance(given, Sum):
        yield "amount", given.amount
    else:
        yield from (("share", round(100 * given.share, 2)),) if given.share else ()
        yield from (("amount", given.amount),) if given.amount else ()
        yield from (("most", float(given.most)),) if given.most else ()


def _holds(values: Iterable[float], value: float, *, is_count: bool) -> bool:
    """Tell whether a quote holds a value: "fewer than 50" may be 49 as well, and one or none needs no figure."""
    if is_count and value in (0.0, 1.0):
        return True
    return any(abs(each - value) <= (1.0 if is_count else 0.01) for each in values)


def _foreign_date(given: Criterion | Sum | Term, quote: str, place: str) -> Iterator[Fault]:
    fact = load_facts().get(given.fact or "") if isinstance(given, Criterion) else None
    value = given.value if isinstance(given, Criterion) else None
    if fact and fact.kind == "date" and isinstance(value, str) and not _is_among(value, find_dates(quote)):
        yield _look(f"{place}, {fact.name}: {render_date(value)} is not in its quote: “{quote}”")


def foreign_dates(window: Window) -> Iterator[Fault]:
    """Yield dates of a window that none of its quotes holds."""
    dates = [date for quote in window.quotes for date in find_dates(quote)]
    for name in ("opens", "closes", "paused"):
        value = getattr(window, name)
        if value and not _is_among(value, dates):
            yield _look(f"window, {name}: {render_date(value)} is not in its quotes: {_quoted(window.quotes)}")


def _is_among(value: str, dates: Iterable[str]) -> bool:
    """Tell whether a date is among some, one of which may be more or less precise."""
    return any(first_day(a) <= first_day(b) and last_day(b) <= last_day(a)
               for date in dates for a, b in ((value, date), (date, value)))  # fmt: skip


def _quoted(quotes: Iterable[str]) -> str:
    return ", ".join(f"“{quote}”" for quote in quotes)


def _look(text: str) -> Fault:
    remedy = "correct the figure or the quote; if it follows from the words all the same, leave it"
    return Fault(text, UNLIKE_FIGURE, remedy, is_certain=False)
