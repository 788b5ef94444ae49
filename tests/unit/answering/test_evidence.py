"""Evidence: every candidate sentence is described by finite features, and what is no content is left out."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategybot.answering.evidence import (
    FEATURES,
    OWN,
    RELATIVE,
    Asked,
    Evidence,
    Rarity,
    features_for_part,
    numbers,
    stack,
    with_relative,
)
from strategybot.questions.terms import stem, stems
from tests.fakes import FakeEmbedder
from tests.unit.answering.builders import GRANT, PLAN, a_document, asking

DIGEST = a_document(
    """# Tram digest

A digest of the tram plan that the council published in May 2021.

## Lines

The tram runs from Leeds to Bradford. Read the whole plan at https://example.org/trams for more.

The other tram runs to Wakefield, see www.example.org there.
""",
    id="trams",
    title="Tram digest",
)


def texts_of(evidence: list[Evidence]) -> list[str]:
    return [each.sentence.text for each in evidence]


def own_of(evidence: Evidence, name: str) -> float:
    return float(evidence.own[OWN.index(name)])


def the_one(evidence: list[Evidence], words: str) -> Evidence:
    (found,) = [each for each in evidence if words in each.sentence.text]
    return found


@pytest.mark.parametrize("text", ["What does the growth grant pay?", "Is it open?", "ſ", "Compare 2019 with 2022"])
def test_features_are_finite_and_within_bounds(text: str) -> None:
    evidence = asking(text).evidence()

    own = np.array([each.own for each in evidence])
    assert stack(evidence).shape == (len(evidence), len(FEATURES))
    assert np.isfinite(stack(evidence)).all()
    assert (own >= -1.0001).all()
    assert (own <= 1.0001).all()


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_question_gives_finite_features(text: str) -> None:
    evidence = asking(text).evidence()

    assert len(evidence) > 0
    assert np.isfinite(stack(evidence)).all()


def test_nothing_found_is_no_evidence() -> None:
    evidence = asking("What of trams?", k=0).evidence()

    assert evidence == []
    assert stack(evidence).shape == (0, len(FEATURES))


def test_addresses_are_left_out() -> None:
    said = texts_of(asking("Where do trams run?", DIGEST).evidence())

    assert "The tram runs from Leeds to Bradford." in said
    assert not [text for text in said if "example.org" in text]


@pytest.mark.parametrize(("form", "kept"), [("digest", False), ("original", True)])
def test_the_imprint_is_left_out_of_a_digest_only(form: str, kept: bool) -> None:
    document = DIGEST.model_copy(update={"metadata": DIGEST.metadata.model_copy(update={"form": form})})

    said = texts_of(asking("What is the tram digest?", document).evidence())

    assert ("A digest of the tram plan that the council published in May 2021." in said) is kept


def test_directions_are_unit_vectors() -> None:
    lengths = [float(np.linalg.norm(each.direction)) for each in asking("What does it pay?").evidence()]

    assert lengths == pytest.approx([1.0] * len(lengths), abs=1e-4)


def test_a_sentence_that_stands_alone_in_its_document_has_no_direction() -> None:
    alone = a_document("# Note\n\nTrams run late.", id="note", title="Note")

    (evidence,) = asking("When do trams run?", alone).evidence()

    assert float(np.linalg.norm(evidence.direction)) == 0
    assert np.linalg.norm(evidence.vector) == pytest.approx(1)


def test_the_best_stays_behind_nothing_and_the_others_by_what_they_lack() -> None:
    own = np.zeros((2, len(OWN)))
    own[:, OWN.index("words")] = (0.25, 1.0)

    relative = with_relative(own)

    assert relative.shape == (2, len(FEATURES))
    assert relative[:, FEATURES.index("words_behind")].tolist() == [-0.75, 0.0]
    assert len(FEATURES) == len(OWN) + len(RELATIVE)


def test_a_sentence_is_compared_with_the_question() -> None:
    evidence = asking("How much does the growth grant pay, is it £50,000?").evidence()
    pays, retailers = the_one(evidence, "pays between"), the_one(evidence, "Retailers")

    assert own_of(pays, "numbers") == 1 > own_of(retailers, "numbers") == 0
    assert own_of(pays, "values") == 1 > own_of(retailers, "values") == 0
    assert own_of(pays, "value") == 1 > own_of(retailers, "value") == 0
    assert own_of(pays, "words") > own_of(retailers, "words")
    assert own_of(retailers, "rule") == 1


def test_rules_count_more_where_the_question_is_about_who_may_apply() -> None:
    lookup = the_one(asking("What of retailers and the growth grant?").evidence(), "Retailers")
    eligible = the_one(asking("Can a retailer have the growth grant?").evidence(), "Retailers")

    assert (own_of(lookup, "rule_if_eligibility"), own_of(eligible, "rule_if_eligibility")) == (0, 1)


@pytest.mark.parametrize(("as_of", "in_force", "past"), [(date(2024, 3, 31), 1.0, 0.0), (date(2024, 4, 1), 0.0, 0.75)])
def test_what_has_closed_is_not_in_force(as_of: date, in_force: float, past: float) -> None:
    evidence = the_one(asking("What does the climate grant pay?", as_of=as_of).evidence(), "pays between")

    assert own_of(evidence, "in_force") == in_force
    assert own_of(evidence, "past_unasked") == pytest.approx(past)


@pytest.mark.parametrize(("year", "fit"), [("2022", 1.0), ("2019", -1.0), ("", 0.0)])
def test_a_year_that_is_asked_for_fits_the_documents_dates_or_not(year: str, fit: float) -> None:
    evidence = the_one(asking(f"What is the target of {year}?").evidence(), "by 2038")

    assert own_of(evidence, "year") == fit


def test_a_title_that_is_named_counts_as_a_run() -> None:
    evidence = asking("What is the target of the climate plan?").evidence()

    assert own_of(the_one(evidence, "by 2038"), "name_run") == 0.5
    assert own_of(the_one(evidence, "pays between"), "name_run") == 0


def test_a_part_that_names_another_document_changes_which_one_is_named() -> None:
    found = asking("What does the climate plan say?")
    evidence = found.evidence()
    row = evidence.index(the_one(evidence, "pays between"))
    vector = FakeEmbedder().encode(["growth grants"])[0]

    features = features_for_part(evidence, Asked.of_part("growth grants"), vector, rarity=found.rarity)

    assert own_of(evidence[row], "name_run") == 0
    assert features.shape == stack(evidence).shape
    assert features[row, FEATURES.index("name_run")] == 0.5
    assert features[row, FEATURES.index("document")] == own_of(evidence[row], "document")


def test_what_is_asked_is_read_with_its_short_forms_and_figures() -> None:
    asked = Asked.of_part("What of the Local Growth Plan and £1,000 in 2021?", without=stems("what"))

    assert stem("lgp") in asked.stems
    assert stem("growth") in asked.implied - asked.stems
    assert asked.numbers == {"1000", "2021"}
    assert asked.years == {2021}


def test_numbers_lose_their_commas() -> None:
    assert numbers("From £10,000 to 20.5%, by 2030.") == {"10000", "20.5", "2030"}
    assert numbers("none") == frozenset()


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    rarity = Rarity({stem("grant"): 9, stem("tram"): 1}, 10)

    assert rarity.weight(stem("tram")) > rarity.weight(stem("grant")) > 0
    assert rarity.share(stems("tram grant"), stems("tram")) > 0.5 > rarity.share(stems("tram grant"), stems("grant"))


def test_a_short_form_is_as_frequent_as_what_it_stands_for() -> None:
    frequent = Rarity({"local": 50, "growth": 40, "plan": 30}, 100)

    assert frequent.weight("lgp") == frequent.weight("plan") < Rarity({}, 100).weight("lgp")


@pytest.mark.parametrize(
    ("wanted", "found", "share"),
    [("", "grant", 0), ("grant", "", 0), ("grant", "grant", 1), ("firm", "business", 1), ("firm", "tree", 0)],
)
def test_a_share_of_words_counts_synonyms(wanted: str, found: str, share: float) -> None:
    assert Rarity({}, 10).share(stems(wanted), stems(found)) == share


def test_both_documents_are_found() -> None:
    assert {each.metadata.id for each in asking("What is there?").evidence()} == {GRANT.id, PLAN.id}


def test_labels_and_bare_figures_are_left_out() -> None:
    chart = a_document(
        "# Jobs\n\n## Jobs by sector\n\nHealth\n\n39\n\nRetail trade\n\n£5 million\n\n12 firms\n", id="jobs"
    )

    assert texts_of(asking("How many jobs are there by sector?", chart).evidence()) == ["£5 million", "12 firms"]
