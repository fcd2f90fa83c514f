"""From uploaded files to SpiffWorkflow specs: safe XML, the allowed BPMN, every problem at once."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.spiff.parser.process import SPIFF_XSD
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser

from bpmn.engine.assembly import OfficeParser
from bpmn.engine.decisions import DecisionTable, read_tables
from bpmn.engine.grammar import BPMN, find_problems
from bpmn.errors import DiagramRejected, Problem

TOP_FILE = "diagram.bpmn"
MAX_BYTES = 2_000_000
MAX_FILES = 50
_CALL = f"{{{BPMN}}}callActivity"
_RULE = f"{{{BPMN}}}businessRuleTask"


@dataclass(frozen=True)
class Parsed:
    """The specs of one set of files: the top process, and those it calls by id."""

    spec: Any
    subprocess_specs: dict[str, Any]


def parse(files: Mapping[str, bytes]) -> Parsed:
    """Parse and check a set of files. Raises DiagramRejected with everything that is wrong."""
    roots, problems = _read_all(files)
    for file, root in _diagrams(roots):
        problems += find_problems(root, file) or _against_schema(root, file)
    tables = _tables(roots, problems)
    problems += _check_files(roots)
    if not problems:
        problems += _check_references(roots, tables)
    _reject_if(problems)
    return _build(roots, tables)


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """SHA-256 over names, lengths and contents, independent of the order of files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.digest()


def read_xml(data: bytes) -> Any:
    """The root element of a file. Raises ValueError for anything but small, plain XML."""
    if len(data) > MAX_BYTES:
        raise ValueError(_("文件超过 2 MB"))
    safe = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Any = etree.fromstring(data, safe)
    except etree.XMLSyntaxError as fault:
        raise ValueError(_("不是有效的 XML：{reason}").format(reason=fault.msg)) from fault
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise ValueError(_("流程图文件中不允许 DOCTYPE"))
    return root


def _read_all(files: Mapping[str, bytes]) -> tuple[dict[str, Any], list[Problem]]:
    roots: dict[str, Any] = {}
    problems: list[Problem] = []
    if len(files) > MAX_FILES:
        return roots, [Problem(None, _("文件过多"))]
    for file in sorted(files):
        if not file.endswith((".bpmn", ".dmn")):
            problems.append(Problem(None, _("不是流程图文件：{file}").format(file=file), file))
            continue
        try:
            roots[file] = read_xml(files[file])
        except ValueError as fault:
            problems.append(Problem(None, str(fault), file))
    return roots, problems


@cache
def _schema() -> Any:
    return BpmnValidator(imports={"spiffworkflow": SPIFF_XSD}).validator


def _against_schema(root: Any, file: str) -> list[Problem]:
    if _schema().validate(root):
        return []
    return [
        Problem(None, _("不符合 BPMN 2.0：{reason}").format(reason=entry.message), file, entry.line)
        for entry in _schema().error_log
    ][:20]


def _tables(roots: Mapping[str, Any], problems: list[Problem]) -> dict[str, DecisionTable]:
    tables: dict[str, DecisionTable] = {}
    for file, root in roots.items():
        if file.endswith(".dmn"):
            found, wrong = read_tables(root, file)
            problems += wrong
            for table in found:
                if table.id in tables:
                    problems.append(Problem(table.id, _("决策表编号重复"), file))
                tables[table.id] = table
    return tables


def _processes(root: Any) -> list[Any]:
    return list(root.iterchildren(f"{{{BPMN}}}process"))


def _check_files(roots: Mapping[str, Any]) -> Iterator[Problem]:
    if TOP_FILE not in roots:
        yield Problem(None, _("缺少 {file}").format(file=TOP_FILE), TOP_FILE)
    seen: set[str] = set()
    for file, root in _diagrams(roots):
        if len(_processes(root)) != 1:
            yield Problem(None, _("每个文件必须恰好有一个流程"), file)
        for process in _processes(root):
            yield from _check_process(process, file, seen)


def _check_process(process: Any, file: str, seen: set[str]) -> Iterator[Problem]:
    key = process.get("id", "")
    if process.get("isExecutable") == "false":
        yield Problem(key, _("流程未标为可执行"), file)
    if key in seen:
        yield Problem(key, _("流程编号重复"), file)
    seen.add(key)


def _diagrams(roots: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(file, root) for file, root in roots.items() if file.endswith(".bpmn")]


def _check_references(
    roots: Mapping[str, Any], tables: Mapping[str, DecisionTable]
) -> Iterator[Problem]:
    calls = {
        process.get("id"): {node.get("calledElement") for node in process.iter(_CALL)}
        for _file, root in _diagrams(roots)
        for process in _processes(root)
    }
    for file, root in _diagrams(roots):
        for node in root.iter(_CALL, _RULE):
            yield from _check_reference(node, file, calls, tables)
    for process_id in calls:
        if _calls_itself(process_id, calls):
            yield Problem(process_id, _("流程直接或间接调用了自己"))


def _check_reference(
    node: Any, file: str, calls: Mapping[str, set[str]], tables: Mapping[str, DecisionTable]
) -> Iterator[Problem]:
    called = node.get("calledElement")
    if called is not None:
        known, message = called in calls, _("找不到被调用的流程“{name}”")
    else:
        called = BusinessRuleTaskParser.get_decision_ref(node).strip()
        known, message = called in tables, _("找不到决策表“{name}”")
    if not known:
        yield Problem(node.get("id"), message.format(name=called), file, node.sourceline)


def _calls_itself(process_id: str, calls: Mapping[str, set[str]]) -> bool:
    reached: set[str] = set()
    ahead = set(calls[process_id])
    while ahead:
        current = ahead.pop()
        reached.add(current)
        ahead |= calls.get(current, set()) - reached
    return process_id in reached


def _reject_if(problems: list[Problem]) -> None:
    if problems:
        raise DiagramRejected(tuple(problems))


def _build(roots: Mapping[str, Any], tables: Mapping[str, DecisionTable]) -> Parsed:
    parser = OfficeParser(tables)
    try:
        for file, root in _diagrams(roots):
            parser.add_bpmn_xml(root, file)
        key = _processes(roots[TOP_FILE])[0].get("id")
        return Parsed(parser.get_spec(key), parser.get_subprocess_specs(key))
    except ValidationException as fault:
        message = _("流程图有误：{reason}").format(reason=fault)
        problem = Problem(fault.id or None, message, fault.file_name or None)
        raise DiagramRejected((problem,)) from fault
