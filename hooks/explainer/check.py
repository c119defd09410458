"""Check a story: each check yields problems, none stops at the first, none changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .chronology import check_published, check_roles, check_time
from .citing import check_about, check_citations, check_uncited, check_verified
from .coverage import check_coverage
from .grounds import check_grounds
from .ids import check_former_ids, check_offices, check_references
from .leftovers import check_leftovers
from .load import load
from .names import Names
from .pages import check_file_names, check_pages, check_prose, check_told
from .parity import check_languages
from .passages import Report, check_passages, sources_folder
from .phrases import check_phrases, check_theme
from .pictures import check_pictures
from .problem import ERROR, ContentError, Problem, blocking
from .review import check_reviews
from .root_files import check_root_files
from .story import Story
from .typography import check_typography
from .wording import check_markup, check_names, check_quotations


def load_checked(
    content: Path, docs: Path, theme: Sequence[str] = ()
) -> tuple[Story, Report, list[Problem]]:
    """The story of `content`, what the citation check found, and problems that are no errors.

    `docs` is the folder of page templates, `theme` the folders of the theme that the site will be built with.
    Raises ContentError with all problems if any is an error.
    """
    story, problems = load(content)
    report = Report()
    problems += check_leftovers([content, docs])
    problems = sorted([*problems, *check(story, docs, report), *check_theme(story, theme)])
    if blocking(problems, strict=False):
        raise ContentError(problems)
    return story, report, problems


def check(story: Story, docs: Path, report: Report) -> list[Problem]:
    """Every problem of a story that has loaded; fills `report` with what the citation check found.

    `docs` is the folder of page templates. Private copies of the sources are looked for where the
    environment variable EXPLAINER_SOURCES points.
    """
    names = {language: Names(story, language) for language in story.tongues}
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
        (check_time(story), set()),
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
        (check_languages(story, names), entities),
        (check_grounds(story), {"fact"}),
        (check_prose(story), set()),
        (check_told(story), {"page"}),
        (check_pages(story, docs), {"page", *entities}),
        (check_file_names(docs), set()),
        (check_pictures(story, docs), {"picture"}),
        (check_phrases(story, docs), {"phrase"}),
        (check_reviews(story), {"fact"}),
        (check_root_files(docs, story.tongues), set()),
    ]
    return sorted(
        {problem for problems, needed in checks if not needed & story.holes for problem in problems}
    )
