"""Selection: within budget, the best of each part, lists together, nothing twice."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.answering.evidence import Evidence, Rarity
from strategybot.answering.selection import Budget, Part, SelectionWeights, Wanted, select
from strategybot.questions.terms import stem, stems
from strategybot.schema import Metadata
from tests.unit.answering.builders import a_metadata, an_evidence, scores_of

RARITY = Rarity({}, 10)
PLAIN = SelectionWeights(
    coverage=0.0, listing=0.0, aspect=0.0, main=0.0, length=0.0, document=0.0, whole=0.0, floor=0.0
)
ROOMY = Budget(words=1_000, sentences=100, longest=1_000)


def wanted(**changes: object) -> Wanted:
    fields: dict[str, object] = {
        "stems": frozenset(), "parts": (), "aspects": (), "main": frozenset(), "listed": None,
        "budget": ROOMY, "weights": PLAIN,
    }  # fmt: skip
    return Wanted(**fields | changes)  # type: ignore[arg-type]  # changes are the fields of Wanted


def evidence_of(*texts: str, metadata: Metadata | None = None, prefix: str | None = None) -> list[Evidence]:
    return [an_evidence(text, metadata=metadata, prefix=prefix) for text in texts]


def part(text: str, *scores: float) -> Part:
    return Part(text, stems(text), scores_of(*scores))


def chosen_from(evidence: Sequence[Evidence], *scores: float, of: Wanted) -> list[int]:
    return select(evidence, scores_of(*scores), wanted=of, rarity=RARITY)[0]


@pytest.mark.parametrize("listed", [None, "grant"])
def test_no_evidence_gives_nothing(listed: str | None) -> None:
    chosen, answers = select([], scores_of(), wanted=wanted(parts=(part("cost"),), listed=listed), rarity=RARITY)

    assert (chosen, answers) == ([], (None,))


def test_the_best_come_first() -> None:
    assert chosen_from(evidence_of("one", "two", "three"), 0.2, 0.9, 0.5, of=wanted()) == [1, 2, 0]


def test_no_more_sentences_are_chosen_than_the_budget_has() -> None:
    budget = Budget(words=1_000, sentences=2, longest=1_000)

    assert chosen_from(evidence_of("one", "two", "three"), 0.2, 0.9, 0.5, of=wanted(budget=budget)) == [1, 2]


def test_a_sentence_that_is_too_long_is_passed_over_for_a_shorter_one() -> None:
    budget = Budget(words=4, sentences=9, longest=1_000)
    evidence = evidence_of("one two three", "four five six", "seven")

    assert chosen_from(evidence, 0.9, 0.8, 0.1, of=wanted(budget=budget)) == [0, 2]


def test_the_first_sentence_may_be_longer_than_the_budget() -> None:
    budget = Budget(words=2, sentences=9, longest=1_000)

    assert chosen_from(evidence_of("one two three", "four"), 0.9, 0.8, of=wanted(budget=budget)) == [0]


def test_the_best_sentence_of_each_part_is_chosen_first() -> None:
    evidence = evidence_of("cost", "deadline", "weather")
    parts = (part("deadline", 0.1, 0.8, 0.2), part("cost", 0.7, 0.1, 0.2))

    chosen, answers = select(evidence, scores_of(0.1, 0.1, 0.9), wanted=wanted(parts=parts), rarity=RARITY)

    assert answers == (1, 0)
    assert chosen == [1, 0, 2]


def test_one_sentence_may_answer_two_parts_and_is_chosen_once() -> None:
    parts = (part("cost", 0.9, 0.1), part("fee", 0.9, 0.1))

    chosen, answers = select(evidence_of("cost", "x"), scores_of(0.5, 0.4), wanted=wanted(parts=parts), rarity=RARITY)

    assert answers == (0, 0)
    assert chosen == [0, 1]


def test_a_part_that_no_sentence_answers_has_no_answer() -> None:
    _, answers = select(evidence_of("x"), scores_of(0.5), wanted=wanted(parts=(part("cost", 0.0),)), rarity=RARITY)

    assert answers == (None,)


def test_of_sentences_that_answer_a_part_alike_the_one_that_answers_the_whole_is_chosen() -> None:
    weights = PLAIN.model_copy(update={"whole": 0.5})
    of = wanted(parts=(part("cost", 0.6, 0.5),), weights=weights)

    _, answers = select(evidence_of("a", "b"), scores_of(0.1, 0.9), wanted=of, rarity=RARITY)

    assert answers == (1,)


def test_a_list_is_followed_under_its_heading() -> None:
    plan = a_metadata("plan", title="Plan")
    items = evidence_of("Mission one", "Mission two", "Mission three", metadata=plan, prefix="Plan › Missions")
    others = evidence_of("Better a", "Better b", "Better c", metadata=plan, prefix="Plan › Other")
    weights = PLAIN.model_copy(update={"listing": 1.0})
    budget = Budget(words=100, sentences=3, longest=1_000)
    of = wanted(listed=stem("missions"), weights=weights, budget=budget)

    assert chosen_from([*others, *items], 0.6, 0.6, 0.6, 0.3, 0.3, 0.3, of=of) == [3, 4, 5]
    unlisted = wanted(weights=weights, budget=budget)
    assert chosen_from([*others, *items], 0.6, 0.6, 0.6, 0.3, 0.3, 0.3, of=unlisted) == [0, 1, 2]


def test_what_says_nothing_new_of_the_question_comes_after_what_does() -> None:
    weights = PLAIN.model_copy(update={"coverage": 0.5})
    of = wanted(stems=stems("cost deadline"), weights=weights)

    assert chosen_from(evidence_of("The cost", "Cost again", "Deadline"), 0.6, 0.5, 0.4, of=of) == [0, 2, 1]


def test_a_sentence_far_behind_the_best_is_left_out_unless_its_document_is_a_main_one() -> None:
    weights = PLAIN.model_copy(update={"floor": 0.5})
    evidence = evidence_of("one", "two")

    assert chosen_from(evidence, 0.8, 0.3, of=wanted(weights=weights)) == [0]
    assert chosen_from(evidence, 0.8, 0.3, of=wanted(weights=weights, main=frozenset({"grants"}))) == [0, 1]


def test_one_more_document_costs() -> None:
    weights = PLAIN.model_copy(update={"document": 0.3})
    evidence = [an_evidence("one"), an_evidence("two", metadata=a_metadata("other")), an_evidence("three")]

    assert chosen_from(evidence, 0.9, 0.5, 0.4, of=wanted(weights=weights)) == [0, 2, 1]


def test_the_first_sentence_of_an_aspect_is_worth_more_than_the_second() -> None:
    weights = PLAIN.model_copy(update={"aspect": 0.3})
    evidence = evidence_of("The fund pays £5,000.", "It pays £6,000.", "Shops cannot apply.")
    of = wanted(weights=weights, aspects=("amount", "exclusion"))

    assert chosen_from(evidence, 0.6, 0.5, 0.4, of=of) == [0, 2, 1]


TEXTS = st.lists(st.text("abc ", min_size=1, max_size=12).filter(str.strip), min_size=0, max_size=8)


@given(TEXTS, st.integers(1, 6), st.integers(1, 4), st.integers(0, 3), st.randoms(use_true_random=False))
def test_a_budget_is_always_kept_and_nothing_is_chosen_twice(
    texts: list[str], words: int, sentences: int, count: int, dice: Random
) -> None:
    evidence = [an_evidence(text, metadata=a_metadata(f"d{n % 2}")) for n, text in enumerate(texts)]
    draw = dice.random
    parts = tuple(part("a", *(draw() for _ in texts)) for _ in range(count))
    of = wanted(parts=parts, budget=Budget(words=words, sentences=sentences, longest=9), weights=SelectionWeights())

    chosen, answers = select(evidence, scores_of(*(draw() for _ in texts)), wanted=of, rarity=RARITY)

    assert len(set(chosen)) == len(chosen) <= sentences
    assert len(chosen) <= 1 or sum(len(texts[n].split()) for n in chosen) <= words
    assert len(answers) == count
    assert {n for n in answers if n is not None} <= set(chosen)
