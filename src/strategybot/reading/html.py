"""The HTML reader: the page's own words, without navigation, scripts and what is hidden."""

from collections.abc import Iterator

from lxml import etree, html

from strategybot.reading.blocks import Block, ParsedText
from strategybot.reading.markdown import join_cells

DROPPED = "script style noscript template nav header footer aside form button svg iframe object select dialog"
HIDDEN = (
    "//*[@hidden or @aria-hidden='true' or contains(translate(@style,' ',''),'display:none')"
    " or contains(translate(@style,' ',''),'visibility:hidden')]"
)
BLOCKS = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figcaption",
        "address",
    ]
)
DATES = ("article:published_time", "dc.date", "dcterms.issued", "date", "dcterms.created")


def parse_html(text: str) -> ParsedText:
    """Parse a web page into blocks; an empty page gives none.

    Raises:
        ValueError: Nothing in the text can be read as HTML.
    """
    if not text.strip():
        return ParsedText(())
    try:
        page = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, no_network=True))
    except etree.ParserError as error:
        message = "it cannot be read as a web page"
        raise ValueError(message) from error
    metadata = _metadata(page)
    for element in [*page.xpath(HIDDEN), *page.xpath("|".join(f"//{tag}" for tag in DROPPED.split()))]:
        if element.getparent() is not None:
            element.drop_tree()
    main = page.xpath("//main|//article|//*[@role='main']")
    return ParsedText(tuple(_blocks(main[0] if main else page)), metadata)


def _metadata(page: html.HtmlElement) -> dict[str, object]:
    found: dict[str, object] = {}
    title = page.findtext(".//title")
    if title and title.strip():
        found["title"] = " ".join(title.split())
    named = {(m.get("property") or m.get("name") or "").lower(): m.get("content") or "" for m in page.iter("meta")}
    published = next((named[name][:10] for name in DATES if named.get(name)), None)
    if published:
        found["published"] = published
    return found


def _blocks(element: html.HtmlElement) -> Iterator[Block]:
    """Yield the outermost blocks below an element, and the loose text between them as paragraphs."""
    loose = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            loose.append(child.tail or "")
            continue
        inner = child.tag in BLOCKS or child.xpath("|".join(f".//{tag}" for tag in sorted(BLOCKS)))
        if inner or child.tag in ("div", "section", "table", "ul", "ol"):
            yield Block("paragraph", "".join(loose))
            loose = []
            yield from _block(child) if child.tag in BLOCKS else _blocks(child)
        else:
            loose.append("\n" if child.tag == "br" else child.text_content())
        loose.append(child.tail or "")
    yield Block("paragraph", "".join(loose))


def _block(element: html.HtmlElement) -> Iterator[Block]:
    tag = str(element.tag)
    if tag == "tr":
        header = [cell.text_content().strip() for cell in element.xpath("ancestor::table[1]//tr[1]/th")]
        cells = [" ".join(cell.text_content().split()) for cell in element.xpath("./td|./th")]
        if element.xpath("./td"):
            yield Block("table-row", join_cells(header if len(header) == len(cells) else [], cells))
    elif tag[0] == "h" and tag[1:].isdigit():
        yield Block("heading", element.text_content(), int(tag[1:]))
    elif element.xpath(".//p|.//li|.//tr"):
        yield from _blocks(element)
    else:
        yield Block("list-item" if tag in ("li", "dd") else "paragraph", element.text_content())
