"""The story in one language, as one tree of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from explainer.rendering.date_format import format_day_month, format_partial_date
from explainer.schema.dates import PartialDate
from explainer.schema.pages import GLOSSARY_PAGE
from explainer.story.mentions import MentionFinder
from explainer.story.passage_report import PassageReport
from explainer.story.story import Language, Story

NAME = re.compile(r"\{(\w+)\}")


class Edition:
    """The story in one language, as one tree of pages.

    `urls` maps each page's id to its address from the tree's root, as the site generator gives it;
    `report` says of each citation whether its passage was found; `site_url` is where the whole site is
    published, with a final slash; `edit_uri` where the repository's host edits a file, or empty;
    `notices` are what the footers of a preview say to editors; `assets` is the folder of the site's
    assets, from the site's root.
    """

    def __init__(
        self,
        story: Story,
        lang: Language,
        urls: Mapping[str, str],
        report: PassageReport,
        site_url: str = "/",
        edit_uri: str = "",
        notices: Sequence[str] = (),
        assets: str = "assets",
    ) -> None:
        self.story, self.lang, self.urls, self.report = story, lang, dict(urls), report
        self.site_url, self.edit_uri = site_url.rstrip("/") + "/", edit_uri
        self.notices, self.assets = notices, assets
        self.language = lang.code

    @cached_property
    def names(self) -> dict[str, MentionFinder]:
        """What can be found in texts, by language: the ledger shows every one."""
        return {code: MentionFinder(self.story, code) for code in self.story.languages}

    def t(self, key: str, **values: object) -> str:
        """A word of the interface, with `{name}` in it replaced by a value; KeyError if there is none."""
        if key not in self.story.phrases:
            raise KeyError(f'interface.yml has no "{key}"')
        text = self.story.phrases[key].text[self.language]
        return NAME.sub(lambda name: str(values.get(name[1], name[0])), text)

    def date(self, value: PartialDate) -> str:
        """A date as prose of this language has it."""
        return format_partial_date(value, self.lang.locale, self.lang.setting.first_of_month)

    def day(self, value: PartialDate) -> str:
        """Day and month, under a heading that names the year."""
        return format_day_month(value, self.lang.locale, self.lang.setting.first_of_month)

    def language_name(self, code: str) -> str:
        """What this language calls another: `allemand`."""
        return self.lang.locale.languages.get(code, code)

    @cached_property
    def home_pages(self) -> dict[str, str]:
        """The id of the page where each entity and term has its anchor."""
        kinds = {kind: page.id for page in self.story.pages.values() for kind in page.entities}
        places = {
            e.id: kinds[e.kind_name] for e in self.story.entities.values() if e.kind_name in kinds
        }
        return places | dict.fromkeys(self.story.terms, GLOSSARY_PAGE)
