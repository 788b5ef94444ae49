"""The scorer on hand-made findings: what it counts, forgives and names."""

import pytest

from tests.builders.expectation import BuiltDocument, Expected
from tests.builders.scoring import FoundBlock, score

DOCUMENT = BuiltDocument(
    name="plan",
    suffix=".pdf",
    data=b"",
    title="Our plan",
    expected=(
        Expected("heading", "Our plan", level=1),
        Expected("heading", "Skills", level=2),
        Expected("paragraph", "We will act on skills."),
        Expected("footnote", "See the annex.", also=("1 See the annex.",), floating=True),
        Expected("heading", "Young people", level=3),
        Expected("list-item", "a place for everyone"),
        Expected("heading", "Transport", level=2),
        Expected("paragraph", "Buses come first."),
        Expected("table-row", "District: Leeds; Target: 15"),
    ),
    furniture=("West Yorkshire Plan 2030", "7", "Skills 3"),
)
PERFECT: list[FoundBlock] = [(item.kind, item.text, item.level) for item in DOCUMENT.expected]


def test_a_perfect_reading_scores_one_throughout() -> None:
    found = score(DOCUMENT, PERFECT)
    shares = (found.paragraphs_whole, found.paragraphs_in_order, found.headings_right, found.rows_with_headers)
    assert set(shares) == {1}
    assert not [*found.missing, *found.furniture, *found.spurious]


def test_nothing_found_scores_nothing_and_names_all() -> None:
    found = score(DOCUMENT, [])
    assert (found.paragraphs_whole, found.headings_right, found.rows_with_headers) == (0, 0, 0)
    assert found.missing == DOCUMENT.expected


def test_a_document_that_expects_nothing_scores_one() -> None:
    assert score(BuiltDocument("empty", ".txt", b"", ()), []).paragraphs_whole == 1


def test_white_space_is_forgiven_and_a_missing_hyphen_is_not() -> None:
    spaced = [("paragraph", "We  will\nact on skills.", 0), ("paragraph", "Busescome first.", 0)]
    assert score(DOCUMENT, spaced).paragraphs_whole == pytest.approx(1 / 4)


def test_a_paragraph_in_two_blocks_is_not_whole_and_both_halves_are_spurious() -> None:
    halved = [*PERFECT[:2], ("paragraph", "We will act", 0), ("paragraph", "on skills.", 0), *PERFECT[3:]]
    found = score(DOCUMENT, halved)
    assert found.paragraphs_whole == pytest.approx(3 / 4)
    assert found.spurious == ("We will act", "on skills.")
    assert "nearest: We will act" in found.explain()


def test_a_paragraph_given_twice_is_spurious_once() -> None:
    assert score(DOCUMENT, [*PERFECT, PERFECT[2]]).spurious == ("We will act on skills.",)


def test_paragraphs_out_of_order_lower_the_order_only() -> None:
    found = score(DOCUMENT, [PERFECT[7], *PERFECT[:7], PERFECT[8]])
    assert found.paragraphs_whole == 1
    assert found.paragraphs_in_order == pytest.approx(2 / 3)


def test_a_footnote_may_stand_anywhere_and_keep_its_number() -> None:
    found = score(DOCUMENT, [*PERFECT[:3], *PERFECT[4:], ("footnote", "1 See the annex.", 0)])
    assert (found.paragraphs_whole, found.paragraphs_in_order) == (1, 1)


def test_headings_need_their_kind_and_their_step_from_the_one_before() -> None:
    flat = [(kind, text, 2 if kind == "heading" else 0) for kind, text, _ in PERFECT]
    found = score(DOCUMENT, flat)
    assert [item.text for item in found.wrong_headings] == ["Young people", "Transport"]
    told = score(DOCUMENT, [PERFECT[0], ("paragraph", "Skills", 0), *PERFECT[2:]])
    assert [item.text for item in told.wrong_headings] == ["Skills"]
    assert told.headings_right == pytest.approx(3 / 4)


def test_the_title_may_be_on_the_level_of_the_chapters_or_above() -> None:
    deeper = [(kind, text, max(1, level - 1) if kind == "heading" else 0) for kind, text, level in PERFECT]
    assert score(DOCUMENT, deeper).headings_right == 1


def test_a_paragraph_taken_for_a_heading_is_named() -> None:
    found = score(DOCUMENT, [*PERFECT[:7], ("heading", "Buses come first.", 4), PERFECT[8]])
    assert found.false_headings == ("Buses come first.",)
    assert found.kinds_right < 1


def test_a_row_needs_every_cell_with_its_header() -> None:
    for text in ("Leeds; 15", "District: Leeds", "District: Leeds; Target: 150"):
        assert score(DOCUMENT, [*PERFECT[:8], ("table-row", text, 0)]).rows_with_headers == 0
    joined = ("paragraph", "Target: 15; District: Leeds", 0)
    assert score(DOCUMENT, [*PERFECT[:8], joined]).rows_with_headers == 1


def test_furniture_is_found_alone_inside_a_block_and_behind_dots() -> None:
    more = [
        ("paragraph", "We will West Yorkshire Plan 2030 act.", 0),
        ("paragraph", "7", 0),
        ("paragraph", "Skills ...... 3", 0),
    ]
    assert score(DOCUMENT, [*PERFECT, *more]).furniture == ("West Yorkshire Plan 2030", "7", "Skills 3")


def test_words_that_the_text_has_itself_are_no_furniture() -> None:
    document = BuiltDocument("plan", ".pdf", b"", (Expected("heading", "A Fair County", level=1),), ("A Fair County",))
    assert score(document, [("heading", "A Fair County", 1)]).furniture == ()
    twice = [("heading", "A Fair County", 1), ("paragraph", "A Fair County", 0)]
    assert score(document, twice).furniture == ("A Fair County",)
