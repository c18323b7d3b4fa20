"""Habits of the house that a reader relies on, checked on the code and the documents themselves."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "arrears"
CODE = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
#: A name that says nothing about what lives in it.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "impl", "lib"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def own_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring: words that explain are no weight."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_no_file_and_no_function_outgrows_its_reader():
    files = [f"{path}: {n}" for path in CODE if (n := len(path.read_text().splitlines())) > LONGEST_FILE]
    long = [
        f"{path}:{node.name}: {own_length(node)}"
        for path in CODE
        for node in functions(ast.parse(path.read_text()))
        if own_length(node) > LONGEST_FUNCTION
    ]
    assert not files
    assert not long


def test_most_functions_are_a_handful_of_lines():
    lengths = sorted(own_length(node) for path in CODE for node in functions(ast.parse(path.read_text())))
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] <= 30


@pytest.mark.parametrize("room", ["kernel", "domain", "facts", "engine", "packs", "actions", "config"])
def test_every_public_name_of_the_lower_rooms_says_what_it_is_for(room):
    silent = []
    for path in (PACKAGE / room).rglob("*.py"):
        tree = ast.parse(path.read_text())
        silent += [
            f"{path.relative_to(PACKAGE)}:{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
        ]
    assert not silent


def test_no_file_has_a_name_that_says_nothing():
    assert not [path for path in CODE if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES]


def test_every_room_says_what_lives_in_it():
    assert not [p for p in PACKAGE.glob("*/__init__.py") if ast.get_docstring(ast.parse(p.read_text())) is None]


def test_nothing_below_the_street_asks_the_clock():
    asking = re.compile(r"\b(datetime\.now|date\.today|time\.time|timezone\.now|utcnow)\(")
    lower = [path for path in CODE if path.relative_to(PACKAGE).parts[0] not in {"web", "api", "cli", "jobs", "config"}]
    assert not [path for path in lower if asking.search(path.read_text())]


def test_only_the_store_speaks_to_the_database():
    speaking = re.compile(r"^\s*(?:from django\.db\b|import django\.db\b|from psycopg|import psycopg)", re.MULTILINE)
    may = {"store", "config"}
    found = [
        path for path in CODE if path.relative_to(PACKAGE).parts[0] not in may and speaking.search(path.read_text())
    ]
    assert not found


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for page in PAGES:
        targets = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", page.read_text())
        broken += [f"{page.relative_to(ROOT)} -> {target}" for target in targets if not (page.parent / target).exists()]
    assert not broken


def test_the_reference_pages_say_what_the_code_says():
    checked = subprocess.run(
        [sys.executable, "-m", "arrears", "docs", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_every_test_name_is_a_sentence():
    short = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        tests = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
        short += [f"{path.name}:{t.name}" for t in tests if t.name.startswith("test_") and t.name.count("_") < 3]
    assert not short
