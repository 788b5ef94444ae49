"""The PowerPoint reader."""

import io

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as PresentationType
from pptx.util import Inches, Pt

from strategybot.reading.blocks import ParsedText, normalise
from strategybot.reading.slides import parse_pptx

TITLE, CONTENT, TWO_COLUMNS, TITLE_ONLY = 0, 1, 3, 5


def _parse(presentation: PresentationType) -> ParsedText:
    target = io.BytesIO()
    presentation.save(target)
    return parse_pptx(target.getvalue())


def _seen(parsed: ParsedText) -> list[tuple[str, str, int | None]]:
    return [(block.kind, text, block.page) for block in parsed.blocks if (text := normalise(block.text))]


def _slide(presentation: PresentationType, layout: int, *texts: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - pptx's Slide
    slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
    for shape, text in zip(slide.placeholders, texts, strict=False):
        shape.text_frame.text = text
    return slide


def test_titles_bullets_and_notes_are_read_slide_by_slide() -> None:
    deck = Presentation()
    _slide(deck, TITLE, "Warm homes", "March 2021")
    slide = _slide(deck, CONTENT, "Aims", "First\nSecond")
    slide.notes_slide.notes_text_frame.text = "Say this."

    parsed = _parse(deck)

    assert _seen(parsed) == [
        ("heading", "Warm homes", 1),
        ("paragraph", "March 2021", 1),
        ("heading", "Aims", 2),
        ("list-item", "First", 2),
        ("list-item", "Second", 2),
        ("paragraph", "Say this.", 2),
    ]
    assert [block.level for block in parsed.blocks if block.kind == "heading"] == [1, 2]
    assert parsed.metadata == {"title": "Warm homes", "published": "2021-03"}


def test_columns_are_read_one_after_the_other_whatever_the_order_in_the_file() -> None:
    deck = Presentation()
    slide = _slide(deck, TITLE_ONLY, "Two columns")
    for left, top, text in [(5, 2, "right top"), (5, 4, "right end"), (1, 4.2, "left end"), (1, 2, "left top")]:
        slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1)).text_frame.text = text
    slide.shapes.add_textbox(Inches(1), Inches(6), Inches(8), Inches(1)).text_frame.text = "below both"

    texts = [text for _, text, _ in _seen(_parse(deck))]

    assert texts == ["Two columns", "left top", "left end", "right top", "right end", "below both"]


def test_shapes_in_groups_are_read_in_their_place() -> None:
    deck = Presentation()
    slide = _slide(deck, TITLE_ONLY, "Group")
    slide.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1)).text_frame.text = "after"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1)).text_frame.text = "inside"

    assert [text for _, text, _ in _seen(_parse(deck))] == ["Group", "inside", "after"]


def test_tables_and_charts_are_rows_with_headers() -> None:
    deck = Presentation()
    slide = _slide(deck, TITLE_ONLY, "Figures")
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for n, text in enumerate(["Area", "Grant", "North", "£1"]):
        table.cell(n // 2, n % 2).text = text
    data = CategoryChartData()  # type: ignore[no-untyped-call]  # pptx has no type for it
    data.categories = ["2019", "2020"]
    data.add_series("Homes", (10, 12.5))  # type: ignore[no-untyped-call]  # nor for this
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(2), data)

    rows = [text for kind, text, _ in _seen(_parse(deck)) if kind == "table-row"]

    assert rows == ["Area: North; Grant: £1", "2019; Homes: 10", "2020; Homes: 12.5"]


def test_a_hidden_slide_is_remarked_and_not_read() -> None:
    deck = Presentation()
    _slide(deck, CONTENT, "Shown", "Words")
    _slide(deck, CONTENT, "Spare", "Not shown")._element.set("show", "0")

    parsed = _parse(deck)

    assert [text for _, text, _ in _seen(parsed)] == ["Shown", "Words"]
    assert [(remark.kind, remark.text, remark.page) for remark in parsed.remarks] == [
        ("hidden-text", "Hidden slide 2: Spare Not shown", 2)
    ]


@pytest.mark.parametrize("how", ["off the slide", "tiny"])
def test_hidden_words_are_remarked_and_not_read(how: str) -> None:
    deck = Presentation()
    slide = _slide(deck, TITLE_ONLY, "Shown")
    box = slide.shapes.add_textbox(Inches(-9 if how == "off the slide" else 1), Inches(2), Inches(3), Inches(1))
    box.text_frame.text = "Not shown"
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(1 if how == "tiny" else 18)

    parsed = _parse(deck)

    assert [text for _, text, _ in _seen(parsed)] == ["Shown"]
    assert [remark.text for remark in parsed.remarks] == ["Not shown"]


def test_a_presentation_without_slides_has_no_blocks() -> None:
    deck = io.BytesIO()
    Presentation().save(deck)

    assert parse_pptx(deck.getvalue()).blocks == ()


def test_slides_of_text_boxes_have_their_title_and_lose_the_number_typed_in_the_margin() -> None:
    deck = Presentation()
    for number, (title, text) in enumerate([("Where we are", "Two in five homes."), ("Next steps", "We build.")], 1):
        slide = _slide(deck, 6)
        for top, words, size in [(3, text, 18), (0.4, title, 28), (7, str(number), 12)]:
            frame = slide.shapes.add_textbox(Inches(1), Inches(top), Inches(6), Inches(0.4)).text_frame
            frame.text = words
            frame.paragraphs[0].runs[0].font.size = Pt(size)

    assert _seen(_parse(deck)) == [
        ("heading", "Where we are", 1),
        ("paragraph", "Two in five homes.", 1),
        ("heading", "Next steps", 2),
        ("paragraph", "We build.", 2),
    ]


def test_text_boxes_of_one_size_have_no_title() -> None:
    deck = Presentation()
    slide = _slide(deck, 6)
    for top, words in [(0.4, "First"), (3, "Second")]:
        slide.shapes.add_textbox(Inches(1), Inches(top), Inches(6), Inches(0.4)).text_frame.text = words

    assert [kind for kind, *_ in _seen(_parse(deck))] == ["paragraph", "paragraph"]
