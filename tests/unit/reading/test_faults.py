"""Metadata that is not valid is said in plain words, and typed values are read where they are typed."""

from pathlib import Path

import pytest

from strategybot.errors import CorpusError
from strategybot.reading import open_files, read_document
from tests.fakes import write_document

SCHEME = "{{id: fund, name: Fund, offer: grant, {0}}}"
CRITERION = "criteria: [{{quote: a}}, {{fact: employees, {0}}}]"


def fault(folder: Path, scheme: str) -> str:
    path = write_document(folder, "plan", "Text.", schemes=f"[{scheme}]")
    with pytest.raises(CorpusError) as caught:
        read_document(path)
    return caught.value.reason


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ("operator: atmost, value: 3", "operator: needs one of 'at_least', 'at_most'"),
        ("operator: at_most", "a criterion on a fact has fact, operator and value"),
        ("operator: is, value: {a: 1}", "value: needs true or false, a number, text, or a list of names"),
        ("operator: is, value: true, quot: a", "quot: is no field here; did you mean quote?"),
        ("operator: is, value: true, quote: ''", "quote: is empty"),
        ("operator: is, value: true, proposed: perhaps", "proposed: needs true or false (it says 'perhaps')"),
    ],
)
def test_a_fault_names_scheme_criterion_and_field(tmp_path: Path, criterion: str, said: str) -> None:
    text = fault(tmp_path, SCHEME.format(CRITERION.format(criterion)))

    assert f"scheme fund, criterion 2{': ' if said.startswith('a criterion') else ', '}{said}" in text


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("{name: Fund, offer: grant}", "scheme 1, id: is missing"),
        (SCHEME.format("colour: red"), "scheme fund, colour: is no field here; use id, name"),
        (
            SCHEME.format("pot: {amount: '5,000', quote: a}"),
            "scheme fund, pot, amount: needs a number without thousands",
        ),
        (SCHEME.format("window: {closes: soon, quotes: [a]}"), "scheme fund, window, closes: 'soon' is not a date"),
        (SCHEME.format("window: {closes: 2022, quotes: a}"), "scheme fund, window, quotes: needs a list"),
        (SCHEME.format("apply: [a, 7]"), "scheme fund, apply 2: needs text"),
        (
            SCHEME.format("pot: {amount: 5, quote: £10,000 to £50,000}"),
            "000 to £50: is no field: text that holds a comma",
        ),
        ("7", "scheme 1: "),
    ],
)
def test_a_fault_outside_of_criteria_is_named_too(tmp_path: Path, scheme: str, said: str) -> None:
    assert said in fault(tmp_path, scheme)


def test_schemes_of_a_sidecar_have_their_types_and_its_other_lines_are_text(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Text.")
    (tmp_path / "plan.meta.yaml").write_text(
        "published: 2022\nlanguage: no\n"
        "schemes:\n- {id: fund, name: Fund, offer: grant, criteria: [{fact: employees, operator: at_most, value: 100}],"
        " window: {opens: 2021, closes: 2022-09-30, quotes: [Text]}}\n"
    )

    metadata = read_document(tmp_path / "plan.txt").metadata

    (scheme,) = metadata.schemes
    assert scheme.criteria[0].value == 100
    assert scheme.window is not None
    assert (metadata.published, metadata.language, scheme.window.opens, scheme.window.closes) == (
        "2022",
        "no",
        "2021",
        "2022-09-30",
    )


def test_of_several_files_each_is_read_or_said_to_be_wrong(tmp_path: Path) -> None:
    good = write_document(tmp_path, "good", "Text.")
    bad = write_document(tmp_path, "bad", "Text.", published="soon")
    empty = tmp_path / "empty.md"
    empty.write_text("")

    opened = {Path(one.name).stem: one for one in open_files([good, bad, empty])}

    assert opened["good"].document is not None
    assert "published: 'soon' is not a date" in (opened["bad"].reason or "")
    assert opened["empty"].reason == "it is empty"
