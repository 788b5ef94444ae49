"""Changes between two readings."""

from hypothesis import given
from hypothesis import strategies as st

from strategybot.sourcing.changes import find_changes

TEXTS = st.lists(st.text("abc ", min_size=1, max_size=12), max_size=8)


def test_the_same_paragraphs_have_no_changes() -> None:
    assert find_changes(["one", "two"], ["one", "two"]) == ()
    assert find_changes([], []) == ()


def test_a_reworded_paragraph_is_paired_with_what_it_was_and_not_with_another() -> None:
    before = ["Grants go up to £5,000 for small firms.", "Ask the helpline by telephone."]
    after = [
        "A new line about something else.",
        "Ask the helpline by e-mail.",
        "Grants go up to £9,000 for small firms.",
    ]

    changes = find_changes(before, after)

    assert [(c.kind, c.marked) for c in changes] == [
        ("added", "{+A new line about something else.+}"),
        ("removed", "[-Grants go up to £5,000 for small firms.-]"),
        ("changed", "Ask the helpline by [-telephone.-] {+e-mail.+}"),
        ("added", "{+Grants go up to £9,000 for small firms.+}"),
    ]


@given(before=TEXTS, after=TEXTS)
def test_the_changes_make_the_newer_reading_from_the_older(before: list[str], after: list[str]) -> None:
    changes = find_changes(before, after)

    gone = [c.before for c in changes if c.before is not None]
    came = [c.after for c in changes if c.after is not None]
    assert sorted([*before, *came]) == sorted([*after, *gone])
