"""Turn the errors of pydantic into problems with a position, in words for editors.

`_REPORTS` has a function for each of pydantic's error types
(https://docs.pydantic.dev/latest/errors/validation_errors/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, cast, get_origin

from pydantic_core import ErrorDetails

from explainer.problems import Problem, closest_match, suggest, suggest_key
from explainer.reading.document import Document, Route
from explainer.schema.field_examples import example_for
from explainer.schema.field_types import LANGUAGE, describe_type
from explainer.schema.id_types import ID
from explainer.schema.introspection import keys_at, type_at
from explainer.schema.record import Record
from explainer.schema.value_hints import form_problem, list_hint, mapping_hint, text_hint


def validation_problems(
    kind: type[Record], document: Document, route: Route, details: Sequence[ErrorDetails]
) -> Iterator[Problem]:
    """Yield the problems of one record.

    Args:
        kind: The kind of the record.
        document: The file that it stands in.
        route: The route of the record in the file.
        details: The errors that pydantic found, from `ValidationError.errors`.
    """
    record = _InvalidRecord(kind, document, route)
    # Missing keys come last: a key that is mistyped is not reported as missing as well.
    for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
        error = _Error.of(detail, kind)
        problem = _REPORTS.get(error.name, _other)(record, error)
        if problem:
            yield problem


@dataclass(frozen=True)
class _Error:
    """An error of pydantic.

    Attributes:
        name: Pydantic's name for the kind of error.
        route: The route of the value inside the record.
        value: What stands there.
        context: What pydantic says about the error, such as the length allowed.
        message: Pydantic's own message.
        is_key: Whether the key is wrong, not its value.
    """

    name: str
    route: Route
    value: object
    context: Mapping[str, Any]
    message: str
    is_key: bool

    @classmethod
    def of(cls, detail: ErrorDetails, kind: type[Record]) -> _Error:
        # Pydantic marks an error in a key by a last step; but a key may itself be "[key]".
        is_key = detail["loc"][-1:] == ("[key]",) and detail["type"] not in (
            "missing",
            "extra_forbidden",
        )
        route = detail["loc"][len(kind.implicit_field) : -1 if is_key else None]
        context = detail.get("ctx", {})
        return cls(detail["type"], route, detail["input"], context, detail["msg"], is_key)


class _Above(NamedTuple):
    """The keys above a key: the nearest that is known, and the one just above."""

    known: str | None
    previous: str | None


@dataclass
class _InvalidRecord:
    """A record with errors.

    Attributes:
        kind: The kind of the record.
        document: The file that it stands in.
        route: The route of the record in the file.
        mistyped: The routes of keys that stand in the record, but mistyped or in the wrong place.
    """

    kind: type[Record]
    document: Document
    route: Route
    mistyped: set[Route] = field(default_factory=set)
    # Kept for each part of the record: a part may have thousands of unknown keys.
    _above: dict[Route, dict[str, _Above]] = field(default_factory=dict)

    def problem(
        self, error: _Error, code: str, message: str, hint: str = "", key: bool = False
    ) -> Problem:
        """Return a problem at the value of an error, or at its key."""
        route = (*self.route, *error.route)
        return self.document.problem(message, route, hint, key=key or error.is_key, code=code)

    def keys(self, route: Route) -> dict[str, object]:
        """Return the keys and values at a route inside the record."""
        return cast(dict[str, object], self.document.at((*self.route, *route)))

    def above(self, route: Route) -> _Above:
        """Return the keys above the key at a route inside the record."""
        parent = route[:-1]
        if parent not in self._above:
            self._above[parent] = _keys_above(self.keys(parent), keys_at(self.kind, parent))
        return self._above[parent][str(route[-1])]


def _keys_above(keys: Mapping[str, object], known: Sequence[str]) -> dict[str, _Above]:
    above: dict[str, _Above] = {}
    nearest_known = previous = None
    for key in keys:
        above[key] = _Above(nearest_known, previous)
        previous = key
        nearest_known = key if key in known else nearest_known
    return above


def _missing_key(record: _InvalidRecord, error: _Error) -> Problem | None:
    if error.route in record.mistyped:
        return None
    key = error.route[-1]
    parent = replace(error, route=error.route[:-1])
    hint = f"{key}: {example_for(record.kind, error.route)}"
    return record.problem(parent, "missing-key", f'the key "{key}" is missing', hint, key=True)


def _unknown_key(record: _InvalidRecord, error: _Error) -> Problem | None:
    *parent, key = (*error.route[:-1], str(error.route[-1]))
    known = keys_at(record.kind, tuple(parent))
    likely = closest_match(key.partition(":")[0], known)
    if likely:
        record.mistyped.add((*parent, likely))
    above = record.above(error.route)
    if above.known is not None and record.keys(tuple(parent))[above.known] is None:
        # The key above is reported as having no value, with the hint to indent what is below it.
        return None
    hint = _indent_hint(record.kind, error.route, above.previous) or suggest_key(key, known)
    return record.problem(error, "unknown-key", f'unknown key "{key}"', hint, key=True)


def _indent_hint(kind: type[Record], route: Route, previous: str | None) -> str:
    """Return a hint if an unknown key may belong to the value of the key above it."""
    if previous is None:
        return ""
    key, above = str(route[-1]), (*route[:-1], previous)
    is_language = get_origin(type_at(kind, above)[0]) is dict and re.fullmatch(LANGUAGE, key)
    if is_language or key in keys_at(kind, above):
        return f'if it belongs to "{previous}", two spaces further in'
    return ""


def _invalid_choice(record: _InvalidRecord, error: _Error) -> Problem:
    words = re.findall(r"'([^']*)'", error.context["expected"])
    if isinstance(error.value, str):
        message = f'"{error.value}" is not one of the allowed words'
        return record.problem(error, "invalid-choice", message, suggest(error.value, words))
    message = f"expected one word, not {describe_type(error.value)}"
    return record.problem(error, "wrong-type", message, f"one of: {', '.join(words)}")


def _content_error(record: _InvalidRecord, error: _Error) -> Problem:
    """Report an error made by `content_error`."""
    context, inner_key = error.context, error.context["at"]
    if inner_key:
        # A key that stands too far in is not missing outside.
        record.mistyped.add((*error.route[:-1], inner_key))
        error = replace(error, route=(*error.route, inner_key))
    problem = record.problem(
        error,
        context["code"],
        context["message"],
        context["hint"],
        key=bool(inner_key) or error.value is None,
    )
    return replace(problem, languages=context["languages"])


def _invalid_form(record: _InvalidRecord, error: _Error) -> Problem:
    pattern = error.context["pattern"]
    # The form of a key is that of the field that has it.
    route = error.route[:-1] if error.is_key else error.route
    message, hint = form_problem(str(error.value), pattern, route)
    code = "invalid-id" if pattern == f"^{ID.pattern}$" else "invalid-format"
    return record.problem(error, code, message, hint)


def _list_length(record: _InvalidRecord, error: _Error) -> Problem:
    context, count = error.context, error.context["actual_length"]
    limit = (
        f"at least {context['min_length']}"
        if "min_length" in context
        else f"at most {context['max_length']}"
    )
    message = (
        f"{count or 'no'} {'entry' if count == 1 else 'entries'} in this list, which needs {limit}"
    )
    hint = "between the brackets, with a comma after each"
    return record.problem(error, "list-length", message, hint)


def _text_too_long(record: _InvalidRecord, error: _Error) -> Problem:
    message = f"the text is longer than {error.context['max_length']} characters"
    return record.problem(error, "text-too-long", message)


def _expected_text(record: _InvalidRecord, error: _Error) -> Problem:
    hint = text_hint(record.kind, error.route, error.value)
    return _wrong_type(record, error, "a text", hint)


def _expected_list(record: _InvalidRecord, error: _Error) -> Problem:
    return _wrong_type(record, error, "a list", list_hint(error.value))


def _expected_mapping(record: _InvalidRecord, error: _Error) -> Problem:
    hint = mapping_hint(record.kind, error.route, error.value)
    return _wrong_type(record, error, "keys and values", hint)


def _wrong_type(record: _InvalidRecord, error: _Error, expected: str, hint: str) -> Problem:
    if error.value is not None:
        message = f"expected {expected}, not {describe_type(error.value)}"
        return record.problem(error, "wrong-type", message, hint)
    if error.route and isinstance(error.route[-1], int):
        message, hint = "this list entry has no value", "fill it in, or remove the hyphen"
    else:
        message, hint = "this key has no value", "fill it in"
    return record.problem(error, "missing-value", message, hint)


def _other(record: _InvalidRecord, error: _Error) -> Problem:
    return record.problem(error, "invalid-value", error.message)


_REPORTS: Mapping[str, Callable[[_InvalidRecord, _Error], Problem | None]] = {
    "missing": _missing_key,
    "extra_forbidden": _unknown_key,
    "literal_error": _invalid_choice,
    "content": _content_error,
    "string_pattern_mismatch": _invalid_form,
    "too_short": _list_length,
    "too_long": _list_length,
    "string_too_long": _text_too_long,
    "string_type": _expected_text,
    "list_type": _expected_list,
    "dict_type": _expected_mapping,
    "model_type": _expected_mapping,
    "model_attributes_type": _expected_mapping,
}
