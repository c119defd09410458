"""What the site is built with is pinned; what it carries of others' work is named, with its licence."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from importlib.metadata import distributions
from pathlib import Path

import pytest
from conftest import PROJECT, Project
from needs import needs, oldest
from packaging.specifiers import SpecifierSet

from explainer import share

LOCKS = {"requirements.lock": needs(), "tests/requirements.lock": needs("test")}
LICENCE = (PROJECT / "LICENSE").read_text("utf-8")


def pins(lock: str) -> dict[str, tuple[str, list[str]]]:
    """What a lock file pins: the version of each package, and the hashes of its files."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", (PROJECT / lock).read_text("utf-8")).replace("\\\n", " ")
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, version, hashes = re.fullmatch(r"([a-z0-9-]+)==(\S+)((?: +--hash=sha256:[0-9a-f]{64})+)", line).groups()
        found[name] = version, hashes.split()
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_every_package_by_version_and_hash_and_nothing_else(lock):
    pinned = pins(lock)  # which fails at any other line
    assert len(pinned) > 20
    assert all(len(set(hashes)) == len(hashes) for _, hashes in pinned.values())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_that_pyproject_asks_for_is_pinned_within_its_range(lock):
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


def test_a_workflow_pins_what_it_runs_by_commit_and_may_only_read():
    workflows = sorted((PROJECT / ".github" / "workflows").iterdir())
    assert workflows
    for workflow in workflows:
        text = workflow.read_text("utf-8")
        used = re.findall(r"uses: *(.*)", text)
        assert used
        for action in used:
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v[0-9.]+", action), action
        assert re.findall(r"^permissions:\n((?:  .*\n)+)", text, re.MULTILINE) == ["  contents: read\n"]
        assert "secrets." not in text and "pull_request_target" not in text


def digest(path: Path) -> str:
    """As a package's RECORD has it."""
    return urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()


def test_the_licence_names_every_package_whose_files_the_site_carries(built_project: Project):
    site = {digest(path): path.relative_to(built_project.site).as_posix().split("/", 1)[-1] for path in built_project.site.rglob("*") if path.is_file()}
    carried = {
        package.metadata["Name"] for package in distributions() for file in package.files or ()
        if file.hash and str(file).endswith(site.get(file.hash.value, "nothing"))
    }
    assert "mkdocs-material" in carried
    for name in carried | {share.FONT.replace("_", "-")}:
        assert f"({name})" in LICENCE, name


def test_the_licence_names_every_package_within_the_themes_scripts_and_styles(built_project: Project):
    """As their source maps tell them."""
    maps = [json.loads(path.read_text("utf-8")) for path in built_project.site.rglob("*.map")]
    within = set(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", " ".join(source for one in maps for source in one["sources"])))
    assert {"rxjs", "lunr"} <= within
    for name in within:
        assert re.search(rf"\b{re.escape(name)}\b", LICENCE), name


def test_the_licence_names_every_language_pack_and_icon_set(built_project: Project):
    for path in built_project.site.rglob("javascripts/lunr/**/*.js"):
        name = {"tinyseg.js": "TinySegmenter", "wordcut.js": "wordcut"}.get(path.name, "lunr-languages")
        assert name in LICENCE, path
        assert path.name in ("tinyseg.js", "wordcut.js") or re.fullmatch(r"lunr\.[a-z.]+\.min\.js", path.name)
    theme = [*(PROJECT / "hooks" / "theme").rglob("*.html"), PROJECT / "mkdocs.yml"]
    icons = set(re.findall(r"(?:\.icons/|icon: *)([a-z]+)/", " ".join(path.read_text("utf-8") for path in theme)))
    assert icons == {"material"}
    assert "Material Design Icons" in LICENCE
