"""The command line: `.venv/bin/explainer check`, and what else helps an editor."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from explainer.checks.chronology import check_future_dates, today
from explainer.checks.mkdocs_settings import check_settings
from explainer.checks.publication import check_publication, publishing
from explainer.checks.run import load_checked
from explainer.editing import changes, editor_schema, new_record, prompts, review, yaml_edit
from explainer.editing.external_links import broken_links, external_urls
from explainer.problems import ERROR, ContentError, blocking, suggest, summarize, with_hint
from explainer.reading.site_url import configured
from explainer.rendering.template_checks import check_templates
from explainer.story import review_items
from explainer.story.coverage import coverage_stats
from explainer.story.loader import load_story
from explainer.story.story import Story

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder (default: here).",
)


@click.group()
def main() -> None:
    """Work on the explainer's content."""


def loaded(root: Path) -> Story:
    """The story below a folder, even where some of its records are invalid; what is wrong with it is for `check` to say."""
    try:
        return load_story(root / "content")[0]
    except ContentError as error:
        click.echo(error, err=True)
        sys.exit(1)


@main.command("check", short_help="Check the content, and list every problem.")
@click.option(
    "--strict/--no-strict",
    default=True,
    help="Whether warnings fail the check too (they do by default).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="As text, or as annotations of a GitHub workflow.",
)
@click.option(
    "--sources",
    metavar="FOLDER",
    help="Private copies of the sources, to check passages against (default: what EXPLAINER_SOURCES names).",
)
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
def check_command(root: Path, strict: bool, form: str, sources: str | None) -> None:
    """Check content/, docs/ and mkdocs.yml below ROOT (default: here) and list every problem."""
    started = time.perf_counter()
    if sources:
        os.environ["EXPLAINER_SOURCES"] = sources  # which is where the check looks
    try:
        story, report, problems = load_checked(root / "content", root / "docs")
        problems = sorted(
            [
                *problems,
                *check_future_dates(story, today(story)),
                *check_templates(story, report, root / "docs"),
                *(
                    check_publication(story, configured(root / "mkdocs.yml"), True)
                    if publishing()
                    else ()
                ),
            ]
        )
    except ContentError as error:
        problems, report, story = error.problems, None, None
    if (root / "mkdocs.yml").exists():
        problems = sorted([*problems, *check_settings(root / "mkdocs.yml")])
    for problem in problems:
        if form == "github":
            click.echo(problem.annotation(root))
        else:
            click.echo(problem, err=problem.level == ERROR)
    if story and report:
        editor_schema.write_ids(story, root)
        for source in story.sources.values():
            if source.paragraphs:
                click.echo(f"{source.id}: {coverage_stats(story, source)}")
        click.echo(
            f"{len(story.facts)} facts in {len(story.languages)} languages; {report.summary()}"
        )
    click.echo(f"{summarize(problems)} ({time.perf_counter() - started:.2f} s)")
    sys.exit(1 if blocking(problems, strict) else 0)


@main.command("settings", short_help="Check mkdocs.yml, before MkDocs reads it.")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
def settings_command(root: Path) -> None:
    """Check ROOT's mkdocs.yml alone, and list every problem: MkDocs clears the published site before some of them show."""
    problems = check_settings(root / "mkdocs.yml")
    for problem in problems:
        click.echo(problem, err=problem.level == ERROR)
    sys.exit(1 if blocking(problems, strict=True) else 0)


@main.command("schema", short_help="Write what editors complete from, and the reference of fields.")
@ROOT
@click.option(
    "--check", is_flag=True, help="Write nothing; say whether what is committed is up to date."
)
def schema_command(root: Path, check: bool) -> None:
    """Write the JSON Schemas of the content files, for an editor's autocompletion, and the reference of fields, content/README.md."""
    old = editor_schema.stale(root)
    if check:
        click.echo(
            f"out of date: {', '.join(old)}; run: .venv/bin/explainer schema"
            if old
            else "up to date"
        )
        sys.exit(1 if old else 0)
    editor_schema.write_schemas(root)
    editor_schema.write_ids(loaded(root), root)
    click.echo(
        f"{len(editor_schema.kinds())} schemas in {editor_schema.FOLDER}/, and content/README.md"
    )


@main.command("links", short_help="Ask every address that the content cites whether it answers.")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
def links_command(root: Path) -> None:
    """Ask each external address in ROOT's content/ whether it still answers, and list those that do not. Uses the network."""
    story, problems = loaded(root), []
    for problem in broken_links(story):
        problems.append(problem)
        click.echo(problem)
    click.echo(f"{len(external_urls(story))} addresses asked: {summarize(problems)}")
    sys.exit(1 if problems else 0)


@main.command("new", short_help="Append a new record to the file of its kind.")
@ROOT
@click.argument("kind", type=click.Choice(list(new_record.KINDS)), metavar="KIND")
@click.argument("id")
@click.option("--subject", help="For a fact: which file of content/facts/ it goes to.")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field's value, e.g. date=2026-11-23 or text.en=…; where several ids may stand, by commas: cites.source=article,interview.",
)
@click.option(
    "--ask/--no-ask",
    default=None,
    help="Whether to ask for what is not given (by default where somebody can answer).",
)
def new_command(
    root: Path, kind: str, id: str, subject: str | None, given: tuple[str, ...], ask: bool | None
) -> None:
    r"""Append a new record, called ID, to the file of its KIND: every field that it must have, in every language.

    KIND is fact, source, person, organization, product, role, quote, term, source-note, update, series or
    picture.

    What is neither given nor answered stays empty, and `make check` then names it.

    \b
    .venv/bin/explainer new fact tower-sold --subject town --set date=2026-11-23
    .venv/bin/explainer new term watt --no-ask
    """
    story, asked = loaded(root), sys.stdin.isatty() if ask is None else ask
    prompts.check_id(story, id)
    values = prompts.parse_options(story, kind, given)
    subject = prompts.choose_subject(story, subject, asked) if kind == "fact" else ""
    if asked:
        values = prompts.ask(story, kind, values)
    path = root / "content" / new_record.file_of(kind, subject)
    try:
        line = yaml_edit.append(path, new_record.stub(kind, id, values, story.languages))
    except yaml_edit.EditError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{path}:{line}: {id}\nnow: {prompts.next_step(kind, values, story.languages)}")


@main.command("review", short_help="Show what nobody has read in all languages since it changed.")
@ROOT
@click.argument("names", nargs=-1)
@click.option("--accept", is_flag=True, help="Write that these were read as they now stand.")
@click.option("--list", "listing", is_flag=True, help="Names alone.")
def review_command(root: Path, names: tuple[str, ...], accept: bool, listing: bool) -> None:
    r"""Show facts, and sentences that put facts into words of their own, that nobody has read in all languages since they changed.

    NAMES are ids of facts, or places of sentences such as home/lead/2; without any, all that wait for a reader.

    \b
    .venv/bin/explainer review
    .venv/bin/explainer review tower-sold
    .venv/bin/explainer review --accept tower-sold home/lead/2
    """
    story = loaded(root)
    known = {item.name: item for item in review_items.review_items(story)}
    for name in names:
        if name not in known:
            raise click.ClickException(
                with_hint(
                    f'nothing is called "{name}"',
                    suggest(name, known)
                    or "what waits for a reader: .venv/bin/explainer review --list",
                )
            )
    wanted = [known[name] for name in names] or [
        item for item in known.values() if not item.is_current
    ]
    if accept and not names:
        raise click.ClickException("name what was read: .venv/bin/explainer review --accept ID")
    for item in wanted:
        if accept:
            try:
                review.accept(root, item)
            except yaml_edit.EditError as error:
                raise click.ClickException(str(error)) from error
            click.echo(f"{item.name}: reviewed {item.digest}")
        else:
            click.echo(item.name if listing else review.side_by_side(item))
    if not accept and not listing:
        waiting = sum(not item.is_current for item in known.values())
        click.echo(f"{waiting} of {len(known)} wait for a reader")


@main.command("changes", short_help="List the facts changed since a revision, as Markdown.")
@ROOT
@click.argument("revision")
@click.option("--language", help="Whose words (default: the story's own language).")
def changes_command(root: Path, revision: str, language: str | None) -> None:
    r"""List, as Markdown, the facts added, overtaken, changed and removed since a Git REVISION.

    A file that does not parse, or holds what the check refuses, is named, and its facts are not compared.

    \b
    .venv/bin/explainer changes origin/main
    .venv/bin/explainer changes v1.0 --language en
    """
    story = loaded(root)
    language = language or next(iter(story.languages))
    if language not in story.languages:
        raise click.ClickException(
            f'"{language}" is not a language of this story: {", ".join(story.languages)}'
        )
    try:
        before = changes.facts_at(root, revision)
    except changes.RevisionError as error:
        raise click.ClickException(str(error)) from error
    for line in changes.changes(
        before,
        changes.facts_now(root, story.invalid_ids),
        language,
        lambda key: story.phrases[key].text[language],
    ):
        click.echo(line)
