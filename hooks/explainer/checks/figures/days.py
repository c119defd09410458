"""Days of one month that are named together: `December 1 and 2, 2023`, `1 e 2 dicembre 2023`."""

from __future__ import annotations

import re

from explainer.checks.figures.figure import Figure
from explainer.checks.figures.language import Language
from explainer.checks.figures.patterns import blanked
from explainer.schema.date_formats import find_dates

DAY = r"(?<!\d)\d{1,2}(?!\d)"


ORDINAL = r"(?:º|ª|er|st|nd|rd|th|\.)?"


class Days:
    """Finds days in the texts of a language."""

    def __init__(self, language: Language) -> None:
        self.locale = language.locale
        # The first and the last of two to five days.
        self.several = re.compile(
            rf"(?P<first>{DAY}){ORDINAL}"
            rf"(?:{language.connector}{DAY}{ORDINAL}){{0,3}}"
            rf"{language.connector}(?P<last>{DAY})"
        )

    def take(self, text: str, figures: list[Figure]) -> str:
        """Add the days of a text to a list, and return the text without them.

        Of several days in a month the last becomes a day, such as `2023-12-02`. The others stay in
        the text as numbers, as does the year of a month without a day.
        """
        for match, date in reversed(list(find_dates(self._as_ranges(text), self.locale))):
            if date.day:
                figures.append(Figure((str(date),)))
                start = match.start("to") if match["to"] else match.start()
                text = text[:start] + blanked(text[start : match.end()]) + text[match.end() :]
        return text

    def _as_ranges(self, text: str) -> str:
        """Write several days as a range, `1–2`, with the last day and what follows in place."""
        return self.several.sub(
            lambda match: f"{match['first']}–{match['last']}".rjust(len(match[0])), text
        )
