"""Dates carry their precision."""

from __future__ import annotations

import pytest
from babel import Locale

from explainer.rendering.date_format import format_day_month, format_partial_date
from explainer.schema.date_formats import mentioned_dates, suggest_dates
from explainer.schema.dates import PartialDate

IT, EN, FR, DE, ES, US, PT, JA, HU, AR = (
    Locale.parse(name)
    for name in (
        *("it_IT", "en_GB", "fr_FR", "de_DE", "es_ES"),
        *("en_US", "pt_PT", "ja_JP", "hu_HU", "ar_EG"),
    )
)
date = PartialDate.parse


@pytest.mark.parametrize("text", ["2023", "2023-11", "2023-11-20"])
def test_a_date_is_written_back_as_it_was_typed(text):
    assert str(date(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "20-11-2023",
        "2023-13",
        "2023-02-30",
        "2023-00",
        "23",
        "2023-11-20T10:00",
        "novembre",
        "0000",
        "٢٠٢٣",
    ],
)
def test_what_is_no_date_is_refused_in_plain_words(text):
    with pytest.raises(ValueError, match=f'"{text}" is not (a date|in the calendar)'):
        date(text)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("20/11/2023", ["2023-11-20"]),
        ("20-11-2023", ["2023-11-20"]),
        ("20. 11. 2023", ["2023-11-20"]),
        ("2023/11/20", ["2023-11-20"]),
        ("2023-2-3", ["2023-02-03"]),
        ("2023-20-11", ["2023-11-20"]),
        ("11/2023", ["2023-11"]),
        ("2023-11-20T10:00", ["2023-11-20"]),
        ("3/2/2023", ["2023-02-03", "2023-03-02"]),
        ("novembre 2023", ["2023-11"]),
        ("20 November 2023", ["2023-11-20"]),
        ("2023-02-30", []),
        ("22-11-20", []),
        ("2023?", []),
        ("1. März 2021", []),
        ("", []),
        ("٢٠٢٣", []),
    ],
)
def test_what_a_date_in_another_form_may_mean_is_guessed(text, meant):
    assert list(map(str, suggest_dates(text, ("it", "en")))) == meant


def test_dates_are_compared_as_intervals():
    assert date("2023-11").overlaps(date("2023-11-20"))
    assert date("2023").overlaps(date("2023-11"))
    assert not date("2023-11").overlaps(date("2023-12-01"))
    assert date("2023-11-20").is_before(date("2023-12"))
    assert not date("2023").is_before(date("2023-11-20"))


@pytest.mark.parametrize(
    "text, locale, first, spelt",
    [
        ("2023-11-20", IT, "1º", "20 novembre 2023"),
        ("2023-01-01", IT, "1º", "1º gennaio 2023"),
        ("2023-11", IT, "1º", "novembre 2023"),
        ("2023-11-20", EN, "1", "20 November 2023"),
        ("2023-11", EN, "1", "November 2023"),
        ("2023", EN, "1", "2023"),
        ("2023-06", IT, "1º", "giugno 2023"),
        ("2023-06", ES, "1", "junio de 2023"),
        ("2023-06", PT, "1", "junho de 2023"),
        ("2023-06", JA, "1", "2023年6月"),
        ("2023-06", HU, "1", "2023. június"),
        ("2018-02-12", US, "1", "February 12, 2018"),
        ("2021-03-01", FR, "1er", "1er mars 2021"),
        ("2021-03-11", FR, "1er", "11 mars 2021"),
    ],
)
def test_a_date_takes_the_form_of_its_language(text, locale, first, spelt):
    assert format_partial_date(date(text), locale, first) == spelt


@pytest.mark.parametrize(
    "text, locale, first, spelt",
    [
        ("2023-11-20", IT, "1º", "20 novembre"),
        ("2022-06-14", DE, "1", "14. Juni"),
        ("2021-03-01", FR, "1er", "1er mars"),
        ("2023-11", EN, "1", "November"),
        ("2023", EN, "1", "2023"),
    ],
)
def test_day_below_its_year_takes_the_language_form(text, locale, first, spelt):
    assert format_day_month(date(text), locale, first) == spelt


def test_dates_are_found_in_a_text():
    text = "Dal 17 novembre 2023 al 1º dicembre 2023, e poi nel gennaio 2025; non nel 2019."
    assert list(map(str, mentioned_dates(text, IT))) == ["2023-11-17", "2023-12-01", "2025-01"]
    assert list(map(str, mentioned_dates("On 17 November 2023 and in January 2025.", EN))) == [
        "2023-11-17",
        "2025-01",
    ]


@pytest.mark.parametrize(
    "text, locale, dates",
    [
        ("12 de febrero de 2018", ES, ["2018-02-12"]),
        ("junio de 2023, febrero 2018 y 12 feb 2018", ES, ["2023-06", "2018-02", "2018-02-12"]),
        ("February 12, 2018", US, ["2018-02-12"]),
        ("February 12, 2018", EN, ["2018-02-12"]),
        ("12 February 2018", US, ["2018-02-12"]),
        ("November 17–20, 2023", EN, ["2023-11-20"]),
        ("2018年2月12日", JA, ["2018-02-12"]),
        ("2018. február 12.", HU, ["2018-02-12"]),
        ("١٢ فبراير ٢٠١٨", AR, ["2018-02-12"]),
        ("February 30, 2018 and 12 people in 2018", EN, []),
    ],
)
def test_dates_are_read_in_the_forms_of_their_language(text, locale, dates):
    assert list(map(str, mentioned_dates(text, locale))) == dates


@pytest.mark.parametrize("locale", [IT, EN, FR, DE, ES, US, PT, JA, HU, AR], ids=str)
@pytest.mark.parametrize("text", ["2023-06", "2018-02-12", "2021-03-01"])
def test_a_date_is_read_as_it_is_spelt(text, locale):
    assert list(map(str, mentioned_dates(format_partial_date(date(text), locale), locale))) == [
        text
    ]
