"""Index pages: the links of a page that lead to documents."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import httpx
from lxml import etree, html

from strategybot.reading.blocks import normalise

MOST_LINKS = 200


def find_links(page: bytes, url: str, pattern: str, *, charset: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return (address, words) of the links of a page, in its order, each address once.

    Args:
        page: HTML as received.
        url: Its address, which relative links are relative to unless the page names another base.
        pattern: Regular expression to be found in the full address.
        charset: Character set that the server named.

    Raises:
        ValueError: More than 200 links match; a pattern that wide is hardly meant.
    """
    found: dict[str, str] = {}
    for address, words in _links(page, url, charset):
        if re.search(pattern, address) and address != url and not found.get(address):
            found[address] = words
    if len(found) > MOST_LINKS:
        message = (
            f"{len(found)} of its links match {pattern!r}, and at most {MOST_LINKS} are fetched; narrow the pattern"
        )
        raise ValueError(message)
    return tuple(found.items())


def _links(page: bytes, url: str, charset: str | None) -> Iterator[tuple[str, str]]:
    try:
        tree = html.document_fromstring(page, parser=html.HTMLParser(encoding=charset, no_network=True))
    except (etree.ParserError, LookupError):
        return
    base = urljoin(url, next(iter(tree.xpath("//base/@href")), ""))
    for element in tree.iter("a"):
        try:
            address = str(httpx.URL(urldefrag(urljoin(base, (element.get("href") or "").strip()))[0]))
        except (ValueError, httpx.InvalidURL):  # not an address, "http://[" for example
            continue
        if address.startswith(("http://", "https://")):
            yield address, normalise(element.text_content())
