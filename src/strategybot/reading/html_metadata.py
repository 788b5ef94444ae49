"""A web page's title, date and publisher: from its meta elements, JSON-LD, times and the lines that name a date."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree, html

from strategybot.dates import first_day
from strategybot.reading.blocks import Block, normalise
from strategybot.reading.dating import find_published, printed_date

PUBLISHED = (
    "article:published_time", "dc.date", "dcterms.issued", "date", "dcterms.created", "dc.date.issued",
    "dcterms.date", "datepublished", "govuk:first-published-at", "govuk:public-updated-at", "publish-date",
    "publication_date", "dc.date.created",
)  # fmt: skip
UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "datemodified",
)
PUBLISHERS = ("og:site_name", "dcterms.publisher", "dc.publisher", "publisher", "application-name")
SEPARATOR = re.compile(r"\s+[|»«·•]\s*|\s*[|»«]\s+|\s+::\s+|\s+[-–—]\s+")
BAR = re.compile(r"\s*[|»]\s*")
SITE_WORDS = 5
DAY_CHARS = 10


def read_metadata(page: html.HtmlElement) -> dict[str, str]:
    """Return title, published, publisher and language as far as the page says them; the title is not cut."""
    named: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        named.setdefault(name, normalise(meta.get("content") or ""))
    linked = [
        item
        for script in page.iter("script")
        if "ld+json" in script.get("type", "")
        for item in _items(script.text or "")
    ]
    title = normalise(page.findtext(".//title") or "") or named.get("og:title", "")
    published = _first_date([*(named.get(n, "") for n in PUBLISHED), *_said(linked, "datePublished")])
    updated = _first_date([*(named.get(n, "") for n in UPDATED), *_said(linked, "dateModified")])
    publisher = next((named[n] for n in PUBLISHERS if named.get(n)), "") or next(_publishers(linked), "")
    language = (page.get("lang") or named.get("dc.language") or named.get("og:locale") or "").replace("_", "-")
    found = {
        "title": title, "published": published, "updated": updated, "publisher": publisher, "language": language,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _items(text: str) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a JSON-LD script, those of its graph too; a script that is not JSON has none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else []) if isinstance(inner, dict))


def _said(items: Sequence[Mapping[str, object]], name: str) -> list[str]:
    return [value for item in items if isinstance(value := item.get(name), str)]


def _publishers(items: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Yield the names of publishers that are bodies."""
    for item in items:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(one, dict) and one.get("@type") != "Person" and isinstance(one.get("name"), str):
                yield normalise(str(one["name"]))


def _first_date(texts: Sequence[str]) -> str:
    return next((date for text in texts if (date := _date(text))), "")


def _date(text: str) -> str:
    """Return a date text, empty if there is no date in the text; times are cut off."""
    for cut in (text[:DAY_CHARS], text[:7], text[:4]) if re.match(r"\d{4}(?:-|$)", text) else ():
        try:
            first_day(cut)
        except ValueError:
            continue
        return cut
    printed = printed_date(text)
    return printed[1] if printed else ""


def date_in_content(content: html.HtmlElement, blocks: Sequence[Block]) -> str:
    """Return the date in a line such as ``Published 29 October 2019`` near the top, else of the first time element."""
    printed = find_published(block.text for block in blocks if block.text.strip())
    times = (_date(time.get("datetime", "")) for time in content.iter("time"))
    return printed or next((date for date in times if date), "")


def cut_title(title: str, site: str) -> str:
    """Return a page's title without the name of the site behind it."""
    pieces = SEPARATOR.split(title)
    if len(pieces) == 1:
        return title
    cuts = [found.start() for found in SEPARATOR.finditer(title)]
    bar = BAR.search(title)
    if bar:
        return title[: bar.start()]
    last = pieces[-1]
    is_site = last.lower() == site.lower() or len(last.split()) <= SITE_WORDS
    return title[: cuts[-1]] if is_site else title


def outer_heading(page: html.HtmlElement, content: etree._Element, title: str) -> str:
    """Return the page's first heading if it stands outside the content and the page's title begins with it."""
    for heading in page.iter("h1"):
        text = normalise(heading.text_content())
        if text and title.lower().startswith(text.lower()) and content not in heading.iterancestors():
            return text
    return ""
