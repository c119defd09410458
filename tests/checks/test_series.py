"""Series of figures: grounds, order, units, totals, and the facts that values rest on."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from explainer.checks.run import load_checked
from explainer.problems import ContentError
from support.project import Project


def series(**changes: object) -> dict[str, object]:
    """A sound series about the sale of the second story's tramway."""
    return {
        "title": {"fr": "Le prix.", "de": "Der Preis.", "en": "The price."},
        "unit": {"fr": "millions d’euros", "de": "Millionen Euro", "en": "million euros"},
        "form": "bars",
        "lines": {"price": {"name": "x", "points": [point(value="1.8", fact="tramway-sold")]}},
    } | changes


def point(**keys: object) -> dict[str, object]:
    """A point of the year 2009, unless it says otherwise."""
    return {"at": "2009"} | keys


def lines(*points: dict[str, object], **keys: object) -> dict[str, object]:
    """One line with some points."""
    return {"price": {"name": "x", "points": list(points)} | keys}


def codes(project: Project, record: dict[str, object]) -> list[tuple[str, str]]:
    """The file and code of each problem that a series adds to a story."""
    content = project.root / "content"
    Path(content, "series.yml").write_text(yaml.safe_dump({"price": record}), "utf-8")
    try:
        problems = load_checked(content, project.root / "docs")[2]
    except ContentError as error:
        problems = error.problems
    return [(problem.file, problem.code) for problem in problems if "series" in problem.file]


def test_a_value_that_its_fact_gives_is_sound(second_story: Project):
    assert codes(second_story, series()) == []


@pytest.mark.parametrize(
    "record, code",
    [
        (series(lines=lines(point(value="1.9", fact="tramway-sold"))), "series-value-not-in-fact"),
        (series(lines=lines(point(value="1800", fact="tramway-sold"))), "series-value-not-in-fact"),
        (series(lines=lines(point(value="3"))), "series-point-without-ground"),
        (
            series(unit={"fr": "millions d’euros", "de": "Milliarden Euro", "en": "million euros"}),
            "series-units-differ",
        ),
        (
            series(lines=lines(point(value="2", category="x"), cites=[{"source": "journal"}])),
            "series-point-position",
        ),
        (
            series(
                lines=lines(
                    point(value="2"), point(value="1", at="2008"), cites=[{"source": "journal"}]
                )
            ),
            "series-point-order",
        ),
        (series(total="sum"), "series-unknown-total"),
        (series(lines=lines(point(value="1e999999999", fact="tramway-sold"))), "invalid-format"),
        (series(lines=lines(point(value="ten", fact="tramway-sold"))), "invalid-format"),
        (
            series(scale="log", lines=lines(point(value="0"), cites=[{"source": "deed-of-sale"}])),
            "series-log-of-zero",
        ),
    ],
)
def test_a_fault_of_a_series_has_its_code(second_story: Project, record: dict, code: str):
    assert ("content/series.yml", code) in codes(second_story, record)


def test_a_total_that_does_not_add_up_is_named(second_story: Project):
    def line(value: str) -> dict[str, object]:
        return {"name": "x", "cites": [{"source": "deed-of-sale"}], "points": [point(value=value)]}

    parts = {"one": line("2"), "two": line("3"), "sum": line("5")}
    assert codes(second_story, series(lines=parts, total="sum")) == []
    parts["sum"] = line("6")
    assert codes(second_story, series(lines=parts, total="sum")) == [
        ("content/series.yml", "series-total")
    ]
