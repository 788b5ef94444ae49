"""The laws catch what is wrong with a reply."""

import pytest

from strategybot.grounding.laws import find_breaches, is_quoted
from strategybot.schema import Calculation, Notice, Reply
from tests.unit.evals.builders import QUOTE, a_citation, a_reply, a_statement

PAYS = "The Growth Fund paid grants of £10,000 to £50,000 until 30 September 2022."


def test_a_lawful_reply_has_no_breach() -> None:
    assert find_breaches(a_reply()) == ()


@pytest.mark.parametrize(
    ("changes", "breach"),
    [
        ({"text": f"{PAYS} [1] [2]"}, "the text cites [1, 2], the citations are [1]"),
        ({"text": PAYS}, "the text cites [], the citations are [1]"),
        ({"text": f"{PAYS} [1] Or £7."}, "the text holds 7£"),
        ({"citations": (a_citation(quote="word " * 61),)}, "quote 1 is too long"),
        ({"statements": (a_statement(text="Other words."),)}, "not the quoted words: Other words."),
        ({"statements": (a_statement(citations=(1, 2)),)}, "a citation is missing"),
        (
            {"statements": (a_statement(text="It paid £7.", basis="written"),)},
            "a quantity is not in its quotes: It paid £7.",
        ),
        (
            {
                "statements": (
                    a_statement(basis="calculation", calculation=Calculation(expression="1 + 1", result=3, unit="")),
                )
            },
            "wrongly calculated",
        ),
    ],
)
def test_a_breach_is_named(changes: dict[str, object], breach: str) -> None:
    reply = a_reply().model_copy(update=changes)

    assert any(found.startswith(breach) for found in find_breaches(reply))


def test_a_quantity_of_the_question_its_day_or_its_history_may_be_said() -> None:
    reply = a_reply(question="Is £7 enough?")
    said = a_statement(text="£7 is asked about, on 23 November 2026.", basis="written")
    lawful = reply.model_copy(update={"statements": (said,), "text": f"{said.text} [1]"})

    assert find_breaches(lawful) == ()
    assert find_breaches(lawful.model_copy(update={"question": "Is it enough?"})) != ()
    assert find_breaches(lawful.model_copy(update={"question": "Is it enough?"}), history=["I have £7"]) == ()


def test_a_quantity_of_a_notice_may_stand_in_the_text() -> None:
    reply: Reply = a_reply()
    notice = Notice(kind="closed", text="It closed in 2021.")
    noted = reply.model_copy(update={"notices": (notice,), "text": f"{reply.text}\n\n> {notice.text}"})

    assert find_breaches(noted) == ()
    assert find_breaches(noted.model_copy(update={"notices": ()})) == ("the text holds 2021",)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (QUOTE, True),
        ("the growth fund PAID grants", True),
        ("The Growth Fund paid grants [3].", True),
        ("rowth Fun", False),
        ("grants paid", False),
        ("…", False),
        ("", False),
    ],
)
def test_a_quote_is_whole_words_in_a_row(text: str, quoted: bool) -> None:
    assert is_quoted(text, [QUOTE]) is quoted
