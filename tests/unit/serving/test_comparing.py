"""What changed between two versions of a document."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.reading.blocks import Block
from strategybot.schema import Document
from strategybot.serving.comparing import Change, Unchanged, compare, find_fate
from strategybot.serving.marking import Span
from tests.fakes_assistant import a_document, a_metadata

MOST_S = 3.0
"""Ten times what the slowest of these takes."""


def document(*texts: str) -> Document:
    return a_document(a_metadata(title="Plan"), *[Block("paragraph", text) for text in texts])


def span_of(of: Document, quote: str) -> Span:
    start = of.text.index(quote)
    return start, start + len(quote)


def marked(change: Change) -> str:
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in change.pieces)


def test_a_version_compared_with_itself_has_not_changed() -> None:
    plan = document("First.", "Second.")

    (step,) = compare(plan, plan).steps

    assert isinstance(step, Unchanged)
    assert (step.first.number, step.last.number, step.count) == (1, 3, 3)


def test_documents_without_paragraphs_have_not_changed() -> None:
    empty = document().model_copy(update={"text": "", "paragraphs": ()})

    assert compare(empty, empty).steps == ()
    assert compare(empty, document("Text.")).count("added") == 2


def test_paragraphs_removed_added_and_changed_are_told_apart() -> None:
    old = document("Grants of £10,000 are paid.", "Offices close at five.", "The end.")
    new = document("Grants of £25,000 are paid.", "The end.", "Something quite new is said here.")

    comparison = compare(old, new)

    assert [(c.kind, marked(c)) for c in comparison.changes] == [
        ("changed", "Grants of [-£10,000-][+£25,000+] are paid."),
        ("removed", "[-Offices close at five.-]"),
        ("added", "[+Something quite new is said here.+]"),
    ]
    assert (comparison.count("changed"), comparison.count("removed"), comparison.count("added")) == (1, 1, 1)


def test_a_paragraph_that_moved_is_no_loss() -> None:
    old = document("Alpha says one thing.", "Beta says another.", "Gamma is the third.", "Delta.")
    new = document("Beta says another.", "Gamma is the third.", "Delta.", "Alpha says one thing.")

    (change,) = compare(old, new).changes

    assert (change.kind, change.old and change.old.number, change.new and change.new.number) == ("moved", 2, 5)


def test_words_that_stayed_alone_between_changes_are_not_picked_out() -> None:
    old = document("We will build 500 homes of wood in the south of the city by 2030.")
    new = document("We will build 900 flats of brick in the south of the city by 2035.")

    (change,) = compare(old, new).changes

    assert marked(change) == (
        "We will build [-500 homes of wood-][+900 flats of brick+] in the south of the city by [-2030-][+2035+]."
    )


TEXTS = st.lists(st.text(st.sampled_from("ab .,"), max_size=12), max_size=8)


@given(TEXTS, TEXTS)
def test_old_and_new_text_can_be_put_together_again(before: list[str], after: list[str]) -> None:
    old, new = document(*before), document(*after)

    comparison = compare(old, new)

    kept: list[int] = []
    for step in comparison.steps:
        if isinstance(step, Unchanged):
            kept += range(step.first.number, step.last.number + 1)
            continue
        kept += [step.new.number] if step.new else []
        for paragraph, source, other in ((step.old, old, "added"), (step.new, new, "removed")):
            if paragraph and step.kind == "changed":
                pieces = "".join(piece.text for piece in step.pieces if piece.kind != other)
                assert pieces == source.text[paragraph.start : paragraph.end]
    assert kept == [paragraph.number for paragraph in new.paragraphs]


@pytest.mark.parametrize("case", ["edited", "rewritten", "alike"])
def test_long_documents_are_compared_in_bounded_time(case: str) -> None:
    pick = random.Random(7)
    words = [f"word{n}" for n in range(200)]
    before = [" ".join(pick.choices(words, k=80)) for _ in range(5000)]
    after = {
        "edited": [text.replace("word7 ", "other ") for text in before],
        "rewritten": [" ".join(pick.choices(words, k=80)) for _ in range(5000)],
        "alike": ["the same row; again" for _ in range(5000)],
    }[case]
    if case == "alike":
        before = ["the same row: again" for _ in range(5000)]
    old, new = document(*before), document(*after)
    started = time.perf_counter()

    comparison = compare(old, new)

    assert time.perf_counter() - started < MOST_S
    assert comparison.changes


def test_quoted_words_that_still_stand_are_found_there() -> None:
    old = document("Alpha.", "The target is net zero by 2038. More follows.")
    new = document("Something new.", "Alpha.", "The target is net zero by 2038. Much more follows.")

    fate = find_fate(old, span_of(old, "The target is net zero by 2038."), new)

    assert (fate.kind, fate.span, fate.number) == ("same", span_of(new, "The target is net zero by 2038."), 4)


def test_of_several_places_the_nearest_is_taken() -> None:
    old = document("Yes.", "Other words.", "More words.", "Yes.")
    new = document("Yes.", "Other words!", "More words.", "Yes.")
    last = old.text.rindex("Yes.")

    assert find_fate(old, (last, last + 4), new).number == 5


def test_quoted_words_with_other_punctuation_are_found_there() -> None:
    old = document("The region's target - net zero - stays.")
    new = document("The Region’s target – net zero – stays.")

    fate = find_fate(old, span_of(old, "The region's target - net zero"), new)

    assert (fate.kind, fate.span) == ("alike", span_of(new, "The Region’s target – net zero"))


def test_quoted_words_that_were_changed_are_shown_with_the_change() -> None:
    old, new = document("The target is net zero by 2038."), document("The target is net zero by 2045.")

    fate = find_fate(old, span_of(old, "net zero by 2038"), new)

    assert (fate.kind, fate.number) == ("changed", 2)
    assert fate.change
    assert marked(fate.change) == "The target is net zero by [-2038-][+2045+]."


def test_quoted_words_that_are_gone_are_said_to_be() -> None:
    old, new = document("The target is net zero by 2038.", "Stays."), document("Stays.")

    assert find_fate(old, span_of(old, "net zero by 2038"), new).kind == "gone"
