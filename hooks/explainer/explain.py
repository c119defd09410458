"""Say in an editor's words what the model's validation found wrong."""

from __future__ import annotations

from .fields import part_at
from .problem import Problem, nearest
from .read import Document, Route

PLAIN = {
    "string_type": "expected text",
    "dict_type": "expected keys and values",
    "model_type": "expected keys and values",
    "model_attributes_type": "expected keys and values",
    "list_type": "expected a list: [a, b], or a line each beginning with a hyphen",
    "too_short": "expected at least one entry",
    "too_long": "too many entries",
    "string_too_long": "the text is too long",
}


def explain(kind: type, document: Document, route: Route, data: dict, detail: dict) -> Problem:
    """One of pydantic's errors in an editor's words, at its place."""
    loc = tuple(step for step in detail["loc"] if step != "[key]")[len(kind.wrapper) :]
    is_key, here = detail["loc"][-1:] == ("[key]",), (*route, *loc)
    given = detail.get("input")
    match detail["type"]:
        case "missing":
            return document.problem(f'the key "{loc[-1]}" is missing', here[:-1], key=True)
        case "extra_forbidden":
            return document.problem(f'unknown key "{loc[-1]}"', here, nearest(loc[-1], _keys_at(kind, loc[:-1])), key=True)
        case "literal_error":
            expected = [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            return document.problem(f'"{given}" is not one of the words that may stand here', here, nearest(str(given), expected) or f"one of: {', '.join(expected)}")
        case "content":
            at = detail["ctx"]["at"]
            return document.problem(detail["ctx"]["message"], (*here, at) if at else here, detail["ctx"]["hint"], key=bool(at))
        case "string_pattern_mismatch":
            return document.problem(f'"{given}" has not the form expected here', here, _form(loc, is_key), key=is_key)
        case other:
            return document.problem(PLAIN.get(other, detail["msg"]), here, key=is_key)


def _form(loc: tuple, is_key: bool) -> str:
    name = loc[-1] if loc and not is_key else ""
    return {
        "url": "a web address: https://…",
        "report": "an address: mailto:… or https://…",
        "language": "a language code: fr",
        "locale": "a locale: fr-FR",
        "paragraph": "a paragraph's number: 6",
        "text": "a file's name, without folders",
    }.get(str(name), "lower-case letters, digits and hyphens")


def _keys_at(kind: type, loc: tuple) -> list[str]:
    """The keys that the model knows at a place inside a record."""
    part = part_at(kind, loc)
    return [field.alias or name for name, field in part.model_fields.items()] if part else []
