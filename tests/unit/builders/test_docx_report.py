"""The Word reports open, hold what is expected and what must not be read, and differ."""

import io

import docx
import pytest

from tests.builders.docx_report import DELETED, HIDDEN, build_docx_report
from tests.builders.scoring import score


@pytest.mark.parametrize("seed", range(4))
def test_word_opens_it_and_its_paragraphs_are_those_expected(seed: int) -> None:
    built = build_docx_report(seed)
    document = docx.Document(io.BytesIO(built.data))
    texts = {paragraph.text for paragraph in document.paragraphs}
    headings = [item.text for item in built.expected if item.kind == "heading"]
    assert set(headings) <= texts
    assert document.core_properties.title == built.title
    body = document.element.xml
    assert DELETED in body
    assert HIDDEN in body
    assert 'w:fldCharType="separate"' in body


def test_what_is_expected_scores_one_against_itself() -> None:
    built = build_docx_report(0)
    found = score(built, [(item.kind, item.text, item.level) for item in built.expected])
    assert len(found.explain().splitlines()) == 1


def test_what_must_not_be_read_is_found_out_if_it_is() -> None:
    built = build_docx_report(1)
    blocks = [(item.kind, item.text, item.level) for item in built.expected]
    found = score(built, [*blocks, ("paragraph", f"Words, {DELETED} and more.", 0)])
    assert found.furniture == (DELETED,)


def test_a_seed_gives_the_same_expectations_and_another_seed_others() -> None:
    assert build_docx_report(2).expected == build_docx_report(2).expected
    assert build_docx_report(2).expected != build_docx_report(3).expected
