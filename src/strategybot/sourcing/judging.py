"""Judging what came: whether it is the document at all, or an error page, a login page or a husk of it."""

import re
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from strategybot.reading.blocks import normalise

ERRORS = re.compile(
    r"\b(?:page (?:not found|cannot be found|can’t be found|can't be found|does(?:n’t|n't| not) exist|is unavailable"
    r"|no longer (?:exists|available))|not found|404|something went wrong|service unavailable|server error"
    r"|access denied|forbidden|are you (?:a )?(?:human|robot)|verify (?:that )?you are human|checking your browser"
    r"|just a moment|attention required|temporarily unavailable|under maintenance)\b",
    re.I,
)
PLAIN_ERRORS = re.compile(r"\bpage not found\b|^\W*404\b|^\W*access denied\b|^\W*just a moment\b", re.I)
"""What a title or first heading says on error pages only, however much stands below."""
LOGIN = re.compile(r"\b(?:sign in|log in|login|log on|password required)\b", re.I)
VISIBLE = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
SHORT_CHARS = 600
"""A page with less main content may be an error or login page; a longer one that speaks of such things is not."""
SHRUNK_SHARE = 0.2
LEAST_SHRUNK_CHARS = 500


def find_soft_failure(page: str, *, asked: str, reached: str) -> str | None:
    """Say why a web page that came with status 200 is not the document that was asked for; None if it may be.

    Args:
        page: The page, decoded.
        asked: The address that was asked for.
        reached: The address that redirects led to.
    """
    if urlsplit(reached).path in ("", "/") and urlsplit(asked).path not in ("", "/"):
        return f"it leads to a front page now ({reached})"
    try:
        tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except etree.ParserError:
        return "it is not a web page"
    heads = [normalise(e.text_content()) for e in tree.xpath("//title|(//h1)[1]")]
    shown = " · ".join(heads)
    main = main_text(page) or " ".join(" ".join(tree.xpath(VISIBLE)).split())
    if not main:
        return "it holds no text; perhaps scripts put it together in the browser"
    is_short = len(main) < SHORT_CHARS
    if any(PLAIN_ERRORS.search(head) for head in heads) or (is_short and ERRORS.search(f"{shown} · {main}")):
        return f"it looks like an error page ({shown or main[:80]})"
    if is_short and (tree.xpath("//input[@type='password']") or LOGIN.search(shown)):
        return f"it looks like a login page ({shown or main[:80]})"
    return None


def find_shrinkage(before: str, after: str) -> str | None:
    """Say that a text has lost more than four fifths; None if it has not, or was short."""
    if len(before) < LEAST_SHRUNK_CHARS or len(after) >= SHRUNK_SHARE * len(before):
        return None
    return f"its text shrank from {len(before)} to {len(after)} characters"


def find_format_change(before: str, after: str) -> str | None:
    """Say that a web page stands where a file was before; None otherwise.

    Args:
        before: Suffix of the file before, or that its address has.
        after: Suffix of what came.
    """
    if after == ".html" and before in (".pdf", ".docx", ".pptx", ".xlsx", ".zip", ".csv", ".eml"):
        return f"a web page came where a {before.removeprefix('.').upper()} file is expected"
    return None


def main_text(page: str) -> str:
    """Return the main content of a web page, without navigation; empty if none is found."""
    return trafilatura.extract(page, include_comments=False, include_tables=True) or ""
