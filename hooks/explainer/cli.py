"""The command line: `python -m explainer check`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from .check import load_checked
from .coverage import figures
from .links import external, failing
from .problem import ERROR, ContentError, blocking, count
from .story import load


@click.group()
def main() -> None:
    """Work on the explainer's content."""


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
    except ContentError as error:
        problems, report, story = error.problems, None, None
    for problem in problems:
        if form == "github":
            click.echo(problem.annotation(root))
        else:
            click.echo(problem, err=problem.level == ERROR)
    if story and report:
        for source in story.sources.values():
            if source.paragraphs:
                click.echo(f"{source.id}: {figures(story, source)}")
        click.echo(f"{len(story.facts)} facts in {len(story.tongues)} languages; {report.line()}")
    click.echo(f"{count(problems)} ({time.perf_counter() - started:.2f} s)")
    sys.exit(1 if blocking(problems, strict) else 0)


@main.command("links")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
def links_command(root: Path) -> None:
    """Ask each external address in ROOT's content/ whether it still answers, and list those that do not. Uses the network."""
    try:
        story, _ = load(root / "content")
    except ContentError as error:
        raise click.ClickException(f"\n{error}") from error
    problems = []
    for problem in failing(story):
        problems.append(problem)
        click.echo(problem)
    click.echo(f"{len(external(story))} addresses asked: {count(problems)}")
    sys.exit(1 if problems else 0)
