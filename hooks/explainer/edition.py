"""The story in one language, as one tree of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from .dates import PartialDate, spell, spell_day
from .names import Names
from .passages import Report
from .story import Story, Tongue

NAME = re.compile(r"\{(\w+)\}")
PLACE_OF_TERMS, PLACE_OF_FACTS, PLACE_OF_SOURCES = "glossary", "ledger", "sources"


class Edition:
    """The story in one language, as one tree of pages.

    `urls` maps each page's id to its address from the tree's root, as the site generator gives it;
    `report` says of each citation whether its passage was found; `site_url` is where the whole site is
    published, with a final slash; `edit_uri` where the repository's host edits a file, or empty;
    `notices` are what the footers of a preview say to editors.
    """

    def __init__(
        self,
        story: Story,
        tongue: Tongue,
        urls: Mapping[str, str],
        report: Report,
        site_url: str = "/",
        edit_uri: str = "",
        notices: Sequence[str] = (),
    ) -> None:
        self.story, self.tongue, self.urls, self.report = story, tongue, dict(urls), report
        self.site_url, self.edit_uri = site_url.rstrip("/") + "/", edit_uri
        self.notices = notices
        self.language = tongue.code

    @cached_property
    def names(self) -> dict[str, Names]:
        """What can be found in texts, by language: the ledger shows every one."""
        return {code: Names(self.story, code) for code in self.story.tongues}

    def t(self, key: str, **values: object) -> str:
        """A word of the interface, with `{name}` in it replaced by a value; KeyError if there is none."""
        if key not in self.story.phrases:
            raise KeyError(f'interface.yml has no "{key}"')
        text = self.story.phrases[key].text[self.language]
        return NAME.sub(lambda name: str(values.get(name[1], name[0])), text)

    def date(self, value: PartialDate) -> str:
        """A date as prose of this language has it."""
        return spell(value, self.tongue.locale, self.tongue.setting.first_of_month)

    def day(self, value: PartialDate) -> str:
        """Day and month, under a heading that names the year."""
        return spell_day(value, self.tongue.locale, self.tongue.setting.first_of_month)

    def language_name(self, code: str) -> str:
        """What this language calls another: `allemand`."""
        return self.tongue.locale.languages.get(code, code)

    @cached_property
    def place(self) -> dict[str, str]:
        """The id of the page where each entity and term has its anchor."""
        kinds = {kind: page.id for page in self.story.pages.values() for kind in page.entities}
        places = {
            e.id: kinds[e.kind_name] for e in self.story.entities.values() if e.kind_name in kinds
        }
        return places | dict.fromkeys(self.story.terms, PLACE_OF_TERMS)
