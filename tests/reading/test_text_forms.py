"""Reading text: line ends, byte order mark and Unicode form make no difference."""

from __future__ import annotations

import unicodedata

import pytest

from explainer.editing.new_record import scalar
from explainer.reading.parser import composed, read, read_text

FORMS = {
    "plain": "a: caffè\nb: [caffè, x]\n".encode(),
    "windows": "a: caffè\r\nb: [caffè, x]\r\n".encode(),
    "old mac": "a: caffè\rb: [caffè, x]\r".encode(),
    "mark": "\ufeffa: caffè\nb: [caffè, x]\n".encode(),
    "decomposed": unicodedata.normalize("NFD", "a: caffè\nb: [caffè, x]\n").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_text_reads_the_same(tmp_path, form):
    (tmp_path / "a.yml").write_bytes(FORMS[form])
    assert read_text(tmp_path / "a.yml", "a.yml") == FORMS["plain"].decode()
    document, problems = read(tmp_path / "a.yml", "a.yml")
    assert (document.data, problems) == ({"a": "caffè", "b": ["caffè", "x"]}, [])
    assert document.position(("b", 1)) == (2, 13 if form == "decomposed" else 12)


@pytest.mark.parametrize("line", ["e\u0301x", "각x", "\u0958x", "a\u0323\u0307x", "x"])
def test_a_column_leads_back_to_the_character_of_the_file(line):
    line = unicodedata.normalize("NFD", line)
    text, columns = composed(line)
    assert text == unicodedata.normalize("NFC", line)
    assert line[columns[text.index("x")]] == "x"
    assert columns[-1] == len(line)


def test_an_answer_is_written_composed():
    assert scalar(unicodedata.normalize("NFD", "caffè")) == "caffè"


@pytest.mark.build
def test_line_ends_change_no_byte_of_the_site(second_story, tmp_path):
    folders = (second_story.root / "docs", second_story.root / "content")
    assert second_story.build("--strict").returncode == 0
    before = _bytes_of(second_story.site)
    for path in (path for folder in folders for path in folder.rglob("*.*")):
        if path.is_file() and path.suffix != ".png":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    result = second_story.build("--strict")
    assert result.returncode == 0, result.stdout
    assert _bytes_of(second_story.site) == before


def _bytes_of(site):
    return {
        str(path.relative_to(site)): path.read_bytes()
        for path in site.rglob("*.*")
        if path.is_file()
    }
