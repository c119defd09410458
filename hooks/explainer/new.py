"""A new record: a well-formed stub of every field that it must have, in every language, for an editor to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from . import model, values
from .fields import strip
from .story import FILES

KINDS: dict[str, type[model.Record]] = {"fact": model.Fact} | {
    kind.kind_name.replace(" ", "-"): kind for _, kind in FILES.values() if kind not in (model.Page, model.Phrase)
}


def file_of(kind: str, subject: str | None) -> str:
    """The file, below content/, where a record of a kind has its place; facts have one a subject."""
    if kind == "fact":
        return f"facts/{subject}.yml"
    return next(name for name, (_, of) in FILES.items() if of is KINDS[kind])


def stub(kind: str, id: str, given: Mapping[str, str], languages: list[str]) -> str:
    """The YAML of a new record: its required fields, and those `given`, by path (`text.it`, `cites.source`), in the model's order.

    What is not given stays empty, for the check to name.
    """
    return "\n".join([f"{id}:", *_fields(KINDS[kind], "", given, languages, "  "), ""])


def questions(kind: str, languages: list[str]) -> list[str]:
    """The paths of what a new record of a kind must have, in the model's order."""
    return list(_paths(KINDS[kind], "", languages))


def _paths(part: type[BaseModel], prefix: str, languages: list[str]) -> Iterator[str]:
    for name, field in part.model_fields.items():
        if field.is_required():
            path = f"{prefix}{field.alias or name}"
            inner = _inner(field.annotation)
            if _per_language(field):
                yield from (f"{path}.{language}" for language in languages)
            elif inner:
                yield from _paths(inner, f"{path}.", languages)
            else:
                yield path


def _fields(part: type[BaseModel], prefix: str, given: Mapping[str, str], languages: list[str], indent: str) -> Iterator[str]:
    for name, field in part.model_fields.items():
        key = field.alias or name
        path = f"{prefix}{key}"
        if not field.is_required() and not any(f"{one}.".startswith(f"{path}.") for one in given):
            continue
        inner = _inner(field.annotation)
        if _per_language(field):
            yield f"{indent}{key}:"
            yield from (f"{indent}  {language}: {quoted(given.get(f'{path}.{language}', ''))}".rstrip() for language in languages)
        elif inner:
            yield f"{indent}{key}:"
            lines = list(_fields(inner, f"{path}.", given, languages, f"{indent}    "))
            if _is_list(field.annotation):
                lines[0] = f"{indent}  - {lines[0].lstrip()}"
            else:
                lines = [line[2:] for line in lines]
            yield from lines
        elif _is_list(field.annotation):
            yield f"{indent}{key}: [{', '.join(quoted(one.strip()) for one in given.get(path, '').split(',') if one.strip())}]"
        else:
            yield f"{indent}{key}: {quoted(given.get(path, ''))}".rstrip()


def _per_language(field) -> bool:
    """Whether a field holds a text in every language."""
    return any(marker in field.metadata for marker in values.Text.__metadata__ if getattr(marker, "func", None) is values._spread)


def _inner(annotation: object) -> type[BaseModel] | None:
    """The part that a field holds, or a list of which it holds."""
    bare, _ = strip(annotation)
    arguments = getattr(bare, "__args__", ())
    if getattr(bare, "__origin__", None) is list:
        bare, _ = strip(arguments[0])
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _is_list(annotation: object) -> bool:
    return getattr(strip(annotation)[0], "__origin__", None) is list


def quoted(text: str) -> str:
    """A text as a YAML scalar: plain where it may be, else in double quotes (YAML 1.1, section 5.3: indicators)."""
    plain = bool(text) and text == text.strip() and text[0] not in "-?:,[]{}#&*!|>'\"%@`" and ": " not in text and " #" not in text and text[-1] != ":" and not set(text) & set("\n\t{}[]")
    if plain or not text:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
