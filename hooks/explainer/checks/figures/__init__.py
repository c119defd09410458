"""Find the figures of a text, in any form its language has, and compare two texts.

A text and a locale come in; the figures go out, each with all that it may mean. Symbols, months,
scales and currencies come from the Unicode CLDR, by way of Babel. What the CLDR does not have
comes from `languages.yml`, a table for each language.
"""

from explainer.checks.figures.figure import Figure, FigureSet, Proof
from explainer.checks.figures.grammar import Grammar, figures_in

__all__ = ["Figure", "FigureSet", "Grammar", "Proof", "figures_in"]
