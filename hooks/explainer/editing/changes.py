"""The facts added, changed, overtaken and removed since a Git revision, as Markdown.

Facts are compared as the YAML has them: an older revision need not fit today's model.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from explainer.reading.document import Document
from explainer.reading.parser import parse, read
from explainer.schema.id_types import ID

FOLDER = PurePosixPath("content/facts")

FactData = dict[str, Any]  # a fact as the YAML has it: its form may be wrong


class RevisionError(Exception):
    """The revision cannot be read; the message says why."""


@dataclass
class Facts:
    """The facts of a project at some time.

    Attributes:
        by_id: Each fact as the YAML has it.
        files: The file of each fact, by the fact's id.
        left_out: The files whose facts are not in `by_id`, each with the reason.
    """

    by_id: dict[str, FactData] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def facts_now(root: Path, invalid_ids: Collection[str] = ()) -> Facts:
    """Return the facts in content/facts as they are now.

    Args:
        root: The project's folder.
        invalid_ids: The ids of facts that the model refuses: their files are left out whole, since
            a mistake in one fact may hide the next.
    """
    paths = sorted((root / FOLDER).glob("*.yml"))
    return _collect((read(path, f"{FOLDER}/{path.name}")[0] for path in paths), invalid_ids)


def facts_at(root: Path, revision: str) -> Facts:
    """Return the facts as they were in a revision of the Git repository that `root` is in.

    Raises:
        RevisionError: There is no such revision, or it has no facts.
    """
    listing = _git(root, "ls-tree", "-z", "--end-of-options", revision, f"{FOLDER}/")
    if listing.returncode or not listing.stdout:
        raise RevisionError(_reason(root, revision, listing))
    return _collect(_documents_at(root, listing.stdout))


def _documents_at(root: Path, listing: bytes) -> Iterator[Document]:
    """Parse the files of facts that `git ls-tree -z` lists: `mode type object<TAB>path`, NUL."""
    for entry in listing.decode("utf-8", "replace").split("\0"):
        description, _, path = entry.partition("\t")
        if not description.startswith("100") or not path.endswith(".yml"):  # 100…: a regular file
            continue
        blob = _git(root, "cat-file", "blob", description.split()[2])
        if blob.returncode:
            raise RevisionError(_git_message(blob))
        yield parse(blob.stdout, f"{FOLDER}/{PurePosixPath(path).name}")[0]


def _collect(documents: Iterable[Document], invalid_ids: Collection[str] = ()) -> Facts:
    """Collect the facts of some files; one that does not parse or has invalid facts is left out."""
    facts = Facts()
    for document in documents:
        data = {} if document.data is None else document.data
        if document.broken:
            facts.left_out[document.file] = "does not parse"
        elif not isinstance(data, dict) or not _are_valid(data, invalid_ids):
            facts.left_out[document.file] = "holds what the check refuses"
        else:
            facts.by_id |= data
            facts.files |= dict.fromkeys(data, document.file)
    return facts


def _are_valid(data: dict[str, object], invalid_ids: Collection[str]) -> bool:
    return (
        all(isinstance(fact, dict) for fact in data.values())
        and data.keys().isdisjoint(invalid_ids)
        and all(map(ID.fullmatch, data))
    )


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None


def _reason(root: Path, revision: str, failed: subprocess.CompletedProcess[bytes]) -> str:
    """Return why a revision gives no facts: in our words where it is to blame, else in Git's."""
    if _git(root, "rev-parse", "--git-dir").returncode:
        return _git_message(failed)
    tree = f"{revision}^{{tree}}"
    if _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", tree).returncode:
        return _no_revision(root, revision)
    if not failed.returncode:
        return f'the revision "{revision}" has no folder {FOLDER}'
    return _git_message(failed)


def _git_message(failed: subprocess.CompletedProcess[bytes]) -> str:
    message = failed.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
    return message or "git failed"


def _no_revision(root: Path, revision: str) -> str:
    """Return that there is no such revision here, and the command that gets it."""
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return (
            f'there is no revision "{revision}" in this shallow clone; '
            '"git fetch --unshallow" gets what it lacks'
        )
    return f'there is no revision "{revision}"; "git fetch" gets the server\'s'


def changes(
    before: Facts, after: Facts, language: str, words: Callable[[str], str]
) -> Iterator[str]:
    """Yield the changes as lines of Markdown.

    Facts of a file that is left out on either side count neither as added nor as removed.

    Args:
        before: The facts of the revision.
        after: The facts of today.
        language: The language of the texts, by its code.
        words: Gives a phrase of the interface in that language, by its key.
    """
    yield from _left_out(before, after)
    renamed = {former: id for id, fact in after.by_id.items() for former in _list(fact.get("was"))}
    hidden = {
        renamed.get(id, id)
        for facts in (before, after)
        for id, file in facts.files.items()
        if file in before.left_out or file in after.left_out
    }
    old, new = {renamed.get(id, id): fact for id, fact in before.by_id.items()}, after.by_id
    both = [id for id in new if id in old]
    parts = {
        "changes-added": [
            _line(id, new[id], language) for id in new if id not in old and id not in hidden
        ],
        "changes-overtaken": [
            _line(id, new[id], language, new[id]["overtaken"])
            for id in both
            if new[id].get("overtaken") and new[id].get("overtaken") != old[id].get("overtaken")
        ],
        "changes-changed": [
            line for id in both for line in _changed(id, old[id], new[id], language)
        ],
        "changes-removed": [
            _line(id, old[id], language) for id in old if id not in new and id not in hidden
        ],
    }
    for key, lines in parts.items():
        if lines:
            yield f"### {_plain(words(key))}\n"
            yield from lines
            yield ""
    if not any(parts.values()) and not before.left_out and not after.left_out:
        yield _plain(words("changes-none"))


def _left_out(before: Facts, after: Facts) -> Iterator[str]:
    """Yield a line for each file whose facts are not compared."""
    lines = [
        f"{_plain(file)} {why}: its facts are not compared." for file, why in after.left_out.items()
    ]
    lines += [
        f"{_plain(file)}, as it was then, {why}: its facts are not compared."
        for file, why in before.left_out.items()
    ]
    yield from (f"{line}\n" for line in lines)


def _changed(id: str, before: FactData, after: FactData, language: str) -> Iterator[str]:
    """Yield a line for a changed fact, and one for each other language whose text has changed.

    The successor of a fact has a list of its own; its review and former ids are no news.
    """
    keys = [
        key
        for key in {**before, **after}
        if key not in ("overtaken", "reviewed", "was") and before.get(key) != after.get(key)
    ]
    if not keys:
        return
    old, new = _text(before, language), _text(after, language)
    text = f"~~{_plain(old)}~~ {_plain(new)}" if old != new else _plain(new)
    yield f"- `{id}` ({', '.join(keys)}): {text}"
    for code in dict.fromkeys([*_languages(before), *_languages(after)]):
        old, new = _text(before, code), _text(after, code)
        if code != language and old != new:
            yield f"  - {_plain(code)}: ~~{_plain(old)}~~ {_plain(new)}"


def _languages(fact: FactData) -> list[str]:
    text = fact.get("text")
    return list(text) if isinstance(text, dict) else []


def _line(id: str, fact: FactData, language: str, successor: object = None) -> str:
    return (
        f"- `{id}`"
        + (f" → `{successor}`" if successor else "")
        + f": {_plain(_text(fact, language))}"
    )


def _text(fact: FactData, language: str) -> str:
    text = fact.get("text")
    return str(text.get(language) or "") if isinstance(text, dict) else str(text or "")


def _plain(text: str) -> str:
    """Escape a text so that Markdown shows it as it is, without links or mentions.

    CommonMark allows any ASCII punctuation to be escaped. GitHub finds addresses and names after @
    in the rendered text: an invisible word joiner breaks them up.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>()#+\-!|~&@:])", r"\\\1", " ".join(text.split()))
    return re.sub(r"(@|:(?=//)|\bwww(?=\.))", "\\1\u2060", escaped)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
