"""The same case on SpiffWorkflow's own engine: what the fast one must agree with, and beat."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bpmn.engine import Host
from bpmn.engine.codec import CompiledDiagram, decode, thaw
from bpmn.engine.parser import parse
from bpmn.engine.specs import OfficeScriptEngine, PayloadMessage

Snapshot = list[Any]
_VOLATILE = ("merged",)


class StockCase:
    """Runs a diagram with stock workflow, task, iterator and join classes."""

    def __init__(self, files: Mapping[str, bytes], variables: dict[str, Any], host: Host) -> None:
        parsed = parse(files)
        engine = OfficeScriptEngine(host)
        self.workflow = BpmnWorkflow(parsed.spec, parsed.subprocess_specs, engine)
        self.workflow.task_tree.data.update(variables)
        self.run(host)

    def run(self, host: Host) -> None:
        self.workflow.script_engine = OfficeScriptEngine(host)
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()
        while self.workflow.get_tasks(state=TaskState.READY, manual=False):
            self.workflow.do_engine_steps()

    def open_tasks(self) -> list[Any]:
        return list(self.workflow.get_tasks(state=TaskState.READY, manual=True))

    def complete(self, place: int, answers: Mapping[str, Any], host: Host) -> None:
        self.run(host)
        task = self.open_tasks()[place]
        task.data.update(answers)
        task.run()
        self.run(host)

    def send(self, message: str, payload: Mapping[str, Any], host: Host) -> None:
        self.run(host)
        self.workflow.send_event(BpmnEvent(PayloadMessage(message), dict(payload)))
        self.run(host)


def snapshot(workflow: Any) -> Snapshot:
    """Everything that matters of a case, without ids and times: the whole tree, in its order."""
    scopes = {workflow.task_tree.id: workflow}
    scopes.update((scope.task_tree.id, scope) for scope in workflow.subprocesses.values())
    return _tree(workflow, workflow.task_tree, scopes)


def _tree(workflow: Any, root: Any, scopes: Mapping[Any, Any]) -> Snapshot:
    found: Snapshot = []
    stack = [(root, 0)]
    while stack:
        task, depth = stack.pop()
        found.append((depth, *_facts(task)))
        inner = workflow.subprocesses.get(task.id)
        if inner is not None:
            found.append((inner.completed, inner.success, inner.data))
            stack.append((inner.task_tree, depth + 1))
        stack.extend((child, depth + 1) for child in reversed(task.children))
    return found


def _facts(task: Any) -> tuple[Any, ...]:
    internal = {
        key: len(value) if key in _VOLATILE else value for key, value in task.internal_data.items()
    }
    name = task.task_spec.name
    return name, task.workflow.spec.name, task._state, task.triggered, task.data, internal


def fast_snapshot(diagram: CompiledDiagram, state: bytes, host: Host) -> Snapshot:
    """The same of a stored case."""
    case = decode(diagram, state, host)
    thaw(diagram, case)
    return snapshot(case)
