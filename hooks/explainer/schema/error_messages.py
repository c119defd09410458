"""Say in an editor's words what the model's validation found wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Literal, get_args, get_origin

from babel import Locale

from explainer.problems import Problem, closest_match, suggest, suggest_key, with_article
from explainer.reading.document import Document, Route
from explainer.schema.date_types import OpenDate
from explainer.schema.dates import PartialDate
from explainer.schema.field_types import LANGUAGE, describe_type
from explainer.schema.id_types import ID, References, as_id
from explainer.schema.introspection import part_at, type_at, unwrap_annotation
from explainer.schema.record import Part

EXPECTED = {
    "string_type": "a text",
    "list_type": "a list",
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "keys and values"),
}


# What a field whose text has a form of its own holds, with an example.
FORMS = {
    "url": ("a web address", "https://example.org/page"),
    "report": ("an address", "mailto:name@example.org"),
    "language": ("a language code", "fr"),
    "languages": ("a language code", "fr"),
    "locale": ("a locale", "fr-FR"),
    "paragraph": ("a paragraph's number", "6"),
    "paragraphs": ("a paragraph's number", "6"),
    "text": ("the name of a file", "article.txt"),
    "endings": ("a pair of endings", "y/ies"),
    "reviewed": ("the mark of a review", "1f3a; `.venv/bin/explainer review --accept` sets it"),
}


def validation_problems(
    kind: type[Part], document: Document, route: Route, details: list[dict]
) -> Iterator[Problem]:
    """What pydantic found wrong with the record that stands at `route`, each at its place, in an editor's words."""
    above: dict[Route, dict[str, tuple[str | None, str | None]]] = {}
    mistyped: set[Route] = (
        set()
    )  # where a key is mistyped, that the right one is missing is no second mistake
    for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
        # The last step says so where it is a key that is wrong; but a key may be called like that.
        is_key = detail["loc"][-1:] == ("[key]",) and detail["type"] not in (
            "missing",
            "extra_forbidden",
        )
        loc = detail["loc"][len(kind.implicit_field) : -1 if is_key else None]
        here, given, context = (*route, *loc), detail["input"], detail.get("ctx", {})
        match detail["type"]:
            case "missing":
                if loc not in mistyped:
                    yield document.problem(
                        f'the key "{loc[-1]}" is missing',
                        here[:-1],
                        f"{loc[-1]}: {example_for(kind, loc)}",
                        key=True,
                    )
            case "extra_forbidden":
                known = keys_at(kind, loc[:-1])
                mistyped.add((*loc[:-1], closest_match(loc[-1].partition(":")[0], known)))
                keys = document.at(here[:-1])
                if here[:-1] not in above:  # once for all of them: a record may have thousands
                    above[here[:-1]] = _keys_above(keys, known)
                nearest_known, before = above[here[:-1]][loc[-1]]
                if (
                    nearest_known is None or keys[nearest_known] is not None
                ):  # else that one is reported, and what is below it is to be indented
                    yield document.problem(
                        f'unknown key "{loc[-1]}"',
                        here,
                        _indent_hint(kind, before, loc) or suggest_key(loc[-1], known),
                        key=True,
                    )
            case "literal_error" if isinstance(given, str):
                yield document.problem(
                    f'"{given}" is not one of the words that may stand here',
                    here,
                    suggest(given, _words(context)),
                )
            case "literal_error":
                yield document.problem(
                    f"expected one word, not {describe_type(given)}",
                    here,
                    f"one of: {', '.join(_words(context))}",
                )
            case "content":
                at = context["at"]
                mistyped.add((*loc[:-1], at))  # a key that stands too far in
                problem = document.problem(
                    context["message"],
                    (*here, at) if at else here,
                    context["hint"],
                    key=is_key or bool(at) or given is None,
                    code=context["code"],
                )
                yield replace(problem, languages=context["languages"])
            case "string_pattern_mismatch":
                yield document.problem(
                    *_pattern_problem(given, context["pattern"], loc[:-1] if is_key else loc, here),
                    key=is_key,
                )
            case "too_short" | "too_long":
                limit, found = (
                    f"at least {context['min_length']}"
                    if "min_length" in context
                    else f"at most {context['max_length']}",
                    context["actual_length"],
                )
                yield document.problem(
                    f"{found or 'no'} {'entry' if found == 1 else 'entries'} in this list, which needs {limit}",
                    here,
                    "between the brackets, with a comma after each",
                )
            case "string_too_long":
                yield document.problem(
                    f"the text is longer than {context['max_length']} characters", here, key=is_key
                )
            case other if other in EXPECTED and given is None:
                yield document.problem(
                    "nothing stands here",
                    here,
                    "fill it in, or remove the hyphen"
                    if isinstance(here[-1], int)
                    else "fill it in",
                    key=is_key,
                )
            case other if other in EXPECTED:
                yield document.problem(
                    f"expected {EXPECTED[other]}, not {describe_type(given)}",
                    here,
                    _rewrite_hint(kind, loc, other, given),
                    key=is_key,
                )
            case _:
                yield document.problem(detail["msg"], here, key=is_key)


def keys_at(kind: type[Part], loc: tuple) -> list[str]:
    """The keys that the model knows at a place inside a record."""
    part = part_at(kind, loc)
    return [field.alias or name for name, field in part.model_fields.items()] if part else []


def required_keys(kind: type[Part], loc: tuple = ()) -> list[str]:
    """Those of them that cannot be left out."""
    part = part_at(kind, loc)
    return (
        [field.alias or name for name, field in part.model_fields.items() if field.is_required()]
        if part
        else []
    )


def _keys_above(keys: dict, known: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """For each key, the nearest one above it that is known, and the one just above it."""
    found: dict[str, tuple[str | None, str | None]] = {}
    nearest_known = before = None
    for key in keys:
        found[key] = nearest_known, before
        before = key
        nearest_known = key if key in known else nearest_known
    return found


def _indent_hint(kind: type[Part], before: str | None, loc: tuple) -> str:
    """A hint, where an unknown key is one that the value of the key above may have."""
    if before is None:
        return ""
    place = (*loc[:-1], before)
    if (
        loc[-1] in keys_at(kind, place)
        or get_origin(type_at(kind, place)[0]) is dict
        and re.fullmatch(LANGUAGE, loc[-1])
    ):
        return f'if it belongs to "{before}", two spaces further in'
    return ""


def _words(context: dict) -> list[str]:
    return re.findall(r"'([^']*)'", context["expected"])


def _pattern_problem(given: str, pattern: str, loc: tuple, here: Route) -> tuple[str, Route, str]:
    """Message, place and hint for a text that has not the form of its field: what it was most likely meant to be."""
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    is_id = pattern == f"^{ID.pattern}$"
    what, example = (
        ("an id", "lower-case-words") if is_id else FORMS.get(name, ("what may stand here", ""))
    )
    if is_id and " " in given.strip():
        comma = (
            f", or with a comma between two: {', '.join(map(as_id, given.split()))}"
            if isinstance(here[-1], int)
            else ""
        )
        return f'"{given}" is not an id', here, f"the id, as it stands in its own file{comma}"
    meant = next(
        (
            one
            for one in ([as_id(given)] if is_id else _likely_values(given, name))
            if one and re.match(pattern, one)
        ),
        None,
    )
    return (
        f'"{given}" is not {what}',
        here,
        f'did you mean "{meant}"?' if meant else f"as in {example}",
    )


def _likely_values(given: str, name: str) -> Iterator[str]:
    """What may have been meant by a text in the field `name`, likeliest first."""
    bare = given.strip("<>“”„«»‘’ ,.")
    yield from (
        bare,
        bare.lower(),
        bare.replace("_", "-"),
        bare.replace(" ", "%20"),
        PurePosixPath(bare).name,
        f"/{bare}",
    )
    if "@" in bare:
        yield f"mailto:{bare}"
    if ":" not in bare.partition("/")[0]:
        yield f"https://{bare}"
    yield re.sub(r"^\w+:/+", "https://", bare)
    if name in ("language", "languages"):  # by its name in the language of these messages
        yield from (
            code
            for code, language in Locale("en").languages.items()
            if language.casefold() == bare.casefold()
        )


def _rewrite_hint(kind: type[Part], loc: tuple, expected: str, given: object) -> str:
    """How what was given is written where a list, a text or keys and values are expected."""
    first = next(iter(required_keys(kind, loc)), None)
    if expected == "list_type" and isinstance(given, str):
        return f"in brackets: [{given}]"
    if expected == "list_type" and isinstance(given, dict) and given:
        key, value = next(iter(given.items()))
        return f"a hyphen and a space before it: - {key.lstrip('-')}: {value if isinstance(value, str) else '…'}"
    if (
        expected == "string_type"
        and isinstance(given, list)
        and any(isinstance(one, References) for one in type_at(kind, loc)[1])
    ):
        return f"one id alone, without brackets: {given[0] if given and isinstance(given[0], str) else '…'}"
    if expected == "string_type":
        text = f"[{', '.join(map(str, given))}]" if isinstance(given, list) else "{…}"
        return f'if it is text, in quotation marks: "{text}"'
    if (
        get_args(type_at(kind, loc)[0])[1:]
        and unwrap_annotation(get_args(type_at(kind, loc)[0])[1])[0] is str
    ):
        return "by language: {…}"
    return (
        f"{first}: {given if isinstance(given, str) else '…'}"
        if first
        else "each key with a colon and a space after it"
    )


def example_for(kind: type[Part], loc: tuple) -> str:
    """What may stand at a key of the model, in a few words or as an example."""
    annotation, metadata = type_at(kind, loc)
    if annotation is str and loc[-1] in FORMS:
        return FORMS[loc[-1]][1]
    return _sample(annotation, metadata)


def _sample(annotation: object, metadata: list) -> str:
    refers = next((m for m in metadata if isinstance(m, References)), None)
    if refers:
        return f"the id of {with_article(refers.name)}"
    if get_origin(annotation) is Literal:
        return ", ".join(get_args(annotation)[:-1]) + " or " + get_args(annotation)[-1]
    if get_origin(annotation) is list:
        return f"[{_sample(*unwrap_annotation(get_args(annotation)[0]))}]"
    if annotation in (PartialDate, OpenDate):
        return "a date, as in 2023-11-20"
    if annotation is bool:
        return "true or false"
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return "{" + ", ".join(f"{key}: …" for key in required_keys(annotation)) + "}"
    if get_origin(annotation) is dict:
        value = unwrap_annotation(get_args(annotation)[1])[0]
        inner = (
            "{…}"
            if get_origin(value) is dict
            else _sample(value, [])
            if isinstance(value, type) and issubclass(value, Part)
            else ""
        )
        return (
            f"{{some-id: {inner}}}"
            if inner
            else "[…], the same or one in every language"
            if get_origin(value) is list
            else "{…}, in every language"
        )
    return "…"
