"""The floors: figures that no change may fall below; they only rise.

``python -m evals.floors RUN.json`` raises those of ``evals/floors.toml`` to what a run reached.
"""

import argparse
import math
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, ValidationError

from evals.records import Run
from strategybot.errors import CorpusError, StrategyBotError
from strategybot.schema import Frozen

FLOORS_PATH = Path(__file__).parent / "floors.toml"
_SHARES = ("answerable", "abstention_recall", "verdicts", "ndcg_10")
_COUNTS = ("law_breaches", "failures")


class Floors(Frozen):
    """What a run over one question set must reach.

    Attributes:
        margin: How far a share may fall short before it counts: another processor rounds vectors otherwise,
            and so may change an answer.
        law_breaches: At most so many; likewise ``failures``.
    """

    question_set: str
    questions_sha256: str
    margin: float = Field(ge=0, le=0.05)
    answerable: float = Field(ge=0, le=1)
    abstention_recall: float = Field(ge=0, le=1)
    verdicts: float = Field(ge=0, le=1)
    ndcg_10: float = Field(ge=0, le=1)
    law_breaches: int = Field(ge=0)
    failures: int = Field(ge=0)


def read_floors(path: Path = FLOORS_PATH) -> Floors:
    """Read the floors.

    Raises:
        CorpusError: The file is missing or does not hold exactly the floors.
    """
    try:
        return Floors.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise CorpusError(path, f"does not hold the floors: {error}") from error


def find_shortfalls(floors: Floors, run: Run) -> tuple[str, ...]:
    """Return a sentence for each floor that a run does not reach; a run of other questions reaches none."""
    if run.questions_sha256 != floors.questions_sha256:
        return (f"the run asked the questions “{run.question_set}”, not the set that the floors are for",)
    low = [
        f"{name} is {_value(run, name):.4f}, below its floor of {getattr(floors, name)}"
        for name in _SHARES
        if _value(run, name) < getattr(floors, name) - floors.margin
    ]
    many = [
        f"{name} are {_value(run, name):.0f}, more than {getattr(floors, name)}"
        for name in _COUNTS
        if _value(run, name) > getattr(floors, name)
    ]
    return (*low, *many)


def raise_floors(floors: Floors, run: Run) -> Floors:
    """Return the floors with each one that a run surpasses raised to it, and none lowered.

    A run over another state of the question set starts anew from its own figures.
    """
    reached = {name: math.floor(10_000 * _value(run, name)) / 10_000 for name in _SHARES}
    reached |= {name: int(_value(run, name)) for name in _COUNTS}
    same = run.questions_sha256 == floors.questions_sha256
    if same:
        reached |= {name: max(reached[name], getattr(floors, name)) for name in _SHARES}
        reached |= {name: min(reached[name], getattr(floors, name)) for name in _COUNTS}
    asked = {"question_set": run.question_set, "questions_sha256": run.questions_sha256}
    return Floors(margin=floors.margin, **asked, **reached)


def render_floors(floors: Floors) -> str:
    """Write the floors as TOML."""
    lines = ["# What no change may fall below; raised by `python -m evals.floors RUN.json`, never lowered."]
    for name, value in floors.model_dump().items():
        lines.append(f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Raise the floors to what a run reached, and print them."""
    parser = argparse.ArgumentParser(prog="python -m evals.floors", description=main.__doc__)
    parser.add_argument("run", type=Path, help="JSON file of a run")
    options = parser.parse_args(arguments)
    try:
        raised = raise_floors(read_floors(), Run.read(options.run))
    except StrategyBotError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    FLOORS_PATH.write_text(render_floors(raised), "utf-8")
    print(render_floors(raised), end="")
    return 0


def _value(run: Run, measure: str) -> float:
    """Return a figure of the evaluated system; of no questions the worst, since asking none shows nothing."""
    found = run.figure(measure)
    if found is None:
        return math.inf if measure in _COUNTS else 0.0
    return found.value


if __name__ == "__main__":
    sys.exit(main())
