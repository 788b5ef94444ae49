"""Proposed schemes as YAML for people to go through."""

import re
from pathlib import Path
from textwrap import dedent

import yaml

from strategybot.eligibility.checking_values import check_fact
from strategybot.eligibility.proposing import propose
from strategybot.eligibility.proposing_scheme import build_scheme
from strategybot.eligibility.writing import render_scheme, render_skeleton
from strategybot.reading.blocks import Block
from strategybot.schemes import Criterion, Scheme, Term
from tests.fakes import document_of

DOCUMENT = document_of(
    Block("paragraph", "The firm's grants of £10,000 to £50,000 are for firms: those with up to 100 employees."),
    Block("paragraph", "An applicant must be in or moving to Leeds or York. Applications close on 30 September 2026."),
    Block("paragraph", "Applicants complete an online form: it is short. Grants are paid in arrears."),
)


def written() -> str:
    proposals = propose(DOCUMENT)
    return render_scheme(build_scheme(DOCUMENT, proposals, scheme_id="fund", name="Fund: a “test”"), proposals)


def test_what_is_written_is_the_scheme_without_its_sums_and_dates() -> None:
    (row,) = yaml.safe_load(written())["schemes"]
    proposals = propose(DOCUMENT)
    whole = build_scheme(DOCUMENT, proposals, scheme_id="fund", name="Fund: a “test”")

    assert Scheme.model_validate(row) == whole.model_copy(update={"amount": None, "pot": None, "window": None})
    assert all(each.proposed for each in Scheme.model_validate(row).criteria)


def test_sums_and_dates_count_once_their_marks_are_taken_away() -> None:
    text = written()
    marked = [line for line in text.splitlines() if line.startswith("  # ")]
    start = next(n for n, line in enumerate(marked) if line == "  # amount:")
    lines = [line.removeprefix("  # ") for line in marked[start:]]

    parts = yaml.safe_load("\n".join(lines))

    assert parts["amount"]["least"]["amount"] == 10_000
    assert parts["window"]["closes"] == "2026-09-30"


def test_each_criterion_says_what_it_was_read_from_and_what_to_check() -> None:
    lines = written().splitlines()

    at = next(n for n, line in enumerate(lines) if line == "  - fact: employees")
    assert lines[at - 1] == "  # from “up to 100 employees”. Check: full-time equivalents? the whole group?"


def test_the_empty_scheme_can_be_read_and_shows_every_part() -> None:
    scheme = Scheme(id="fund", name="Fund: one", offer="loan", purposes=("equipment",))

    text = render_skeleton(scheme)

    (row,) = yaml.safe_load(text)["schemes"]
    assert Scheme.model_validate(row) == scheme
    assert all(f"{name}:" in text for name in ("criteria", "amount", "window", "apply", "contact", "cautions"))


def test_the_examples_of_the_documentation_hold_together() -> None:
    page = (Path(__file__).parents[3] / "docs" / "schemes.md").read_text("utf-8")
    whole, criteria, choice, terms = (
        yaml.safe_load(dedent(each)) for each in re.findall(r"```yaml\n(.*?)```", page, re.S)
    )

    (scheme,) = [Scheme.model_validate(row) for row in whole["schemes"]]
    read = [*scheme.criteria, *(Criterion.model_validate(row) for row in (*criteria, *choice))]
    faults = [fault for criterion in read for each in (criterion, *criterion.any) for fault in check_fact(each, "")]

    assert len(read) == 10
    assert faults == []
    assert [Term.model_validate(row).per for row in terms["terms"]] == ["sockets", None]
    assert all(f"`{name}`" in page for name in Scheme.model_fields)
