"""Checks of pages: what their prose tells, once each, and that page and template belong together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from explainer.problems import ERROR, WARNING, Problem, intended_ids, suggest
from explainer.reading.template_files import templates_in
from explainer.schema.pages import LEDGER_PAGE, SOURCES_PAGE
from explainer.story.story import Story
from explainer.story.traversal import all_sentences

OTHER_MARKDOWN = {".markdown", ".mdown", ".mkdn", ".mkd"}  # MkDocs takes them for pages


def check_prose(story: Story) -> Iterator[Problem]:
    """Each page tells a fact once, and says a sentence once; a grid's cells have their column."""
    told: dict[tuple[str, str], int] = {}  # a page and a fact, or a page and words -> the line
    for page, sentence, route in all_sentences(story):
        if sentence.text is None and len(sentence.facts) != 1:
            yield page.problem(
                "a sentence without words of its own names one fact",
                *route,
                hint="a line for each fact, or words of its own: text: {…}, in every language",
            )
        facts = [] if "then-and-now" in route or "grid" in route else sentence.facts
        words = (
            next(iter(sentence.text.values())) if sentence.text else f"the fact {sentence.facts[0]}"
        )
        again = [fact for fact in facts if (page.id, fact) in told]
        for fact in again:
            yield page.problem(
                f'the page tells "{fact}" twice',
                *route,
                level=WARNING,
                hint=f"first on line {told[page.id, fact]}",
            )
        if (page.id, words) in told and not again:
            yield page.problem(
                "the page says this sentence twice",
                *route,
                level=WARNING,
                hint=f"first on line {told[page.id, words]}",
            )
        for key in (*facts, words):
            told.setdefault((page.id, key), page.line_at(*route))
    for page in story.pages.values():
        for key, section in page.sections.items():
            for index, row in enumerate(section.grid.rows if section.grid else ()):
                for column in [
                    column for column in row.cells if column not in section.grid.columns
                ]:
                    yield page.problem(
                        f'the grid has no column "{column}"',
                        "sections",
                        key,
                        "grid",
                        "rows",
                        index,
                        "cells",
                        str(column),
                        key=True,
                        hint=suggest(str(column), map(str, section.grid.columns)),
                    )


def check_every_fact_used(story: Story) -> Iterator[Problem]:
    """Each fact is told by some page."""
    shown = {fact for page, sentence, _ in all_sentences(story) for fact in sentence.facts}
    shown |= intended_ids(shown - set(story.invalid_ids), story.facts)
    for fact in story.facts.values():
        if fact.id not in shown and not fact.detail:
            yield fact.problem(
                "no page tells this fact in its prose",
                level=WARNING,
                key=True,
                hint="name it in a section of pages.yml; or mark it, if it is a detail: `detail: true`",
            )


def check_file_names(docs: Path) -> Iterator[Problem]:
    """Names of files below the folder of templates are UTF-8, and those of Markdown files end in `.md`."""
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs.parent).as_posix()
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            message, hint = "the name of this file is not UTF-8", "rename it: letters, digits, -"
            yield Problem(name, 1, 1, ERROR, message, hint, "file-name")
        else:
            if path.suffix in OTHER_MARKDOWN:
                message = "the name of a template ends in .md"
                hint = f"rename it: {path.with_suffix('.md').name}"
                yield Problem(name, 1, 1, ERROR, message, hint, "file-name")


def check_pages(story: Story, docs: Path) -> Iterator[Problem]:
    """Each page of pages.yml has its template, each template its page, each kind of entity one page."""
    pages = story.file("pages.yml")
    found = templates_in(docs)
    templates = {name for name, path in found.items() if path.is_file()}
    for name in sorted(found.keys() - templates):
        yield Problem(
            f"{docs.name}/{name}",
            1,
            1,
            ERROR,
            "this is not a file",
            "put the template in its place",
        )
    orphans = sorted(
        templates
        - {page.template for page in story.pages.values()}
        - {"index.md" if "index" in story.pages else ""}
    )
    for id, template in (
        ("home", "index.md"),
        (LEDGER_PAGE, f"{LEDGER_PAGE}.md"),
        (SOURCES_PAGE, f"{SOURCES_PAGE}.md"),
    ):
        if id not in story.pages and template not in templates:
            yield Problem(
                pages,
                1,
                1,
                ERROR,
                f'there is no page "{id}"',
                f"its template is {docs.name}/{template}; every page leads to it",
            )
    for page in story.pages.values():
        if page.id == "index":
            yield page.problem(
                'the page of docs/index.md is called "home"', key=True, hint="rename it: home"
            )
        elif page.id == "assets":
            yield page.problem(
                f"{docs.name}/assets is the folder of styles and scripts, and cannot be a page",
                key=True,
                hint="choose another id",
            )
        elif page.template not in found:
            yield page.problem(
                f"the page has no template {docs.name}/{page.template}",
                key=True,
                hint=f"without a page: {', '.join(orphans)}"
                if orphans
                else "make it, or remove the page",
            )
    for name in orphans:
        hint = (
            'the page of index.md is called "home"'
            if name == "index.md"
            else suggest(name.removesuffix(".md"), story.pages)
        )
        yield Problem(
            f"{docs.name}/{name}", 1, 1, ERROR, "pages.yml has no page for this template", hint
        )
    for kind, records in (
        ("person", story.people),
        ("organization", story.organizations),
        ("product", story.products),
    ):
        places = [page for page in story.pages.values() if kind in page.entities]
        if records and not places:
            yield Problem(
                pages,
                1,
                1,
                ERROR,
                f'no page is the place of entities of the kind "{kind}"',
                f"on one page, entities: [{kind}]",
            )
        for page in places[1:]:
            yield page.problem(
                f'"{kind}" has its place on the page "{places[0].id}" already',
                "entities",
                page.entities.index(kind),
                hint="each kind has one page",
            )
