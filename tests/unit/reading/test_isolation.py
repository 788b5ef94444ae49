"""Work in child processes ends in time, within its memory, and harms no other."""

import os
import time

import pytest

from strategybot.reading.isolation import IsolatedPool, IsolationError, Limits, run_isolated

LIMITS = Limits(seconds=1.5, megabytes=1_200, workers=2)


def square(number: int) -> int:
    return number * number


def misbehave(how: str) -> str:
    if how == "hang":
        time.sleep(60)
    if how == "grow":
        return str(len(bytearray(3 << 30)))
    if how == "die":
        os.abort()
    if how == "raise":
        message = "it is damaged"
        raise ValueError(message)
    return how


def test_values_come_in_the_order_of_what_was_given() -> None:
    with IsolatedPool(LIMITS) as pool:
        assert list(pool.map(square, range(20))) == [n * n for n in range(20)]


def test_work_that_hangs_grows_or_dies_is_given_up_and_the_rest_goes_on() -> None:
    with IsolatedPool(LIMITS) as pool:
        outcomes = list(pool.map(misbehave, ["a", "hang", "grow", "die", "b"]))

    assert [outcomes[0], outcomes[4]] == ["a", "b"]
    reasons = [str(error) for error in outcomes[1:4]]
    assert reasons[0] == "it took longer than 1.5 seconds and was given up"
    assert all("want of memory (1200 MB" in reason for reason in reasons[1:])


def test_an_error_of_the_work_itself_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="it is damaged"):
        run_isolated(misbehave, "raise")


def test_one_piece_of_work_has_its_own_limit() -> None:
    with pytest.raises(IsolationError, match=r"longer than 0\.5 seconds"):
        run_isolated(misbehave, "hang", timeout_s=0.5)


def test_no_work_starts_no_process() -> None:
    with IsolatedPool(LIMITS) as pool:
        assert list(pool.map(square, [])) == []
