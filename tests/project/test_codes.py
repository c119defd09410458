"""The registry of the codes of problems."""

from __future__ import annotations

import ast
import re

from explainer.codes import CODES
from support.project import PROJECT

HOOKS = PROJECT / "hooks"
REGISTRY = HOOKS / "explainer" / "codes.py"


def sections() -> list[list[str]]:
    """Return the codes in the order of the registry, a list for each room."""
    _, *rooms = re.split(r"^ {4}# ", REGISTRY.read_text("utf-8"), flags=re.MULTILINE)
    return [re.findall(r'Code\(\s*"([a-z-]+)"', room) for room in rooms]


def test_codes_are_sorted_in_each_room():
    assert all(section == sorted(section) for section in sections())


def test_a_code_is_registered_once():
    assert sum(map(len, sections())) == len(CODES)


def test_every_code_used_is_registered():
    """A code is given as a keyword of the call that makes the problem."""
    used = {
        keyword.value.value
        for file in HOOKS.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }
    assert used <= set(CODES)


def test_every_registered_code_is_used():
    files = [file for file in HOOKS.rglob("*.py") if file != REGISTRY]
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(CODES) <= texts
