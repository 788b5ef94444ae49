"""A matching on the terminal."""

from datetime import date

from strategybot.rendering_matches import render_matching
from strategybot.schema import Asking, Citation, CriterionOutcome, Match, Matching, Noted
from strategybot.schemes import Known, Profile

CITATION = Citation(
    number=1, document_id="growth", version="0" * 12, title="Growth page", publisher="LEP", kind="support-scheme",
    form="digest", reliability="official", published=None, valid_from=None, valid_to=None, superseded_by=None,
    section="", page=None, page_label=None, paragraph=1, quote="Only firms with 100 employees.",
    start=0, end=30, passage_id="p", link="/documents/growth", source_url=None,
)  # fmt: skip
MATCH = Match(
    scheme_id="growth", name="Growth Fund", offer="grant", document_id="growth", verdict="likely", opening="unknown",
    standing=Noted(text="these documents do not say"), contact="LEP",
    criteria=(
        CriterionOutcome(kind="employees", outcome="met", citations=(1,), label="Employees", needs="at most 100",
                         yours="12 employees"),
    ),
    steps=(Noted(text="20% of £10 = £2", citations=(1,)),), hints=("A hint",),
)  # fmt: skip
CLOSED = MATCH.model_copy(update={"scheme_id": "old", "name": "Old Fund", "opening": "closed"})
MATCHING = Matching(
    as_of=date(2026, 11, 25), index="i", matches=(MATCH, CLOSED), citations=(CITATION,),
    profile=Profile({"employees": Known(value=12, text="12 employees", said="12-person", certainty=0.6)}),
    clarifying_question=Asking(fact="turnover", text="What is the turnover?"),
)  # fmt: skip


def test_what_was_understood_and_each_criterion_with_its_source_are_shown() -> None:
    text = render_matching(MATCHING)

    for part in (
        "employees: 12 employees (from “12-person”) – a guess", "Growth Fund (grant)", "✓ met: Employees: at most 100",
        "yours: 12 employees [1]", "= 20% of £10 = £2 [1]", "Hint: A hint", "Ask: LEP",
        "“Only firms with 100 employees.”", "What is the turnover? (--set turnover=…)", "decides", "25 November 2026",
    ):  # fmt: skip
        assert part in text


def test_what_is_closed_is_shown_on_demand() -> None:
    assert "Old Fund" not in render_matching(MATCHING)
    assert "1 more: --all" in render_matching(MATCHING)
    assert "Old Fund" in render_matching(MATCHING, everything=True)


def test_without_anything_told_it_is_said_how() -> None:
    empty = MATCHING.model_copy(update={"profile": Profile({})})

    assert render_matching(empty).startswith("Nothing was told")


def test_lines_are_wrapped_at_a_width() -> None:
    assert max(len(line) for line in render_matching(MATCHING, width=40).splitlines()) <= 40
