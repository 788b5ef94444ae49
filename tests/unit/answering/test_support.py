"""A reply on a situation says first how the schemes asked for fit."""

from collections.abc import Sequence
from datetime import date

from strategybot.answering.support import Support, choose_shown, draft_support
from strategybot.eligibility.matching import match_schemes
from strategybot.schema import Asking, Claim, Draft, Notice, Sentence
from strategybot.schemes import Profile
from tests.builders.schemes import criterion, held, profile, scheme

SMALL, SHARE, END = (
    "Only firms with 100 employees or fewer can apply.",
    "It pays 20% of the cost.",
    "It closed in 2022.",
)
GROWTH = scheme(
    criterion("employees", "at_most", 100, quote=SMALL),
    id="growth",
    name="Growth Fund",
    purposes=["equipment"],
    amount={"terms": [{"share": 0.2, "quote": SHARE}]},
)
SKILLS = scheme(
    criterion("employees", "below", 250, quote="For firms with fewer than 250."), id="skills", purposes=["training"]
)
SCHEMES = [held(GROWTH, id="growth-page", title="Growth page"), held(SKILLS, id="skills-page", title="Skills page")]
BASE = Draft(status="not_found", answerability=0.2, opening="I could not find that.")


def span(quote: str, document: str = "growth-page", start: int = 0) -> Sentence:
    return Sentence(
        passage_id=f"{document}@000000000000#0-99",
        start=start,
        end=start + len(quote),
        text=quote,
        prefix="",
        paragraph=1,
    )


SOURCES = {
    ("growth-page", SMALL): span(SMALL),
    ("growth-page", SHARE): span(SHARE, start=60),
    ("skills-page", "For firms with fewer than 250."): span("For firms with fewer than 250.", "skills-page"),
}


def support(told: Profile, named: Sequence[str] = ()) -> Support:
    fits = match_schemes(told, SCHEMES, as_of=date(2026, 11, 25))
    return Support(fits, named, [], SOURCES, Asking(fact="employees", text="How many people?"))


def test_a_named_scheme_that_does_not_fit_is_said_with_its_words() -> None:
    draft = draft_support(BASE, support(profile(employees=180), ["growth"]))

    assert draft.status == "answered"
    assert draft.claims[0].text.startswith("Growth Fund – does not fit: 180; it asks for at most 100 employees.")
    assert [(claim.basis, claim.text) for claim in draft.claims[1:]] == [("quote", SMALL)]
    assert draft.opening == ""
    assert draft.clarifying_question is None


def test_what_a_scheme_would_pay_is_worked_out() -> None:
    draft = draft_support(BASE, support(profile(employees=18, project_cost=120_000), ["growth"]))

    assert [claim.text for claim in draft.claims if claim.basis == "calculation"] == [
        "Our sum: 20% of £120,000 comes to at most £24,000.",
        "That would leave £96,000 to find.",
    ]


def test_without_a_name_the_schemes_to_the_point_are_shown() -> None:
    shown = choose_shown(BASE, support(profile(employees=18, need="training")))

    assert [fit.held.scheme.id for fit in shown] == ["skills"]


def test_what_is_closed_comes_behind_what_may_be_had_and_an_earlier_page_is_left_out() -> None:
    window = {"closes": "2022", "quotes": [END]}
    schemes = [
        held(scheme(id="closed", name="Closed", purposes=["training"], window=window), id="p1", published="2022"),
        held(scheme(id="old", name="Course", purposes=["training"], later="new"), id="p2", published="2026"),
        held(scheme(id="new", name="Course", purposes=["training"]), id="p3", published="2026"),
    ]
    fits = match_schemes(profile(employees=18, need="training"), schemes, as_of=date(2026, 11, 25))

    shown = choose_shown(BASE, Support(fits, [], [], SOURCES, None))

    assert [fit.held.scheme.id for fit in shown] == ["new", "closed"]


def test_a_question_is_asked_beside_a_scheme_that_may_fit() -> None:
    draft = draft_support(BASE, support(profile(employees=18), ["growth"]))

    assert draft.clarifying_question == "How many people?"


def test_where_nothing_is_to_the_point_the_draft_stays_as_it_is() -> None:
    assert draft_support(BASE, support(profile(employees=18, need="export"))) is BASE


def test_a_sentence_that_the_verdict_quotes_is_not_said_twice() -> None:
    claims = (Claim(text=SMALL, basis="quote", sources=(span(SMALL),), support=0.9),)
    base = BASE.model_copy(update={"status": "answered", "claims": claims})

    draft = draft_support(base, support(profile(employees=180), ["growth"]))

    assert [claim.text for claim in draft.claims].count(SMALL) == 1


def test_further_sentences_stop_at_the_length_that_a_person_reads() -> None:
    long = tuple(
        Claim(text=" ".join([f"word{n}"] * 40), basis="quote", sources=(span("x", start=500 + n),), support=0.9)
        for n in range(8)
    )
    base = BASE.model_copy(update={"status": "answered", "claims": long})

    draft = draft_support(base, support(profile(employees=18), ["growth"]))

    assert 3 <= len(draft.claims) < 6


def test_a_notice_that_the_verdict_says_itself_is_left_out() -> None:
    notices = (Notice(kind="stale", text="“Growth page”: ask."), Notice(kind="stale", text="“Another”: ask."))
    claims = (Claim(text=SHARE, basis="quote", sources=(span(SHARE, start=60),), support=0.9),)
    base = BASE.model_copy(update={"status": "answered", "claims": claims, "notices": notices})

    assert [n.text for n in draft_support(base, support(profile(employees=18), ["growth"])).notices] == [
        "“Another”: ask."
    ]
