"""Charts as inline SVG: no script, no file beside the page, described in words for a screen reader.

Colours are classes that the page styles, so that they follow its light and dark scheme. Each chart is 440
units wide, so that its text stays legible on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import numpy as np

from evals.metrics import Estimate

WIDTH = 440.0
_LABEL = 150.0
_RIGHT = 46.0
_BAR = 13.0
_GAP = 12.0
_AXIS = 30.0
_CURVE_HEIGHT = 190.0
_CURVE_LEFT = 52.0
_TICKS = 4
_SPAN = WIDTH - _LABEL - _RIGHT


@dataclass(frozen=True, slots=True)
class BarGroup:
    """A label with a bar for each series, as shares; None where a series has no such figure."""

    label: str
    estimates: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A series of positive values of which a chart shows the cumulative distribution."""

    label: str
    values: tuple[float, ...]


def draw_bars(title: str, groups: Sequence[BarGroup], *, series: Sequence[str]) -> str:
    """Draw shares from 0 to 1 as horizontal bars with their intervals, a group of bars under each label."""
    step = _BAR * len(series) + _GAP
    svg = _canvas(title, _describe_bars(groups, series), height=_AXIS + step * len(groups) + 8)
    _draw_legend(svg, series)
    for n in range(6):
        x = _LABEL + _SPAN * n / 5
        _line(svg, (x, _AXIS - 4), (x, _AXIS + step * len(groups)), "grid")
    for row, group in enumerate(groups):
        top = _AXIS + step * row + _GAP / 2
        _text(svg, group.label, (_LABEL - 8, top + _BAR * len(series) / 2 + 4), "end")
        for number, found in enumerate(group.estimates):
            _draw_bar(svg, found, top=top + _BAR * number, series=number)
    return _write(svg)


def draw_curves(title: str, curves: Sequence[Curve], *, unit: str, limit: float | None = None) -> str:
    """Draw for each value what share of all lies below it, a line per curve; a ``limit`` is marked."""
    described = "; ".join(_describe_curve(curve, unit) for curve in curves)
    svg = _canvas(title, described, height=_AXIS + _CURVE_HEIGHT + 36)
    _draw_legend(svg, [curve.label for curve in curves])
    top = max([limit or 0.0, *(value for curve in curves for value in curve.values)])
    end = _TICKS * _round_step((top or 1.0) / _TICKS)
    _draw_curve_axes(svg, end, unit)
    if limit is not None:
        x = _curve_x(limit, end)
        _line(svg, (x, _AXIS), (x, _AXIS + _CURVE_HEIGHT), "limit")
        _text(svg, f"{limit:g} {unit}", (x - 4, _AXIS + _CURVE_HEIGHT - 6), "end")
    for number, curve in enumerate(curves):
        _draw_curve(svg, curve, end=end, series=number)
    return _write(svg)


def _draw_bar(svg: ET.Element, found: Estimate | None, *, top: float, series: int) -> None:
    if found is None:
        _text(svg, "–", (_LABEL + 4, top + _BAR - 2), "start")
        return
    size = {"x": _LABEL, "y": top, "width": max(_SPAN * found.value, 0.5), "height": _BAR - 2}
    _add(svg, "rect", f"series-{series}", **size)
    middle = top + (_BAR - 2) / 2
    low, high = (_LABEL + _SPAN * share for share in (found.low, found.high))
    _line(svg, (low, middle), (high, middle), "whisker")
    _text(svg, f"{found.value:.2f}", (max(high, _LABEL + _SPAN * found.value) + 5, top + _BAR - 3), "start")


def _draw_curve_axes(svg: ET.Element, end: float, unit: str) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _curve_y(share)
        _line(svg, (_CURVE_LEFT, y), (WIDTH - 8, y), "grid")
        _text(svg, f"{100 * share:.0f} %", (_CURVE_LEFT - 6, y + 4), "end")
    for n in range(_TICKS + 1):
        value = end * n / _TICKS
        _text(
            svg,
            f"{value:,.0f}",
            (_curve_x(value, end), _AXIS + _CURVE_HEIGHT + 16),
            "end" if value == end else "middle",
        )
    _text(svg, unit, (WIDTH - 8, _AXIS + _CURVE_HEIGHT + 31), "end")


def _draw_curve(svg: ET.Element, curve: Curve, *, end: float, series: int) -> None:
    if not curve.values:
        return
    values = np.quantile(curve.values, np.linspace(0, 1, 101))
    points = [(_curve_x(float(v), end), _curve_y(n / 100)) for n, v in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    _add(svg, "polyline", f"curve curve-{series}", points=path)


def _curve_x(value: float, end: float) -> float:
    return _CURVE_LEFT + (WIDTH - 8 - _CURVE_LEFT) * value / end


def _curve_y(share: float) -> float:
    return _AXIS + _CURVE_HEIGHT * (1 - share)


def _round_step(least: float) -> float:
    """Return the least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below a positive number."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least * (1 - 1e-9))


def _describe_bars(groups: Sequence[BarGroup], series: Sequence[str]) -> str:
    parts = []
    for group in groups:
        pairs = zip(series, group.estimates, strict=True)
        figures = [f"{name} {found.value:.2f}" for name, found in pairs if found]
        parts.append(f"{group.label}: {', '.join(figures) or 'no figure'}")
    return "; ".join(parts)


def _describe_curve(curve: Curve, unit: str) -> str:
    if not curve.values:
        return f"{curve.label}: no values"
    half, most = np.quantile(curve.values, [0.5, 0.95])
    return f"{curve.label}: half below {half:.0f} {unit}, 95 % below {most:.0f} {unit}"


def _canvas(title: str, description: str, *, height: float) -> ET.Element:
    svg = ET.Element("svg", {"viewBox": f"0 0 {WIDTH:g} {height:g}", "role": "img", "class": "chart"})
    svg.set("aria-label", f"{title}. {description}.")
    ET.SubElement(svg, "title").text = title
    return svg


def _draw_legend(svg: ET.Element, series: Sequence[str]) -> None:
    x = 0.0
    for number, name in enumerate(series):
        _add(svg, "rect", f"series-{number}", x=x, y=3, width=12, height=12)
        _text(svg, name, (x + 17, 13), "start")
        x += 17 + 7.2 * len(name) + 18


def _line(svg: ET.Element, start: tuple[float, float], end: tuple[float, float], style: str) -> None:
    _add(svg, "line", style, x1=start[0], y1=start[1], x2=end[0], y2=end[1])


def _text(svg: ET.Element, text: str, at: tuple[float, float], anchor: str) -> None:
    element = ET.SubElement(svg, "text", {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "text-anchor": anchor})
    element.text = text


def _add(svg: ET.Element, tag: str, style: str, **attributes: float | str) -> None:
    written = {name: v if isinstance(v, str) else f"{v:.1f}" for name, v in attributes.items()}
    ET.SubElement(svg, tag, {"class": style} | written)


def _write(svg: ET.Element) -> str:
    return ET.tostring(svg, encoding="unicode")
