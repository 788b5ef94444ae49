"""What a benchmark leaves behind: figures and their targets, as JSON and as a Markdown table."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field

from evals.provenance import Machine, find_commit, find_machine
from strategybot.schema import Frozen

Bound = Literal["at least", "at most"]


class Target(Frozen):
    """What a figure is to reach."""

    bound: Bound
    value: float


class Figure(Frozen):
    """One measured value."""

    name: str
    value: float
    unit: str
    target: Target | None = None

    @property
    def reached(self) -> bool:
        """Whether the target is reached; true without one."""
        if self.target is None:
            return True
        at_least = self.target.bound == "at least"
        return self.value >= self.target.value if at_least else self.value <= self.target.value


class Benchmark(Frozen):
    """One benchmark, as it was run."""

    name: str
    title: str
    method: str
    finished: datetime = Field(default_factory=lambda: datetime.now(UTC))
    commit: str = Field(default_factory=find_commit)
    machine: Machine = Field(default_factory=find_machine)
    figures: tuple[Figure, ...]


def write_benchmark(benchmark: Benchmark, folder: Path) -> tuple[Path, Path]:
    """Write a benchmark as JSON and Markdown under its name, in place of the last one; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"{benchmark.name}.json", folder / f"{benchmark.name}.md"
    paths[0].write_text(benchmark.model_dump_json(indent=1) + "\n", "utf-8")
    paths[1].write_text(render_benchmark(benchmark), "utf-8")
    return paths


def render_benchmark(benchmark: Benchmark) -> str:
    """Write a benchmark as a Markdown section with one table."""
    machine = benchmark.machine
    lines = [
        f"# {benchmark.title}",
        "",
        benchmark.method,
        "",
        f"Commit {benchmark.commit}, {benchmark.finished:%d %B %Y}, {machine.processors} processors "
        f"({machine.processor}), Python {machine.python}.",
        "",
        "| figure | measured | target |",
        "| --- | ---: | --- |",
        *(f"| {_value(figure)} | {_target(figure)} |" for figure in benchmark.figures),
    ]
    return "\n".join(lines) + "\n"


def _value(figure: Figure) -> str:
    # Two digits are enough beside the noise of a machine; a cosine near 1 needs more.
    digits = 5 if 0 < figure.value < 1 else 2
    shown = f"{figure.value:,.{digits}f}".rstrip("0").rstrip(".")
    return f"{figure.name} | {shown} {figure.unit}".rstrip()


def _target(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return f"{figure.target.bound} {figure.target.value:,g}: {'reached' if figure.reached else '**missed**'}"
