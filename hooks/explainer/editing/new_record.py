"""Stubs of new records: every field that a record must have, in every language, to be filled in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args, get_origin

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


PROMPTED_OPTIONAL = {"url"}  # optional fields that most records have


@dataclass(frozen=True)
class Field:
    """A value that a record of a kind may hold.

    Attributes:
        path: Its path, such as `date`, `text.en` or `cites.source`.
        info: Its field in the model.
        needed: Whether a new record must have it.
        several: Whether more than one value may stand there, separated by commas.
        text: For one language of a text, the path of the text.
    """

    path: str
    info: FieldInfo
    needed: bool
    several: bool = False
    text: str = ""

    @property
    def asked(self) -> bool:
        """Whether an editor is asked for it."""
        return self.needed or self.path in PROMPTED_OPTIONAL

    @property
    def once(self) -> bool:
        """Whether it is part of a text that may be written once for every language."""
        return bool(self.text) and not _is_prose(self.info)

    @property
    def refers(self) -> References | None:
        """The kinds of record that its ids may name; None if it holds no ids."""
        return _refers(self.info)


def file_of(kind: str, subject: str) -> str:
    """Return the file, below content/, for records of a kind; facts have one a subject."""
    return (
        f"facts/{subject}.yml"
        if kind == "fact"
        else next(name for name, (_, of) in FILES.items() if of is KINDS[kind])
    )


def fields(kind: str, languages: Iterable[str]) -> list[Field]:
    """Return each value that a record of a kind may hold, in the model's order."""
    return list(_places(KINDS[kind], "", list(languages)))


def stub(kind: str, id: str, given: Mapping[str, str], languages: Iterable[str]) -> str:
    """Return the YAML of a new record, in the model's order.

    Args:
        kind: The kind of record.
        id: Its id.
        given: The values of fields, by path; required fields without one stay empty.
        languages: The codes of the story's languages.
    """
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
                path, info, needed and must, _is_list(info) or (several and bool(_refers(info)))
            )


def _lines(
    part: type[BaseModel], prefix: str, given: Mapping[str, str], languages: list[str], indent: str
) -> Iterator[str]:
    for key, info, must in _fields(part):
        path, inner = f"{prefix}{key}", _inner(info)
        if not must and not any(f"{name}.".startswith(f"{path}.") for name in given):
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
    """Yield a text by language, or once where it is the same in all and no prose."""
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
    """Yield the values of each entry of a list of parts.

    Each of several ids makes an entry; the first has all other values.
    """
    id = next((f"{path}.{key}" for key, info, _ in _fields(part) if _refers(info)), "")
    first, *others = split(given.get(id, "")) or [""]
    yield {**given, id: first}
    yield from ({id: other} for other in others)


def split(values: str) -> list[str]:
    """Return the values between commas."""
    return [value.strip() for value in values.split(",") if value.strip()]


def _fields(part: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, bool]]:
    """Yield the key, the field and whether a new record has it, for each field of a part.

    In a sentence the text comes first, and a new one always has it.
    """
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
    bare, outer = unwrap_annotation(info.annotation)
    inner = unwrap_annotation(get_args(bare)[0])[1] if get_origin(bare) is list else ()
    metadata = [*info.metadata, *outer, *inner]
    return next((item for item in metadata if isinstance(item, References)), None)


def _inner(info: FieldInfo) -> type[BaseModel] | None:
    """Return the part that a field holds, or holds a list of."""
    bare, _ = unwrap_annotation(info.annotation)
    if get_origin(bare) is list:
        bare, _ = unwrap_annotation(get_args(bare)[0])
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _is_list(info: FieldInfo) -> bool:
    """Whether a list stands in a field; names that are the same in every language are one."""
    marker = _translated(info)
    if marker is not None:
        return marker.list
    return getattr(unwrap_annotation(info.annotation)[0], "__origin__", None) is list


def scalar(text: str) -> str:
    """Return a text as a YAML scalar on one line: plain where that is safe, else double-quoted."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text or (
        text[0] not in "-?:,[]{}#&*!|>'\"%@`"
        and not any(mark in f"{text} " for mark in (": ", " #", "{", "}", "[", "]", ", "))
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
