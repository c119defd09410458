"""Measure the project against baselines built in the same run: `make bench`.

Machines differ and are noisy: what counts are ratios. The baseline is bare Material for MkDocs with the same words
on as many pages in as many languages, built and served by the same Python; for a page's paint, the same words as a
bare HTML page. Each figure is the median of several runs, with the spread from least to most.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.browser import served, started_browser
from support.growth import KINDS
from support.project import PROJECT, TEST_PATH, Project, copy_of, environment

SLOW_PHONE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}


@dataclass(frozen=True)
class Measure:
    """Some runs of one thing."""

    values: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def text(self, unit: str, digits: int) -> str:
        return f"{self.median:.{digits}f} {unit} ({min(self.values):.{digits}f}–{max(self.values):.{digits}f})"


def timed(runs: int, action: Callable[[], object]) -> Measure:
    """How many seconds an action takes, again and again."""
    values = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        values.append(time.perf_counter() - started)
    return Measure(values)


def mkdocs(folder: Path, *options: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", *options],
        cwd=folder,
        env=environment(),
        check=True,
        capture_output=True,
    )


# --- baselines ---------------------------------------------------------------------------------


def words_of(page: Path) -> str:
    """A built page's words as plain Markdown: headings, lists and links to other hosts stay."""
    article = re.search(r"<article>.*</article>", page.read_text("utf-8"), re.DOTALL)[0]
    article = re.sub(r"<svg.*?</svg>", "", article, flags=re.DOTALL)
    article = re.sub(
        r"<h([1-3])[^>]*>(.*?)</h\1>",
        lambda m: f"\n\n{'#' * int(m[1])} {re.sub('<[^>]+>', '', m[2]).rstrip('#')}\n\n",
        article,
        flags=re.DOTALL,
    )
    article = re.sub(
        r'<a [^>]*href="(https?:[^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)", article, flags=re.DOTALL
    )
    article = re.sub(r"</p>|<tr>", "\n\n", re.sub(r"<li[^>]*>", "\n- ", article))
    return html.unescape(re.sub(r"<[^>]+>", "", article))


def bare_material(folder: Path, site: Path) -> list[Path]:
    """A project of bare Material for each language of a built site, with the same words on the same pages."""
    projects = []
    for language in sorted(path.name for path in site.iterdir() if (path / "index.html").is_file()):
        project = folder / f"bare-{language}"
        (project / "docs").mkdir(parents=True)
        (project / "mkdocs.yml").write_text(
            f"site_name: Bare\ntheme: {{name: material, language: {language}}}\n"
        )
        for page in (site / language).rglob("index.html"):
            name = "index" if page.parent.name == language else page.parent.name
            (project / "docs" / f"{name}.md").write_text(words_of(page), "utf-8")
        projects.append(project)
    return projects


def bare_page(folder: Path, page: Path) -> Path:
    """A page's words as HTML with nothing around them."""
    words = re.search(r"<article>.*</article>", page.read_text("utf-8"), re.DOTALL)[0]
    text = re.sub(
        r"<(/?)(h1|h2|h3|p|ul|ol|li|table|tr|td|th)\b[^>]*>",
        r"<\1\2>",
        re.sub(r"<svg.*?</svg>", "", words, flags=re.DOTALL),
    )
    text = re.sub(r"<(?!/?(h1|h2|h3|p|ul|ol|li|table|tr|td|th)>)[^>]+>", "", text)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bare</title>{text}',
        "utf-8",
    )
    return folder


# --- what is measured --------------------------------------------------------------------------


def build_time(
    project: Project, bare: list[Path], runs: int
) -> Iterator[tuple[str, Measure, Measure | None]]:
    ours = timed(runs, lambda: mkdocs(project.root, "build", "--strict"))
    yield "whole build", ours, timed(runs, lambda: [mkdocs(folder, "build") for folder in bare])


def check_time(project: Project, runs: int) -> Iterator[tuple[str, Measure, Measure | None]]:
    """Reading and checking, in a process that has imported what it needs: the first time, when the model and the languages' data are made ready, and again, as in a preview."""
    code = "import time; from pathlib import Path; from explainer.checks.run import load_checked\nfor _ in range(2): t = time.perf_counter(); load_checked(Path('content'), Path('docs')); print(time.perf_counter() - t)"
    first, again = zip(
        *(
            [float(line) for line in project.run([sys.executable, "-c", code]).stdout.split()]
            for _ in range(runs)
        ),
        strict=True,
    )
    yield "content read and checked, first", Measure(list(first)), None
    yield "content read and checked, again", Measure(list(again)), None


def grown(folder: Path, facts: int) -> Project:
    """The project with its facts told again under other ids, a page of prose a hundred, until there are as many as asked."""
    project = copy_of(folder)
    path = project.root / "content" / "facts" / "since.yml"
    records = re.split(
        r"\n+(?=[a-z0-9-]+:\n)",
        re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE).strip(),
    )
    have = sum(
        len(re.findall(r"^[a-z0-9-]+:$", file.read_text("utf-8"), re.MULTILINE))
        for file in path.parent.glob("*.yml")
    )
    more, told = [], []
    for number in range(max(0, facts - have)):
        record = records[number % len(records)].strip()
        id = f"{record.split(':')[0]}-{number}"
        more.append(
            re.sub(
                r"^(  overtaken|  reviewed|  was):.*\n",
                "",
                f"{id}:{record.split(':', 1)[1]}\n",
                flags=re.MULTILINE,
            )
        )
        told.append(id)
    path.write_text(path.read_text("utf-8").rstrip() + "\n\n" + "\n".join(more), "utf-8")
    if told:
        name = "{it: Altri fatti, en: More facts}"
        prose = "".join(f"        - {id}\n" for id in told)
        with (project.root / "content" / "pages.yml").open("a", encoding="utf-8") as pages:
            pages.write(
                f"\nmore:\n  title: {name}\n  label: {name}\n  description: {name}\n  sections:\n    all:\n      heading: {name}\n      prose:\n{prose}"
            )
        (project.root / "docs" / "more.md").write_text(
            "# {{ words(page.title) }} {#page:more}\n\n{% for id, section in sections() %}\n## {{ heading(section.heading) }} {#{{ id }}}\n\n{{ prose(section) }}\n{% endfor %}\n{{ notes() }}\n"
        )
    return project


def growth(
    folder: Path, runs: int, sizes: tuple[int, ...]
) -> Iterator[tuple[str, Measure, Measure | None]]:
    for size in sizes:
        project = grown(folder / str(size), size)
        _, (_, checked, _) = check_time(project, runs)
        yield f"content read and checked, {size} facts", checked, None
        yield (
            f"whole build, {size} facts",
            timed(max(1, runs // 2), lambda project=project: mkdocs(project.root, "build")),
            None,
        )


def kinds_grown() -> Iterator[tuple[str, Measure, Measure | None]]:
    """Each kind of record at 10,000 beside 1,000, in processor time: ten times as many cost at most ten times as much."""
    for kind in KINDS:
        command = [sys.executable, "-m", "support.growth", kind, "1000", "10000"]
        result = subprocess.run(
            command,
            env=environment(PYTHONPATH=TEST_PATH),
            check=True,
            capture_output=True,
            text=True,
        )
        few, many = (Measure([json.loads(line)[1]]) for line in result.stdout.splitlines())
        yield f"checked and rendered, 10,000 {kind}, beside 1,000", many, few


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    """A running `mkdocs serve`; yields its address."""
    port = 8431
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/"
        until(address, "")
        yield address
    finally:
        process.terminate()
        process.wait()


def until(address: str, words: str, seconds: float = 120) -> None:
    """Wait until a page holds some words."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if words in urllib.request.urlopen(address, timeout=60).read().decode():
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{address} does not show {words!r}")


def latency(
    folder: Path, file: Path, edit: Callable[[str, str], str], addresses: list[str], edits: int
) -> Measure:
    """Seconds from saving a file, `edit`ed to hold some new words, to these words in every page named, under a preview."""
    text, values = file.read_text("utf-8"), []
    with preview(folder) as address:
        for page in addresses:
            until(address + page, "<h1")
        for number in range(edits):
            words = f"edit number {number}"
            started = time.perf_counter()
            file.write_text(edit(text, words), "utf-8")
            for page in addresses:
                until(address + page, words)
            values.append(time.perf_counter() - started)
    return Measure(values)


def serve_latency(
    project: Project, bare: list[Path], edits: int
) -> Iterator[tuple[str, Measure, Measure | None]]:
    """One text changed in both languages, seen on both home pages; beside it, one page of one bare project."""
    phrases = project.root / "content" / "interface.yml"
    ours = latency(
        project.root,
        phrases,
        lambda text, words: re.sub("^read-on:.*$", f"read-on: {words}", text, flags=re.MULTILINE),
        ["it/", "en/"],
        edits,
    )
    index = bare[0] / "docs" / "index.md"
    yield (
        "edit to browser",
        ours,
        latency(bare[0], index, lambda text, words: f"{text}\n\n{words}\n", [""], edits),
    )


def first_view(site: Path, page: str) -> int:
    """Bytes of a page and of what it loads at once, each compressed as a static host does (gzip, level 6)."""
    html_file = site / page / "index.html"
    loaded = re.findall(
        r'<(?:link rel="stylesheet" href|script[^>]* src)="([^":]+)"', html_file.read_text("utf-8")
    )
    files = dict.fromkeys(
        [html_file, *((html_file.parent / address).resolve() for address in loaded)]
    )
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)


def weight(project: Project, bare: list[Path]) -> Iterator[tuple[str, Measure, Measure | None]]:
    for page in ("", "people", "ledger"):
        yield (
            f"first view of {page or 'home'}",
            Measure([first_view(project.site, f"it/{page}") / 1024]),
            Measure([first_view(bare[-1] / "site", page) / 1024]),
        )


def paint(
    project: Project, folder: Path, runs: int
) -> Iterator[tuple[str, Measure, Measure | None]]:
    """The largest contentful paint on a slow phone, beside that of a bare page with the same words."""
    for page in ("", "people", "ledger"):
        bare = bare_page(
            folder / f"bare-page-{page or 'home'}", project.site / "it" / page / "index.html"
        )
        measures = []
        for site, path in ((project.site, f"it/{page}/".replace("//", "/")), (bare, "")):
            with served(site, compressed=True) as address, started_browser() as browser:
                measures.append(
                    Measure([largest_paint(browser, address + path) for _ in range(runs)])
                )
        yield f"largest paint of {page or 'home'}", *measures


def largest_paint(browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", SLOW_PHONE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(
        "new PerformanceObserver((list) => { window.painted = list.getEntries().at(-1).startTime }).observe({ type: 'largest-contentful-paint', buffered: true })"
    )
    page.goto(address, wait_until="networkidle")
    value = page.evaluate("window.painted")
    context.close()
    return value


# --- the table ---------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--against", help="a revision of the project to build beside it")
    parser.add_argument("--json", type=Path, help="append the figures, as a line, to this file")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = copy_of(folder / "project")
        mkdocs(project.root, "build", "--strict")
        bare = bare_material(folder, project.site)
        for rows_of, unit, digits in (
            (lambda: build_time(project, bare, options.runs), "s", 2),
            (lambda: check_time(project, options.runs), "s", 3),
            (lambda: serve_latency(project, bare, 2 * options.runs), "s", 2),
            (lambda: weight(project, bare), "KiB", 1),
            (lambda: paint(project, folder, options.runs), "ms", 0),
            (kinds_grown, "s", 2),
            (lambda: growth(folder / "grown", options.runs, (133, 300, 1000)), "s", 2),
            (
                lambda: (
                    against(folder, options.against, project, options.runs)
                    if options.against
                    else ()
                ),
                "s",
                2,
            ),
        ):
            for what, ours, baseline in rows_of():
                rows.append((what, ours, baseline))
                print(row(what, ours, baseline, unit, digits), flush=True)
    if options.json:
        record = {
            what: {"ours": ours.median, "baseline": baseline and baseline.median}
            for what, ours, baseline in rows
        }
        with options.json.open("a") as file:
            file.write(json.dumps(record) + "\n")


def against(
    folder: Path, revision: str, project: Project, runs: int
) -> Iterator[tuple[str, Measure, Measure | None]]:
    """The project's build beside that of an earlier revision of it."""
    earlier = folder / "earlier"
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(earlier)], check=True)
    subprocess.run(["git", "checkout", "--quiet", revision], cwd=earlier, check=True)
    shutil.rmtree(earlier / "tests")
    yield (
        f"whole build, beside {revision}",
        timed(runs, lambda: mkdocs(project.root, "build")),
        timed(runs, lambda: mkdocs(earlier, "build")),
    )


def row(what: str, ours: Measure, baseline: Measure | None, unit: str, digits: int) -> str:
    beside = (
        f"{baseline.text(unit, digits):>24}   {ours.median / baseline.median:.2f}"
        if baseline
        else ""
    )
    return f"{what:<40} {ours.text(unit, digits):>24} {beside}"


if __name__ == "__main__":
    main()
