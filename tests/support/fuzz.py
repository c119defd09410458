"""Break real content in thousands of ways, and see how each mutant ends: `make fuzz ARGS="--mutants 5000 --seed 1"`.

Each either loads, and then every page and file of its site can be rendered, or ends with problems at file and line;
nothing gives a traceback, nothing hangs, memory is bounded. A mutant is known by seed and number: `--only 1234`
makes that one again and shows how it ended.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from random import Random

from markdown import Markdown

from explainer.checks.run import load_checked
from explainer.problems import ContentError, Problem
from explainer.publishing import site_files
from explainer.rendering import page_context, templates
from explainer.rendering.edition import Edition
from explainer.rendering.page_view import PageView
from explainer.rendering.placeholders import BEGIN, END, ShieldExtension
from explainer.story.story import Story
from support.files import bytes_of, left_overs
from support.mutations import MUTATORS, Files
from support.project import RICH_STORY, SECOND_STORY, copy_of

SAME, OTHER, PROBLEMS, TRACEBACK, HANG = ENDS = (
    "same facts",
    "other facts, no problem",
    "problems",
    "traceback",
    "hang",
)
SECONDS = 30  # whatever takes longer hangs
MEMORY = 3 << 30  # bytes of address space
PLACE = re.compile(r"^(content|docs|\w+\.txt)[^:\n]*:\d+:\d+: (error|warning): ", re.MULTILINE)
# What a template may rightly say of content that lacks what the template asks for.
LACKING = re.compile(
    r"there is no |interface\.yml has no |no role begins or ends|the template shows no sentence|the template gives its notes"
)


class Hang(BaseException):
    """Raised into whatever takes too long; no `except Exception` stops it."""


@dataclass(frozen=True)
class Verdict:
    """How a mutant ended, and what was said: problems, or the traceback."""

    end: str
    words: str = ""


class Bench:
    """A project's files in a folder where mutants of them are tried, one after the other."""

    def __init__(self, folder: Path, story: Path = RICH_STORY) -> None:
        self.project = copy_of(folder, story)
        if self.project.sources:
            shutil.copytree(self.project.sources, folder / "sources")
            self.project.sources = str(folder / "sources")
        self.content, self.docs = self.project.root / "content", self.project.root / "docs"
        self.originals: Files = {name: path.read_bytes() for name, path in self._paths()}

    def _paths(self):
        for path in sorted([*self.content.rglob("*"), *self.project.root.glob("sources/*")]):
            if path.is_file():
                yield os.path.relpath(path, self.content), path

    @cached_property
    def facts(self) -> dict:
        """All that the unbroken story says."""
        return everything(load_checked(self.content, self.docs)[0])

    def lay_out(self, files: Files) -> None:
        """Make the folder hold these files, and nothing else."""
        now = dict(self._paths())
        for name in now.keys() - files.keys():
            now[name].unlink()
        for folder in sorted(self.content.rglob("*/"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        for name, data in files.items():
            if name not in now or now[name].read_bytes() != data:
                path = self.content / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)

    def judge(self, files: Files) -> Verdict:
        """Try a mutant: check it, and render all of it if it has no errors."""
        assert self.facts
        self.lay_out(files)
        try:
            with at_most(SECONDS), environ(EXPLAINER_SOURCES=self.project.sources):
                story, report, problems = load_checked(self.content, self.docs)
                assert_well_put(problems, self.project.root)
                same = everything(story) == self.facts
                if not same:
                    rendered(story, report, self.docs)
                return (
                    Verdict(PROBLEMS, "\n".join(map(str, problems)))
                    if problems
                    else Verdict(SAME if same else OTHER)
                )
        except ContentError as error:
            if any(
                not LACKING.match(problem.message)
                for problem in error.problems
                if problem.file.startswith("docs/") and error.__cause__
            ):
                return Verdict(
                    TRACEBACK, traceback.format_exc()
                )  # an error of the core's, taken for the template's
            try:
                assert_well_put(error.problems, self.project.root)
            except AssertionError:
                return Verdict(TRACEBACK, traceback.format_exc())
            return Verdict(PROBLEMS, str(error))
        except Hang:
            return Verdict(HANG, traceback.format_exc())
        except Exception:
            return Verdict(TRACEBACK, traceback.format_exc())

    @cached_property
    def site(self) -> dict[str, str]:
        """The unbroken story's site, built now: its files with their digests."""
        self.lay_out(self.originals)
        assert self.project.build("--strict").returncode == 0
        return bytes_of(self.project.site)

    def build(self, files: Files) -> Verdict:
        """Build a mutant's site for real, strict: it is published whole, or the published one stays as it was."""
        assert self.site
        before = bytes_of(self.project.site)
        self.lay_out(files)
        result = self.project.build("--strict")
        after = bytes_of(self.project.site)
        if "Traceback" in result.stdout or left_overs(self.project):
            return Verdict(TRACEBACK, result.stdout)
        if result.returncode == 0:
            return Verdict(SAME if after == self.site else OTHER)
        if not PLACE.search(result.stdout) or after != before:
            return Verdict(
                TRACEBACK,
                f"no place is named, or the published site is not what it was:\n{result.stdout}",
            )
        return Verdict(PROBLEMS, result.stdout)


@contextlib.contextmanager
def at_most(seconds: int):
    """Raise Hang into what takes longer; where even that is not heard, end the process with a traceback."""

    def late(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    faulthandler.dump_traceback_later(4 * seconds, exit=True)
    try:
        yield
    finally:
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def environ(**values: str):
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def everything(story: Story) -> dict:
    """All that a story says, record by record."""
    records = {
        (record.kind_name, record.id): record
        for record in (story.settings, *story.records(), *story.phrases.values())
    }
    return {key: (repr(record), getattr(record, "_subject", "")) for key, record in records.items()}


def assert_well_put(problems: list[Problem], root: Path) -> None:
    """Every problem stands at a line of a file, and can be shown in one line of a terminal."""
    lines: dict[Path, int] = {}
    for problem in problems:
        first, *hint = str(problem).split("\n")
        assert all(c.isprintable() or unicodedata.category(c) == "Zs" for c in first.join(hint)), (
            repr(str(problem))
        )
        assert len(hint) <= 1, repr(str(problem))
        assert len(str(problem)) < 2000, str(problem)[:3000]
        assert problem.line >= 1
        assert problem.column >= 1
        path = root / problem.file
        if path not in lines:
            lines[path] = (
                len(re.split(rb"\r\n|\r|\n|\xe2\x80\xa8|\xe2\x80\xa9|\xc2\x85", path.read_bytes()))
                if path.is_file()
                else 1
            )
        assert problem.line <= lines[path] + 1, str(problem)


def rendered(story: Story, report, docs: Path) -> None:
    """Make every page and file of a site that the core makes, in every language; raises whatever that raises."""
    with tempfile.TemporaryDirectory() as folder:
        for lang in story.languages.values():
            urls = {id: "" if id == "home" else f"{id}/" for id in story.pages}
            edition = Edition(
                story,
                lang,
                urls,
                report,
                "https://explainer.example/sub/",
                "https://git.example/edit/",
            )
            index = Path(folder, "search", "search_index.json")
            index.parent.mkdir(exist_ok=True)
            for page in story.pages.values():
                markdown = templates.render_page(edition, page, docs)
                html = Markdown(extensions=["attr_list", "toc", ShieldExtension()]).convert(
                    markdown
                )
                assert BEGIN not in html
                assert END not in html
                page_context.page_context(PageView(edition, page))
            page_context.page_context(PageView(edition, story.pages["home"], root="/"), found=False)
            texts = [
                {"location": "", "title": fact.id, "text": fact.text[lang.code]}
                for fact in story.facts.values()
            ]
            index.write_text(json.dumps({"config": {}, "docs": texts}), "utf-8")
            site_files.write_language_files(edition, Path(folder))
        site_files.write_root(edition, Path(folder))
        assert 0 <= int(site_files.source_date_epoch(story)) < 2**32, (
            "the date is none that an archive can hold"
        )


def mutant(benches: list[Bench], seed: int, number: int) -> tuple[str, Bench, Files]:
    """A mutant by its number: its class, whose content it is, and its files."""
    rng = Random(f"{seed} {number}")
    kind, bench = list(MUTATORS)[number % len(MUTATORS)], rng.choice(benches)
    files = dict(bench.originals)
    MUTATORS[kind](rng, files)
    return kind, bench, files


# --- by the thousand -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """A mutant by its number and class, whose story it is of, and how it ended after how many seconds."""

    number: int
    kind: str
    story: str
    verdict: Verdict
    seconds: float

    def __str__(self) -> str:
        return f"--- mutant {self.number} ({self.kind}, {self.story}): {self.verdict.end} after {self.seconds:.1f} s\n{self.verdict.words}"


def try_some(seed: int, numbers: Iterable[int], build: bool) -> list[Trial]:
    """Try some mutants, in a process of their own; `build` builds their sites for real."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = []
    with tempfile.TemporaryDirectory() as folder:
        benches = [Bench(Path(folder, "own")), Bench(Path(folder, "second"), SECOND_STORY)]
        for number in numbers:
            kind, bench, files = mutant(benches, seed, number)
            started = time.perf_counter()
            verdict = bench.build(files) if build else bench.judge(files)
            found.append(
                Trial(number, kind, bench.project.root.name, verdict, time.perf_counter() - started)
            )
    return found


def run(numbers: Sequence[int], seed: int, build: bool = False) -> list[Trial]:
    """Try mutants in as many processes as there are cores; what must not be is printed as soon as it is known."""
    size = 10 if build else 25
    found = []
    with ProcessPoolExecutor(
        mp_context=get_context("spawn")
    ) as pool:  # forked, they would inherit a browser's threads
        for done in as_completed(
            [
                pool.submit(try_some, seed, numbers[at : at + size], build)
                for at in range(0, len(numbers), size)
            ]
        ):
            found += done.result()
            print(*bad(done.result()), sep="\n", end="", flush=True)
    return found


def bad(trials: Iterable[Trial]) -> list[Trial]:
    """The trials that ended as none may."""
    return [trial for trial in trials if trial.verdict.end in (TRACEBACK, HANG)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--mutants", type=int, default=5000, help="how many are checked and rendered"
    )
    parser.add_argument("--builds", type=int, default=50, help="how many are built as sites")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one mutant to try again")
    options = parser.parse_args()
    if options.only is not None:
        print(*try_some(options.seed, [options.only], build=False))
        return
    checked, built = (
        run(range(options.mutants), options.seed),
        run(spread(options.builds), options.seed, build=True),
    )
    print(table(checked), sums(checked), f"built for real: {sums(built)}", sep="\n")
    sys.exit(bool(bad(checked + built)))


def spread(builds: int) -> list[int]:
    """The numbers of some mutants, of as many classes as may be."""
    return [n * len(MUTATORS) + n % len(MUTATORS) for n in range(builds)]


def sums(trials: list[Trial]) -> str:
    """All trials in a line."""
    ends = Counter(trial.verdict.end for trial in trials)
    slowest = max(trials, key=lambda trial: trial.seconds)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{len(trials)} mutants: {', '.join(f'{ends[end]} {end}' for end in ENDS)}; the slowest ({slowest.number}, {slowest.kind}) took {slowest.seconds:.1f} s, a process at most {memory} MB"


def table(trials: list[Trial]) -> str:
    """How each class of mutation ended, as lines."""
    counts = Counter((trial.kind, trial.verdict.end) for trial in trials)
    rows = [(kind, *(counts[kind, end] for end in ENDS)) for kind in MUTATORS]
    head = f"{'mutation':46}{'tried':>7}" + "".join(f"{end:>24}" for end in ENDS)
    return "\n".join(
        [
            head,
            *(
                f"{kind:46}{sum(numbers):7}" + "".join(f"{number:24}" for number in numbers)
                for kind, *numbers in rows
            ),
        ]
    )


if __name__ == "__main__":
    main()
