"""Every quote of a PDF is found again on its page: the text under its rectangles is the quote."""

import re

import pypdfium2
import pytest

from strategybot.passages import split_passages, split_sentences
from strategybot.reading.blocks import join_blocks, normalise
from strategybot.reading.pdf import find_rectangles, parse_pdf
from strategybot.reading.pdf.pictures import Rectangle
from strategybot.schema import Document, Metadata
from tests.builders.pdf_designed import build_pdf_designed

EVERY = 7
"""Of the sentences, each so many-th is looked up: the file is opened anew for each."""


@pytest.mark.parametrize("seed", [1, 4])
def test_the_text_under_the_rectangles_of_a_quote_is_the_quote(seed: int) -> None:
    data = build_pdf_designed(seed).data
    text, paragraphs = join_blocks(parse_pdf(data).blocks)
    document = Document(metadata=Metadata(id="d", title="D"), version="0" * 12, text=text, paragraphs=paragraphs)
    passages = split_passages(document, count_tokens=lambda words: len(words.split()))
    sentences = split_sentences(document, passages)
    wrong = []
    for sentence in sentences[::EVERY]:
        block = paragraphs[sentence.paragraph - 1]
        rectangles = find_rectangles(data, block.runs, sentence.start, sentence.end)
        if block.kind != "table-row" and letters(text_under(data, rectangles)) != letters(sentence.text):
            wrong.append((sentence.text, text_under(data, rectangles)))
        if block.kind == "table-row" and not covers(text_under(data, rectangles), sentence.text):
            wrong.append((sentence.text, text_under(data, rectangles)))

    assert len(sentences) > 100
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    assert wrong == []


@pytest.mark.parametrize("seed", [1, 4])
def test_a_paragraph_begins_on_the_page_that_it_names(seed: int) -> None:
    built = build_pdf_designed(seed)

    blocks = parse_pdf(built.data).blocks

    pages = {(normalise(item.text), item.page) for item in built.expected if item.page}
    known = {words for words, _ in pages}
    assert [b.text for b in blocks if b.text in known and (b.text, b.page) not in pages] == []
    assert [b.text for b in blocks if b.runs and b.runs[0][2] != b.page and b.kind != "table-row"] == []


def text_under(data: bytes, rectangles: tuple[Rectangle, ...]) -> str:
    """Return the text that pdfium finds inside rectangles, in their order."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for one in rectangles:
            page = document[one.page - 1]
            width, height = page.get_size()
            bounds = (one.left * width, (1 - one.bottom) * height, one.right * width, (1 - one.top) * height)
            words = page.get_textpage()
            found.append(words.get_text_bounded(*bounds))
            words.close()
            page.close()
    return " ".join(found)


def letters(text: str) -> str:
    """Return letters and figures alone: hyphens at line ends and spaces are a matter of layout."""
    return re.sub(r"[\W_]+", "", normalise(text))


def covers(under: str, row: str) -> bool:
    """Tell whether every word of a table row stands under its rectangles; header and cell lie apart on the page."""
    return set(re.findall(r"\w+", row)) <= set(re.findall(r"\w+", normalise(under)))
