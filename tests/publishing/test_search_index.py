"""The search index is told the forms in which readers type words."""

from __future__ import annotations

import json
import re

from explainer.publishing.search_index import (
    SEPARATOR,
    add_keywords,
    singular_plural_forms,
    unaccented,
)


def test_words_are_parted_at_both_apostrophes_and_at_guillemets():
    assert re.split(SEPARATOR, "dell’accordo «nuovo» dell'intesa") == [
        "dell",
        "accordo",
        "nuovo",
        "dell",
        "intesa",
    ]


def test_accents_are_taken_off():
    assert unaccented("perché città") == "perche citta"


def test_singular_and_plural_stand_for_each_other():
    assert singular_plural_forms("accordo", [("o", "i")]) == {"accordi"}
    assert singular_plural_forms("accordi", [("o", "i")]) == {"accordo"}
    assert "policies" in singular_plural_forms("policy", [("y", "ies")])
    assert singular_plural_forms("che", [("e", "i")]) == set()


def test_search_entry_gains_word_forms_and_index_the_dialog_phrases(
    tmp_path,
):
    index = tmp_path / "index.json"
    index.write_text(
        json.dumps(
            {
                "config": {},
                "docs": [{"location": "", "title": "La città", "text": "<p>L’accordo</p>"}],
            }
        )
    )
    add_keywords(index, ["o/i"], {"none": "Niente"})
    data = json.loads(index.read_text())
    assert data["words"] == {"none": "Niente"}
    entry = data["docs"][0]
    assert entry["text"] == "<p>L’accordo</p>"
    assert entry["keywords"] == "accordi citta"
