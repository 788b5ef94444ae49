"""Every error of ours has the exit code that its module draws."""

import re

import pytest

from strategybot import errors
from strategybot.errors import ChatModelError, CorpusError, StrategyBotError

DRAWN = re.findall(r"[├└]─ (\w+)\s+(\d)", errors.__doc__ or "")


@pytest.mark.parametrize(("name", "code"), DRAWN)
def test_an_error_has_the_exit_code_that_is_drawn(name: str, code: str) -> None:
    error = getattr(errors, name)

    assert issubclass(error, StrategyBotError)
    assert error.exit_code == int(code)


def test_every_error_is_drawn() -> None:
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and name.endswith("Error")}

    assert {name for name, _ in DRAWN} == defined - {"StrategyBotError"}


def test_a_corpus_error_names_file_and_reason() -> None:
    error = CorpusError("plan.md", "it is empty")

    assert (str(error), error.path, error.reason) == ("plan.md: it is empty", "plan.md", "it is empty")


def test_a_chat_model_error_says_whether_to_try_again() -> None:
    assert ChatModelError("busy", retryable=True).retryable
    assert not ChatModelError("no key", retryable=False).retryable
