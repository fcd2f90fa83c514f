"""The steps of a case: bytes in, bytes out, and what opened, closed and waits in between."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.exceptions import SpiffWorkflowException, WorkflowException
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.codec import CompiledDiagram, decode, encode, new_case, thaw
from bpmn.engine.specs import PayloadMessage
from bpmn.engine.speed import SwiftTask, SwiftWorkflow
from bpmn.engine.standing import (
    element_of,
    end_of,
    messages_of,
    open_tasks,
    timers_of,
    variables_of,
    visits_of,
)
from bpmn.engine.values import ClosedTask, Host, OpenedTask, Step, Visit, check_variables
from bpmn.errors import DiagramFault, MessageNotExpected, TaskNotOpen


def start(diagram: CompiledDiagram, variables: Mapping[str, Any], host: Host) -> Step:
    """Begin a case with its first routing variables and run to the first wait."""
    case = new_case(diagram, host)

    def begin() -> None:
        case.begin()
        case.task_tree.data.update(check_variables(variables))

    return _step(diagram, case, begin)


def complete(
    diagram: CompiledDiagram, state: bytes, task_id: str, answers: Mapping[str, Any], host: Host
) -> Step:
    """Complete an open user task with the routing variables it sets.

    Timers already due by `host.now` come first, so a task whose time is over is not open any more.
    Raises TaskNotOpen, StateMismatch, and whatever an operation raises.
    """
    case = decode(diagram, state, host)
    data = check_variables(answers)

    def finish() -> None:
        task = open_tasks(case).get(task_id)
        if task is None:
            raise TaskNotOpen(task_id)
        task.data.update(data)
        task.run()

    return _step(diagram, case, finish)


def send(
    diagram: CompiledDiagram, state: bytes, message: str, payload: Mapping[str, Any], host: Host
) -> Step:
    """Deliver a message; the entries of `payload` become routing variables.

    Timers already due come first. Raises MessageNotExpected if nothing waits for it then.
    """
    case = decode(diagram, state, host)
    event = BpmnEvent(PayloadMessage(message), check_variables(payload))

    def deliver() -> None:
        if message not in messages_of(case):
            raise MessageNotExpected(message)
        case.send_event(event)

    return _step(diagram, case, deliver)


def wake(diagram: CompiledDiagram, state: bytes, host: Host) -> Step:
    """Let every timer that is due by `host.now` fire; nothing happens if none is."""
    return _step(diagram, decode(diagram, state, host), lambda: None)


def cancel(diagram: CompiledDiagram, state: bytes, host: Host) -> Step:
    """Stop the case where it stands, past all events; `ended` is CANCELLED."""
    case = decode(diagram, state, host)
    before = open_tasks(case)
    if not case.completed:
        case.cancel()
    return _outcome(diagram, case, before)


def history(diagram: CompiledDiagram, state: bytes) -> list[Visit]:
    """Every visit of every element so far, in the order of their last change."""
    nowhere = Host(datetime.now(UTC), {}, lambda name, parameters: {})
    case = decode(diagram, state, nowhere)
    thaw(diagram, case)
    visits = [(task.last_state_change, task.id, visit) for task, visit in visits_of(case)]
    return [visit for *_order, visit in sorted(visits, key=lambda entry: entry[:2])]


def waiting_messages(diagram: CompiledDiagram, state: bytes) -> frozenset[str]:
    """The messages that the case waits for, as its state lies: timers due are not run."""
    nowhere = Host(datetime.now(UTC), {}, lambda name, parameters: {})
    return messages_of(decode(diagram, state, nowhere))


def _step(diagram: CompiledDiagram, case: SwiftWorkflow, act: Callable[[], None]) -> Step:
    before = open_tasks(case)
    with faults():
        if case.tasks:
            run_on(case)
        act()
        run_on(case)
    return _outcome(diagram, case, before)


@contextmanager
def faults() -> Iterator[None]:
    try:
        yield
    except WorkflowException as fault:
        element = getattr(fault.task_spec, "bpmn_id", None)
        raise DiagramFault(element, str(fault)) from fault
    except SpiffWorkflowException as fault:
        raise DiagramFault(None, str(fault)) from fault


def run_on(case: SwiftWorkflow) -> None:
    """Run all automatic tasks; what a timer makes ready at the end of a round is run as well."""
    case.refresh_timers()
    case.do_engine_steps()
    while any(not task.task_spec.manual for task in case.find_unfinished(TaskState.READY)):
        case.do_engine_steps()


def _outcome(diagram: CompiledDiagram, case: SwiftWorkflow, before: dict[str, SwiftTask]) -> Step:
    after = open_tasks(case)
    fixed_at, followed = timers_of(case)
    return Step(
        state=encode(diagram, case),
        opened=tuple(_opened(key, task) for key, task in after.items() if key not in before),
        closed=tuple(_closed(key, task) for key, task in before.items() if key not in after),
        wake_at=min((due for due in (fixed_at, *followed.values()) if due), default=None),
        fixed_at=fixed_at,
        clocks=tuple(sorted(followed)),
        messages=messages_of(case),
        ended=end_of(case),
        variables=variables_of(case),
    )


def _opened(key: str, task: SwiftTask) -> OpenedTask:
    properties = task.task_spec.extensions.get("properties", {})
    return OpenedTask(key, element_of(task), task.task_spec.bpmn_name or "", dict(properties))


def _closed(key: str, task: SwiftTask) -> ClosedTask:
    return ClosedTask(key, element_of(task), bool(task._state == TaskState.COMPLETED))
