"""The tables of a report, as text cells; Markdown and HTML are made from the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.comparison import Comparison
from evals.measures import MEASURES, Measure, Unit
from evals.metrics import Estimate
from evals.questions import QUESTION_TYPES
from evals.records import ALL, Run

NO_FIGURE = "–"
_DIGITS: dict[Unit, int] = {"share": 3, "words": 0, "ms": 1, "count": 0}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text: each row has a cell for each column of the header; ``numeric`` columns align right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


def format_estimate(found: Estimate | None, unit: Unit) -> str:
    """Write a figure in the digits of its unit; a dash if there is none.

    >>> format_estimate(Estimate(value=0.5, low=0.25, high=0.75, count=8), "share")
    '0.500'
    """
    return NO_FIGURE if found is None else f"{found.value:,.{_DIGITS[unit]}f}"


def format_interval(found: Estimate | None, unit: Unit) -> str:
    """Write the interval of a figure, ``0.250–0.750``; a dash if there is none."""
    digits = _DIGITS[unit]
    return NO_FIGURE if found is None else f"{found.low:,.{digits}f}–{found.high:,.{digits}f}"


def build_figures_table(run: Run) -> Table:
    """Lay out every measure over all questions, for each system with its interval."""
    names = [system.name for system in run.systems]
    header = ["Measure", *(column for name in names for column in (name, "95 % interval")), "What it says"]
    numeric = frozenset(range(1, 1 + 2 * len(names)))
    rows = tuple(_figures_row(measure, run, names) for measure in MEASURES)
    return Table("All questions", tuple(header), rows, numeric)


def build_types_table(run: Run) -> Table:
    """Lay out the chief measures by question type, for each system."""
    chosen = [measure for measure in MEASURES if measure.name in ("accuracy", "ndcg_10", "words_p50")]
    names = [system.name for system in run.systems]
    header = (
        "Question type",
        "Questions",
        *(f"{measure.title}: {name}" for measure in chosen for name in names),
    )
    kinds = [kind for kind in QUESTION_TYPES if run.figure("accuracy", group=kind)]
    rows = tuple(_type_row(kind, run, chosen, names) for kind in (*kinds, ALL))
    return Table("By question type", header, rows, frozenset(range(1, len(header))))


def build_faults_table(run: Run) -> Table:
    """Lay out the questions that the evaluated system did not get right."""
    rows = tuple((r.id, r.type, r.question, r.fault) for r in run.systems[0].rows if r.fault is not None)
    return Table("Not right", ("Id", "Type", "Question", "Why"), rows)


def build_breaches_table(run: Run) -> Table:
    """Lay out the breaches of the laws by the evaluated system."""
    rows = tuple((row.id, breach) for row in run.systems[0].rows for breach in row.breaches)
    return Table("Law breaches", ("Id", "Breach"), rows)


def build_differences_table(comparison: Comparison) -> Table:
    """Lay out every measure before and after."""
    by_name = {difference.measure: difference for difference in comparison.differences}
    rows = tuple(_difference_row(m, by_name[m.name].before, by_name[m.name].after) for m in MEASURES)
    header = ("Measure", comparison.before, comparison.after, "Change")
    return Table("Before and after", header, rows, frozenset({1, 2, 3}))


def build_changes_table(comparison: Comparison) -> Table:
    """Lay out the questions whose grade or ranking changed."""
    rows = tuple(
        (
            change.id,
            change.type,
            change.question,
            change.outcome,
            change.before or "right",
            change.after or "right",
            f"{change.ndcg_before:.2f} → {change.ndcg_after:.2f}",
        )
        for change in comparison.changes
    )
    return Table("Changed questions", ("Id", "Type", "Question", "Change", "Before", "After", "nDCG@10"), rows)


def _figures_row(measure: Measure, run: Run, names: Sequence[str]) -> tuple[str, ...]:
    found = [run.figure(measure.name, system=name) for name in names]
    cells = [cell(e, measure.unit) for e in found for cell in (format_estimate, format_interval)]
    return (measure.title, *cells, measure.meaning)


def _type_row(group: str, run: Run, chosen: Sequence[Measure], names: Sequence[str]) -> tuple[str, ...]:
    asked = run.figure("accuracy", group=group)
    found = [(run.figure(m.name, system=name, group=group), m.unit) for m in chosen for name in names]
    return (group, str(asked.count if asked else 0), *(format_estimate(e, unit) for e, unit in found))


def _difference_row(measure: Measure, before: Estimate | None, after: Estimate | None) -> tuple[str, ...]:
    change = NO_FIGURE
    if before and after:
        change = f"{after.value - before.value:+,.{_DIGITS[measure.unit]}f}"
    return (
        measure.title,
        format_estimate(before, measure.unit),
        format_estimate(after, measure.unit),
        change,
    )
