"""Charts of series: to scale, in reading order, names apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from explainer.rendering.series_chart import LABEL, WIDTH, build_bar_chart, build_line_chart
from explainer.schema.series import Series

LANGUAGES = {"languages": ("en",)}


def series(form: str, *lines: list[tuple[str, str]], scale: str = "linear") -> Series:
    """A series of lines, each a list of dates and values."""
    return Series.model_validate(
        {
            "title": {"en": "Values."},
            "unit": "values",
            "form": form,
            "scale": scale,
            "lines": {
                f"line-{n}": {
                    "name": f"Line {n}",
                    "points": [{"at": at, "value": value} for at, value in line],
                }
                for n, line in enumerate(lines)
            },
        },
        context=LANGUAGES,
    )


def test_bars_are_to_scale():
    chart = build_bar_chart(
        series("bars", [("2020", "10"), ("2021", "40")]), lambda point: str(point.at)
    )
    first, second = chart.bars
    assert second.width == pytest.approx(4 * first.width, rel=0.01)
    assert first.y < second.y < chart.height
    assert second.width < WIDTH


def test_powers_of_ten_are_equal_steps_of_a_log_scale():
    chart = build_bar_chart(
        series("bars", [("2020", "1e3"), ("2021", "1e4"), ("2022", "1e6")], scale="log"),
        lambda point: str(point.at),
    )
    widths = [bar.width for bar in chart.bars]
    assert widths[2] - widths[1] == pytest.approx(2 * (widths[1] - widths[0]), abs=0.3)


def test_time_runs_to_scale_and_values_upwards():
    (curve,) = build_line_chart(
        series("lines", [("2020-01-01", "1"), ("2021-01-01", "2"), ("2024-01-01", "4")])
    ).curves
    xs, ys = [mark.x for mark in curve.marks], [mark.y for mark in curve.marks]
    assert (xs[2] - xs[1]) == pytest.approx(3 * (xs[1] - xs[0]), rel=0.01)
    assert ys == sorted(ys, reverse=True)


def test_names_of_lines_that_end_together_stand_apart():
    chart = build_line_chart(
        series("lines", *([("2020", "1"), ("2021", f"{value}")] for value in (10, 10.1, 10.2)))
    )
    heights = sorted(curve.name_y for curve in chart.curves)
    assert all(below - above >= LABEL for above, below in pairwise(heights))
