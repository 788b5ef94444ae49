"""A run as Markdown: the tables that a README or a review takes its figures from."""

from collections.abc import Sequence

from evals.comparison import Comparison
from evals.records import Run
from evals.tables import (
    Table,
    build_breaches_table,
    build_changes_table,
    build_differences_table,
    build_faults_table,
    build_figures_table,
    build_types_table,
)


def render_markdown(run: Run, comparison: Comparison | None = None) -> str:
    """Write a run, and what changed since an earlier one if that is given."""
    sections = [f"# Evals of {run.systems[0].name}, {run.started:%d %B %Y}", describe_run(run)]
    tables = [
        build_figures_table(run),
        build_types_table(run),
        build_faults_table(run),
        build_breaches_table(run),
    ]
    sections += [render_table(table) for table in tables]
    if comparison:
        sections += [f"## Compared with {comparison.before}", describe_comparison(comparison)]
        tables = [build_differences_table(comparison), build_changes_table(comparison)]
        sections += [render_table(table) for table in tables]
    return "\n\n".join(sections) + "\n"


def render_table(table: Table) -> str:
    """Write a table under its caption as a heading; one without rows says so."""
    heading = f"## {table.caption}"
    if not table.rows:
        return f"{heading}\n\nNone."
    rule = ["---:" if column in table.numeric else "---" for column in range(len(table.header))]
    return "\n".join([heading, "", *(_line(cells) for cells in (table.header, rule, *table.rows))])


def describe_run(run: Run) -> str:
    """Say in a sentence what was asked of what, where and when."""
    asked = f"{len(run.systems[0].rows)} questions of the set “{run.question_set}” ({run.questions_sha256[:12]})"
    machine = f"{run.machine.processors} processors ({run.machine.processor}), Python {run.machine.python}"
    where = f"commit {run.commit}, index {run.systems[0].index}, on {machine}"
    return f"{asked}, {where}; started {run.started:%d %B %Y, %H:%M} UTC."


def describe_comparison(comparison: Comparison) -> str:
    """Say in a sentence or two how many questions changed and whether chance explains it."""
    text = (
        f"{comparison.gained} questions are right that were not, {comparison.lost} are no longer right "
        f"(sign test: p = {comparison.p_value:.3f})."
    )
    if comparison.unmatched:
        text += f" {len(comparison.unmatched)} questions were asked in only one of the runs and are left out."
    return text


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
