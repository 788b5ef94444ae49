"""The reports made from a run: Markdown and page."""

import re
from html.parser import HTMLParser

import pytest

from evals.comparison import compare
from evals.markdown import render_markdown, render_table
from evals.page import render_page
from evals.records import Run
from evals.tables import Table
from tests.unit.evals.builders import a_row, a_run, a_silent_row, a_system

HOSTILE = "<script>alert('x')</script> | a & b"


class Outline(HTMLParser):
    """Tags of a page, checked to close in order, with what would be loaded from elsewhere."""

    VOID = frozenset({"meta", "br", "line", "rect", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open = self.open[:-1] if tag not in self.VOID else self.open

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def run() -> Run:
    rows = (a_row(), a_row(id="q3", question=HOSTILE, fault="lacks it", breaches=(HOSTILE,)), a_silent_row())
    return a_run(a_system(*rows), a_system(*rows, name="naive baseline"))


def test_markdown_holds_figures_types_faults_and_breaches(run: Run) -> None:
    text = render_markdown(run)

    assert "| Right if answerable | 0.500 | 0.000–1.000 | 0.500 | 0.000–1.000 |" in text
    assert "| factual | 2 | 0.500 | 0.500 |" in text
    assert "| q3 | factual | <script>alert('x')</script> \\| a & b | lacks it |" in text
    assert "commit 0a1b2c3, index index-1" in text


def test_markdown_of_two_runs_names_the_changes(run: Run) -> None:
    later = a_run(a_system(a_row(fault="lost it"), a_row(id="q3"), a_silent_row()), commit="9f8e7d6")

    text = render_markdown(later, compare(run, later))

    assert "## Compared with 2026-11-23T0930-0a1b2c3" in text
    assert "1 questions are right that were not, 1 are no longer right (sign test: p = 1.000)." in text
    assert "| q1 | factual | What did the Growth Fund pay? | lost | right | lost it | 1.00 → 1.00 |" in text


def test_a_table_without_rows_says_none() -> None:
    assert render_table(Table("Law breaches", ("Id",), ())) == "## Law breaches\n\nNone."


def test_the_page_is_whole_and_loads_nothing(run: Run) -> None:
    page = render_page(run, compare(run, run))

    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert outline.loaded == []
    assert "script" not in outline.seen
    assert outline.seen.count("svg") == 4
    assert outline.seen.count("h1") == outline.seen.count("main") == 1


def test_the_page_escapes_what_documents_and_people_wrote(run: Run) -> None:
    page = render_page(run)

    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 2


def test_each_picture_of_the_page_is_described_in_words(run: Run) -> None:
    labels = re.findall(r'<svg [^>]*role="img"[^>]*aria-label="([^"]+)"', render_page(run))

    assert len(labels) == 4
    assert "nDCG@10: strategybot 1.00, naive baseline 1.00" in labels[0]
    assert "whole reply: half below 40 ms" in labels[2]


def test_a_run_of_nothing_still_has_its_reports() -> None:
    run = a_run(a_system())

    assert "| Right | – | – |" in render_markdown(run)
    assert "no figure" in render_page(run)
