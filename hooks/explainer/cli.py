"""The command line: `explainer check`, and what else helps an editor."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from . import changes, edit, new, review, schema
from .check import load_checked
from .coverage import figures
from .links import external, failing
from .problem import ERROR, ContentError, blocking, count, nearest
from .render import check_templates
from .story import Story, load

ROOT = click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="The project's folder (default: here).")


@click.group()
def main() -> None:
    """Work on the explainer's content."""


def loaded(root: Path) -> Story:
    """The story below a folder, even where some of its records are invalid; what is wrong with it is for `check` to say."""
    try:
        return load(root / "content")[0]
    except ContentError as error:
        raise click.ClickException(f"\n{error}") from error


@main.command("check")
@click.option("--strict/--no-strict", default=True, help="Whether warnings fail the check too (they do by default).")
@click.option("--format", "form", type=click.Choice(["text", "github"]), default="text", help="As text, or as annotations of a GitHub workflow.")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
def check_command(root: Path, strict: bool, form: str) -> None:
    """Check content/ and docs/ below ROOT (default: here) and list every problem.

    Set EXPLAINER_SOURCES to a folder of private copies to have passages checked against their source.
    """
    started = time.perf_counter()
    try:
        story, report, problems = load_checked(root / "content", root / "docs")
        problems += check_templates(story, report, root / "docs")
    except ContentError as error:
        problems, report, story = error.problems, None, None
    for problem in problems:
        if form == "github":
            click.echo(problem.annotation(root))
        else:
            click.echo(problem, err=problem.level == ERROR)
    if story and report:
        schema.write_ids(story, root)
        for source in story.sources.values():
            if source.paragraphs:
                click.echo(f"{source.id}: {figures(story, source)}")
        click.echo(f"{len(story.facts)} facts in {len(story.tongues)} languages; {report.line()}")
    click.echo(f"{count(problems)} ({time.perf_counter() - started:.2f} s)")
    sys.exit(1 if blocking(problems, strict) else 0)


@main.command("schema")
@ROOT
@click.option("--check", is_flag=True, help="Write nothing; say whether what is committed is up to date.")
def schema_command(root: Path, check: bool) -> None:
    """Write the JSON Schemas of the content files, for an editor's autocompletion, and the reference of fields, content/README.md."""
    old = schema.stale(root)
    if check:
        click.echo(f"out of date: {', '.join(old)}; run: explainer schema" if old else "up to date")
        sys.exit(1 if old else 0)
    schema.write_schemas(root)
    schema.write_ids(loaded(root), root)
    click.echo(f"{len(schema.kinds())} schemas in {schema.FOLDER}/, and content/README.md")


@main.command("links")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
def links_command(root: Path) -> None:
    """Ask each external address in ROOT's content/ whether it still answers, and list those that do not. Uses the network."""
    story, problems = loaded(root), []
    for problem in failing(story):
        problems.append(problem)
        click.echo(problem)
    click.echo(f"{len(external(story))} addresses asked: {count(problems)}")
    sys.exit(1 if problems else 0)


@main.command("new")
@ROOT
@click.argument("kind", type=click.Choice(list(new.KINDS)))
@click.argument("id")
@click.option("--subject", help="For a fact: which file of content/facts/ it goes to (default: the first).")
@click.option("--set", "given", multiple=True, metavar="FIELD=VALUE", help="A field's value, e.g. date=2026-11-23, text.en=…, cites.source=article; a list by commas.")
@click.option("--ask/--no-ask", default=None, help="Whether to ask for what is not given (by default where somebody can answer).")
def new_command(root: Path, kind: str, id: str, subject: str | None, given: tuple[str, ...], ask: bool | None) -> None:
    """Append a new record, called ID, to the file of its KIND: every field that it must have, in every language.

    What is neither given nor answered stays empty, and `explainer check` then names it.

    \b
    explainer new fact tower-sold --set date=2026-11-23 --set status=announced
    explainer new term watt --no-ask
    """
    story = loaded(root)
    languages, subjects = list(story.tongues), list(story.settings.subjects)
    if kind == "fact" and subject not in (None, *subjects):
        raise click.ClickException(f'no subject is called "{subject}"; {nearest(subject, subjects)}')
    values = dict(one.split("=", 1) for one in given if "=" in one)
    unknown = new.unknown(kind, values, languages)
    if unknown or len(values) < len(given):
        raise click.ClickException(f"a {kind} has no field {', '.join(unknown) or given}; its fields: {', '.join(new.paths(kind, languages))}")
    if not new.ID.fullmatch(id) or id in {record.id for record in story.records()}:
        raise click.ClickException(f'"{id}" cannot be the id of a new record: lower-case words with hyphens, and not yet taken')
    if sys.stdin.isatty() if ask is None else ask:
        for path in new.questions(kind, languages):
            if path not in values:
                values[path] = click.prompt(path, default="", show_default=False)
    path = root / "content" / new.file_of(kind, subject or subjects[0])
    line = edit.append(path, new.stub(kind, id, values, languages))
    click.echo(f"{path}:{line}: {id}")


@main.command("review")
@ROOT
@click.argument("names", nargs=-1)
@click.option("--accept", is_flag=True, help="Write that these were read as they now stand.")
@click.option("--list", "listing", is_flag=True, help="Names alone.")
def review_command(root: Path, names: tuple[str, ...], accept: bool, listing: bool) -> None:
    """Show facts, and sentences that put facts into words of their own, that nobody has read in all languages since they changed.

    NAMES are ids of facts, or places of sentences such as home/lead/2; without any, all that wait for a reader.

    \b
    explainer review
    explainer review tower-sold
    explainer review --accept tower-sold home/lead/2
    """
    story = loaded(root)
    known = {readable.name: readable for readable in review.readables(story)}
    for name in names:
        if name not in known:
            raise click.ClickException(f'nothing is called "{name}"; {nearest(name, known)}')
    wanted = [known[name] for name in names] or [readable for readable in known.values() if not readable.read]
    if accept and not names:
        raise click.ClickException("name what was read: explainer review --accept ID")
    for readable in wanted:
        if accept:
            review.accept(root, readable)
            click.echo(f"{readable.name}: reviewed {readable.digest}")
        else:
            click.echo(readable.name if listing else review.side_by_side(readable))
    if not accept and not listing:
        waiting = sum(not readable.read for readable in known.values())
        click.echo(f"{waiting} of {len(known)} wait for a reader")


@main.command("changes")
@ROOT
@click.argument("revision")
@click.option("--language", help="Whose words (default: the story's own language).")
def changes_command(root: Path, revision: str, language: str | None) -> None:
    """List, as Markdown, the facts added, overtaken, changed and removed since a Git REVISION.

    \b
    explainer changes origin/main
    explainer changes v1.0 --language en
    """
    story = loaded(root)
    language = language or next(iter(story.tongues))
    if language not in story.tongues:
        raise click.ClickException(f'"{language}" is not a language of this story: {", ".join(story.tongues)}')
    try:
        before = changes.facts_at(root, revision)
    except changes.RevisionError as error:
        raise click.ClickException(str(error)) from error
    for line in changes.changes(before, changes.facts_now(root), language, lambda key: story.phrases[key].text[language]):
        click.echo(line)
