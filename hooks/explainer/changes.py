"""What has changed since a revision: facts added, changed, overtaken and removed, as Markdown in a reader's language.

Facts are compared as the reader gives them, not as the model has them: an older revision need not fit today's model.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .read import read

Facts = dict[str, dict]


class RevisionError(Exception):
    """The revision cannot be read, in plain words."""


def facts_now(root: Path) -> Facts:
    """The facts below `root` (its folder content/facts), by id, as the reader gives them; a broken file gives what it can."""
    facts: Facts = {}
    for path in sorted((root / "content" / "facts").glob("*.yml")):
        data = read(path, path.name)[0].data
        if isinstance(data, dict):
            facts |= {id: fact for id, fact in data.items() if isinstance(fact, dict)}
    return facts


def facts_at(root: Path, revision: str) -> Facts:
    """The facts as they were in a revision of the Git repository that `root` is in. Raises RevisionError if there is none."""
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "content/facts"]
    try:
        result = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    if result.returncode:
        raise RevisionError(result.stderr.decode(errors="replace").strip() or f"there is no revision {revision}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(result.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return facts_now(Path(folder))


def changes(before: Facts, after: Facts, language: str, words) -> Iterator[str]:
    """The changes as lines of Markdown; `words(key)` gives the interface's words in `language`."""
    renamed = {former: id for id, fact in after.items() for former in _list(fact.get("was"))}
    before = {renamed.get(id, id): fact for id, fact in before.items()}
    both = [id for id in after if id in before and id in after]
    parts = {
        "changes-added": [_line(id, after[id], language) for id in after if id not in before],
        "changes-overtaken": [_line(id, after[id], language, after[id]["overtaken"]) for id in both if after[id].get("overtaken") and after[id].get("overtaken") != before[id].get("overtaken")],
        "changes-changed": [line for id in both for line in _changed(id, before[id], after[id], language)],
        "changes-removed": [_line(id, before[id], language) for id in before if id not in after],
    }
    for key, lines in parts.items():
        if lines:
            yield f"### {_plain(words(key))}\n"
            yield from lines
            yield ""
    if not any(parts.values()):
        yield _plain(words("changes-none"))


def _changed(id: str, before: dict, after: dict, language: str) -> Iterator[str]:
    """One line for a fact of which anything but what overtook it and its review has changed; the words of other languages count."""
    fields = [field for field in {**before, **after} if field not in ("overtaken", "reviewed", "was") and before.get(field) != after.get(field)]
    if not fields:
        return
    old, new = _text(before, language), _text(after, language)
    said = f"~~{_plain(old)}~~ {_plain(new)}" if old != new else _plain(new)
    yield f"- `{id}` ({', '.join(fields)}): {said}"


def _line(id: str, fact: dict, language: str, later: object = None) -> str:
    return f"- `{id}`" + (f" → `{later}`" if later else "") + f": {_plain(_text(fact, language))}"


def _text(fact: dict, language: str) -> str:
    text = fact.get("text")
    return str(text.get(language) or "") if isinstance(text, dict) else str(text or "")


def _plain(text: str) -> str:
    """A text that Markdown shows as it is (CommonMark: any ASCII punctuation may be escaped)."""
    return re.sub(r"([\\`*_{}\[\]<>()#+\-!|~&@])", r"\\\1", " ".join(text.split()))


def _list(value: object) -> list:
    return value if isinstance(value, list) else []
