"""The lanes chart: time to scale, and no label over another."""

from __future__ import annotations

from datetime import date

import pytest

from explainer.rendering.lanes_chart import HEAD, LINE, YEARS, ChartEvent, build_lanes_chart, spread


def test_time_axis_spans_whole_years_to_scale():
    picture = build_lanes_chart(
        [("a", [ChartEvent(date(2021, 1, 1), "x"), ChartEvent(date(2022, 7, 2), "y")])]
    )
    assert [year for year, _ in picture.years] == [2021, 2022]
    first, second = picture.lanes[0].points
    assert first.y == HEAD
    assert second.y == pytest.approx(HEAD + YEARS * 0.75, abs=1)


def test_points_of_a_lane_are_put_in_order():
    picture = build_lanes_chart(
        [("a", [ChartEvent(date(2022, 1, 1), "late"), ChartEvent(date(2021, 1, 1), "early")])]
    )
    assert [point.step.label for point in picture.lanes[0].points] == ["early", "late"]


def test_labels_of_one_day_are_stacked_below_its_mark():
    day = date(2023, 11, 15)
    picture = build_lanes_chart(
        [
            ("a", [ChartEvent(day, "Nine words"), ChartEvent(day, "Ten words")]),
            ("b", [ChartEvent(day, "z")]),
            ("c", [ChartEvent(day, "z")]),
            ("d", [ChartEvent(day, "z")]),
        ]
    )
    one, other = picture.lanes[0].points
    assert one.y == other.y
    assert other.top >= one.top + len(one.lines) * LINE


@pytest.mark.parametrize(
    "wanted, heights, places",
    [
        ([10, 40], [17, 17], [10, 40]),  # far enough apart: where they are wanted
        ([10, 20], [17, 17], [6.5, 23.5]),  # else both give way alike
        ([10, 20, 100], [17, 17, 31], [6.5, 23.5, 100]),
        (
            [10, 20, 38],
            [17, 17, 17],
            [5.7, 22.7, 39.7],
        ),  # and what they then meet gives way with them
        ([], [], []),
    ],
)
def test_overlapping_labels_move_apart_as_little_as_possible(wanted, heights, places):
    assert spread(wanted, heights) == pytest.approx(places, abs=0.05)


@pytest.mark.parametrize(
    "first, last, step",
    [(2020, 2026, 1), (1996, 2025, 1), (1995, 2025, 2), (1900, 2025, 5), (2, 9998, 500)],
)
def test_years_that_would_cover_each_other_are_thinned(first, last, step):
    picture = build_lanes_chart(
        [("a", [ChartEvent(date(first, 1, 1), "x"), ChartEvent(date(last, 12, 31), "y")])]
    )
    years, heights = zip(*picture.years, strict=True)
    assert list(years) == [year for year in range(first, last + 1) if year % step == 0]
    assert all(
        lower - upper >= LINE - 0.1 for upper, lower in zip(heights, heights[1:], strict=False)
    )


def test_a_picture_of_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing dated"):
        build_lanes_chart([("a", [])])
