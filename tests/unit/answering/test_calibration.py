"""Calibration files: the bundled one fits the code, and one that does not is refused with what mends it."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategybot.answering.answerability import SIGNALS
from strategybot.answering.calibration import Logistic, load_calibration
from strategybot.answering.evidence import FEATURES
from strategybot.errors import ConfigurationError
from strategybot.questions.kinds import Kind
from tests.unit.answering.builders import a_calibration, a_logistic

MENDS = r"python -m evals\.calibrate"


def test_the_bundled_calibration_is_made_for_these_features_signals_and_kinds() -> None:
    calibration = load_calibration()

    assert calibration.sentence.names == FEATURES
    assert calibration.answerability.names == SIGNALS
    assert calibration.budgets.keys() == set(get_args(Kind))
    assert 0 <= calibration.scope_below <= calibration.answer_above <= 1


def test_a_written_calibration_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(a_calibration().model_dump_json(), "utf-8")

    assert load_calibration(path) == a_calibration()


@pytest.mark.parametrize("names", [FEATURES[1:], FEATURES[::-1], (*FEATURES, "mood")], ids=["few", "order", "many"])
def test_a_calibration_for_other_features_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(a_calibration(sentence=a_logistic(names, 0.0)).model_dump_json(), "utf-8")

    with pytest.raises(ConfigurationError, match=rf"made for other features; .*{MENDS}"):
        load_calibration(path)


@pytest.mark.parametrize("names", [SIGNALS[1:], SIGNALS[::-1]], ids=["few", "order"])
def test_a_calibration_for_other_signals_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(a_calibration(answerability=a_logistic(names, 0.0)).model_dump_json(), "utf-8")

    with pytest.raises(ConfigurationError, match=MENDS):
        load_calibration(path)


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]"])
def test_a_calibration_that_is_not_valid_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ConfigurationError, match=rf"cannot be read; .*{MENDS}"):
        load_calibration(path)


def test_a_calibration_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=rf"cannot be read; .*{MENDS}"):
        load_calibration(tmp_path / "none.json")


def test_a_logistic_model_gives_one_probability_for_each_row() -> None:
    model = Logistic(weights={"a": 2.0, "b": -1.0}, bias=0.5)

    found = model.probabilities(np.array([[0.0, 0.5], [1.0, 0.0]]))

    assert found == pytest.approx([0.5, 1 / (1 + np.exp(-2.5))])
    assert model.probabilities(np.zeros((0, 2))).shape == (0,)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_probability_stays_within_bounds(value: float, bias: float) -> None:
    (found,) = Logistic(weights={"a": 1.0}, bias=bias).probabilities(np.array([[value]]))

    assert 0 <= found <= 1
