"""The codes of problems: one for each kind of mistake, as in the rule ids of ruff and yamllint."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A kind of problem.

    Attributes:
        name: How messages and `# explainer: ignore[…]` call it, in kebab-case.
        meaning: What is wrong, in a sentence for editors.
    """

    name: str
    meaning: str


# Each room has a section, sorted by name.
_CODES = [
    # reading
    Code("invalid-settings", "`mkdocs.yml` is not valid YAML, or not a mapping."),
    # schema
    Code("empty-text", "A text is empty."),
    Code("invalid-choice", "A value is not one of the allowed words."),
    Code("invalid-date", "A date is not written as an ISO date, or is not in the calendar."),
    Code("invalid-format", "A value does not have the form of its field, such as an address."),
    Code("invalid-id", "An id is not lower-case words joined by hyphens."),
    Code("invalid-value", "A value is not allowed, for a reason that has no code of its own."),
    Code("invisible-character", "A text has a character that readers cannot see."),
    Code("line-break", "A text of one line has a line break."),
    Code("list-length", "A list has too few or too many entries."),
    Code("missing-key", "A required key is missing."),
    Code("missing-translation", "A text is missing in a language of the story."),
    Code("missing-value", "A key or a list entry has no value."),
    Code("sentence-without-facts", "A sentence does not name the facts that support it."),
    Code("text-too-long", "A text is longer than its field allows."),
    Code("unknown-key", "A key is not one of the keys of its record."),
    Code("unknown-language", "A text has a language that the story does not have."),
    Code("untranslated-text", "A text that differs by language is written once for all."),
    Code("wrong-type", "A value has the wrong type, such as a text where a list is expected."),
    # story
    # checks
    Code("ambiguous-name", "A name or alias belongs to two entities."),
    Code("date-differs", "The text of a fact has another date than its `date`."),
    Code("excluded-template", "A setting leaves out the template of a page."),
    Code("extra-space", "A text has a space too many."),
    Code("figures-differ", "Two languages of a text give different figures or dates."),
    Code("invalid-site-url", "`site_url` is not an address, or its host cannot be encoded."),
    Code(
        "leftover-file", "A backup or system file is among the files of the project; it is ignored."
    ),
    Code("markup-in-text", "A text has HTML, Markdown or Jinja, which would be shown as typed."),
    Code("missing-about", "A fact names an entity that is missing in `about`."),
    Code("missing-hook", "`mkdocs.yml` lacks the hook that builds the site."),
    Code("missing-path", "A setting names a file or folder that is not there."),
    Code("missing-phrase", "A phrase that pages use is missing in `interface.yml`."),
    Code("missing-picture", "The file of a picture is not there."),
    Code("missing-site-url", "`site_url` is not set."),
    Code("missing-theme-language", "The theme has no words in a language of the story."),
    Code("names-differ", "Two languages of a text name different entities."),
    Code(
        "paragraph-of-excerpt", "A citation names a paragraph of a source whose copy is an excerpt."
    ),
    Code("passage-not-found", "A passage is not in the copy of its source."),
    Code("person-without-facts", "No fact is about a person."),
    Code("placeholder", "A setting that readers see names a host that is reserved for examples."),
    Code("placeholders-differ", "Two languages of a phrase have different values in braces."),
    Code(
        "root-file-refused", "A file in `docs/root/` cannot be published, such as a link out of it."
    ),
    Code(
        "root-file-taken", "A file in `docs/root/` has a name that the build or another file has."
    ),
    Code("series-log-of-zero", "A series with a logarithmic scale has the value 0."),
    Code("series-point-order", "The points of a series are not in the order of their dates."),
    Code(
        "series-point-position", "A point of a series has neither a date nor a category, or both."
    ),
    Code("series-point-without-ground", "A value of a series has no fact and no citation."),
    Code("series-total", "The lines of a series do not add up to its total."),
    Code(
        "series-units-differ",
        "The unit of a series differs in order of magnitude between languages.",
    ),
    Code("series-unknown-total", "The total of a series is not one of its lines."),
    Code("series-value-not-in-fact", "A fact does not give the value that a series rests on it."),
    Code("setting-without-effect", "A setting of MkDocs or Material has no effect on this site."),
    Code("source-before-fact", "A confirmed fact cites only sources from before its date."),
    Code("straight-apostrophe", "A text has a straight apostrophe."),
    Code("unfinished-sentence", "A sentence does not end with a full stop or another sign."),
    Code("unknown-placeholder", "A phrase has a value in braces that it is not given."),
    Code("unknown-quotation", "Words in quotation marks are not a quote of `quotes.yml`."),
    Code("unpaired-quotation-mark", "A quotation mark does not open or close a quotation."),
    Code("unreadable-picture", "The file of a picture is not in a format that browsers show."),
    Code("unsupported-plugin", "A plugin of MkDocs cannot work on this site."),
    Code("unused-picture", "A file among the pictures belongs to no picture."),
    Code("wrong-quotation-mark", "A quotation mark is not one of the text's language."),
    Code("wrong-theme", "The theme is not Material with the templates of the project."),
    # rendering
    Code("dead-link", "A link leads to no page, or to no place on it."),
    Code("repeated-id", "Two places on a page have the same id."),
    # publishing
    Code("missing-charset", 'A page of its own has no `<meta charset="utf-8">`.'),
    # editing
    Code("unreachable-url", "An address that the content cites does not answer."),
    # adapter
    Code("failing-hook", "Another hook of mkdocs.yml raises an error."),
]

CODES: dict[str, Code] = {code.name: code for code in _CODES}
