"""Figures mean what they say: any value, any two forms, in any two languages."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.checks.figures import FigureSet, figures_in
from explainer.checks.figures.language import Table, tables

LOCALES = {
    name[:2]: Locale.parse(name)
    for name in (
        "it_IT",
        "en_GB",
        "de_DE",
        "es_ES",
        "fr_FR",
        "nl_NL",
        "pt_PT",
        "fi_FI",
        "ja_JP",
        "ar_EG",
        "hu_HU",
    )
}


def find(language: str, text: str) -> FigureSet:
    return figures_in(text, LOCALES[language])


@pytest.mark.parametrize(
    "one, text, other, same",
    [
        ("it", "12 per cento", "en", "12%"),
        ("de", "12 Prozent", "fr", "12 %"),
        ("fi", "12 prosenttia", "en", "12%"),
        ("it", "10 miliardi di dollari", "en", "$10bn"),
        ("de", "10 Mio. Euro", "en", "€10m"),
        ("fr", "10 Md€", "nl", "10 mld euro"),
        ("it", "10.000 sterline", "en", "£10k"),
        ("it", "5mila dipendenti", "en", "5,000 employees"),
        ("it", "10 milioni di euro", "en", "EUR 10 million"),
        ("es", "10 millones EUR", "en", "€10 million"),
        ("it", "alle 15:30", "en", "at 3:30 p.m."),
        ("de", "um 15.30 Uhr", "fr", "à 15 h 30"),
        ("it", "alle 15", "en", "at 3 pm"),
        ("it", "alle 9.30", "en", "at 9.30"),
        ("it", "a 3,50 dollari", "en", "at 3.50 dollars"),
        ("it", "a 3,50 milioni", "en", "at 3.50 million"),
        ("it", "nel XX secolo", "en", "in the 20th century"),
        ("de", "im 20. Jahrhundert", "fr", "au XXe siècle"),
        ("es", "el siglo XX", "nl", "de 20e eeuw"),
        ("it", "nel Novecento", "en", "in the 20th century"),
        ("it", "gli anni ’80", "en", "the 1980s"),
        ("de", "die 1980er Jahre", "nl", "de jaren ’80"),
        ("it", "gli anni Ottanta", "en", "the ’80s"),
        ("en", "two thirds", "it", "due terzi"),
        ("en", "¾", "fr", "trois quarts"),
        ("en", "half of them", "it", "il 50%"),
        ("en", "five chips", "it", "5 chip"),
        ("en", "ten thousand people", "it", "10.000 persone"),
        ("it", "uno di loro", "en", "any of them"),
        ("es", "12 de febrero de 2018", "en", "12 February 2018"),
        ("es", "12 de febrero de 2018", "en", "February 12, 2018"),
        ("it", "dal 17-20 novembre 2023", "en", "November 17–20, 2023"),
        ("ja", "2018年2月12日", "en", "12 February 2018"),
        ("ar", "١٢ فبراير ٢٠١٨", "en", "12 February 2018"),
        ("ar", "١٬٢٥٠٫٥", "en", "1,250.5"),
    ],
)
def test_one_figure_in_two_forms_agrees(one, text, other, same):
    assert find(one, text).agrees(find(other, same))


@pytest.mark.parametrize(
    "one, text, other, different",
    [
        ("en", "12%", "it", "13 per cento"),
        ("en", "12%", "de", "12 Leute"),
        ("it", "13 miliardi di dollari", "en", "$13m"),
        ("en", "£10k", "it", "10 sterline"),
        ("it", "5mila", "en", "6,000"),
        ("it", "10 milioni di euro", "en", "EUR 10 billion"),
        ("it", "alle 15:30", "en", "at 4:30 p.m."),
        ("it", "alle 15", "en", "at 4 pm"),
        ("it", "nel XX secolo", "en", "in the 19th century"),
        ("it", "gli anni ’80", "en", "the 1990s"),
        ("it", "due terzi", "en", "three quarters"),
        ("es", "12 de febrero de 2018", "en", "12 March 2018"),
        ("es", "12 de febrero de 2018", "en", "February 13, 2018"),
        ("ar", "١٢ فبراير ٢٠١٨", "en", "13 February 2018"),
    ],
)
def test_two_figures_disagree(one, text, other, different):
    assert not find(one, text).agrees(find(other, different))


@pytest.mark.parametrize(
    "one, text, other, same",
    [
        ("it", "tra il 12 e il 13 per cento", "en", "between 12% and 13%"),
        ("it", "dal 12 al 13%", "en", "from 12% to 13%"),
        ("it", "il 5, il 6 e il 7 per cento", "en", "5%, 6% and 7%"),
        ("de", "zwischen 12 und 13 Prozent", "fr", "entre 12 % et 13 %"),
        ("es", "del 12 al 13 por ciento", "nl", "van 12% tot 13%"),
        ("pt", "de 12 a 13 por cento", "en", "12 to 13 per cent"),
        ("it", "da 5 a 7 miliardi di dollari", "en", "from $5 billion to $7 billion"),
        ("it", "tra 5 e 7 miliardi di dollari", "en", "$5–$7 billion"),
        ("it", "tra i 5 milioni e i 7 miliardi di dollari", "en", "$5 million to $7 billion"),
        ("it", "tra 5 milioni e 7 milioni di dollari", "en", "$5 to 7 million"),
        ("it", "da 5 miliardi a 7 miliardi", "en", "five to seven billion"),
        ("it", "tra le 15 e le 16", "en", "between 3 and 4 pm"),
        ("it", "tra XIX e XX secolo", "en", "between the 19th and 20th centuries"),
        ("de", "im 19. und 20. Jahrhundert", "es", "en los siglos XIX y XX"),
        ("it", "negli anni ’80 e ’90", "en", "in the 1980s and 1990s"),
        ("it", "negli anni Ottanta e Novanta", "de", "in den 1980er und 1990er Jahren"),
    ],
)
def test_ends_of_a_range_share_what_one_of_them_carries(one, text, other, same):
    assert find(one, text).agrees(find(other, same))


@pytest.mark.parametrize(
    "one, text, other, different",
    [
        ("it", "tra il 12 e il 13 per cento", "en", "between 12% and 14%"),
        ("it", "tra il 12 e il 13 per cento", "en", "between 11% and 13%"),
        ("it", "da 5 a 7 miliardi di dollari", "en", "from $5 million to $7 billion"),
        ("it", "12 persone, e il 13 per cento", "en", "12% of people, and 13 per cent"),
        ("it", "tra XIX e XX secolo", "en", "between the 18th and 20th centuries"),
        ("it", "negli anni ’80 e ’90", "en", "in the 1970s and 1990s"),
    ],
)
def test_a_range_with_another_end_disagrees(one, text, other, different):
    assert not find(one, text).agrees(find(other, different))


@pytest.mark.parametrize(
    "one, text, other, same",
    [
        ("en", "on December 1 and 2, 2023", "it", "l’1 e 2 dicembre 2023"),
        ("en", "on 1 and 2 December 2023", "it", "l’1 e il 2 dicembre 2023"),
        ("en", "from December 1 to 3, 2023", "de", "vom 1. bis 3. Dezember 2023"),
        ("en", "on December 1, 2 and 5, 2023", "es", "los días 1, 2 y 5 de diciembre de 2023"),
        ("en", "on December 1 or 2, 2023", "fr", "le 1er ou le 2 décembre 2023"),
    ],
)
def test_days_of_one_month_agree(one, text, other, same):
    assert find(one, text).agrees(find(other, same))


@pytest.mark.parametrize(
    "one, text, other, different",
    [
        ("en", "on December 1 and 2, 2023", "it", "l’1 e 3 dicembre 2023"),
        ("en", "on December 1 and 2, 2023", "it", "il 2 e 3 dicembre 2023"),
        ("en", "on December 1 and 2, 2023", "it", "l’1 e 2 novembre 2023"),
    ],
)
def test_days_of_one_month_disagree(one, text, other, different):
    assert not find(one, text).agrees(find(other, different))


@pytest.mark.parametrize(
    "one, text, other, same",
    [
        ("en", "5 British firms", "it", "5 aziende britanniche"),
        ("it", "5 prodotti svizzeri", "en", "5 Swiss products"),
        ("de", "5 britische Firmen", "fr", "5 entreprises britanniques"),
        ("en", "5 units", "it", "5 unità"),
        ("en", "3 East Germans", "it", "3 tedeschi orientali"),
        ("it", "5 nuovi chip", "en", "5 new chips"),
    ],
)
def test_a_nationality_makes_no_money(one, text, other, same):
    assert find(one, text).agrees(find(other, same))
    assert "(money)" not in "".join(map(str, find(one, text).figures))


@pytest.mark.parametrize(
    "one, text, other, same",
    [
        ("en", "5 British pounds", "it", "5 sterline britanniche"),
        ("de", "5 US-Dollar", "it", "5 dollari statunitensi"),
        ("en", "5 yen", "it", "5 yen"),
        ("fr", "5 livres sterling", "en", "£5"),
        ("it", "5 rubli", "pt", "5 rublos"),
    ],
)
def test_a_currency_named_in_words_makes_money(one, text, other, same):
    assert find(one, text).agrees(find(other, same))
    assert [str(figure) for figure in find(one, text).figures] == ["5 (money)"]


def test_a_noun_of_one_currency_may_be_another_word():
    assert find("en", "5 gold medals").agrees(find("it", "5 medaglie d’oro"))
    assert find("en", "5 yen").agrees(find("de", "5 ¥"))
    assert not find("en", "5 yen").agrees(find("it", "5 per cento"))


@pytest.mark.parametrize(
    "one, text, other, without",
    [
        ("en", "in the 1980s", "it", "tempo fa"),
        ("en", "in the ’80s", "it", "tempo fa"),
        ("it", "negli anni Ottanta", "en", "long ago"),
        ("de", "in den 1980er Jahren", "fr", "il y a longtemps"),
        ("en", "in the 20th century", "it", "tempo fa"),
        ("it", "nel XX secolo", "en", "long ago"),
        ("fr", "au XXe siècle", "nl", "lang geleden"),
    ],
)
def test_a_period_that_one_language_lacks_is_found(one, text, other, without):
    assert find(one, text) - find(other, without)
    assert not find(one, text).agrees(find(other, without))


@pytest.mark.parametrize(
    "one, text, other, paraphrase",
    [
        ("en", "in the 20th century", "it", "nel Novecento"),
        ("en", "19th-century novels", "it", "romanzi ottocenteschi"),
        ("en", "in the 20th century", "it", "nel secolo scorso"),
        ("it", "nel XX secolo", "en", "in the twentieth century"),
        ("fr", "au XIXe siècle", "nl", "negentiende-eeuws"),
        ("en", "in the 1990s", "it", "nei Novanta"),
        ("en", "in her 80s", "it", "ultraottantenne"),
        ("en", "in the 1900s", "it", "nel Novecento"),
        ("en", "in the 1980s", "fi", "kauan sitten"),
        ("en", "in the 1980s", "fi", "1980-luvulla"),
        ("it", "per anni trenta famiglie", "en", "for years thirty families"),
    ],
)
def test_a_period_in_words_of_another_kind_gives_no_alarm(one, text, other, paraphrase):
    assert find(one, text).agrees(find(other, paraphrase))


def test_every_table_has_the_keys_that_the_engine_reads():
    assert {key for table in tables().values() for key in table} <= set(Table.__annotations__)


def roman(value: int) -> str:
    return "X" * (value // 10) + ("", *"I II III IV V VI VII VIII IX".split())[value % 10]


MONTHS = {
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre".split(),
    "en": "January February March April May June July August September October".split(),
}
FRACTIONS = {
    "it": ["metà", "un terzo", "due terzi", "un quarto", "tre quarti", "un quinto"],
    "en": ["half", "a third", "two thirds", "a quarter", "three quarters", "one fifth"],
}
WORDS = {
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici".split(),
    "en": "two three four five six seven eight nine ten eleven twelve".split(),
}
# The forms of a value from 0 to 9,999, by its kind and language.
FORMS = {
    "percent": {
        "it": lambda n: [
            f"{n / 10:.1f}".replace(".", ",") + sign for sign in ("%", " %", " per cento")
        ],
        "en": lambda n: [f"{n / 10:.1f}{sign}" for sign in ("%", " per cent", " percent")],
    },
    "count": {
        "it": lambda n: [f"{n + 1}mila", f"{n + 1} mila", f"{n + 1:,}.000".replace(",", ".")],
        "en": lambda n: [f"{n + 1} thousand", f"{n + 1:,},000"],
    },
    "money": {
        "it": lambda n: [
            f"{n + 1} miliardi di dollari",
            f"{n + 1} mld di dollari",
            f"USD {n + 1} miliardi",
            f"${n + 1} mld",
        ],
        "en": lambda n: [
            f"${n + 1}bn",
            f"${n + 1} billion",
            f"USD {n + 1} billion",
            f"{n + 1} billion dollars",
        ],
    },
    "time": {
        "it": lambda n: [
            f"alle {n // 60 % 24}:{n % 60:02}",
            f"alle ore {n // 60 % 24}.{n % 60:02}",
        ],
        "en": lambda n: (
            [f"at {n // 60 % 24:02}:{n % 60:02}"]
            + [
                f"at {(n // 60 + 11) % 12 + 1}{sep}{n % 60:02} {'ap'[n // 60 % 24 > 11]}{m}"
                for sep in ":."
                for m in ("m", ".m.")
            ]
        ),
    },
    "century": {
        "it": lambda n: [f"nel {roman(n % 21 + 1)} secolo", f"nel secolo {roman(n % 21 + 1)}"],
        "en": lambda n: [f"in the {n % 21 + 1}th century"],
    },
    "decade": {
        "it": lambda n: [
            f"gli anni ’{n % 8 + 2}0",
            f"gli anni 19{n % 8 + 2}0",
            f"gli anni {n % 8 + 2}0",
        ],
        "en": lambda n: [f"the 19{n % 8 + 2}0s", f"the ’{n % 8 + 2}0s"],
    },
    "fraction": {language: lambda n, t=t: [t[n % 6]] for language, t in FRACTIONS.items()},
    "date": {
        "it": lambda n: [f"il {n % 27 + 2} {MONTHS['it'][n % 10]} 2018"],
        "en": lambda n: [
            f"on {n % 27 + 2} {MONTHS['en'][n % 10]} 2018",
            f"on {MONTHS['en'][n % 10]} {n % 27 + 2}, 2018",
        ],
    },
    "word": {
        language: lambda n, t=t: [t[n % 11], str(n % 11 + 2)] for language, t in WORDS.items()
    },
}
kinds, values, languages = (
    st.sampled_from(sorted(FORMS)),
    st.integers(0, 9_998),
    st.sampled_from(["it", "en"]),
)


@settings(max_examples=400)
@given(kinds, values, languages, languages, st.randoms(use_true_random=False))
def test_any_value_agrees_in_any_two_forms(kind, value, one, other, chance):
    first, second = (chance.choice(FORMS[kind][language](value)) for language in (one, other))
    assert find(one, first).agrees(find(other, second)), (first, second)


@settings(max_examples=400)
@given(kinds, values, values, languages, languages, st.randoms(use_true_random=False))
def test_any_two_values_differ_in_any_two_forms(kind, value, different, one, other, chance):
    same = set(FORMS[kind]["it"](value)) & set(FORMS[kind]["it"](different))
    first = chance.choice(FORMS[kind][one](value))
    second = chance.choice(FORMS[kind][other](different))
    assert (
        same
        or kind == "word"
        or proves_nothing(kind, value, different)
        or not find(one, first).agrees(find(other, second))
    ), (first, second)


def proves_nothing(kind: str, value: int, different: int) -> bool:
    """Whether the hour may be either of the day's halves: 3:30 without a word."""
    return kind == "time" and (value - different) % 720 == 0


def test_500_pairs_give_no_false_alarm(report_line, seed):
    chance = random.Random(seed)
    alarms, misses, pairs = [], Counter(), 0
    while pairs < 500:
        kind, one, other = chance.choice(sorted(FORMS)), *chance.choices(["it", "en"], k=2)
        value, different = chance.sample(range(9_998), 2)
        if set(FORMS[kind]["it"](value)) & set(FORMS[kind]["it"](different)):
            continue
        first, second, third = (
            chance.choice(FORMS[kind][language](n))
            for language, n in ((one, value), (other, value), (other, different))
        )
        if not find(one, first).agrees(find(other, second)):
            alarms.append((first, second))
        misses[kind] += find(one, first).agrees(find(other, third))
        pairs += 2
    report_line(
        f"figures, seed {seed}: {pairs} pairs, {len(alarms)} false alarms, "
        f"{misses.total()} of {pairs // 2} differences missed: {dict(+misses)}"
    )
    assert alarms == []
    assert set(+misses) <= {"word"}, "a word may be an article, its absence proves nothing"


@pytest.mark.slow
@pytest.mark.parametrize(
    "file, old, new, wrong",
    [
        ("facts/partnership.yml", "OpenAI at $13 billion.", "OpenAI at $13bn.", "OpenAI at $14bn."),
        (
            "facts/since.yml",
            "Under the agreement of 28 October 2025 Microsoft held about 27% of",
            "Under the agreement of October 28, 2025 Microsoft held about 27 per cent of",
            "Under the agreement of October 29, 2025 Microsoft held about 27 per cent of",
        ),
    ],
)
def test_the_check_takes_another_form_and_no_other_value(project, file, old, new, wrong):
    project.edit(f"content/{file}", old, new)
    assert "the figures differ" not in project.check().stdout
    project.edit(f"content/{file}", new, wrong)
    assert "the figures differ" in project.check().stdout


def test_wrong_month_in_another_order_is_compared_with_the_date(project):
    project.edit(
        "content/facts/since.yml", "agreement of 28 October 2025", "agreement of May 28, 2025"
    )
    assert "the text says 2025-05-28, the date says" in project.check().stdout
