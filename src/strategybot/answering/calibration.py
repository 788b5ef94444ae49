"""Calibration: the numbers that answering weighs by, read from a data file that a command writes."""

from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from strategybot.answering.answerability import SIGNALS
from strategybot.answering.evidence import FEATURES
from strategybot.answering.selection import Budget, SelectionWeights
from strategybot.errors import ConfigurationError
from strategybot.questions.kinds import Kind
from strategybot.schema import Frozen


class Logistic(Frozen):
    """A logistic model: weight by feature name, and bias; gives a probability."""

    weights: dict[str, float]
    bias: float

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the features, in the order of the weights."""
        return tuple(self.weights)

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities, shape (n,), of rows of features, shape (n, n_features)."""
        logits = rows @ np.array(list(self.weights.values())) + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))


class Calibration(Frozen):
    """All that calibration sets, and what it was made from."""

    made_from: str
    sentence: Logistic
    answerability: Logistic
    answer_above: float
    scope_below: float
    part_above: float
    selection: SelectionWeights
    budgets: dict[Kind, Budget]
    parts_budget: Budget


def load_calibration(path: Path | None = None) -> Calibration:
    """Load a calibration file; the bundled one if no path is given.

    Raises:
        ConfigurationError: The file is missing, not valid, or made for other features.
    """
    source = path or files(__package__).joinpath("calibration.json")
    try:
        calibration = Calibration.model_validate_json(source.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        message = f"the calibration {source} cannot be read; write it with `python -m evals.calibrate` ({error})"
        raise ConfigurationError(message) from error
    if (calibration.sentence.names, calibration.answerability.names) != (FEATURES, SIGNALS):
        message = (
            f"the calibration {source} was made for other features; write it anew with `python -m evals.calibrate`"
        )
        raise ConfigurationError(message)
    return calibration
