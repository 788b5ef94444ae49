"""What surrounds a web page's own words: navigation, cookie banners, share bars, related links, footers."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from strategybot.reading.html_words import (
    ACCEPT,
    BOX_ENDS,
    LINKED_WORDS,
    NOISE,
    OTHER_SOCIAL,
    PARTS,
    RELATED,
    SMALL_WORDS,
    TOGGLE,
    WORDS,
)

DROPPED = (
    "script", "style", "template", "nav", "svg", "iframe", "object", "select", "dialog", "canvas", "video", "audio",
    "textarea", "datalist", "noscript", "map", "input", "img",
)  # fmt: skip
ROLES = (
    "navigation",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "contentinfo",
    "banner",
)
LARGE_SHARE = 0.4
SMALL_CHARS = 600
LONGEST_NOISE = 200
MOST_BANNER_LINKS = 100
FORM_PARAGRAPHS = 2
BOX_NAME_WORDS = 2
CONTAINERS = frozenset(
    [
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "aside",
        "header",
        "footer",
        "form",
        "p",
        "span",
        "table",
        "menu",
        "a",
        "fieldset",
    ]
)
MOSTLY_LINKS = 0.6
FEWEST_LINKS = 3
COOKIE_CHARS = 2_000
SHORT_LINK_CHARS = 45
CONTENT_IDS = (
    "content",
    "main",
    "main-content",
    "maincontent",
    "main_content",
    "page-content",
    "contents",
    "primary",
    "body-content",
)


def find_content(page: html.HtmlElement) -> html.HtmlElement:
    """Return the element with the page's own words: its main part, its only article, a content box, or all."""
    mains = page.xpath("//main | //*[@role='main']")
    if mains:
        return max(mains, key=text_size)
    articles = [a for a in page.iter("article") if not any(p.tag == "article" for p in a.iterancestors())]
    if len(articles) == 1:
        return articles[0]
    whole = text_size(page)
    for name in CONTENT_IDS:
        for found in page.xpath("//*[@id=$name]", name=name)[:1]:
            if text_size(found) > LARGE_SHARE * whole:
                return found
    body = page.find("body")
    return page if body is None else body


def text_size(element: html.HtmlElement) -> int:
    """Return how many characters an element's words have, spaces left out."""
    return len("".join("".join(element.itertext()).split()))


def link_share(element: html.HtmlElement) -> float:
    """Return the share of an element's characters that are links, from 0 to 1; 1 for an element without words."""
    size = text_size(element)
    return sum(text_size(link) for link in element.iter("a") if link.get("href")) / size if size else 1.0


def drop(element: html.HtmlElement) -> None:
    """Remove an element, but not the words after it."""
    if element.getparent() is not None:
        element.drop_tree()


def drop_chrome(content: html.HtmlElement) -> None:
    """Remove from the content what is not the page's own words."""
    _drop_cookies(content)
    _label_panels(content)
    size = max(text_size(content), 1)
    inside = content.tag in ("main", "article") or content.get("role") == "main"
    for element in list(content.iterdescendants(*DROPPED)):
        drop(element)
    for element in list(content.iter(etree.Element)):
        if element is content or element.getparent() is None:
            continue
        if _is_chrome(element, size, inside=inside) and content in element.iterancestors():
            drop(element)
    _drop_related(content)
    _drop_own_contents(content)


def _is_chrome(element: html.HtmlElement, size: int, *, inside: bool) -> bool:
    tag = str(element.tag)
    if tag == "button":
        return not _is_label(element)
    if tag == "label":
        return any(around.tag == "form" for around in element.iterancestors())
    if tag == "td":
        return not inside and _is_menu(element)
    if tag not in CONTAINERS:
        return False
    named = _is_named_chrome(element)
    if tag == "form":
        named = named or len(list(element.iter("p"))) < FORM_PARAGRAPHS
    elif tag in ("header", "footer", "aside"):
        named = (
            named or (tag == "footer" and element.getparent().tag != "blockquote") or (tag == "header" and not inside)
        )
        named = named or (tag == "aside" and (link_share(element) > MOSTLY_LINKS or not inside))
    elif tag in ("ul", "ol", "div") and not inside:
        named = named or _is_menu(element)
    return named and not _holds_content(element, size)


def _is_named_chrome(element: html.HtmlElement) -> bool:
    if element.get("role", "").lower() in ROLES:
        return True
    names = f"{element.get('class', '')} {_container_name(element)}"
    words = set(_words(OTHER_SOCIAL.sub("", names)))
    if words & WORDS or PARTS.search(names) or (words & SMALL_WORDS and text_size(element) < SMALL_CHARS):
        return True
    return (
        bool(words & LINKED_WORDS)
        and len(list(element.iter("a"))) >= FEWEST_LINKS
        and link_share(element) > MOSTLY_LINKS
    )


def _container_name(element: html.HtmlElement) -> str:
    """Return what a box is by its id; empty if the id is long, or made of the words of the heading inside."""
    pieces = [piece.lower() for piece in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", element.get("id", ""))]
    while pieces and pieces[-1] in BOX_ENDS:
        pieces.pop()
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    said = set() if heading is None else set(_words(heading.text_content()))
    return "" if len(pieces) > BOX_NAME_WORDS or said.issuperset(pieces) else "-".join(pieces)


def _words(names: str) -> Iterator[str]:
    for part in re.findall(r"[A-Za-z]+", names):
        yield part.lower()
        yield from (piece.lower() for piece in re.findall(r"[A-Z]?[a-z]+", part))


def _holds_content(element: html.HtmlElement, size: int) -> bool:
    """Tell whether so much of the page is in an element that its name must mean something else."""
    if element.find(".//h1") is not None or element.find(".//main") is not None:
        return True
    return text_size(element) > LARGE_SHARE * size and link_share(element) < MOSTLY_LINKS


def _is_label(button: html.HtmlElement) -> bool:
    """Tell whether a button is the heading of a part that it opens."""
    if TOGGLE.fullmatch(" ".join(button.text_content().split())):
        return False
    if any(around.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary") for around in button.iterancestors()):
        return True
    return button.get("aria-expanded") is not None or button.get("aria-controls") is not None


def _is_menu(element: html.HtmlElement) -> bool:
    links = [" ".join(link.text_content().split()) for link in element.iter("a")]
    short = len(links) >= FEWEST_LINKS and all(len(link) < SHORT_LINK_CHARS for link in links)
    return short and link_share(element) > 0.8 and element.find(".//p") is None  # noqa: PLR2004 - nearly all


def _drop_cookies(content: html.HtmlElement) -> None:
    """Remove the smallest box that speaks of cookies and has something to accept them with."""
    labels = ((link, " ".join(link.text_content().split())) for link in content.iter("a", "button"))
    accepting = (link for link, label in labels if len(label) <= LONGEST_NOISE and ACCEPT.fullmatch(label))
    for link in list(islice(accepting, MOST_BANNER_LINKS)):
        for box in link.iterancestors():
            if box is content or text_size(box) > COOKIE_CHARS:
                break
            if "cookie" in box.text_content().lower():
                drop(box)
                break


def _label_panels(content: html.HtmlElement) -> None:
    """Put the words of a tab before its panel, unless that has a heading; the row of tabs is dropped."""
    for tab in content.xpath(".//*[@role='tablist']//a | .//*[@role='tab']"):
        name = tab.get("aria-controls") or tab.get("href", "").removeprefix("#")
        panel = content.find(f".//*[@id='{name}']") if name and "'" not in name else None
        if panel is None or any(panel.find(f".//h{level}") is not None for level in range(1, 7)):
            continue
        label = etree.Element("p")
        label.text, label.tail, panel.text = tab.text_content(), panel.text, None
        panel.insert(0, label)


def _drop_related(content: html.HtmlElement) -> None:
    """Remove lists of links under headings such as ``Related content``, the heading too."""
    for heading in list(content.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "strong", "span", "div")):
        text = " ".join(heading.text_content().split()) if len(heading) <= 1 else ""
        if not text or len(text) > LONGEST_NOISE or not RELATED.fullmatch(text):
            continue
        box = heading.getparent()
        if box is None:
            continue
        following = heading.getnext()
        if box is not content and heading.getprevious() is None and _is_links(box):
            drop(box)
        elif following is not None and following.tag in ("ul", "ol", "div", "p", "nav") and _is_links(following):
            drop(following)
            drop(heading)


def _is_links(element: html.HtmlElement) -> bool:
    return element.find(".//a") is not None and link_share(element) > MOSTLY_LINKS - 0.1


def _drop_own_contents(content: html.HtmlElement) -> None:
    """Remove lists whose every entry is a link into this page."""
    for listing in list(content.iter("ul", "ol")):
        links = list(listing.iter("a"))
        own = all(link.get("href", "").startswith("#") for link in links)
        if len(links) >= FEWEST_LINKS and own and link_share(listing) > 0.9:  # noqa: PLR2004 - nothing but links
            drop(listing)


def is_noise(text: str) -> bool:
    """Tell whether a block is a page's furniture, such as ``Skip to content`` or ``Was this page useful?``."""
    return len(text) <= LONGEST_NOISE and bool(NOISE.fullmatch(text))
