"""What no linter sees: one commit, no diagram's words in Python, every route marked, budgets."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bpmn.diagram import load_files, read_diagram
from bpmn.matters import MATTERS
from webapp.security import allowed_roles

ROOT = Path(__file__).parents[1]
PACKAGES = ("bpmn", "forms", "models", "certificates", "webapp", "config")
MOST_LINES, MOST_TEST_LINES, MOST_FUNCTION_LINES = 250, 300, 25
PROGRAM = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "node_modules" not in path.parts and "versions" not in path.parts
)
TEMPLATES = sorted((ROOT / "webapp" / "templates").rglob("*.html"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _strings(path: Path) -> Iterator[str]:
    """Every string of a file that is not a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documented:
            yield node.value  # type: ignore[attr-defined]


def test_there_is_one_commit() -> None:
    commits = [
        (_name(path), line.strip())
        for path in PROGRAM
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\.commit\(", line)
    ]
    assert commits == [("webapp/database.py", "db.commit()")]


def _elements() -> set[str]:
    """The ids of the tasks, gateways, calls and flows of every shipped diagram.

    Not of its events: what happens there has the same word in the trail.
    """
    found: set[str] = set()
    for key in MATTERS:
        for process in read_diagram(load_files(key)).processes.values():
            found |= {node.id for node in process.nodes.values() if not node.kind.endswith("Event")}
            found |= set(process.flows)
    return found


def test_no_python_knows_an_element_of_a_diagram() -> None:
    """Order and branches are the diagram's; a name that is also a form's or operation's is that."""
    from bpmn.operations import OPERATIONS
    from forms import FORMS

    elements = _elements() - set(FORMS) - set(OPERATIONS)
    assert len(elements) > 50
    offenders = [
        (_name(path), text) for path in PROGRAM for text in _strings(path) if text in elements
    ]
    assert offenders == []


def test_every_route_says_who_may(app: Flask) -> None:
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if not allowed_roles(app, rule.endpoint)
    ]
    assert silent == []


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        _name(path)
        for path in PROGRAM
        if re.search(r"os\.environ\b(?!\[\"FONTCONFIG_FILE\"\] =)|getenv", path.read_text("utf-8"))
    }
    assert readers == {"config/settings.py"}


def test_no_file_is_too_long() -> None:
    tests = (ROOT / "tests").rglob("*.py")
    budgets = {**dict.fromkeys(PROGRAM, MOST_LINES), **dict.fromkeys(tests, MOST_TEST_LINES)}
    long = {
        _name(path): lines
        for path, most in budgets.items()
        if (lines := len(path.read_text("utf-8").splitlines())) > most
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    """Counted from its first statement: signature and docstring are for the reader."""
    long = {
        f"{_name(path)}::{node.name}": lines
        for path in PROGRAM
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (lines := _length(node)) > MOST_FUNCTION_LINES
    }
    assert long == {}


def _length(node: ast.FunctionDef) -> int:
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    begun = (first.end_lineno or 0) + 1 if documented else first.lineno
    return (node.end_lineno or 0) - begun + 1


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        _name(path)
        for path in PROGRAM
        if path.read_text("utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "service", "misc"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [_name(path) for path in PROGRAM if path.stem in FORBIDDEN_NAMES] == []


MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|Users)/\w|/work/(main|shared)|\.\./shared")


def test_no_path_of_a_machine_is_in_the_repository() -> None:
    texts = [*PROGRAM, *TEMPLATES, *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.py")]
    texts += [
        path for name in ("Makefile", "README.md", ".ci/run") if (path := ROOT / name).exists()
    ]
    offenders = [
        _name(path)
        for path in texts
        if path.exists() and path != Path(__file__) and MACHINE_PATH.search(path.read_text("utf-8"))
    ]
    assert offenders == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word: str) -> None:
    files = [*PROGRAM, *TEMPLATES]
    assert [_name(path) for path in files if word in path.read_text("utf-8")] == []


def test_templates_have_no_script_or_style_of_their_own() -> None:
    """The content security policy would stop them; the page that is saved brings its own policy."""
    alone = ROOT / "webapp" / "templates" / "verification" / "offline.html"
    inline = re.compile(r"<script(?![^>]*(src=|application/json))|\sstyle=|\son[a-z]+=\"")
    online = [path for path in TEMPLATES if path != alone]
    assert [_name(path) for path in online if inline.search(path.read_text("utf-8"))] == []


def test_no_two_versions_of_a_line_were_left_side_by_side() -> None:
    """A page would print the marks of a merge that was not finished."""
    sources = [*PROGRAM, *TEMPLATES, *(ROOT / "webapp" / "frontend" / "src").rglob("*.?s*")]
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [_name(path) for path in sources if marks.search(path.read_text("utf-8"))] == []
