"""Pictures of the story's own: a record with words in every language, and a file of which browsers know the size."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from PIL import Image

from explainer.story.pictures import size_of
from support.project import Project

RECORD = "content/pictures.yml"


def folder(project: Project):
    return project.root / "docs" / "assets" / "pictures"


def test_a_picture_is_shown_with_size_words_and_lazy_loading(built_second_story: Project):
    for language, words in (("fr", "Un véhicule bleu"), ("de", "Ein blauer Wagen")):
        html = (built_second_story.site / language / "index.html").read_text("utf-8")
        image = re.search(r"<img [^>]*>", html)[0]
        assert 'width="320" height="180"' in image and 'loading="lazy"' in image
        assert f'alt="{words}' in image
        source = re.search(r'src="\.\./(assets/[0-9a-f]{8}/pictures/tram\.png)"', image)[1]
        assert (built_second_story.site / source).is_file()
    assert "<figcaption>Der Wagen, für dieses Beispiel gezeichnet. <small>Zeichnung:" in html


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("    de: Ein blauer Wagen mit", "    # de: Ein", "the text is missing in de"),
        ("file: tram.png", "file: tarm.png", "docs/assets/pictures/tarm.png is not there"),
        ("file: tram.png", "file: ..", "docs/assets/pictures/.. is not there"),
        ("  file: tram.png\n", "", "file"),
    ],
)
def test_a_mistake_in_a_picture_is_named_at_its_line(second_story: Project, old, new, message):
    second_story.edit(RECORD, old, new)
    result = second_story.check()
    assert re.search(
        rf"content/pictures\.yml:\d+:\d+: error: .*{re.escape(message)}", result.stdout
    )


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a\xff\xff"])
def test_a_file_that_is_no_picture_is_refused(second_story: Project, content: bytes):
    (folder(second_story) / "tram.png").write_bytes(content)
    result = second_story.check()
    assert "content/pictures.yml:2:9: error: docs/assets/pictures/tram.png cannot" in result.stdout
    assert "Traceback" not in result.stdout


def test_a_file_without_a_record_is_named(second_story: Project):
    shutil.copy(folder(second_story) / "tram.png", folder(second_story) / "other.png")
    result = second_story.check()
    assert (
        "docs/assets/pictures/other.png:1:1: warning: no picture of pictures.yml" in result.stdout
    )


def test_unknown_picture_in_a_template_is_reported(second_story: Project):
    second_story.edit("docs/index.md", 'picture("the-drawing")', 'picture("the-drawin")')
    result = second_story.check()
    assert 'error: nothing here is called "the-drawin"; did you mean' in result.stdout


@pytest.mark.build
@pytest.mark.parametrize("markup", ["![A tram](assets/foto.png)", '<img src="foto.JPG" alt="">'])
def test_a_picture_put_into_a_template_is_told_its_place(second_story: Project, markup: str):
    shutil.copy(folder(second_story) / "tram.png", second_story.root / "docs/assets/foto.png")
    second_story.edit("docs/index.md", "{{ lead() }}", f"{{{{ lead() }}}}\n\n{markup}")
    result = second_story.build()
    assert result.returncode == 1
    assert re.search(
        r"docs/index\.md:\d+:\d+: error: (the page has a link that leads nowhere|a link leads to no)",
        result.stdout,
    )
    assert "has its record in pictures.yml, and is shown by {{ picture(id) }}" in result.stdout


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "GIF", "PNG"])
def test_the_size_of_every_format_is_read(tmp_path, form: str):
    Image.new("RGB", (30, 20)).save(tmp_path / "a", form)
    assert size_of(tmp_path / "a") == (30, 20)


def test_rotated_photograph_has_the_size_that_is_shown(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert size_of(tmp_path / "a.jpg") == (20, 30)


@pytest.mark.build
@pytest.mark.parametrize(
    "name, message",
    [
        (b"docs/assets/foto\xe9.png", "the name of this file is not UTF-8"),
        (b"docs/\xff.txt", "the name of this file is not UTF-8"),
        (b"docs/a.markdown", "the name of a template ends in .md"),
        (b"docs/sub.mkd", "the name of a template ends in .md"),
    ],
)
def test_a_file_name_that_no_build_can_use_is_named(second_story: Project, name: bytes, message):
    with open(os.path.join(os.fsencode(second_story.root), name), "wb") as file:
        file.write(b"x")
    for result in (second_story.check(), second_story.build()):
        assert result.returncode == 1
        assert re.search(rf"docs/\S+:1:1: error: {re.escape(message)}", result.stdout)
        assert "Traceback" not in result.stdout
    assert not second_story.site.exists()
