"""Ways to break content: what a hand, a merge, an editor's program or a disk does to YAML files.

A mutator takes a source of chance and the files of a story, by their names, and changes them where they are.
`MUTATORS` holds them by the name of their class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

import yaml
from babel import localedata

Files = dict[str, bytes]
MUTATORS: dict[str, Callable[[Random, Files], None]] = {}

# Characters that show as nothing, as something else, or turn the text around them.
CHARACTERS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u2028\u2029\u0085\u00a0\u202f\u3000\u034f\u3164\ue000\ue001\ufffe\uffff\U0001f469\U000e0041\U0010ffff\u0301\x7f\x00\x07\x0b\x0c\x1b"
WORDS = (
    "",
    " ",
    "~",
    "null",
    "no",
    "yes",
    "true",
    "010",
    "1e9999",
    ".inf",
    "-0",
    "9" * 5000,
    "1" + "0" * 400,
    "٣",
    "²",
    "12:30",
    "[key]",
    "__class__",
    "constructor",
    "a" * 300,
    "a-" * 1500 + "a",
    "x" * 100_000,
    "(a+)+$",
    "[",
    "(?P<",
    "\\1",
    "\\g<0>",
    "\\",
    "$&",
    ".*",
    "|",
    "{}",
    "{date}",
    "{0.__class__}",
    "%s",
    "\u00a0",
    "home",
    "index",
    "404",
    "assets",
    "search",
    "sitemap",
    "ledger",
    "sources",
    "notes",
    "con",
    "..",
    ".",
    "a/b",
    "../../etc/passwd",
    "unknown",
    "ongoing",
    "",
    "https://",
    "https://[::1",
    "http://a.example/\ue0003c62\ue001",
    "mailto:",
    "mailto:a?subject=b",
    "javascript:alert(1)",
    "https://a.example/%zz",
    "//a.example",
    "https://a.example/\u202e",
    "<b>",
    "]]>",
    "</script>",
    "<!--",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{#",
    "x" * 2000,
    "« " * 999,
    "“" * 1999,
    "1 " * 999,
    "1." * 999,
    "1,111" * 399,
    "1–" * 999,
    "1 gennaio " * 199,
    "a'" * 999,
)
DATES = (
    "0000",
    "0001",
    "0001-01-01",
    "9999",
    "9999-12",
    "9999-12-31",
    "1969-12-31",
    "1900-02-29",
    "2000-02-29",
    "2106-02-08",
    "2023-13",
    "2023-00-00",
    "2023-11-31",
    "２０２３",
    "2023-1-1",
    "-2023",
    "20231120",
    "2023-11-20T10:00",
)
LANGUAGES = (
    "xx",
    "qaa",
    "no",
    "fil",
    "zh",
    "ar",
    "he",
    "fa",
    "hi",
    "en",
    "eo",
    "tlh",
    "root",
    "und",
    "x",
    "EN",
    "it-IT",
    "",
    "__",
    "assets",
    "ast",
    "gsw",
)


def mutator(name: str):
    """Register a mutator under the name of its class."""

    def register(function: Callable[[Random, Files], None]):
        assert name not in MUTATORS
        MUTATORS[name] = function
        return function

    return register


def on_a_file(name: str):
    """A mutator of one file's bytes."""

    def register(function: Callable[[Random, bytes], bytes]):
        @mutator(name)
        def mutate(rng: Random, files: Files) -> None:
            file = _any_file(rng, files)
            files[file] = function(rng, files[file])

        return function

    return register


def on_text(name: str):
    """A mutator of one file's text."""

    def register(function: Callable[[Random, str], str]):
        on_a_file(name)(
            lambda rng, data: function(rng, data.decode("utf-8")).encode("utf-8", "surrogatepass")
        )
        return function

    return register


def on_lines(name: str):
    """A mutator of one file's lines, in place; `at` is one of them."""

    def register(function: Callable[[Random, list[str], int], None]):
        @on_text(name)
        def mutate(rng: Random, text: str) -> str:
            lines = text.split("\n")
            for _ in range(rng.choice((1, 1, 1, 3))):
                if lines:
                    function(rng, lines, rng.randrange(len(lines)))
            return "\n".join(lines)

        return function

    return register


def on_data(name: str, wanted: Callable[[object, object], bool] = lambda key, value: True):
    """A mutator of one place in one file's data: `holder[key]`, where key and value are as wanted."""

    def register(function: Callable[[Random, dict | list, object], None]):
        @mutator(name)
        def mutate(rng: Random, files: Files) -> None:
            for _ in range(20):
                file = _any_file(rng, files)
                data = load(files[file])
                places = [(holder, key) for holder, key in slots(data) if wanted(key, holder[key])]
                if places:
                    function(rng, *rng.choice(places))
                    files[file] = dump(data)
                    return

        return function

    return register


def _any_file(rng: Random, files: Files) -> str:
    """A file of content."""
    return rng.choice([name for name in files if name.endswith(".yml")])


def load(data: bytes) -> object:
    """A file's data, every scalar as typed."""
    return yaml.load(data.decode("utf-8"), Loader=yaml.CBaseLoader)


class Dumper(yaml.CSafeDumper):
    """Writes out what stands in two places twice, without anchors and aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dump(data: object) -> bytes:
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000).encode(
        "utf-8", "surrogatepass"
    )


def slots(data: object) -> Iterator[tuple[dict | list, object]]:
    """Every place of some data, as what holds it and the key or index there."""
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        yield data, key
        yield from slots(value)


def rekey(mapping: dict, old: object, new: object) -> None:
    """Rename a key where it stands."""
    items = [(new if key == old else key, value) for key, value in mapping.items()]
    mapping.clear()
    mapping.update(items)


# --- bytes ---------------------------------------------------------------------------------------


@on_a_file("bytes flipped")
def _(rng, data):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


@on_a_file("bytes that are no UTF-8")
def _(rng, data):
    at = rng.randrange(len(data))
    return (
        data[:at]
        + rng.choice(
            (
                b"\xed\xa0\x80",
                b"\xc0\xaf",
                b"\xff",
                b"\xf4\x90\x80\x80",
                b"\xe8",
                b"\x80",
                b"\xed\xb0\x80\xed\xa0\x80",
            )
        )
        + data[at:]
    )


@on_a_file("NUL bytes")
def _(rng, data):
    at = rng.randrange(len(data))
    return data[:at] + b"\0" * rng.choice((1, 1, 4096)) + data[at:]


@on_a_file("cut off")
def _(rng, data):
    return data[: rng.randrange(len(data))]


@on_a_file("a stretch missing or twice")
def _(rng, data):
    one, other = sorted(rng.randrange(len(data)) for _ in range(2))
    other = min(other, one + rng.choice((1, 10, 100, 10_000)))
    return data[:one] + data[one:other] * rng.choice((0, 2)) + data[other:]


@mutator("encodings and line ends")
def _(rng, files):
    file = _any_file(rng, files)
    text = files[file].decode("utf-8")
    files[file] = rng.choice(
        (
            lambda: text.encode("utf-8-sig"),
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-16-le"),
            lambda: text.encode("utf-16-be"),
            lambda: text.encode("utf-32"),
            lambda: text.encode("latin-1", "replace"),
            lambda: text.encode("utf-7"),
            lambda: text.replace("\n", "\r\n").encode(),
            lambda: text.replace("\n", "\r").encode(),
            lambda: text.replace("\n", "\u2028").encode(),
            lambda: text.replace("\n", "\u0085").encode(),
            lambda: text.replace("\n", "\n\f").encode(),
            lambda: text.replace(" ", "\u00a0").encode(),
            lambda: text.replace("\n\n", "\ufeff\n\n").encode(),
            lambda: text.replace("\n  ", "\n\t").encode(),
            lambda: text.rstrip("\n").encode(),
        )
    )()


# --- text ----------------------------------------------------------------------------------------


@on_text("a character put in")
def _(rng, text):
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(CHARACTERS) * rng.choice((1, 1, 3)) + text[at:]


@on_text("a sign of YAML put in")
def _(rng, text):
    at = rng.choice([match.start() for match in re.finditer(r"\b", text)])
    sign = rng.choice(
        (
            "'",
            '"',
            ": ",
            " #",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&a ",
            "*a ",
            "!a ",
            "!!python/object:os.system ",
            "|\n",
            ">-\n",
            "\n---\n",
            "\n...\n",
            "%YAML 9.9\n",
            "<<: ",
            "@",
            "`",
            "\\",
            "\\x",
            "\\ud800",
            "\t",
            "\n",
            "=",
            "~",
        )
    )
    return text[:at] + sign + text[at:]


@on_text("punctuation lost or doubled")
def _(rng, text):
    at = rng.choice([match.start() for match in re.finditer(r"[^\w\s]", text)])
    return text[:at] + text[at] * rng.choice((0, 2)) + text[at + 1 :]


@on_text("letters lost, doubled or swapped")
def _(rng, text):
    at = rng.randrange(len(text) - 1)
    return (
        text[:at]
        + rng.choice(("", text[at] * 2, text[at + 1] + text[at], text[at].swapcase()))
        + text[at + 1 :]
    )


@on_text("two words swapped")
def _(rng, text):
    one, other = sorted(rng.sample(list(re.finditer(r"\w+", text)), 2), key=re.Match.start)
    return (
        text[: one.start()]
        + other[0]
        + text[one.end() : other.start()]
        + one[0]
        + text[other.end() :]
    )


# --- lines ---------------------------------------------------------------------------------------


@on_lines("lines dropped")
def _(rng, lines, at):
    del lines[at : at + rng.choice((1, 1, 2, 10))]


@on_lines("lines doubled")
def _(rng, lines, at):
    size = rng.choice((1, 1, 2, 12))
    lines[at:at] = lines[at : at + size]


@on_lines("lines swapped")
def _(rng, lines, at):
    other = rng.choice((rng.randrange(len(lines)), min(at + 1, len(lines) - 1)))
    lines[at], lines[other] = lines[other], lines[at]


@on_lines("lines indented or outdented")
def _(rng, lines, at):
    for i in range(at, min(len(lines), at + rng.choice((1, 1, 5)))):
        lines[i] = (
            rng.choice((" ", "  ", "\t", "    ")) + lines[i]
            if rng.random() < 0.6
            else lines[i][rng.choice((1, 2)) :]
        )


@on_lines("lines joined or parted")
def _(rng, lines, at):
    if rng.random() < 0.5 and at + 1 < len(lines):
        lines[at : at + 2] = [lines[at] + lines[at + 1]]
    else:
        cut = rng.randrange(len(lines[at]) + 1)
        lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]


@on_lines("a merge left half done")
def _(rng, lines, at):
    lines[at : at + 1] = ["<<<<<<< HEAD", lines[at], "=======", lines[at][::-1], ">>>>>>> branch"]


# --- data: keys, types, values -------------------------------------------------------------------


@on_data("keys renamed", lambda key, value: isinstance(key, str))
def _(rng, holder, key):
    at = rng.randrange(len(key) + 1)
    rekey(
        holder,
        key,
        rng.choice(
            (
                key[:at] + key[at + 1 :],
                key[:at] + "x" + key[at:],
                key.upper(),
                key + " ",
                "[key]",
                rng.choice(WORDS),
                rng.choice(CHARACTERS) + key,
            )
        ),
    )


@on_data("keys swapped or copied", lambda key, value: isinstance(key, str))
def _(rng, holder, key):
    other = rng.choice(list(holder))
    if rng.random() < 0.5:
        holder[key], holder[other] = holder[other], holder[key]
    else:
        holder[
            rng.choice(
                ("facts", "text", "url", "note", "was", "state", "chip", "grid", "date", key + "-2")
            )
        ] = holder[other]


@on_data("keys and entries dropped")
def _(rng, holder, key):
    del holder[key]


@on_data("a scalar becomes a list, keys or nothing", lambda key, value: isinstance(value, str))
def _(rng, holder, key):
    value = holder[key]
    holder[key] = rng.choice(
        (
            [value],
            {"it": value},
            {value: value},
            [[value]],
            {"facts": value},
            {"facts": [value]},
            {"[key]": value},
            None,
            [],
            {},
            [value] * 200,
            value.split(),
        )
    )


@on_data("a list or keys become something else", lambda key, value: isinstance(value, (list, dict)))
def _(rng, holder, key):
    value = holder[key]
    holder[key] = rng.choice(
        (
            str(value),
            None,
            "",
            [],
            {},
            [value],
            {"facts": value},
            value * 30 if isinstance(value, list) else list(value),
            [*value, None],
            [*value, {}],
            dict.fromkeys(map(str, value)),
        )
    )


@on_data("a value of another kind", lambda key, value: isinstance(value, str))
def _(rng, holder, key):
    holder[key] = rng.choice(WORDS)


@on_data("a value put beside", lambda key, value: isinstance(value, str))
def _(rng, holder, key):
    word = rng.choice(WORDS)
    holder[key] = rng.choice(
        (
            holder[key] + " " + word,
            word + holder[key],
            holder[key] + rng.choice(CHARACTERS),
            holder[key] * rng.choice((2, 20)),
        )
    )


@on_data(
    "days out of range",
    lambda key, value: (
        isinstance(value, str) and bool(re.match(r"\d{4}(-\d\d)*$|unknown$|ongoing$", value))
    ),
)
def _(rng, holder, key):
    holder[key] = rng.choice(DATES)


@mutator("every day out of range")
def _(rng, files):
    file, date = (
        rng.choice([name for name in files if b" 20" in files[name] and name.endswith(".yml")]),
        rng.choice(DATES),
    )
    files[file] = re.sub(
        rb"(?m)^(\s+(?:date|from|until|agreed|published|as-of): )\d{4}[-\d]*",
        lambda match: match[1] + date.encode(),
        files[file],
    )


@mutator("ids exchanged")
def _(rng, files):
    file = _any_file(rng, files)
    ids = [id for name in files if name.endswith(".yml") for id in load(files[name])]
    data = load(files[file])
    places = [(holder, key) for holder, key in slots(data) if holder[key] in ids] or [
        (data, rng.choice(list(data)))
    ]
    holder, key = rng.choice(places)
    holder[key] = rng.choice((rng.choice(ids), rng.choice(list(data))))
    files[file] = dump(data)


@mutator("a record renamed everywhere")
def _(rng, files):
    id = rng.choice(list(load(files[_any_file(rng, files)]))).encode()
    new = rng.choice((*WORDS, "a-b", "1", "0")).encode("utf-8", "surrogatepass")
    for name in files:
        files[name] = re.sub(
            rb"(?<![\w-])" + re.escape(id) + rb"(?![\w-])", lambda match: new, files[name]
        )


@mutator("a language renamed everywhere")
def _(rng, files):
    settings = load(files["story.yml"])
    old, new = rng.choice(list(settings["languages"])), rng.choice(LANGUAGES)
    locale = rng.choice(
        (
            "keep",
            new,
            rng.choice(localedata.locale_identifiers()).replace("_", "-"),
            rng.choice(localedata.locale_identifiers()).replace("_", "-"),
        )
    )
    for name in list(files):
        if name.endswith(".yml"):
            data = load(files[name])
            for holder, key in list(slots(data)):
                if key == old and isinstance(holder, dict):
                    rekey(holder, old, new)
            if name == "story.yml" and locale != "keep" and new in data["languages"]:
                data["languages"][new]["locale"] = locale
            files[name] = dump(data)


@mutator("how a language is set")
def _(rng, files):
    data = load(files["story.yml"])
    language = data["languages"][rng.choice(list(data["languages"]))]
    key, value = rng.choice(
        (
            (
                "quotes",
                rng.choice(
                    (
                        ['"', '"'],
                        ["a", "a"],
                        [".", "*"],
                        ["\\", "\\"],
                        ["(", ")"],
                        ["«", "«"],
                        [" ", " "],
                        ["x" * 2000, "y"],
                        ["'", "'"],
                        ["it", "en"],
                    )
                ),
            ),
            ("first-of-month", rng.choice(("\\1", "\\g<0>", "\\", "1er", "{", "x" * 2000, "<b>"))),
            (
                "endings",
                rng.choice(
                    (["/"], ["a/"], ["/a"] * 5000, ["x" * 5000 + "/"], ["a/b/c"], ["١/٢"], [])
                ),
            ),
            (
                "locale",
                rng.choice(
                    (
                        *localedata.locale_identifiers(),
                        "root",
                        "en-US-POSIX",
                        "xx-XX",
                        "zh-Hant-TW",
                        "ar-EG",
                        "x",
                    )
                ).replace("_", "-"),
            ),
        )
    )
    language[key] = value
    if rng.random() < 0.2:
        data["timezone"] = rng.choice(
            (
                "GMT+1",
                "UTC",
                "../etc/passwd",
                "Europe/Nowhere",
                "posixrules",
                "localtime",
                "\\",
                "x" * 3000,
            )
        )
    files["story.yml"] = dump(data)


# --- whole files ---------------------------------------------------------------------------------


@mutator("files emptied, lost, misnamed or exchanged")
def _(rng, files):
    one, other = rng.sample([name for name in files if name.endswith(".yml")], 2)
    match rng.randrange(7):
        case 0:
            files[one] = rng.choice(
                (
                    b"",
                    b"\n",
                    b"# nothing\n",
                    b"---\n",
                    b"~\n",
                    b"[]\n",
                    b"{}\n",
                    b"x\n",
                    b"- a\n",
                    b"\xef\xbb\xbf",
                    b'""\n',
                    b"? \n",
                )
            )
        case 1:
            del files[one]
        case 2:
            files[
                one[:-4]
                + rng.choice((".yaml", ".yml.orig", "-2.yml", "\n.yml", "\u202e.yml", "é.yml"))
            ] = files.pop(one)
        case 3:
            files[one], files[other] = files[other], files[one]
        case 4:
            files[one] += b"\n" + files[other]
        case 5:
            files[one] = files[one] * 2
        case 6:
            files["facts/" + rng.choice(("new.yml", "x.txt", ".hidden.yml", "sub/y.yml"))] = files[
                one
            ]


@mutator("a record moved to another file")
def _(rng, files):
    one, other = rng.sample([name for name in files if name.endswith(".yml")], 2)
    source, target = load(files[one]), load(files[other])
    id = rng.choice(list(source))
    target[id] = source.pop(id) if rng.random() < 0.5 else source[id]
    files[one], files[other] = dump(source), dump(target)


BOMBS: tuple[Callable[[], str], ...] = (
    lambda: (
        "a: &a [x, x]\n"
        + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
        )
    ),
    lambda: "a: &a {b: *a}\n",
    lambda: "a: &a x\n<<: *a\n",
    lambda: "".join(f"k{i}: &a{i} x\n" for i in range(20_000)),
    lambda: "a: " + "[" * 100_000,
    lambda: "a: " + "{a: " * 50_000,
    lambda: "- " * 100_000,
    lambda: "? " * 50_000,
    lambda: "".join(" " * i + "a:\n" for i in range(1000)),
    lambda: "a: " + "[" * 20 + "]" * 20,
    lambda: "a: [" + "x, " * 200_000 + "]",
    lambda: "".join(f"k{i}: x\n" for i in range(100_000)),
    lambda: "a: " + "x" * 1_500_000,
    lambda: "a: |\n" + "  x\n" * 300_000,
    lambda: "x" * 1_500_000 + ": a",
    lambda: "? " + "x" * 1_000_000 + "\n: a",
    lambda: 'a: "' + "\\x41" * 300_000 + '"',
    lambda: "#" * 1_500_000,
    lambda: "\n" * 1_500_000,
    lambda: "a: x\n" * 100_000,
    lambda: "".join(f"%TAG !{i}! x\n" for i in range(20_000)) + "---\n",
    lambda: "---\n" * 100_000,
    lambda: "a: '" + "''" * 500_000 + "'",
    lambda: "x" * 2_000_001,
    lambda: "a: !" + "t" * 1_000_000 + " x",
    lambda: "a: &" + "t" * 1_000_000 + " x",
    lambda: "a: *" + "t" * 1_000_000,
    lambda: "a: >\n\n" + "\n" * 500_000 + "  x",
    lambda: "a: b: " * 100_000,
)


@mutator("bombs: aliases, depth, size")
def _(rng, files):
    file, bomb = _any_file(rng, files), rng.choice(BOMBS)().encode()
    files[file] = rng.choice((bomb, files[file] + b"\n" + bomb, bomb + b"\n" + files[file]))


@mutator("many of a kind")
def _(rng, files):
    """A record, an entry or a text so often that whatever grows faster than the content shows."""
    file = _any_file(rng, files)
    data = load(files[file])
    places = [(holder, key) for holder, key in slots(data) if isinstance(holder, (dict, list))]
    holder, key = rng.choice(places)
    times = rng.choice((50, 500, 2000))
    if isinstance(holder, list):
        holder += [holder[key]] * times
    else:
        holder |= {f"{key}-{n}": holder[key] for n in range(times)}
    files[file] = dump(data)[:1_900_000]


@mutator("copies of the sources")
def _(rng, files):
    copies = [name for name in files if name.startswith("../")]
    if not copies:
        return MUTATORS["letters lost, doubled or swapped"](rng, files)
    name = rng.choice(copies)
    data = files[name]
    at = rng.randrange(len(data))
    files[name] = rng.choice(
        (
            data[:at] + b"\xff" + data[at:],
            data[:at],
            data[:at] + b"\n" + data[at:],
            data.replace(b"\n", b""),
            data * 2,
            b"",
            data.decode().encode("utf-16"),
            b"\0" * 1000,
            b"word " * 100_000,
            data.replace(b" ", b"\xc2\xa0"),
            data.decode().encode("latin-1", "replace"),
            b"\n" * 1000,
        )
    )


# --- page templates --------------------------------------------------------------------------------

TEMPLATE_ODDITIES = (
    "[x](people.md)",
    "[x](nowhere.md)",
    "[x](people.md#nowhere)",
    "[x](/people/)",
    "[x](people)",
    "[x](../people/)",
    "[x](#nowhere)",
    "[x](https://ostrevange.example/)",
    "[x](mailto:a@ostrevange.example)",
    "<a@ostrevange.example>",
    "![x](nowhere.png)",
    '<a href="#nowhere">x</a>',
    '<a href="/nowhere/">x</a>',
    '<a href="{{ link("people") }}">x</a>',
    '<a href="{{ link("people", "nowhere") }}">x</a>',
    '[x]({{ link("people") }})',
    '<p id="twice">x</p><p id="twice">y</p>',
    '<p id="page:main">x</p>',
    "## x {#page:notes}",
    "## x",
    "## x\n\n## x",
    "| a |\n| - |\n| b |",
    "```\n<a href='#nowhere'>\n```",
    "{{ nowhere }}",
    "{{ words(page.title) }",
    "{% if words(page.title) == 'x' %}{{ nowhere }}{% endif %}",
    "{{ notes() }}",
    "{{ entities() }}",
    "{{ timeline() }}",
    "{{ sources() }}",
    "",
)


def template_mutant(rng: Random, template: str) -> str:
    """A page template with a line lost, doubled, moved, or one put in that may be wrong."""
    lines = template.split("\n")
    at = rng.randrange(len(lines))
    match rng.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines.insert(rng.randrange(len(lines)), lines.pop(at))
        case _:
            lines[at:at] = ["", rng.choice(TEMPLATE_ODDITIES), ""]
    return "\n".join(lines)
