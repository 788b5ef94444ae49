"""Figures and their targets."""

from pathlib import Path

import pytest

from benchmarks.results import Benchmark, Bound, Figure, Target, render_benchmark, write_benchmark
from evals.provenance import Machine

RATIO = Figure(name="ratio", value=2.5, unit="×", target=Target(bound="at least", value=2))


def a_benchmark(*figures: Figure) -> Benchmark:
    machine = Machine(processor="a processor", processors=2, python="3.11.9")
    return Benchmark(
        name="ingest", title="Ingest", method="As said.", commit="0a1b2c3", machine=machine, figures=figures
    )


@pytest.mark.parametrize(
    ("bound", "value", "reached"),
    [("at least", 2.5, True), ("at least", 2.6, False), ("at most", 2.5, True), ("at most", 2.4, False)],
)
def test_a_target_is_reached_at_its_bound(bound: Bound, value: float, reached: bool) -> None:
    figure = Figure(name="ratio", value=2.5, unit="×", target=Target(bound=bound, value=value))

    assert figure.reached is reached


def test_a_figure_without_target_misses_none() -> None:
    assert Figure(name="passages", value=0, unit="").reached


def test_the_table_says_which_target_was_missed() -> None:
    slow = Figure(name="reply, p95", value=151.26, unit="ms", target=Target(bound="at most", value=150))

    text = render_benchmark(a_benchmark(RATIO, slow))

    assert "| ratio | 2.5 × | at least 2: reached |" in text
    assert "| reply, p95 | 151.26 ms | at most 150: **missed** |" in text
    assert "Commit 0a1b2c3" in text


@pytest.mark.parametrize(("value", "shown"), [(5000, "5,000"), (0.99997, "0.99997"), (61.234, "61.23"), (0, "0")])
def test_a_value_is_shown_to_the_digits_that_matter(value: float, shown: str) -> None:
    assert f"| n | {shown} |" in render_benchmark(a_benchmark(Figure(name="n", value=value, unit="")))


def test_a_benchmark_survives_being_written(tmp_path: Path) -> None:
    benchmark = a_benchmark(RATIO)

    as_json, as_markdown = write_benchmark(benchmark, tmp_path / "results")

    assert Benchmark.model_validate_json(as_json.read_text("utf-8")) == benchmark
    assert as_markdown.read_text("utf-8") == render_benchmark(benchmark)
