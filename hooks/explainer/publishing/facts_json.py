"""The story for programs: `facts.json`, and the JSON Schema (2020-12) that it validates against."""

from __future__ import annotations

from explainer.rendering.edition import Edition
from explainer.schema.date_types import OpenDate
from explainer.schema.pages import LEDGER_PAGE
from explainer.schema.records import Citation, Fact
from explainer.story.passage_report import PassageReport
from explainer.story.story import Story


def facts_json(edition: Edition) -> dict:
    """The whole story, in every language, as plain data; from whichever edition."""
    story, report = edition.story, edition.report
    settings = story.settings
    return {
        "story": {
            "title": settings.title,
            "question": settings.question,
            "languages": list(story.languages),
            "snapshot": str(settings.snapshot),
            "checked": str(settings.checked),
            "publisher": settings.publisher,
            "licence": settings.licence,
        },
        "facts": [_fact(edition, fact) for fact in story.facts.values()],
        "entities": [
            {
                "id": e.id,
                "kind": e.kind_name,
                "name": e.name,
                "description": _sentence(story, e.description),
                "facts": e.description.facts,
            }
            for e in story.entities.values()
        ],
        "roles": [
            {
                "id": role.id,
                "person": role.person,
                "organization": story.offices[role.office][0].id,
                "office": role.office,
                "title": story.offices[role.office][1].title,
                "interim": role.interim,
                "agreed": _text(role.agreed),
                "from": _open(role.from_),
                "until": _open(role.until),
                "asOf": _text(role.as_of),
                "facts": role.facts,
            }
            for role in story.roles.values()
        ],
        "quotes": [
            {
                "id": quote.id,
                "words": quote.words,
                "language": quote.language,
                "translation": quote.translation,
                "by": quote.by,
                "date": str(quote.date),
                "citations": _citations(quote, report),
            }
            for quote in story.quotes.values()
        ],
        "sources": [
            {
                "id": source.id,
                "kind": source.kind,
                "title": source.title,
                "publisher": source.publisher
                if {*source.publisher.values()} != {"unknown"}
                else None,
                "author": source.author,
                "language": source.language,
                "published": _open(source.published),
                "accessed": _text(source.accessed),
                "verified": source.verified,
                "url": source.url,
            }
            for source in story.sources.values()
        ],
        "updates": [
            {
                "id": update.id,
                "date": str(update.date),
                "kind": update.kind,
                "text": update.text,
                "facts": update.facts,
            }
            for update in story.updates.values()
        ],
    }


def _fact(edition: Edition, fact: Fact) -> dict:
    page = edition.urls.get(LEDGER_PAGE, "")
    return {
        "id": fact.id,
        "text": fact.text,
        "about": fact.about,
        "subject": fact.subject,
        "status": fact.status,
        "state": fact.state,
        "date": str(fact.date),
        "asOf": _text(fact.as_of),
        "overtaken": fact.overtaken,
        "citations": _citations(fact, edition.report),
        "url": {
            language: f"{edition.site_url}{language}/{page}#{fact.id}"
            for language in edition.story.languages
        },
    }


def _citations(record, report: PassageReport) -> list[dict]:
    def citation(index: int, cited: Citation) -> dict:
        paragraph = int(cited.paragraph) if cited.paragraph else None
        return {
            "source": cited.source,
            "paragraph": paragraph,
            "from": cited.from_,
            "to": cited.to,
            "passage": report.states.get((record.id, index)),
        }

    return [citation(index, cited) for index, cited in enumerate(record.cites)]


def _sentence(story: Story, sentence) -> dict:
    return sentence.text or story.facts[sentence.facts[0]].text


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _open(value: OpenDate) -> str:
    return str(value.date) if value.date else value.word


def _object(properties: dict, optional: tuple[str, ...] = ()) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": [name for name in properties if name not in optional],
    }


def _array(items: dict) -> dict:
    return {"type": "array", "items": items}


STRING = {"type": "string"}


ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


IDS = _array(ID)


DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


OPEN_DATE = {"anyOf": [DATE, {"enum": ["unknown", "ongoing"]}]}


TEXT = {
    "type": "object",
    "description": "One string a language, by language code.",
    "additionalProperties": STRING,
    "minProperties": 1,
}


def _or_null(schema: dict) -> dict:
    return {"anyOf": [schema, {"type": "null"}]}


CITATIONS = _array(
    _object(
        {
            "source": ID,
            "paragraph": _or_null({"type": "integer", "minimum": 1}),
            "from": _or_null(STRING),
            "to": _or_null(STRING),
            "passage": {
                "enum": ["found", "unchecked", None],
                "description": "Whether the passage was found in a copy of the source; null where none is named.",
            },
        }
    )
)


SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The facts of an explainer",
    **_object(
        {
            "story": _object(
                {
                    "title": TEXT,
                    "question": TEXT,
                    "languages": _array(STRING),
                    "snapshot": DATE,
                    "checked": DATE,
                    "publisher": TEXT,
                    "licence": TEXT,
                }
            ),
            "facts": _array(
                _object(
                    {
                        "id": ID,
                        "text": TEXT,
                        "about": IDS,
                        "subject": ID,
                        "status": {
                            "enum": ["confirmed", "announced", "reported", "disputed", "opinion"]
                        },
                        "state": {"type": "boolean"},
                        "date": DATE,
                        "asOf": _or_null(DATE),
                        "overtaken": _or_null(ID),
                        "citations": CITATIONS,
                        "url": {
                            **TEXT,
                            "additionalProperties": {"type": "string", "format": "uri"},
                        },
                    }
                )
            ),
            "entities": _array(
                _object(
                    {
                        "id": ID,
                        "kind": {"enum": ["person", "organization", "product"]},
                        "name": TEXT,
                        "description": TEXT,
                        "facts": IDS,
                    }
                )
            ),
            "roles": _array(
                _object(
                    {
                        "id": ID,
                        "person": ID,
                        "organization": ID,
                        "office": ID,
                        "title": TEXT,
                        "interim": {"type": "boolean"},
                        "agreed": _or_null(DATE),
                        "from": OPEN_DATE,
                        "until": OPEN_DATE,
                        "asOf": _or_null(DATE),
                        "facts": IDS,
                    }
                )
            ),
            "quotes": _array(
                _object(
                    {
                        "id": ID,
                        "words": STRING,
                        "language": STRING,
                        "translation": {"type": "object", "additionalProperties": STRING},
                        "by": ID,
                        "date": DATE,
                        "citations": CITATIONS,
                    }
                )
            ),
            "sources": _array(
                _object(
                    {
                        "id": ID,
                        "kind": {
                            "enum": [
                                "news",
                                "announcement",
                                "post",
                                "filing",
                                "interview",
                                "document",
                            ]
                        },
                        "title": TEXT,
                        "publisher": _or_null(TEXT),
                        "author": _or_null(STRING),
                        "language": STRING,
                        "published": OPEN_DATE,
                        "accessed": _or_null(DATE),
                        "verified": {"enum": ["read", "cited"]},
                        "url": _or_null({"type": "string", "format": "uri"}),
                    }
                )
            ),
            "updates": _array(
                _object(
                    {
                        "id": ID,
                        "date": DATE,
                        "kind": {"enum": ["update", "correction", "clarification"]},
                        "text": TEXT,
                        "facts": IDS,
                    }
                )
            ),
        }
    ),
}
