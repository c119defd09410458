"""What has changed since a revision: facts added, changed, overtaken and removed, as Markdown in a reader's language.

Facts are compared as the reader gives them, not as the model has them: an older revision need not fit today's model.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from explainer.reading.parser import read
from explainer.schema.id_types import ID

FOLDER = PurePosixPath("content/facts")


class RevisionError(Exception):
    """The revision cannot be read, in plain words."""


@dataclass
class Facts:
    """Facts by id, as the reader gives them, each with its file; and the files whose facts are not among them, with the reason."""

    by_id: dict[str, dict] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def facts_now(root: Path, refused: Collection[str] = ()) -> Facts:
    """The facts below `root`, in its folder content/facts; `refused` are the ids of those that the model does not take.

    A file that does not parse, or holds one of those, is left out whole: the facts that a slip hides are not removed.
    """
    facts = Facts()
    for path in sorted((root / FOLDER).glob("*.yml")):
        name = f"{FOLDER}/{path.name}"
        document, _ = read(path, name)
        data = {} if document.data is None else document.data
        if document.broken:
            facts.left_out[name] = "does not parse"
        elif (
            not isinstance(data, dict)
            or not all(isinstance(fact, dict) for fact in data.values())
            or not data.keys().isdisjoint(refused)
            or not all(map(ID.fullmatch, data))
        ):
            facts.left_out[name] = "holds what the check refuses"
        else:
            facts.by_id |= data
            facts.files |= dict.fromkeys(data, name)
    return facts


def facts_at(root: Path, revision: str) -> Facts:
    """The facts as they were in a revision of the Git repository that `root` is in. Raises RevisionError if there is none."""
    result = _git(root, "archive", "--format=tar", "--end-of-options", revision, str(FOLDER))
    if result.returncode:
        raise RevisionError(_why_not(root, revision, result))
    with tempfile.TemporaryDirectory() as folder:
        unpack(result.stdout, Path(folder))
        return facts_now(Path(folder))


def unpack(archive: bytes, folder: Path) -> None:
    """Write the files of facts in a tar archive below a folder, by their path there, and nothing else that may be in it."""
    (folder / FOLDER).mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in (
            members
        ):  # `extractall` is safe only where it has a filter, which Python 3.11 got with 3.11.4
            path = PurePosixPath(member.name)
            if (
                member.isreg()
                and path.parent == FOLDER
                and path.suffix == ".yml"
                and "\\" not in path.name
            ):
                (folder / path).write_bytes(members.extractfile(member).read())


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None


def _why_not(root: Path, revision: str, failed: subprocess.CompletedProcess[bytes]) -> str:
    """Why Git gave no facts of a revision, in plain words where it is the revision that is wrong, else in Git's own."""
    if not _git(root, "rev-parse", "--git-dir").returncode:
        if _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}"
        ).returncode:
            return _no_revision(root, revision)
        if not _git(root, "ls-tree", "--end-of-options", revision, str(FOLDER)).stdout:
            return f'the revision "{revision}" has no folder {FOLDER}'
    return (
        failed.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        or "git archive failed"
    )


def _no_revision(root: Path, revision: str) -> str:
    """That a revision is not here, and the command that gets it."""
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return (
            f'there is no revision "{revision}" in this shallow clone; '
            '"git fetch --unshallow" gets what it lacks'
        )
    return f'there is no revision "{revision}"; "git fetch" gets the server\'s'


def changes(before: Facts, after: Facts, language: str, words) -> Iterator[str]:
    """The changes as lines of Markdown; `words(key)` gives the interface's words in `language`.

    Facts of a file that is left out on either side are told neither as added nor as removed.
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
    """A line for each file whose facts are not compared."""
    lines = [
        f"{_plain(file)} {why}: its facts are not compared." for file, why in after.left_out.items()
    ]
    lines += [
        f"{_plain(file)}, as it was then, {why}: its facts are not compared."
        for file, why in before.left_out.items()
    ]
    yield from (f"{line}\n" for line in lines)


def _changed(id: str, before: dict, after: dict, language: str) -> Iterator[str]:
    """A line for a fact of which anything but what overtook it and its review has changed, and one for each other language whose words have."""
    fields = [
        field
        for field in {**before, **after}
        if field not in ("overtaken", "reviewed", "was") and before.get(field) != after.get(field)
    ]
    if not fields:
        return
    old, new = _text(before, language), _text(after, language)
    said = f"~~{_plain(old)}~~ {_plain(new)}" if old != new else _plain(new)
    yield f"- `{id}` ({', '.join(fields)}): {said}"
    for other in dict.fromkeys(
        code
        for fact in (before, after)
        if isinstance(fact.get("text"), dict)
        for code in fact["text"]
    ):
        old, new = _text(before, other), _text(after, other)
        if other != language and old != new:
            yield f"  - {_plain(other)}: ~~{_plain(old)}~~ {_plain(new)}"


def _line(id: str, fact: dict, language: str, later: object = None) -> str:
    return f"- `{id}`" + (f" → `{later}`" if later else "") + f": {_plain(_text(fact, language))}"


def _text(fact: dict, language: str) -> str:
    text = fact.get("text")
    return str(text.get(language) or "") if isinstance(text, dict) else str(text or "")


def _plain(text: str) -> str:
    """A text that Markdown shows as it is (CommonMark: any ASCII punctuation may be escaped), that links to nothing and calls nobody.

    Addresses and names after @ are found by GitHub in what has been rendered: a word joiner, which nobody sees, parts them.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>()#+\-!|~&@:])", r"\\\1", " ".join(text.split()))
    return re.sub(r"(@|:(?=//)|\bwww(?=\.))", "\\1\u2060", escaped)


def _list(value: object) -> list:
    return value if isinstance(value, list) else []
