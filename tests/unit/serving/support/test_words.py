"""What is said of a match."""

import pytest

from strategybot.schema import CriterionOutcome, Match, Noted
from strategybot.serving.support.words import (
    Judged,
    cite_numbers,
    end_sentence,
    fits,
    group_matches,
    judge_opening,
    judge_verdict,
    lower_first,
    pounds,
)


def a_match(verdict: str = "eligible", opening: str = "open", **more: object) -> Match:
    fields: dict[str, object] = {"scheme_id": f"{verdict}-{opening}", "verdict": verdict, "opening": opening}
    return Match.model_validate(fields | more)


def unknown(label: str) -> CriterionOutcome:
    return CriterionOutcome(kind="prose", outcome="unknown", label=label)


def test_matches_are_grouped_by_what_can_be_done_in_the_engines_order() -> None:
    kinds = (("likely", "open"), ("eligible", "unknown"), ("eligible", "open"), ("ineligible", "open"),
             ("eligible", "closed"), ("likely", "not_yet"), ("likely", "paused"))  # fmt: skip

    groups = group_matches([a_match(*kind) for kind in kinds])

    assert [m.scheme_id for m in groups.open] == ["likely-open", "eligible-open"]
    assert [m.scheme_id for m in groups.ask] == ["eligible-unknown", "likely-not_yet", "likely-paused"]
    assert [m.scheme_id for m in groups.rest] == ["ineligible-open", "eligible-closed"]
    assert all(fits(match) for match in groups.fitting)


def test_what_is_for_something_else_is_no_fit_and_says_so() -> None:
    other = a_match("eligible", "open", closeness=0)

    assert group_matches([other]).rest == (other,)
    assert judge_verdict(other).sentence == "For something else than what you need"


def test_a_likely_match_names_what_is_to_be_checked_but_not_all_of_much() -> None:
    labels = ("Employees", "Sector", "EPC rating", "Turnover a year", "Jobs", "Age")

    judged = judge_verdict(a_match("likely", criteria=tuple(unknown(label) for label in labels)))

    assert judged.sentence == (
        "Likely: nothing rules you out; to check: employees, sector, EPC rating, turnover a year and 2 more"
    )


def test_a_likely_match_without_anything_to_check_promises_nothing() -> None:
    assert judge_verdict(a_match("likely")).sentence == "Likely: nothing rules you out"


def test_a_match_that_does_not_fit_says_why_and_by_how_much() -> None:
    failed = CriterionOutcome(
        kind="employees", outcome="not_met", label="Employees", needs="at most 100", yours="180", gap="80 too many"
    )

    judged = judge_verdict(a_match("ineligible", criteria=(failed, unknown("Sector"))))

    assert judged.sentence == "Does not fit: employees – needed: at most 100; yours: 180 (80 too many)"
    assert judged.tone == "bad"


@pytest.mark.parametrize(
    ("opening", "standing", "judged"),
    [
        ("closed", "closed on 30 September 2022", Judged("bad", "Closed on 30 September 2022", "")),
        ("unknown", "no end is stated", Judged("unsure", "Ask whether it is open", "No end is stated")),
        ("open", None, Judged("good", "Open", "")),
        ("paused", None, Judged("bad", "Paused", "")),
    ],
)
def test_an_opening_is_said_once(opening: str, standing: str | None, judged: Judged) -> None:
    match = a_match(opening=opening, standing=Noted(text=standing) if standing else None)

    assert judge_opening(match) == judged


def test_small_words() -> None:
    assert [pounds(24_000), pounds(1234.5)] == ["£24,000", "£1,234.50"]
    assert cite_numbers([3, 4, 3]) == " [3] [4]"
    assert [end_sentence("Open"), end_sentence("Is it?")] == ["Open.", "Is it?"]
    assert [lower_first("Sector"), lower_first("R&D share"), lower_first("EPC"), lower_first("")] == [
        "sector", "R&D share", "EPC", "",
    ]  # fmt: skip
