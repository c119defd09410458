"""JSON Schemas of the content files, with which editors complete and check while one types.

Those of the model are committed. A file beside them, `ids.json`, is not: it holds the known ids, so
that adding a record changes no committed file. Every check, build and preview writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from explainer.schema import records
from explainer.schema.field_examples import example_for
from explainer.schema.files import FILES
from explainer.schema.id_types import ID
from explainer.schema.introspection import unwrap_annotation
from explainer.schema.record import Part, Record
from explainer.schema.settings import Phrase, Settings
from explainer.story.story import Story

FOLDER = ".schema"


IDS = "ids.json"


DIALECT = "https://json-schema.org/draft/2020-12/schema"


# Kinds of records that others refer to.
KINDS = ("fact", "source", "person", "organization", "product", "office")


def kinds() -> dict[str, type[Record]]:
    """What each kind of file below content/ holds: `facts` stands for every file in facts/."""
    return {
        "story": Settings,
        "facts": records.Fact,
        **{name.removesuffix(".yml"): kind for name, (_, kind) in FILES.items()},
    }


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by the kind's name."""
    return {name: _schema(name, kind) for name, kind in kinds().items()}


def _schema(name: str, kind: type[Record]) -> dict[str, Any]:
    text = json.dumps(kind.model_json_schema())
    record = json.loads(text.replace('"x-id-of": "', f'"$ref": "{IDS}#/$defs/'))
    parts = record.pop("$defs", {})
    if kind is Phrase:
        record = record["properties"]["text"]
    if kind is Settings:
        return {"$schema": DIALECT, **record, "$defs": parts}
    return {
        "$schema": DIALECT,
        "title": name,
        "description": (kind.__doc__ or "").strip(),
        "type": ["object", "null"],
        "propertyNames": {"pattern": f"^{ID.pattern}$"},
        "additionalProperties": {"$ref": f"#/$defs/{kind.__name__}"},
        "$defs": {**parts, kind.__name__: record},
    }


def ids(story: Story) -> dict[str, Any]:
    """Return the schema of the known ids, by kind; others pass, as one may be written later."""
    known: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for record in story.records():
        if record.kind_name in known:
            known[record.kind_name][record.id] = None
    known["office"] = dict.fromkeys(story.offices)
    anything = {"type": ["string", "integer"], "pattern": f"^{ID.pattern}$"}
    return {
        "$schema": DIALECT,
        "$defs": {
            kind: {"anyOf": [{"enum": list(found)}, anything] if found else [anything]}
            for kind, found in known.items()
        },
    }


def write_schemas(root: Path) -> None:
    """Write what is made from the model and committed: the schemas, and the reference of fields."""
    for name, schema in schemas().items():
        _write(root / FOLDER / f"{name}.json", _json(schema))
    _write(root / "content" / "README.md", reference())


def write_ids(story: Story, root: Path) -> None:
    """Write the known ids beside the model's schemas, if the folder can be written."""
    if (root / FOLDER).is_dir():
        with suppress(OSError):
            _write(root / FOLDER / IDS, _json(ids(story)))


def stale(root: Path) -> list[str]:
    """Which of the committed files no longer say what the model says."""
    wanted = {f"{FOLDER}/{name}.json": _json(schema) for name, schema in schemas().items()} | {
        "content/README.md": reference()
    }
    return [
        name
        for name, text in wanted.items()
        if not (root / name).is_file() or (root / name).read_text("utf-8") != text
    ]


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def reference() -> str:
    """Return content/README.md: each file, field and part of the model."""
    parts: dict[type[Part], None] = {}
    lines = [
        "# The content, field by field",
        "",
        "Made from the model by `.venv/bin/explainer schema`: edit that, not this. "
        "Recipes are in [CONTRIBUTING.md](../CONTRIBUTING.md).",
        "",
        "A text in every language is written as `{fr: …, de: …}`, with the codes of "
        "the story’s own languages; what is the same in each may be a plain string.",
        "A date is `2023`, `2023-11` or `2023-11-20`. In place of a "
        "sentence the bare id of a fact may stand.",
        "",
    ]
    for name, kind in kinds().items():
        lines += [
            f"## {'facts/*' if name == 'facts' else name}.yml",
            "",
            _about(kind),
            "",
            *([] if kind is Phrase else _table(kind, parts)),
        ]
    lines += ["## Parts of records", ""]
    described = 0
    while described < len(parts):  # describing a part may add others
        part = list(parts)[described]
        lines += [f"### {part.__name__}", "", _about(part), "", *_table(part, parts)]
        described += 1
    return "\n".join(lines)


def _about(part: type[Part]) -> str:
    return (part.__doc__ or "").strip()


def _table(part: type[Part], parts: dict[type[Part], None]) -> Iterator[str]:
    """A part's fields as a table; the parts that they hold are added to `parts`."""
    yield from ("| key | | what stands there | what it says |", "|---|---|---|---|")
    for name, field in part.model_fields.items():
        inner = list(parts_in(field.annotation))
        parts |= dict.fromkeys(inner)
        links = [
            f"See [{part_type.__name__}](#{part_type.__name__.lower()})." for part_type in inner
        ]
        key = field.alias or name
        required = "required" if field.is_required() else ""
        description = " ".join([field.description or "", *links])
        yield f"| `{key}` | {required} | {_holds(example_for(part, (key,)))} | {description} |"
    yield ""


def _holds(example: str) -> str:
    """What `sample` gives, as a table has it: words as words, and as code what can be typed."""
    words = re.sub(r"^\{…\}|^…$", "a text", example.partition(";")[0])
    return f"`{words}`" if (words[0] in "[{" and words[-1] in "]}") or " " not in words else words


def parts_in(annotation: object) -> Iterator[type[Part]]:
    """The parts that a field holds: one, a list of them, or several by key."""
    bare, _ = unwrap_annotation(annotation)
    if isinstance(bare, type) and issubclass(bare, Part):
        yield bare
    for argument in getattr(bare, "__args__", ())[-1:]:
        if not isinstance(argument, str):
            yield from parts_in(argument)
