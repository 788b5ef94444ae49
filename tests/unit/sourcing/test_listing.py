"""The links of an index page."""

import pytest

from strategybot.sourcing.listing import find_links

PAGE = b"""<html><body><a href="plan.pdf#page=3">The \x1b plan</a> <a href="/docs/plan.pdf">Again</a> <a>None</a>
<a href="mailto:a@example.org">Mail</a> <a href="http://[bad">Bad</a> <a href="https://other.org/x.pdf">Other</a></body></html>"""


def test_links_are_made_whole_and_each_is_there_once() -> None:
    found = find_links(PAGE, "https://example.org/docs/", r"\.pdf$")

    assert found == (("https://example.org/docs/plan.pdf", "The plan"), ("https://other.org/x.pdf", "Other"))


def test_a_base_in_the_page_counts() -> None:
    page = b'<html><head><base href="https://cdn.example.org/f/"></head><body><a href="a.pdf">A</a></body></html>'

    assert find_links(page, "https://example.org/", "pdf") == (("https://cdn.example.org/f/a.pdf", "A"),)


def test_a_pattern_that_takes_in_everything_is_refused() -> None:
    page = "".join(f'<a href="/{number}">x</a>' for number in range(201)).encode()

    with pytest.raises(ValueError, match="narrow the pattern"):
        find_links(page, "https://example.org/", ".")


def test_an_empty_page_has_no_links() -> None:
    assert find_links(b"", "https://example.org/", ".") == ()
