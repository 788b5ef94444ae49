"""Rendering: matches as HTML for the page “Find support” all text escaped."""

from strategybot.dates import render_date
from strategybot.serving.render import render_template
from strategybot.serving.support.cards import Sheet, link_citations
from strategybot.serving.support.told import Told, chips_of
from strategybot.serving.support.words import count_schemes


def render_results(sheet: Sheet | None, told: Told) -> str:
    """Render the schemes that fit; without a sheet, what will stand here."""
    return render_template(
        "support/results.html",
        sheet=sheet,
        chips=list(chips_of(told)),
        without_field=told.without_field,
        count=say_count(sheet) if sheet else "",
        day=render_date(sheet.as_of.isoformat()) if sheet else "",
        links=link_citations(sheet.sources) if sheet else {},
    )


def render_rest(sheet: Sheet | None) -> str:
    """Render those that do not fit or are closed, if they are to be shown."""
    links = link_citations(sheet.sources) if sheet else {}
    return render_template("support/rest.html", sheet=sheet, links=links)


def render_sources(sheet: Sheet | None, *, site: str) -> str:
    """Render the sources of what is shown, with their addresses for paper."""
    links = link_citations(sheet.sources) if sheet else {}
    return render_template("support/sources.html", sheet=sheet, links=links, site=site)


def say_count(sheet: Sheet) -> str:
    """Say how many schemes were found, and of which sort."""
    fitting = len(sheet.groups.fitting)
    many = count_schemes(fitting) if fitting else "No scheme"
    is_open = len(sheet.groups.open)
    return f"{many} could fit, {is_open or 'none'} known to be open" if fitting else f"{many} found that could fit"


def say_rest(sheet: Sheet) -> str:
    """Say how many schemes do not fit or are closed."""
    near = f", {sheet.near} of them would fit with a change" if sheet.near else ""
    return f"Show also schemes that do not fit or are closed ({len(sheet.groups.rest)}{near})"


def render_found(text: str, *, found: bool = False) -> str:
    """Render how many schemes were found, with a link to them, or what hinders it; the page's script announces it."""
    return render_template("support/found.html", text=text, found=found and bool(text))
