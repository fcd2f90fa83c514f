"""What holds a set of files together: one process a file, and everything that is called there."""

from collections.abc import Collection, Iterator, Mapping
from gettext import gettext as _
from typing import Any

from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser

from bpmn.engine.misspelling import close_to
from bpmn.engine.scopes import BPMN
from bpmn.errors import Problem

TOP_FILE = "diagram.bpmn"
_CALL = f"{{{BPMN}}}callActivity"
_RULE = f"{{{BPMN}}}businessRuleTask"


def process_of(root: Any) -> Any:
    """The process of a file that has one."""
    return root.find(f"{{{BPMN}}}process")


def check_files(roots: Mapping[str, Any]) -> Iterator[Problem]:
    """A file is missing, holds no process or several, or one that may not run."""
    if TOP_FILE not in roots:
        message = _("缺少 {file}").format(file=TOP_FILE)
        mend = _("主流程的文件名必须是 {file}").format(file=TOP_FILE)
        yield Problem(None, message, TOP_FILE, 1, "files", mend)
    seen: set[str] = set()
    for file, root in _diagrams(roots):
        processes = list(root.iterchildren(f"{{{BPMN}}}process"))
        if len(processes) != 1:
            message = _("每个文件必须恰好有一个流程，现有 {count} 个").format(count=len(processes))
            mend = _("另外的流程另存为文件，用调用环节调用")
            yield Problem(None, message, file, root.sourceline, "files", mend)
        for process in processes:
            yield from _check_process(process, file, seen)


def _check_process(process: Any, file: str, seen: set[str]) -> Iterator[Problem]:
    key, line = process.get("id", ""), process.sourceline
    if process.get("isExecutable") == "false":
        mend = _("在流程的属性中勾选“可执行”")
        yield Problem(key, _("流程未标为可执行"), file, line, "files", mend)
    if key in seen:
        message = _("流程编号“{name}”重复").format(name=key[:60])
        mend = _("换一个没有用过的编号")
        yield Problem(key, message, file, line, "files", mend)
    seen.add(key)


def _diagrams(roots: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(file, root) for file, root in roots.items() if file.endswith(".bpmn")]


def check_references(roots: Mapping[str, Any], tables: Collection[str]) -> Iterator[Problem]:
    """Called diagrams and tables that are not among the files, and calls in a circle."""
    processes = {process_of(root).get("id"): (file, root) for file, root in _diagrams(roots)}
    calls = {
        key: {node.get("calledElement") for node in root.iter(_CALL)}
        for key, (_file, root) in processes.items()
    }
    for file, root in processes.values():
        for node in root.iter(_CALL, _RULE):
            yield from _check_reference(node, file, calls, tables)
    for key, (file, root) in processes.items():
        if _calls_itself(key, calls):
            message = _("流程直接或间接调用了自己")
            mend = _("去掉一处调用；要重复办理的，在调用的流程里画返回的连线")
            yield Problem(key, message, file, process_of(root).sourceline, "names", mend)


def _check_reference(
    node: Any, file: str, calls: Collection[str], tables: Collection[str]
) -> Iterator[Problem]:
    called = node.get("calledElement")
    if called is not None:
        known, message = calls, _("找不到被调用的流程“{name}”")
    else:
        called = BusinessRuleTaskParser.get_decision_ref(node).strip()
        known, message = tables, _("找不到决策表“{name}”")
    if called not in known:
        close = close_to(called, known)
        mend = (
            _("是不是：{names}").format(names="、".join(close))
            if close
            else _("把它的文件一起加进来，或者从已有的里面选择")
        )
        message = message.format(name=called[:60])
        yield Problem(node.get("id"), message, file, node.sourceline, "names", mend)


def _calls_itself(process_id: str, calls: Mapping[str, set[str]]) -> bool:
    reached: set[str] = set()
    ahead = set(calls[process_id])
    while ahead:
        current = ahead.pop()
        reached.add(current)
        ahead |= calls.get(current, set()) - reached
    return process_id in reached
