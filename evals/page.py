"""A run as one HTML page: tiles, charts and tables; nothing is loaded from elsewhere and no script runs."""

import html
from collections.abc import Sequence
from pathlib import Path
from string import Template

from evals.charts import BarGroup, Curve, draw_bars, draw_curves
from evals.comparison import Comparison
from evals.grading import CLAIMING, WORD_LIMIT
from evals.markdown import describe_comparison, describe_run
from evals.measures import MEASURES
from evals.questions import QUESTION_TYPES
from evals.records import Run
from evals.tables import (
    Table,
    build_breaches_table,
    build_changes_table,
    build_differences_table,
    build_faults_table,
    build_figures_table,
    build_types_table,
    format_estimate,
    format_interval,
)

_TEMPLATE = Path(__file__).with_suffix(".html")
_TILES = ("answerable", "abstention_recall", "law_breaches", "ndcg_10", "words_p50", "ask_p95")
_BY_NAME = {measure.name: measure for measure in MEASURES}


def render_page(run: Run, comparison: Comparison | None = None) -> str:
    """Write a run as a page, with what changed since an earlier one if that is given."""
    body = [_render_tiles(run), "<h2>In pictures</h2>", _render_charts(run), "<h2>Figures</h2>"]
    body += [
        render_table(build_figures_table(run)),
        "<h2>By question type</h2>",
        render_table(build_types_table(run)),
    ]
    if comparison:
        body += _render_comparison(comparison)
    body += [
        "<h2>What went wrong</h2>",
        _render_details(build_breaches_table(run)),
        _render_details(build_faults_table(run)),
    ]
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        title=html.escape(f"Evals of {run.systems[0].name}, {run.started:%d %B %Y}"),
        description=html.escape(describe_run(run)),
        body="\n".join(body),
    )


def render_table(table: Table) -> str:
    """Write a table in a box that scrolls sideways by itself, also by keyboard; one without rows says so."""
    caption = html.escape(table.caption)
    if not table.rows:
        return f"<p>{caption}: none.</p>"
    head = "".join(_cell("th", text, column, table, scope="col") for column, text in enumerate(table.header))
    rows = "\n".join(_row(cells, table) for cells in table.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _render_tiles(run: Run) -> str:
    tiles = []
    for measure in (_BY_NAME[name] for name in _TILES):
        found = run.figure(measure.name)
        value, interval = format_estimate(found, measure.unit), format_interval(found, measure.unit)
        tiles.append(f"<li><span>{measure.title}</span><strong>{value}</strong><span>{interval}</span></li>")
    return f'<ul class="tiles">{"".join(tiles)}</ul>'


def _render_charts(run: Run) -> str:
    rows = run.systems[0].rows
    names = [system.name for system in run.systems]
    replied = [row for row in rows if row.status is not None]
    times = [
        Curve("whole reply", tuple(row.ask_ms for row in replied)),
        Curve("search alone", tuple(row.search_ms for row in replied)),
    ]
    words = [Curve("replies that claim", tuple(float(row.words) for row in rows if row.status in CLAIMING))]
    charts = {
        "Answers and retrieval": draw_bars("Answers and retrieval", _measure_groups(run, names), series=names),
        "Right replies by question type": draw_bars(
            "Right replies by question type", _type_groups(run, names), series=names
        ),
        "Time: share of questions done": draw_curves("Time: share of questions done", times, unit="ms"),
        "Length: share of replies that are shorter": draw_curves(
            "Length: share of replies that are shorter", words, unit="words", limit=float(WORD_LIMIT)
        ),
    }
    figures = [f"<figure><figcaption>{title}</figcaption>{svg}</figure>" for title, svg in charts.items()]
    return f'<div class="charts">{"".join(figures)}</div>'


def _measure_groups(run: Run, names: Sequence[str]) -> list[BarGroup]:
    return [
        BarGroup(measure.title, tuple(run.figure(measure.name, system=name) for name in names))
        for measure in MEASURES
        if measure.unit == "share"
    ]


def _type_groups(run: Run, names: Sequence[str]) -> list[BarGroup]:
    return [
        BarGroup(kind, tuple(run.figure("accuracy", system=name, group=kind) for name in names))
        for kind in QUESTION_TYPES
        if run.figure("accuracy", group=kind)
    ]


def _render_comparison(comparison: Comparison) -> list[str]:
    return [
        f"<h2>Compared with {html.escape(comparison.before)}</h2>",
        f"<p>{html.escape(describe_comparison(comparison))}</p>",
        render_table(build_differences_table(comparison)),
        _render_details(build_changes_table(comparison)),
    ]


def _render_details(table: Table) -> str:
    summary = f"{html.escape(table.caption)} ({len(table.rows)})"
    return f"<details><summary>{summary}</summary>{render_table(table)}</details>"


def _row(cells: Sequence[str], table: Table) -> str:
    first = _cell("th", cells[0], 0, table, scope="row")
    return f"<tr>{first}{''.join(_cell('td', text, n, table) for n, text in enumerate(cells[1:], start=1))}</tr>"


def _cell(tag: str, text: str, column: int, table: Table, *, scope: str = "") -> str:
    style = ' class="number"' if column in table.numeric else ""
    scoped = f' scope="{scope}"' if scope else ""
    return f"<{tag}{style}{scoped}>{html.escape(text)}</{tag}>"
