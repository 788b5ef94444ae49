"""Windows: whether a scheme is open on a day, as far as its document states it."""

from datetime import date, timedelta

from strategybot.dates import first_day, last_day, render_date, render_on
from strategybot.schema import Metadata, Opening
from strategybot.schemes import Scheme


def find_opening(scheme: Scheme, metadata: Metadata, *, on: date) -> Opening:
    """Return how a scheme stands on a day: ``open`` only if a stated window covers it, the closing day included."""
    window = scheme.window
    if window is None:
        return "unknown"
    if window.closes and on > last_day(window.closes):
        return "closed"
    if window.paused and on >= first_day(window.paused):
        return "paused"
    if window.opens and on < first_day(window.opens):
        return "not_yet"
    begins = window.opens or metadata.valid_from or metadata.published
    begun = begins is not None and on >= first_day(begins)
    return "open" if window.closes and begun else "unknown"


def word_opening(scheme: Scheme, metadata: Metadata, opening: Opening) -> str:
    """Say in a few words how a scheme stands."""
    window = scheme.window
    if opening == "closed" and window and window.closes:
        return f"closed {render_on(window.closes)}"
    if opening == "paused" and window and window.paused:
        return f"paused since {render_date(window.paused)}"
    if opening == "not_yet" and window and window.opens:
        return f"not open yet: it starts {render_on(window.opens)}"
    if opening == "open" and window and window.closes:
        return f"open until {render_date(window.closes)}, the end that is stated"
    page = f"page dated {render_date(metadata.published)}" if metadata.published else "page undated"
    begun = f"open from {render_date(window.opens)}; " if window and window.opens else ""
    return f"{begun}these documents do not say whether it is still open ({page})"


def age_in_years(metadata: Metadata, *, on: date) -> float:
    """Return how old what a document says is on a day; a page without any date counts as ten years old."""
    text = max(filter(None, (metadata.published, metadata.valid_from)), key=last_day, default=None)
    return max((on - last_day(text)) / timedelta(days=365), 0.0) if text else 10.0
