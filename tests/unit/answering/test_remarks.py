"""Remarks: what is said of the standing of a document on a day, and where sources differ."""

from datetime import date

import pytest

from strategybot.answering.evidence import Evidence
from strategybot.answering.remarks import MOST_NOTICES, find_main_document, remark, verdict_on_opening
from strategybot.questions.understanding import understand
from strategybot.schema import Claim, Metadata, Notice, Query
from tests.unit.answering.builders import AS_OF, a_metadata, an_evidence

NAMED = {"name_run": 0.5, "named": 1.0, "document": 1.0}
OPEN_NOW = "Is the growth grant still open?"
HOMES = "The plan is to insulate old homes, village schools, farms, corner shops, offices and hospitals in Leeds"


def notices_for(text: str, *chosen: Evidence, later: Metadata | None = None, as_of: date = AS_OF) -> tuple[Notice, ...]:
    documents = {each.metadata.id: each.metadata for each in chosen}
    documents |= {later.id: later} if later else {}
    return remark(understand(Query(text=text)), chosen, documents=documents, as_of=as_of)


def said_of(metadata: Metadata, *, text: str = "What does it pay?", later: Metadata | None = None) -> list[str]:
    notices = notices_for(text, an_evidence("It pays.", metadata=metadata), later=later)
    return [f"{notice.kind}: {notice.text}" for notice in notices]


def verdict_on(*evidence: Evidence, text: str = OPEN_NOW, as_of: date = AS_OF) -> Claim | None:
    documents = {each.metadata.id: each.metadata for each in evidence}
    return verdict_on_opening(understand(Query(text=text)), evidence, documents=documents, as_of=as_of)


def test_what_still_holds_needs_no_remark() -> None:
    assert said_of(a_metadata(published="2023", valid_to="2027")) == []


def test_nothing_cited_needs_no_remark() -> None:
    assert notices_for("How much does it pay?") == ()


@pytest.mark.parametrize(
    ("kind", "end", "text"),
    [
        ("support-scheme", "2024-03-31", "“Growth grants” closed on 31 March 2024."),
        ("consultation", "2024-03", "“Growth grants” closed in March 2024."),
        ("plan", "2024", "“Growth grants” ran until 2024 and is no longer in force."),
    ],
)
def test_what_has_closed_is_said(kind: str, end: str, text: str) -> None:
    assert said_of(a_metadata(kind=kind, valid_to=end)) == [f"closed: {text}"]


def test_what_closes_later_is_not_said_to_have_closed() -> None:
    chosen = an_evidence("It pays.", metadata=a_metadata(published="2020", valid_to="2024-03-31"))

    assert notices_for("What does it pay?", chosen, as_of=date(2024, 3, 31)) == ()
    assert [n.kind for n in notices_for("What does it pay?", chosen, as_of=date(2024, 4, 1))] == ["closed"]


@pytest.mark.parametrize(
    ("basis", "text"),
    [
        ("stated", "“Growth grants” has been replaced by “New plan”."),
        ("inferred", "Later: “New plan”, May 2025."),
        (None, "Later: “New plan”, May 2025."),
    ],
)
def test_what_has_been_replaced_is_said_as_surely_as_it_is_known(basis: str | None, text: str) -> None:
    old = a_metadata(kind="plan", published="2020", superseded_by="new", relation_basis=basis)
    later = a_metadata("new", title="New plan", published="2025-05")

    assert said_of(old, later=later) == [f"superseded: {text}"]


def test_what_will_be_replaced_or_by_something_unknown_is_not_said_to_be() -> None:
    old = a_metadata(kind="plan", published="2020", superseded_by="new", relation_basis="stated")

    assert said_of(old, later=a_metadata("new", title="New plan", published="2027")) == []
    assert said_of(old) == []


@pytest.mark.parametrize(("published", "dated"), [("2021-05-02", "(page dated 2 May 2021)"), (None, "(page undated)")])
def test_a_scheme_without_an_end_may_be_stale(published: str | None, dated: str) -> None:
    scheme = a_metadata(published=published)

    assert said_of(scheme, text=OPEN_NOW) == [f"stale: “Growth grants”: ask whether it is still open {dated}."]
    assert said_of(scheme, text="What does the growth grant pay?") == []


def test_an_undated_plan_is_said_to_be_where_its_standing_is_asked() -> None:
    plan = a_metadata(kind="plan")

    assert said_of(plan, text="Is the plan in force?") == [
        "undated: “Growth grants” bears no date, so it may be out of date."
    ]
    assert said_of(plan, text="What does the plan aim for?") == []


def test_a_source_that_is_not_official_is_said_to_be() -> None:
    assert said_of(a_metadata(published="2023", valid_to="2027", reliability="third-party")) == [
        "stale: “Growth grants” comes from press or advisers: check it with the official source."
    ]


def test_documents_that_say_the_same_with_other_figures_differ() -> None:
    older = a_metadata("a", title="Plan A", kind="plan", published="2020")
    newer = a_metadata("b", title="Plan B", kind="plan", published="2022-06")
    one = an_evidence(f"{HOMES}: 4,000", metadata=older)
    other = an_evidence(f"{HOMES}: 5,000", metadata=newer)
    alike = an_evidence(f"{HOMES}: 4,000", metadata=newer)
    same = an_evidence(f"{HOMES}: 5,000", metadata=older)
    apart = an_evidence("The trams carry 700 people from town to town.", metadata=newer)

    found = notices_for("How many homes?", one, other)

    assert [notice.kind for notice in found] == ["conflict"]
    assert found[0].text.endswith("the latest dated one is “Plan B”, June 2022.")
    assert notices_for("Which homes come first?", one, other) == ()
    for second in (alike, same, apart):
        assert notices_for("How many homes?", one, second) == ()


def test_undated_documents_that_differ_have_no_latest() -> None:
    one = an_evidence(f"{HOMES}: 4,000", metadata=a_metadata("a", kind="plan"))
    other = an_evidence(f"{HOMES}: 5,000", metadata=a_metadata("b", kind="plan"))
    dated = an_evidence(f"{HOMES}: 5,000", metadata=a_metadata("b", kind="plan", published="2021"))

    assert notices_for("How many homes?", one, other) == ()
    assert [notice.kind for notice in notices_for("How many homes?", one, dated)] == ["conflict"]


def test_no_more_than_so_many_notices_and_each_once() -> None:
    closed = [
        an_evidence(f"It pays {n}.", metadata=a_metadata(f"s{n}", title=f"Scheme {name}", valid_to="2021"))
        for n, name in enumerate("abcd")
    ]

    found = notices_for("What does it pay?", *closed, *closed)

    assert [notice.text for notice in found] == ["“Scheme a” closed in 2021.", "“Scheme b” closed in 2021."]
    assert len(found) == MOST_NOTICES


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"valid_to": "2024-03-31"}, "No: “Growth grants” closed on 31 March 2024."),
        ({"kind": "plan", "valid_to": "2024-03"}, "No: “Growth grants” ran until March 2024."),
        (
            {"published": "2023", "valid_to": "2027-03"},
            "Yes: “Growth grants” is open until March 2027, the end that is stated.",
        ),
        (
            {"kind": "plan", "published": "2023", "valid_to": "2027"},
            "Yes: “Growth grants” runs until 2027, the end that is stated.",
        ),
        ({"valid_from": "2027-01-04", "valid_to": "2028"}, "Not yet: “Growth grants” starts from 4 January 2027."),
        ({"title": "Growth 2021 grants", "valid_to": "2024"}, "No: this scheme closed in 2024."),
    ],
)
def test_whether_a_document_is_open_is_said_where_it_is_asked(fields: dict[str, str], text: str) -> None:
    claim = verdict_on(an_evidence("It pays.", metadata=a_metadata(**fields), own=NAMED))

    assert claim is not None
    assert (claim.basis, claim.text) == ("verdict", text)


def test_the_sentence_that_states_the_day_is_cited() -> None:
    closed = a_metadata(valid_to="2024-03-31")
    first, day = an_evidence("It pays.", metadata=closed, own=NAMED), "It closes on 31 March 2024."

    claim = verdict_on(first, an_evidence(day, metadata=closed, own=NAMED))

    assert claim is not None
    assert [source.text for source in claim.sources] == [day]


@pytest.mark.parametrize(
    ("text", "fields", "own"),
    [
        ("What does the growth grant pay?", {"valid_to": "2024"}, NAMED),
        (OPEN_NOW, {"published": "2021"}, NAMED),
        (OPEN_NOW, {"valid_to": "2024"}, {"name_run": 0.25, "named": 1.0}),
        (OPEN_NOW, {"valid_to": "2024"}, {"name_run": 1.0, "named": 0.3}),
        (OPEN_NOW, {"published": "2020", "valid_to": "2028", "superseded_by": "lost"}, NAMED),
        (OPEN_NOW, {"valid_from": "2020"}, NAMED),
    ],
    ids=["not asked", "no window", "short run", "little named", "replaced", "no end"],
)
def test_there_is_no_verdict_on_what_is_not_clear(text: str, fields: dict[str, str], own: dict[str, float]) -> None:
    assert verdict_on(an_evidence("It pays.", metadata=a_metadata(**fields), own=own), text=text) is None


def test_there_is_no_verdict_on_nothing() -> None:
    assert verdict_on() is None


def test_of_versions_named_alike_the_one_that_ran_last_is_meant() -> None:
    first = an_evidence("It paid.", metadata=a_metadata("first", valid_to="2019"), own=NAMED)
    last = an_evidence("It pays.", metadata=a_metadata("last", valid_to="2022"), own=NAMED | {"named": 0.9})
    other = an_evidence("It lends.", metadata=a_metadata("other", valid_to="2025"), own=NAMED | {"named": 0.7})

    main = find_main_document(understand(Query(text=OPEN_NOW)), [first, last, other])

    assert main is not None
    assert main.id == "last"
