"""From uploaded files to SpiffWorkflow specs: safe XML, the allowed BPMN, every problem at once."""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from itertools import islice
from threading import Lock
from typing import Any

from bpmn.engine.assembly import OfficeParser
from bpmn.engine.decisions import DecisionTable, read_tables
from bpmn.engine.grammar import find_problems
from bpmn.engine.references import TOP_FILE, check_files, check_references, process_of
from bpmn.engine.schema import against_schema
from bpmn.engine.size import MAX_ELEMENTS, check_bytes, check_elements
from bpmn.engine.xml import read_xml
from bpmn.errors import MOST_TOLD, DiagramRejected, Problem, first_told

MOST_CALLS = 5 * MAX_ELEMENTS
"""Calls within one another: at most three for a step, and one more where a sub-process begins."""
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Parsed:
    """The specs of one set of files: the top process, and those it calls by id."""

    spec: Any
    subprocess_specs: dict[str, Any]


def parse(files: Mapping[str, bytes]) -> Parsed:
    """Parse and check a set of files. Raises DiagramRejected with everything that is wrong."""
    _reject_if(list(check_bytes(files)))
    roots, problems = _read_all(files)
    _reject_if(list(check_elements(roots)))
    for file, root in _diagrams(roots):
        problems += _problems_in(root, file)
    tables = _tables(roots, problems)
    problems += check_files(roots)
    if not problems:
        problems += islice(check_references(roots, tables), MOST_TOLD + 1)
    _reject_if(problems)
    return _build(roots, tables)


def _problems_in(root: Any, file: str) -> list[Problem]:
    """What our grammar says of a file, and what the schema says of other elements."""
    found = find_problems(root, file)
    told = {problem.element for problem in found}
    return [*found, *(other for other in against_schema(root, file) if other.element not in told)]


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """SHA-256 over names, lengths and contents, independent of the order of files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.digest()


def _read_all(files: Mapping[str, bytes]) -> tuple[dict[str, Any], list[Problem]]:
    roots: dict[str, Any] = {}
    problems: list[Problem] = []
    for file in sorted(files):
        if not file.endswith((".bpmn", ".dmn")):
            message = _("不是流程图文件：{file}").format(file=file[:80])
            mend = _("只收 .bpmn（流程图）和 .dmn（决策表）")
            problems.append(Problem(None, message, file, 1, "files", mend))
            continue
        try:
            roots[file] = read_xml(files[file])
        except ValueError as fault:
            mend = _("用 BPMN 2.0 的建模工具重新导出这个文件")
            problems.append(Problem(None, str(fault), file, 1, "files", mend))
    return roots, problems


def _tables(roots: Mapping[str, Any], problems: list[Problem]) -> dict[str, DecisionTable]:
    tables: dict[str, DecisionTable] = {}
    for file, root in roots.items():
        if file.endswith(".dmn"):
            found, wrong = read_tables(root, file)
            problems += wrong
            for table in found:
                if table.id in tables:
                    message = _("决策表编号“{name}”重复").format(name=table.id[:60])
                    mend = _("换一个没有用过的编号，或者删去一个")
                    problems.append(Problem(table.id, message, file, 1, "files", mend))
                tables[table.id] = table
    return tables


def _diagrams(roots: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(file, root) for file, root in roots.items() if file.endswith(".bpmn")]


def _reject_if(problems: Sequence[Problem]) -> None:
    """Raise DiagramRejected with the problems, the first ones of very many."""
    if problems:
        raise DiagramRejected(first_told(problems))


def _build(roots: Mapping[str, Any], tables: Mapping[str, DecisionTable]) -> Parsed:
    parser = OfficeParser(tables)
    try:
        with _deep_enough():
            return _specs(parser, roots)
    except Exception as fault:
        # Beside its ValidationException, 3.2.0 lets KeyError, AttributeError and others escape
        # from a diagram that it did not foresee; whatever it is, the diagram cannot be run.
        raise DiagramRejected((_unforeseen(fault),)) from fault


def _specs(parser: OfficeParser, roots: Mapping[str, Any]) -> Parsed:
    for file, root in _diagrams(roots):
        parser.add_bpmn_xml(root, file)
    key = process_of(roots[TOP_FILE]).get("id")
    return Parsed(parser.get_spec(key), parser.get_subprocess_specs(key))


@contextmanager
def _deep_enough() -> Iterator[None]:
    """3.2.0 reads along the flows, each step inside of the one before.

    The limit is the interpreter's, so it is only raised for that moment; Python's own calls, of
    which these are, take none of the thread's stack.
    """
    with _one_at_a_time:
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, MOST_CALLS))
        try:
            yield
        finally:
            sys.setrecursionlimit(before)


def _unforeseen(fault: Exception) -> Problem:
    element, file = getattr(fault, "id", None), getattr(fault, "file_name", None)
    return Problem(
        element or None,
        _("引擎读不懂这个流程图：{reason}").format(reason=str(fault)[:200]),
        file or TOP_FILE,
        rule="files",
        mend=_("检查这个元素的连线和所在的位置；找不出的，撤销最近一次修改"),
    )
