"""The HTML reader: the page's own words, without what surrounds them and what is hidden."""

import re
from dataclasses import replace

from lxml import etree, html

from strategybot.reading.blocks import Block, ParsedText, normalise
from strategybot.reading.html_chrome import drop, drop_chrome, find_content, is_noise
from strategybot.reading.html_hidden import Visibility, tag_words
from strategybot.reading.html_metadata import cut_title, date_in_content, outer_heading, read_metadata
from strategybot.reading.html_walk import find_notes, walk_blocks
from strategybot.reading.instructions import is_instruction
from strategybot.schema import Remark

DECLARATION = re.compile(r"<\?xml[^>]*\?>")
TOO_DEEP = "Excessive depth"


def parse_html(text: str) -> ParsedText:
    """Parse a web page into blocks; an empty page gives none.

    Raises:
        ValueError: Nothing in the text can be read as HTML, or its elements are nested more than 256 deep.
    """
    if not text.strip():
        return ParsedText(())
    page = _open(text)
    metadata = read_metadata(page)
    visibility = Visibility(page)
    for element in list(page.iter("script", "style", "template")):
        drop(element)
    content = find_content(page)
    remarks = [Remark(kind="hidden-text", text=words) for words in _hidden_instructions(page, content, visibility)]
    drop_chrome(content)
    remarks += _drop_hidden(content, visibility)
    notes = find_notes(content)
    blocks = [block for block in walk_blocks(content, notes) if not is_noise(normalise(block.text))]
    title = cut_title(metadata.get("title", ""), metadata.get("publisher", ""))
    blocks = _with_heading(blocks, outer_heading(page, content, title) or title)
    return ParsedText(tuple(blocks), _metadata(metadata, blocks, content), tuple(remarks))


def _open(text: str) -> html.HtmlElement:
    text = text.replace("\0", "").lstrip()
    found = DECLARATION.match(text)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(text[found.end() :] if found else text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        message = "it cannot be read as a web page"
        raise ValueError(message) from error
    if any(TOO_DEEP in entry.message for entry in parser.error_log):
        message = "its elements are nested more than 256 deep, as no honest page's are; save the page again"
        raise ValueError(message)
    return page


def _hidden_instructions(page: html.HtmlElement, content: html.HtmlElement, visibility: Visibility) -> list[str]:
    """Return hidden words around the content, such as closed menus, only if they tell an assistant what to do."""
    found = []
    for element in page.iter(etree.Element):
        outside = content is not element and content not in element.iterancestors()
        if outside and element not in content.iterancestors() and visibility.is_hidden(element):
            words = normalise(element.text_content())
            found += [words] if is_instruction(words) and words not in found else []
    return found


def _drop_hidden(content: html.HtmlElement, visibility: Visibility) -> list[Remark]:
    """Remove what cannot be seen, and return its words; those for screen readers only are removed without."""
    hidden = []
    for element in list(content.iter(etree.Element)):
        if element is content or content not in element.iterancestors():
            continue
        if visibility.is_for_readers(element):
            drop(element)
        elif visibility.is_hidden(element):
            hidden.append(normalise(element.text_content()))
            drop(element)
    hidden.append(tag_words(content.itertext()))
    return [Remark(kind="hidden-text", text=words) for words in hidden if words]


def _with_heading(blocks: list[Block], title: str) -> list[Block]:
    """Make the heading that is the page's title one of the first level, or put the title before the blocks."""
    if not title or not blocks or any(block.kind == "heading" and block.level == 1 for block in blocks):
        return blocks
    for n, block in enumerate(blocks):
        if block.kind == "heading" and block.text.lower() == title.lower():
            return [*blocks[:n], replace(block, level=1), *blocks[n + 1 :]]
    return [Block("heading", title, 1), *blocks]


def _metadata(said: dict[str, str], blocks: list[Block], content: html.HtmlElement) -> dict[str, object]:
    first = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    found = {
        "title": first or said.get("title", ""),
        "published": said.get("published") or date_in_content(content, blocks) or said.get("updated"),
        "publisher": said.get("publisher"),
        "language": said.get("language"),
    }
    return {name: value for name, value in found.items() if value}
