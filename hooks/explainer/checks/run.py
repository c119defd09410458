"""Check a story: each check yields problems, none stops at the first, none changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from explainer.checks.chronology import check_fact_order, check_published, check_roles
from explainer.checks.citations import (
    check_about,
    check_citations,
    check_coverage,
    check_uncited,
    check_verified,
)
from explainer.checks.evidence import check_evidence
from explainer.checks.host_files import check_root_files
from explainer.checks.interface import check_phrases, check_theme
from explainer.checks.leftovers import check_leftovers
from explainer.checks.pages import check_every_fact_used, check_file_names, check_pages, check_prose
from explainer.checks.passages import check_passages, sources_folder
from explainer.checks.pictures import check_pictures
from explainer.checks.references import check_former_ids, check_offices, check_references
from explainer.checks.reviews import check_reviews
from explainer.checks.series import check_series
from explainer.checks.translations import check_translations
from explainer.checks.typography import check_typography
from explainer.checks.wording import check_markup, check_names, check_quotations
from explainer.problems import ERROR, ContentError, Problem, blocking
from explainer.story.loader import load_story
from explainer.story.mentions import MentionFinder
from explainer.story.passage_report import PassageReport
from explainer.story.story import Story


def load_checked(
    content: Path, docs: Path, theme: Sequence[str] = ()
) -> tuple[Story, PassageReport, list[Problem]]:
    """The story of `content`, what the citation check found, and problems that are no errors.

    `docs` is the folder of page templates, `theme` the folders of the theme that the site will be built with.
    Raises ContentError with all problems if any is an error.
    """
    story, problems = load_story(content)
    report = PassageReport()
    problems += check_leftovers([content, docs])
    problems = sorted([*problems, *check_story(story, docs, report), *check_theme(story, theme)])
    if blocking(problems, strict=False):
        raise ContentError(problems)
    return story, report, problems


def check_story(story: Story, docs: Path, report: PassageReport) -> list[Problem]:
    """Every problem of a story that has loaded; fills `report` with what the citation check found.

    `docs` is the folder of page templates. Private copies of the sources are looked for where the
    environment variable EXPLAINER_SOURCES points.
    """
    names = {language: MentionFinder(story, language) for language in story.languages}
    folder = sources_folder()
    if folder and not folder.is_dir():
        raise ContentError(
            [
                Problem(
                    str(folder),
                    1,
                    1,
                    ERROR,
                    "no such folder of sources",
                    "EXPLAINER_SOURCES (make: SOURCES) names it",
                )
            ]
        )
    entities = {"person", "organization", "product"}
    checks: list[
        tuple[Iterator[Problem], set[str]]
    ] = [  # each with the kinds of which it needs every record
        (check_references(story), set()),
        (check_fact_order(story), set()),
        (check_published(story), set()),
        (check_roles(story), set()),
        (check_offices(story), set()),
        (check_former_ids(story), set()),
        (check_citations(story), set()),
        (check_verified(story), set()),
        (check_uncited(story), {"fact", "quote", "source note"}),
        (check_about(story), {"fact"}),
        (check_passages(story, folder, report), set()),
        (check_coverage(story), {"fact", "source"}),
        (check_names(story, names), entities),
        (check_quotations(story, names), {"quote"}),
        (check_markup(story), set()),
        (check_typography(story), set()),
        (check_translations(story, names), entities),
        (check_evidence(story), {"fact"}),
        (check_prose(story), set()),
        (check_every_fact_used(story), {"page"}),
        (check_pages(story, docs), {"page", *entities}),
        (check_file_names(docs), set()),
        (check_series(story), {"fact"}),
        (check_pictures(story, docs), {"picture"}),
        (check_phrases(story, docs), {"phrase"}),
        (check_reviews(story), {"fact"}),
        (check_root_files(docs, story.languages), set()),
    ]
    return sorted(
        {
            problem
            for problems, needed in checks
            if not needed & story.incomplete_kinds
            for problem in problems
        }
    )
