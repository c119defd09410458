"""What the site is built with is pinned; what it carries of others' work is named, with its licence."""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from explainer.publishing import share_image
from support.dependency_bounds import needs, oldest
from support.project import PROJECT, Project

LOCKS = {"requirements.lock": needs(), "tests/requirements.lock": needs("test")}
LICENCE = (PROJECT / "LICENSE").read_text("utf-8")


def pins(lock: str) -> dict[str, tuple[str, list[str]]]:
    """What a lock file pins: the version of each package, and the hashes of its files."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", (PROJECT / lock).read_text("utf-8")).replace("\\\n", " ")
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, version, hashes = re.fullmatch(
            r"([a-z0-9-]+)==(\S+)((?: +--hash=sha256:[0-9a-f]{64})+)", line
        ).groups()
        found[name] = version, hashes.split()
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_file_pins_every_package_by_version_and_hash(lock):
    pinned = pins(lock)  # which fails at any other line
    assert len(pinned) > 20
    assert all(len(set(hashes)) == len(hashes) for _, hashes in pinned.values())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_pyproject_is_pinned_within_its_range(lock):
    pinned = pins(lock)
    for name, versions in LOCKS[lock].items():
        assert pinned[name][0] in SpecifierSet(versions), name


def test_the_tests_run_with_what_the_site_is_built_with():
    assert pins("requirements.lock").items() <= pins("tests/requirements.lock").items()


def test_each_range_has_an_oldest_version_to_be_tried():
    for name, versions in needs("test").items():
        assert re.fullmatch(r"==[0-9.]+", oldest(versions)), name
        assert oldest(versions).removeprefix("==") in SpecifierSet(versions), name


def test_make_installs_for_site_and_tests_by_hash_alone():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for target, lock in (("site", "requirements.lock"), ("test", "tests/requirements.lock")):
        recipe = re.search(rf"^\$\(VENV\)/{target}: .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1]
        assert recipe == f"\t$(call install,--require-hashes --requirement {lock})\n"


# The jobs that may do more than read the repository's files, each by its workflow.
PERMITTED = {
    "ci": {},
    "pull-request": {"comment": {"pull-requests": "write"}},
    "publish": {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    },
}
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").iterdir())


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_pins_what_it_runs_by_commit(workflow):
    used = re.findall(r"uses: *(.*)", workflow.read_text("utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v[0-9.]+", action), action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_only_read(workflow):
    """Except for jobs that run nothing of the repository's."""
    text = workflow.read_text("utf-8")
    read = yaml.safe_load(text)
    assert read["permissions"] == {"contents": "read"}
    jobs = {name: job for name, job in read["jobs"].items() if "permissions" in job}
    assert {name: job["permissions"] for name, job in jobs.items()} == PERMITTED[workflow.stem]
    for job in jobs.values():
        if "write" in job["permissions"].values():
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])
            commands = [step["run"] for step in job["steps"] if "run" in step]
            assert all(command.startswith("gh pr ") for command in commands)
    assert "secrets." not in text and "pull_request_target" not in text


def test_licence_names_theme_and_font_of_the_site(
    built_project: Project,
):
    theme = distribution("mkdocs-material")
    worker = next(
        file for file in theme.files if re.search(r"workers/search\.\w+\.min\.js$", str(file))
    )
    assert (
        next(built_project.site.glob("assets/*/workers/search.js")).read_bytes()
        == worker.locate().read_bytes()
    )
    for name in ("mkdocs-material", share_image.FONT.replace("_", "-")):
        assert f"({name})" in LICENCE, name


def test_licence_names_every_package_within_the_theme_files():
    """As the theme's source maps tell them."""
    maps = [
        file
        for file in distribution("mkdocs-material").files
        if re.search(r"(workers/search|stylesheets/main)[\w.]+\.map$", str(file))
    ]
    assert len(maps) == 2
    sources = " ".join(
        source for one in maps for source in json.loads(one.locate().read_text("utf-8"))["sources"]
    )
    within = set(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", sources))
    assert "lunr" in within
    for name in within:
        assert re.search(rf"\b{re.escape(name)}\b", LICENCE), name


def test_site_carries_the_search_of_its_languages_alone(built_project: Project):
    packs = {path.name for path in built_project.site.glob("assets/*/lunr/**/*.js")}
    assert packs == {
        "lunr.stemmer.support.min.js",
        "lunr.it.min.js",
    }  # English is within the worker
    assert "lunr-languages" in LICENCE


def test_the_site_carries_no_icon_or_font_of_others(built_project: Project):
    kinds = {path.suffix for path in built_project.site.rglob("*") if path.is_file()}
    assert kinds == {".html", ".css", ".js", ".json", ".xml", ".gz", ".png", ".svg"}
    theme = " ".join(
        path.read_text("utf-8") for path in (PROJECT / "hooks" / "theme").rglob("*.html")
    )
    assert ".icons/" not in theme
