"""What both languages must say alike: dates, figures, percentages, amounts."""

from __future__ import annotations

import pytest
from babel import Locale

from explainer.checks.figures import Grammar

IT, EN, DE, FR = (Grammar(Locale.parse(name)) for name in ("it_IT", "en_GB", "de_DE", "fr_FR"))


@pytest.mark.parametrize(
    "italian, english",
    [
        ("impegni per 13 miliardi di dollari", "commitments of $13 billion"),
        ("13,0 miliardi di dollari", "$13.0 billion"),
        ("il 27% delle quote", "27% of the shares"),
        ("747 dipendenti su 770", "747 of 770 employees"),
        ("1.250 persone", "1,250 people"),
        ("5-7 mila miliardi di dollari", "$5–7 trillion"),
        ("il 20 novembre 2023", "on 20 November 2023"),
        ("il 1º gennaio 2025", "on 1 January 2025"),
        ("nel 2019 e nel gennaio 2023", "in 2019 and in January 2023"),
        ("il chip Maia 100 e l’H200", "the Maia 100 chip and the H200"),
    ],
)
def test_the_same_figures_in_each_languages_form_agree(italian, english):
    assert IT.find(italian).agrees(EN.find(english))
    assert IT.find(italian)


@pytest.mark.parametrize(
    "italian, english",
    [
        ("13 miliardi di dollari", "$13 million"),
        ("il 27%", "25%"),
        ("il 27%", "27 of them"),
        ("nel 2019", "in 2021"),
        ("il 20 novembre 2023", "on 21 November 2023"),
        ("13 miliardi di dollari", "13 billion chips"),
    ],
)
def test_figures_that_differ_are_told_apart(italian, english):
    assert not IT.find(italian).agrees(EN.find(english))


@pytest.mark.parametrize(
    "texts",
    [
        ("641\u202f500 voyageurs", "641\u00a0500 voyageurs", "641 500 voyageurs"),
        ("2 500 €", "2\u202f500 euros"),
        ("le 1er juin", "le 1 juin"),
        ("la 2e ligne", "la ligne 2"),
        ("les années 1990", "1990"),
    ],
)
def test_figure_is_the_same_in_any_form_of_its_language(texts):
    first, *others = map(FR.find, texts)
    assert first
    assert all(first.agrees(other) for other in others)


def test_other_languages_need_no_code_of_their_own():
    amounts = [
        DE.find("2,5 Millionen Euro"),
        FR.find("2,5 millions d’euros"),
        EN.find("€2.5 million"),
    ]
    assert amounts[0].agrees(amounts[2])
    assert amounts[1].agrees(amounts[2])
