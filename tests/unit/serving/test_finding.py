"""Search within a document."""

import pytest

from strategybot.serving.finding import MOST_HITS, find_same, find_words


def texts(text: str, words: str) -> list[str]:
    hits = find_words(text, words)
    return [text[a:b] for a, b in hits.spans] if hits else []


@pytest.mark.parametrize("words", ["", "  ", "\u200b", "\x00"])
def test_nothing_is_sought_without_a_word(words: str) -> None:
    assert find_words("Any text.", words) is None


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Grants and a grant, GRANTED", "grant", ["Grant", "grant", "GRANT"]),
        ("the firm’s plan – ‘draft’", "firm's plan - 'draft'", ["firm’s plan – ‘draft’"]),
        ("the firm's plan", "firm’s", ["firm's"]),
        ("“net‑zero”", '"net-zero"', ["“net‑zero”"]),
        ("A café for Müller", "cafe for muller", ["café for Müller"]),
        ("first words\n\nof two blocks", "words of  two", ["words\n\nof two"]),
        ("a+b (c) a.b", "a+b (c)", ["a+b (c)"]),
        ("costs £5.00", "£5.00", ["£5.00"]),
        ("nothing here", "absent", []),
    ],
)
def test_words_are_found_as_people_type_them(text: str, words: str, found: list[str]) -> None:
    assert texts(text, words) == found


def test_words_that_do_not_stand_together_are_found_apart_and_that_is_said() -> None:
    hits = find_words("A loan for a firm. No grant for a firm.", "grant firm")

    assert hits
    assert hits.apart
    assert len(hits.spans) == 3


def test_words_that_stand_nowhere_are_not_said_to_stand_apart() -> None:
    hits = find_words("Text.", "two words")

    assert hits
    assert (hits.apart, hits.spans) == (False, ())


def test_no_more_hits_are_given_than_can_be_read() -> None:
    hits = find_words("a " * (MOST_HITS + 5), "a")

    assert hits
    assert (len(hits.spans), hits.more) == (MOST_HITS, True)


def test_a_quote_is_found_with_other_capitals_and_marks() -> None:
    text = "Before. The Region’s plan – in short –\nis to grow."

    ((start, end),) = find_same(text, "the region's plan - in short - is to GROW.")

    assert text[start:end].startswith("The Region")
    assert text.endswith(text[start:end])
