"""A new record: a well-formed stub of every field that it must have, in every language, for an editor to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from . import model, values
from .fields import strip
from .prose import Page, Sentence
from .record import Record
from .settings import Phrase
from .story import FILES
from .values import ID

__all__ = ["ID", "KINDS", "file_of", "paths", "questions", "stub", "unknown"]

KINDS: dict[str, type[Record]] = {"fact": model.Fact} | {
    kind.kind_name.replace(" ", "-"): kind for _, kind in FILES.values() if kind not in (Page, Phrase)
}


def file_of(kind: str, subject: str) -> str:
    """The file, below content/, where a record of a kind has its place; facts have one a subject."""
    return f"facts/{subject}.yml" if kind == "fact" else next(name for name, (_, of) in FILES.items() if of is KINDS[kind])


def paths(kind: str, languages: Iterable[str]) -> list[str]:
    """The path of each value that a record of a kind may hold: `date`, `text.en`, `cites.source`."""
    return [path for path, _ in _paths(KINDS[kind], "", list(languages))]


def questions(kind: str, languages: Iterable[str]) -> list[str]:
    """The paths of what a record must hold, in the model's order."""
    return [path for path, needed in _paths(KINDS[kind], "", list(languages)) if needed]


def unknown(kind: str, given: Iterable[str], languages: Iterable[str]) -> list[str]:
    """The paths given that no record of this kind has."""
    return sorted(set(given) - set(paths(kind, languages)))


def stub(kind: str, id: str, given: Mapping[str, str], languages: Iterable[str]) -> str:
    """The YAML of a new record: what it must hold, and what is `given` by path, in the model's order; what is not given stays empty."""
    return "\n".join([f"{id}:", *_lines(KINDS[kind], "", given, list(languages), "  "), ""])


def _paths(part: type[BaseModel], prefix: str, languages: list[str], needed: bool = True) -> Iterator[tuple[str, bool]]:
    for key, field, must in _fields(part):
        path, inner = f"{prefix}{key}", _inner(field)
        if _in_languages(field):
            yield from ((f"{path}.{language}", needed and must) for language in languages)
        elif inner:
            yield from _paths(inner, f"{path}.", languages, needed and must)
        else:
            yield path, needed and must


def _lines(part: type[BaseModel], prefix: str, given: Mapping[str, str], languages: list[str], indent: str) -> Iterator[str]:
    for key, field, must in _fields(part):
        path, inner = f"{prefix}{key}", _inner(field)
        if not must and not any(f"{one}.".startswith(f"{path}.") for one in given):
            continue
        if _in_languages(field):
            yield f"{indent}{key}:"
            yield from (f"{indent}  {language}: {scalar(given.get(f'{path}.{language}', ''))}".rstrip() for language in languages)
        elif inner and _is_list(field):
            first, *rest = _lines(inner, f"{path}.", given, languages, f"{indent}    ")
            yield from (f"{indent}{key}:", f"{indent}  - {first.lstrip()}", *rest)
        elif inner:
            yield from (f"{indent}{key}:", *_lines(inner, f"{path}.", given, languages, f"{indent}  "))
        elif _is_list(field):
            yield f"{indent}{key}: [{', '.join(scalar(one.strip()) for one in given.get(path, '').split(',') if one.strip())}]"
        else:
            yield f"{indent}{key}: {scalar(given.get(path, ''))}".rstrip()


def _fields(part: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, bool]]:
    """A part's fields by their keys in YAML, each with whether a new record has it: a sentence always has words of its own."""
    for name, field in part.model_fields.items():
        yield field.alias or name, field, field.is_required() or (part is Sentence and name == "text")


def _in_languages(field: FieldInfo) -> bool:
    """Whether a field holds a text in every language."""
    _, more = strip(field.annotation)
    return any(getattr(one, "func", None) is values._spread for one in [*field.metadata, *more])


def _inner(field: FieldInfo) -> type[BaseModel] | None:
    """The part that a field holds, or that it holds a list of."""
    bare, _ = strip(field.annotation)
    if _is_list(field):
        bare, _ = strip(bare.__args__[0])
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _is_list(field: FieldInfo) -> bool:
    return getattr(strip(field.annotation)[0], "__origin__", None) is list


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line: plain where that is safe, else in double quotes."""
    text = " ".join(text.split())
    if not text or (text[0] not in "-?:,[]{}#&*!|>'\"%@`" and not any(mark in f"{text} " for mark in (": ", " #", "{", "}", "[", "]", ", "))):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
