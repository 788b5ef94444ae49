"""What was found as text: plain to paste, and as Markdown, with its sources."""

from collections.abc import Iterator

from strategybot.dates import render_date
from strategybot.schema import CriterionOutcome, Noted
from strategybot.serving.export import escape_cited, escape_markdown, markdown_source, plain_source
from strategybot.serving.support.cards import Card, Sheet
from strategybot.serving.support.render import say_count
from strategybot.serving.support.told import Told, chips_of
from strategybot.serving.support.words import DECIDES, OUTCOMES, cite_numbers, end_sentence, pounds, upper_first

TITLE = "Support that could apply"
NO_PROMISE = "This is what the documents say, not a promise."


def write_plain_sheet(sheet: Sheet, told: Told, *, site: str) -> str:
    """Write what is shown as plain text; ``site`` goes before links and ends without a slash."""
    head = [TITLE, "\n".join(_about(sheet, told)), f"{DECIDES} {NO_PROMISE}"]
    cards = [f"{card.match.name.upper()}\n" + "\n".join(_lines(card)) for card in sheet.cards]
    sources = "\n".join(plain_source(citation, site) for citation in sheet.sources)
    return "\n\n".join([*head, *cards, *([f"Sources\n{sources}"] if sources else [])]) + "\n"


def write_markdown_sheet(sheet: Sheet, told: Told, *, site: str) -> str:
    """Write what is shown as Markdown, its text escaped."""
    about = "\n".join(f"- {escape_markdown(line)}" for line in _about(sheet, told))
    head = [f"# {TITLE}", about, f"**{DECIDES}** {NO_PROMISE}"]
    cards = [piece for card in sheet.cards for piece in _markdown_card(card)]
    sources = "\n".join(markdown_source(citation, site) for citation in sheet.sources)
    return "\n\n".join([*head, *cards, *(["## Sources", sources] if sources else [])]) + "\n"


def _about(sheet: Sheet, told: Told) -> Iterator[str]:
    yield f"As of {render_date(sheet.as_of.isoformat())}: {say_count(sheet)}."
    for chip in chips_of(told):
        if chip.text:
            yield f"{chip.label}: {chip.text}" + (f" ({chip.origin})" if chip.origin else "")


def _markdown_card(card: Card) -> Iterator[str]:
    yield f"## {escape_markdown(card.match.name)}"
    yield "\n".join(f"- {escape_cited(line)}" for line in _lines(card))


def _lines(card: Card) -> Iterator[str]:
    match = card.match
    yield upper_first(match.offer) + ("" if match.amount is None else f", up to {pounds(match.amount)}")
    yield f"{card.verdict.sentence}."
    yield end_sentence(card.opening.lead) + cite_numbers(match.standing.citations if match.standing else ())
    yield from (f"A later scheme: {name}" for name in [card.later] if name)
    yield from (_condition(criterion) for criterion in match.criteria)
    yield from match.hints
    yield from (f"What it could pay: {_noted(step)}" for step in match.steps)
    yield from (f"Good to know: {_noted(caution)}" for caution in match.cautions)
    yield from (f"To apply: {_noted(item)}" for item in match.apply)
    yield from (f"Ask: {name}" for name in [match.contact] if name)


def _condition(criterion: CriterionOutcome) -> str:
    yours = criterion.yours or "not known"
    gap = f", {criterion.gap}" if criterion.gap else ""
    words = f"{OUTCOMES[criterion.outcome][1]}: {criterion.label} – needed: {criterion.needs}; yours: {yours}{gap}"
    return f"{words}{cite_numbers(criterion.citations)}"


def _noted(item: Noted) -> str:
    return f"{upper_first(item.text)}{cite_numbers(item.citations)}"
