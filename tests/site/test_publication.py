"""What must be real before a site is published, and the address it is published at."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from explainer.checks.publication import placeholder
from explainer.problems import ContentError
from explainer.reading.site_url import configured, encoded
from support.addresses import addresses, broken
from support.files import bytes_of, left_overs
from support.preview import serving, wait_for
from support.project import PROJECT, Project

REAL = "https://news.ostrevange.fr/tram/"


def build(project: Project, **environment: str):
    return project.run([sys.executable, "-m", "mkdocs", "build", "--strict"], **environment)


@pytest.fixture
def real_story(second_story: Project) -> Project:
    """The second story with no placeholder left."""
    second_story.edit("mkdocs.yml", "https://explainer.example/", REAL)
    second_story.edit(
        "content/story.yml", "corrections@ostrevange.example", "corrections@ostrevange.fr"
    )
    return second_story


@pytest.mark.build
def test_local_build_names_placeholders_and_succeeds(project: Project):
    result = build(project)
    assert result.returncode == 0
    for place in ("mkdocs.yml:3:27", "content/story.yml:44:3", "content/story.yml:49:9"):
        assert f"{place}: notice: " in result.stdout
    assert "placeholder: explainer.example" in result.stdout
    assert "placeholder" not in (project.site / "it" / "index.html").read_text("utf-8")


@pytest.mark.build
def test_a_site_to_be_published_has_no_placeholder(project: Project):
    build(project)
    before = bytes_of(project.site)
    for result in (
        build(project, EXPLAINER_PUBLISH="1"),
        project.run([sys.executable, "-m", "explainer", "check"], EXPLAINER_PUBLISH="1"),
    ):
        assert result.returncode == 1
        assert "mkdocs.yml:3:27: error: site_url names a placeholder" in result.stdout
        assert "content/story.yml:44:3: error: publisher names a placeholder" in result.stdout
        assert "content/story.yml:49:9: error: report names a placeholder" in result.stdout
        assert "Traceback" not in result.stdout
    assert bytes_of(project.site) == before
    assert left_overs(project) == []


@pytest.mark.build
def test_a_site_without_placeholders_can_be_published(real_story: Project):
    result = build(real_story, EXPLAINER_PUBLISH="1")
    assert result.returncode == 0, result.stdout
    assert "placeholder" not in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("publish", ["", "0", "no", "False"])
def test_a_word_for_no_asks_for_no_publication(project: Project, publish: str):
    command = [sys.executable, "-m", "explainer", "check"]
    assert project.run(command, EXPLAINER_PUBLISH=publish).returncode == 0


@pytest.mark.build
def test_a_site_to_be_published_has_an_address(real_story: Project):
    real_story.edit("mkdocs.yml", "site_url: ", "# site_url: ")
    assert "mkdocs.yml:1:1: notice: site_url is not set" in build(real_story).stdout
    result = build(real_story, EXPLAINER_PUBLISH="1")
    assert result.returncode == 1
    assert "mkdocs.yml:1:1: error: site_url is not set" in result.stdout


@pytest.mark.build
def test_an_empty_environment_variable_counts_as_unset(real_story: Project):
    result = build(real_story, SITE_URL="", EXPLAINER_PUBLISH="1")
    assert result.returncode == 0, result.stdout
    html = (real_story.site / "fr" / "index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{REAL}fr/">' in html


@pytest.mark.build
def test_the_preview_says_in_its_footer_what_is_a_placeholder(second_story: Project):
    with serving(second_story) as address:
        html = wait_for(f"{address}fr/", "<footer")
        footer = html.partition("<footer")[2]
        assert "mkdocs.yml:3:27: notice: site_url names a placeholder" in footer
        assert "notice: report names a placeholder: ostrevange.example" in footer


@pytest.mark.build
@pytest.mark.parametrize(
    "url, base",
    [
        (
            "https://b\u00fccher.ostrevange.fr/mein dossier/\u00e8",
            "https://xn--bcher-kva.ostrevange.fr/mein%20dossier/%C3%A8/",
        ),
        ("https://ostrevange.fr/a%20b/100%", "https://ostrevange.fr/a%20b/100%25/"),
    ],
)
def test_the_address_is_encoded_in_every_file(real_story: Project, url: str, base: str):
    result = build(real_story, SITE_URL=url, EXPLAINER_PUBLISH="1")
    assert result.returncode == 0, result.stdout
    given = list(addresses(real_story.site, base))
    own = {address.kind for address in given if address.url.startswith(base)}
    assert own >= {
        "link canonical",
        "link hreflang",
        "og:url",
        "og:image",
        "JSON-LD @id",
        "JSON-LD url",
        "feed id",
        "feed href",
        "sitemap loc",
        "sitemap href",
        "facts.json",
    }
    assert broken(real_story.site, base, given) == []
    for path in real_story.site.rglob("*"):
        if path.suffix in (".html", ".xml", ".json"):
            assert f"{url}/" not in path.read_text("utf-8"), path
    data = json.loads((real_story.site / "facts.json").read_text("utf-8"))
    assert data["facts"][0]["url"]["fr"].startswith(f"{base}fr/ledger/#")


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/a b/", "https://example.org/a%20b/"),
        ("https://example.org/a%20b/", "https://example.org/a%20b/"),
        ("https://example.org/100%/", "https://example.org/100%25/"),
        ("https://example.org/\u6771\u4eac/", "https://example.org/%E6%9D%B1%E4%BA%AC/"),
        ("https://M\u00dcNCHEN.de:8443/x", "https://xn--mnchen-3ya.de:8443/x"),
        ("https://\u0441\u0430\u0439\u0442.\u0440\u0444/", "https://xn--80aswg.xn--p1ai/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("", ""),
    ],
)
def test_an_address_is_encoded_once(url: str, expected: str):
    assert encoded(url) == encoded(encoded(url)) == expected


@pytest.mark.build
@pytest.mark.parametrize(
    "url", ["https://stra\u00dfe.fr/", "https://\u00e8..fr/", "https://" + "\u00e8" * 70 + ".fr/"]
)
def test_host_without_an_encoded_form_is_refused(real_story: Project, url: str):
    real_story.edit("mkdocs.yml", REAL, url)
    result = build(real_story)
    assert result.returncode == 1
    assert "mkdocs.yml:3:27: error: the host of site_url cannot be encoded" in result.stdout
    assert "Traceback" not in result.stdout
    assert not real_story.site.exists()


@pytest.mark.parametrize(
    "text, name",
    [
        ("https://explainer.example/", "explainer.example"),
        ("mailto:corrections@explainer.example", "corrections@explainer.example"),
        ("The editors of explainer.example", "explainer.example"),
        ("https://www.example.com/report", "www.example.com"),
        ("http://localhost:8000/", "localhost"),
        ("https://site.test/", "site.test"),
        ("https://newsroom.invalid", "newsroom.invalid"),
        ("https://example.com.mx/", None),
        ("https://my-example.org/", None),
        ("https://explainer.examples.org/", None),
        ("https://news.org/site.test.html", None),
        ("The editors. Example: this site", None),
        ("The contest of the year", None),
    ],
)
def test_a_placeholder_is_a_name_reserved_for_examples(text: str, name: str | None):
    found = placeholder(text)
    assert found == name or (name and name.endswith(f"@{found}"))


@pytest.mark.parametrize(
    "text, value, place",
    [
        ("site_url: https://a.fr/\n", "https://a.fr/", (1, 11)),
        ('a: 1\nsite_url: !ENV [A, B, "https://a.fr/"]\n', "https://a.fr/", (2, 23)),
        ("site_url: !ENV [A, GIVEN, https://a.fr/]\n", "https://given.fr/", (1, 11)),
        ("site_url: !ENV GIVEN\n", "https://given.fr/", (1, 11)),
        ("site_url: !ENV A\n", "", (1, 11)),
        ("site_url: !ENV [GIVEN]\n", "https://given.fr/", (1, 11)),
        ("site_url: !ENV []\n", "", (1, 11)),
        ("site_url: !ENV [EMPTY, https://a.fr/]\n", "https://a.fr/", (1, 24)),
        ("site_url: !ENV [A, null]\n", "", (1, 20)),
        ("site_url:\n", "", (1, 10)),
        ("site_url: {a: b}\n", "", (1, 11)),
        ("site_name: x\n", "", (1, 1)),
        ("", "", (1, 1)),
        ("- a\n", "", (1, 1)),
        ("x: !!python/name:os.system\nsite_url: https://a.fr/\n", "https://a.fr/", (2, 11)),
    ],
)
def test_the_address_is_read_with_its_place(tmp_path: Path, monkeypatch, text, value, place):
    monkeypatch.setenv("GIVEN", "https://given.fr/")
    monkeypatch.setenv("EMPTY", "")
    file = tmp_path / "mkdocs.yml"
    file.write_text(text, "utf-8")
    setting = configured(file)
    assert (setting.value, (setting.line, setting.column)) == (value, place)


@pytest.mark.parametrize("text", [b"site_url: [\n", b"a: 'b\n", b"\xff", b"a: *b\n", b"a: \x07\n"])
def test_a_configuration_that_cannot_be_read_is_said_in_words(tmp_path: Path, text: bytes):
    file = tmp_path / "mkdocs.yml"
    file.write_bytes(text)
    with pytest.raises(ContentError) as error:
        configured(file)
    assert str(error.value).startswith("mkdocs.yml:")


def workflow() -> dict:
    return yaml.safe_load((PROJECT / ".github/workflows/publish.yml").read_text("utf-8"))


@pytest.mark.build
def test_publishing_workflow_checks_and_builds_for_its_host():
    steps = workflow()["jobs"]["build"]["steps"]
    commands = [step for step in steps if "run" in step]
    assert [step["run"] for step in commands] == [
        "make check FORMAT=github PUBLISH=1",
        "make site PUBLISH=1",
    ]
    address = {"SITE_URL": "${{ steps.pages.outputs.base_url }}"}
    assert all(step["env"] == address for step in commands)


@pytest.mark.build
def test_publishing_workflow_deploys_what_the_default_branch_built():
    jobs = workflow()["jobs"]
    assert "github.event.repository.default_branch" in jobs["build"]["if"]
    assert jobs["deploy"]["needs"] == "build"
    assert jobs["deploy"]["environment"]["name"] == "github-pages"
