"""The pace: pauses between two requests to a host, by a clock that tests move."""

import pytest

from strategybot.sourcing.pacing import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def ask(pace: Pace, host: str, *, delay_s: float = 0.0) -> None:
    with pace.turn(host, delay_s=delay_s):
        pass


def test_the_first_request_to_a_host_does_not_wait(clock: Clock) -> None:
    pace = Pace(1.0, clock=clock.read, sleep=clock.sleep)

    ask(pace, "a")
    ask(pace, "b")

    assert clock.slept == []


def test_the_next_one_waits_for_what_is_left_of_the_pause(clock: Clock) -> None:
    pace = Pace(1.0, clock=clock.read, sleep=clock.sleep)

    ask(pace, "a")
    clock.now += 0.25
    ask(pace, "a")
    clock.now += 5
    ask(pace, "a")

    assert clock.slept == [0.75]


def test_the_longer_of_two_pauses_holds(clock: Clock) -> None:
    pace = Pace(1.0, clock=clock.read, sleep=clock.sleep)

    ask(pace, "a")
    ask(pace, "a", delay_s=10)
    ask(pace, "a", delay_s=0.1)

    assert clock.slept == [10, 1]
