"""Reading YAML: strings stay as typed, everything has a position, nothing an editor types raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.reading.document import Document
from explainer.reading.parser import MAX_BYTES, parse, read


@pytest.fixture
def given(tmp_path: Path):
    """Read some YAML: the document, and its problems as `line:column message | hint`."""

    def read_text(text: str | bytes) -> tuple[Document, list[str]]:
        path = tmp_path / "file.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        document, problems = read(path, "file.yml")
        return document, [f"{p.line}:{p.column} {p.message} | {p.hint}" for p in problems]

    return read_text


def test_scalars_stay_what_the_editor_typed(given):
    document, problems = given(
        "a: no\nb: 12:30\nc: 010\nd: 2023-11-20\ne: 1e3\nf: true\ng: ''\nh:\n"
    )
    assert document.data == {
        "a": "no",
        "b": "12:30",
        "c": "010",
        "d": "2023-11-20",
        "e": "1e3",
        "f": "true",
        "g": "",
        "h": None,
    }
    assert problems == []


def test_every_key_and_value_has_its_position(given):
    document, _ = given("altman:\n  text:\n    it: Uno\n  about: [a, bb]\n")
    assert document.position(("altman", "text", "it")) == (3, 9)
    assert document.position(("altman", "text", "it"), key=True) == (3, 5)
    assert document.position(("altman", "about", 1)) == (4, 14)
    assert document.position(("altman", "missing")) == (1, 1)


def test_columns_count_characters_not_bytes(given):
    document, _ = given("è: {perché: là}\n")
    assert document.position(("è", "perché")) == (1, 13)


@pytest.mark.parametrize(
    "text, problem",
    [
        (
            "a: 1\nb: 2\na: 3\n",
            '3:1 the key "a" is here twice | first on line 1, column 1: keep one of the two',
        ),
        (
            "a: !!python/object:os.system x\n",
            '1:4 a text cannot begin with ! | in quotation marks: a: "!!python/object:os.system x"',
        ),
        ("a: 1\n---\nb: 2\n", "2:1 a second document begins here | remove the line with ---"),
        (
            "? [a]\n: b\n",
            "1:3 a key must be plain words | a text that begins with a bracket or a question mark goes in quotation marks",
        ),
        (b"a: caff\xe8\n", "1:8 the file is not UTF-8 | save it with the encoding UTF-8"),
    ],
)
def test_mistake_is_reported_at_its_position_with_a_hint(given, text, problem):
    assert given(text)[1] == [problem]


def test_byte_order_mark_and_windows_line_ends_are_accepted(given):
    document, problems = given(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert (document.data, problems) == ({"a": "1", "b": "2"}, [])


def test_two_hundred_thousand_brackets_are_one_problem(given):
    document, problems = given("a: " + "[" * 200_000)
    assert problems == ["1:27 nested more than 24 levels deep | "]


def test_a_file_too_large_is_not_read(given):
    assert given("#" * (MAX_BYTES + 1))[1] == [
        "1:1 the file is larger than 2,000,000 bytes | split it"
    ]


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    _, problems = read(tmp_path / "none.yml", "none.yml")
    assert [str(problem) for problem in problems] == [
        "none.yml:1:1: error: the file is not there\n    put it back, or mend its name"
    ]


@pytest.mark.parametrize(
    "content, problems",
    [
        ("a: 1\r\nb: 2\r\n", []),
        (b"\xef\xbb\xbfa: 1\nb: 2\n", []),
        (b"a: 1\nb: \xff\n", ["2:4 the file is not UTF-8"]),
        (b" " * (MAX_BYTES + 1), [f"1:1 the file is larger than {MAX_BYTES:,} bytes"]),
    ],
)
def test_texts_and_bytes_parse_without_a_file(content, problems):
    document, found = parse(content, "file.yml")
    assert [f"{p.line}:{p.column} {p.message}" for p in found] == problems
    assert document.broken == bool(problems)
    if not problems:
        assert document.data == {"a": "1", "b": "2"}
