"""A new record: a well-formed stub of every field that it must have, in every language, for an editor to fill in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from explainer.schema import records
from explainer.schema.files import FILES
from explainer.schema.id_types import References
from explainer.schema.introspection import unwrap_annotation
from explainer.schema.pages import Page, Sentence
from explainer.schema.record import Record
from explainer.schema.settings import Phrase
from explainer.schema.text_types import Translated

KINDS: dict[str, type[Record]] = {"fact": records.Fact} | {
    kind.kind_name.replace(" ", "-"): kind
    for _, kind in FILES.values()
    if kind not in (Page, Phrase)
}


PROMPTED_OPTIONAL = {"url"}  # what a record need not hold, and most do


@dataclass(frozen=True)
class Field:
    """A value that a record of a kind may hold: its `path`, such as `date`, `text.en` or `cites.source`, and its type in the model."""

    path: str
    info: FieldInfo
    needed: bool  # whether a new record must have it
    several: bool = False  # whether more than one may stand there, by commas
    text: str = ""  # where it is one language of a text, the path of that

    @property
    def asked(self) -> bool:
        """Whether an editor is asked for it."""
        return self.needed or self.path in PROMPTED_OPTIONAL

    @property
    def once(self) -> bool:
        """Whether it is part of a text that may be written once, where it is the same in every language."""
        return bool(self.text) and not _is_prose(self.info)

    @property
    def refers(self) -> References | None:
        """Of an id, or several, which kinds of record they may be."""
        return _refers(self.info)


def file_of(kind: str, subject: str) -> str:
    """The file, below content/, where a record of a kind has its place; facts have one a subject."""
    return (
        f"facts/{subject}.yml"
        if kind == "fact"
        else next(name for name, (_, of) in FILES.items() if of is KINDS[kind])
    )


def fields(kind: str, languages: Iterable[str]) -> list[Field]:
    """Each value that a record of a kind may hold, in the model's order."""
    return list(_places(KINDS[kind], "", list(languages)))


def stub(kind: str, id: str, given: Mapping[str, str], languages: Iterable[str]) -> str:
    """The YAML of a new record: what it must hold, and what is `given` by path, in the model's order; what is not given stays empty."""
    return "\n".join([f"{id}:", *_lines(KINDS[kind], "", given, list(languages), "  "), ""])


def _places(
    part: type[BaseModel],
    prefix: str,
    languages: list[str],
    needed: bool = True,
    several: bool = False,
) -> Iterator[Field]:
    for key, info, must in _fields(part):
        path, inner = f"{prefix}{key}", _inner(info)
        if _in_languages(info):
            yield from (
                Field(f"{path}.{language}", info, needed and must, text=path)
                for language in languages
            )
        elif inner:
            yield from _places(inner, f"{path}.", languages, needed and must, _is_list(info))
        else:
            yield Field(
                path, info, needed and must, _is_list(info) or several and bool(_refers(info))
            )


def _lines(
    part: type[BaseModel], prefix: str, given: Mapping[str, str], languages: list[str], indent: str
) -> Iterator[str]:
    for key, info, must in _fields(part):
        path, inner = f"{prefix}{key}", _inner(info)
        if not must and not any(f"{one}.".startswith(f"{path}.") for one in given):
            continue
        if _in_languages(info):
            yield from _text(
                key,
                [given.get(f"{path}.{language}", "") for language in languages],
                languages,
                indent,
                _is_prose(info),
            )
        elif inner and _is_list(info):
            yield f"{indent}{key}:"
            for entry in _entries(inner, path, given):
                first, *rest = _lines(inner, f"{path}.", entry, languages, f"{indent}    ")
                yield from (f"{indent}  - {first.lstrip()}", *rest)
        elif inner:
            yield from (
                f"{indent}{key}:",
                *_lines(inner, f"{path}.", given, languages, f"{indent}  "),
            )
        elif _is_list(info):
            yield f"{indent}{key}: [{', '.join(map(scalar, split(given.get(path, ''))))}]"
        else:
            yield f"{indent}{key}: {scalar(given.get(path, ''))}".rstrip()


def _text(
    key: str, texts: list[str], languages: list[str], indent: str, prose: bool
) -> Iterator[str]:
    """A text by language; or once, where it is the same in all of them and may be written once."""
    if not prose and texts[0] and len(set(texts)) == 1:
        yield f"{indent}{key}: {scalar(texts[0])}"
        return
    yield f"{indent}{key}:"
    yield from (
        f"{indent}  {language}: {scalar(text)}".rstrip()
        for language, text in zip(languages, texts, strict=True)
    )


def _entries(
    part: type[BaseModel], path: str, given: Mapping[str, str]
) -> Iterator[Mapping[str, str]]:
    """What is given of a list of parts, an entry a time: of several ids each makes one, and the first has all the rest."""
    id = next((f"{path}.{key}" for key, info, _ in _fields(part) if _refers(info)), "")
    first, *more = split(given.get(id, "")) or [""]
    yield {**given, id: first}
    yield from ({id: one} for one in more)


def split(several: str) -> list[str]:
    """What stands between commas."""
    return [one.strip() for one in several.split(",") if one.strip()]


def _fields(part: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, bool]]:
    """A part's fields by their keys in YAML, each with whether a new record has it: a sentence always has words of its own, and first."""
    for name, info in sorted(
        part.model_fields.items(), key=lambda item: part is Sentence and item[0] != "text"
    ):
        yield info.alias or name, info, info.is_required() or (part is Sentence and name == "text")


def _in_languages(info: FieldInfo) -> bool:
    """Whether a field holds a text in every language."""
    marker = _translated(info)
    return marker is not None and not marker.list


def _is_prose(info: FieldInfo) -> bool:
    """Whether that text differs from language to language."""
    marker = _translated(info)
    return marker is not None and marker.prose


def _translated(info: FieldInfo) -> Translated | None:
    """Return the marker of a field that holds a value for each language, if it is one."""
    _, more = unwrap_annotation(info.annotation)
    return next((item for item in [*info.metadata, *more] if isinstance(item, Translated)), None)


def _refers(info: FieldInfo) -> References | None:
    bare, more = unwrap_annotation(info.annotation)
    _, inner = (
        unwrap_annotation(bare.__args__[0])
        if getattr(bare, "__origin__", None) is list
        else (None, [])
    )
    return next(
        (one for one in [*info.metadata, *more, *inner] if isinstance(one, References)), None
    )


def _inner(info: FieldInfo) -> type[BaseModel] | None:
    """The part that a field holds, or that it holds a list of."""
    bare, _ = unwrap_annotation(info.annotation)
    if getattr(bare, "__origin__", None) is list:
        bare, _ = unwrap_annotation(bare.__args__[0])
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _is_list(info: FieldInfo) -> bool:
    """Whether a list stands in a field; names that are the same in every language are one."""
    marker = _translated(info)
    if marker is not None:
        return marker.list
    return getattr(unwrap_annotation(info.annotation)[0], "__origin__", None) is list


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line: plain where that is safe, else in double quotes."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text or (
        text[0] not in "-?:,[]{}#&*!|>'\"%@`"
        and not any(mark in f"{text} " for mark in (": ", " #", "{", "}", "[", "]", ", "))
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
