"""The nine defects of SpiffWorkflow 3.2.0 that shaped this engine.

Each test shows the library's own behaviour first, so that it explains itself and tells when a new
version of the library has mended the defect.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.exceptions import WorkflowDataException, WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from bpmn import engine
from bpmn.engine import compiler
from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.joins import accelerate
from bpmn.engine.parser import digest_of, parse
from bpmn.errors import DiagramRejected, ExpressionError, StateMismatch, TaskNotOpen
from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    end,
    flows,
    message,
    service,
    start,
    sub,
    timer,
    user,
)
from tests.bpmn.engine.loops import EXPERTS, LOOP
from tests.bpmn.engine.office import Office

GRANT, RETURN = {"decision": "grant"}, {"decision": "return"}


def stock(files: Mapping[str, bytes], **variables: Any) -> Any:
    """A case as the library's documentation starts one."""
    parser = SpiffBpmnParser()
    for content in files.values():
        parser.add_bpmn_str(content)
    key = next(iter(parser.process_parsers))
    environment = TaskDataEnvironment({"working_days": Office().working_days})
    workflow = BpmnWorkflow(
        parser.get_spec(key),
        parser.get_subprocess_specs(key),
        script_engine=PythonScriptEngine(environment),
    )
    workflow.task_tree.data.update(variables)
    workflow.do_engine_steps()
    return workflow


def stock_open(workflow: Any) -> list[Any]:
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))


def stock_complete(workflow: Any, answers: Mapping[str, Any]) -> None:
    task = stock_open(workflow)[0]
    task.data.update(answers)
    task.run()
    workflow.do_engine_steps()


def answer_all(
    diagram: CompiledDiagram, step: engine.Step, answers: Mapping[str, Any]
) -> engine.Step:
    """Complete every task the step opened with the same answers."""
    for task in step.opened:
        step = engine.complete(diagram, step.state, task.id, answers, Office().host())
    return step


def test_defect_1_stored_state_survives_whatever_the_database_does_to_it() -> None:
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(DEFAULT_CONFIG))
    workflow = stock(LOOP, case_id=7)
    for number in range(5):
        stock_complete(workflow, RETURN | {"round": number})
    # PostgreSQL's JSONB keeps no order of keys.
    sorted_keys = json.dumps(json.loads(serializer.serialize_json(workflow)), sort_keys=True)
    losses = [
        task
        for task in serializer.deserialize_json(sorted_keys).tasks.values()
        if task.data != workflow.tasks[task.id].data
    ]
    assert losses

    diagram = engine.compile_diagram(LOOP)
    step = engine.start(diagram, {"case_id": 7}, Office().host())
    for number in range(5):
        step = answer_all(diagram, step, RETURN | {"round": number})
    again = engine.wake(diagram, step.state, Office().host())

    assert isinstance(step.state, bytes)
    assert again.variables == step.variables == {"case_id": 7, "decision": "return", "round": 4}


def test_defect_2_experts_task_in_flight_completes_on_a_newly_parsed_diagram() -> None:
    variables = {"experts": ["a", "b"]}
    diagram = engine.compile_diagram(EXPERTS)
    step = engine.start(diagram, variables, Office().host())
    parsed = parse(EXPERTS)
    accelerate([parsed.spec])
    stock_like = CompiledDiagram(
        digest_of(EXPERTS), EXPERTS, parsed.spec, parsed.subprocess_specs, frozenset()
    )
    hung = answer_all(stock_like, step, {"advice": "yes"})
    assert hung.opened == ()

    compiler._kept.clear()
    other_process = engine.compile_diagram(EXPERTS)
    step = answer_all(other_process, step, {"advice": "yes"})

    assert other_process is not diagram
    assert [task.element for task in step.opened] == ["decide"]
    assert step.variables["opinions"] == ["yes", "yes"]


def test_defect_3_event_sub_process_is_refused_at_upload() -> None:
    inner = (
        f'<bpmn:startEvent id="stop_start" isInterrupting="true">{message("stop")}'
        "</bpmn:startEvent>" + end("stop_end") + flows("stop_start > stop_end")
    )
    event = sub("on_stop", inner).replace(">", ' triggeredByEvent="true">', 1)
    body = start() + user("work") + end() + flows("start > work > end") + event
    files = {"diagram.bpmn": bpmn("case", body, "stop")}
    workflow = stock(files)
    workflow.send_event(BpmnEvent(MessageEventDefinition("stop"), {}))
    workflow.do_engine_steps()
    # Interrupting, says the diagram; the library leaves the work open.
    assert [task.task_spec.bpmn_id for task in stock_open(workflow)] == ["work"]

    with pytest.raises(DiagramRejected) as rejected:
        engine.compile_diagram(files)

    assert "on_stop" in {problem.element for problem in rejected.value.problems}


def test_defect_4_experts_are_asked_again_after_a_return() -> None:
    workflow = stock(EXPERTS, experts=["a"])
    stock_complete(workflow, {"advice": "yes"})
    with pytest.raises(WorkflowDataException, match="must be empty"):
        stock_complete(workflow, RETURN)

    diagram = engine.compile_diagram(EXPERTS)
    step = engine.start(diagram, {"experts": ["a", "b"]}, Office().host())
    for advice in ("no", "yes", "perhaps"):
        step = answer_all(diagram, step, {"advice": advice})
        assert step.variables["opinions"] == [advice, advice]
        step = answer_all(diagram, step, RETURN if advice != "perhaps" else GRANT)

    assert step.ended == "end"


def test_defect_5_deadline_does_not_move_by_a_new_version_of_the_diagram() -> None:
    body = start() + user("work") + boundary("late", "work", timer("'P30D'", "timeDuration"))
    body += end() + end("lapsed")
    old = {"diagram.bpmn": bpmn("case", body + flows("start > work > end", "late > lapsed"))}
    longer = body + user("sign") + flows("start > work > sign > end", "late > lapsed")
    new = {"diagram.bpmn": bpmn("case", longer)}
    workflow, changed = stock(old), stock(new)
    before = workflow.waiting_events()[0].value
    registry = BpmnWorkflowSerializer.configure(DEFAULT_CONFIG)
    difference, _parts = diff_workflow(registry, workflow, changed.spec, {})
    migrate_workflow(difference, workflow, changed.spec)
    workflow.do_engine_steps()
    assert workflow.waiting_events()[0].value != before

    diagram = engine.compile_diagram(old)
    step = engine.start(diagram, {}, Office().host())
    with pytest.raises(StateMismatch):
        engine.wake(engine.compile_diagram(new), step.state, Office().host())

    assert engine.wake(diagram, step.state, Office().host()).wake_at == step.wake_at


def test_defect_6_case_lives_on_after_four_hundred_returns() -> None:
    workflow = stock(LOOP)
    for _number in range(400):
        if not stock_open(workflow):
            break
        stock_complete(workflow, RETURN)
    # No error, no open task: the case is simply gone.
    assert not stock_open(workflow)
    assert not workflow.completed

    diagram = engine.compile_diagram(LOOP)
    step = engine.start(diagram, {}, Office().host())
    for _number in range(400):
        step = answer_all(diagram, step, RETURN)
    step = answer_all(diagram, step, GRANT)

    assert step.ended == "end"
    assert len(step.state) < 16_384


class OutOfPaper(Exception):
    """What an operation may raise."""


def test_defect_7_failing_operation_raises_its_own_error() -> None:
    body = start() + service("print", "issue_document") + end() + flows("start > print > end")
    files = {"diagram.bpmn": bpmn("case", body)}
    with pytest.raises(NameError, match="script"):
        stock(files)

    def fail(office: Office, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        raise OutOfPaper

    office = Office(operations={"issue_document": fail})
    with pytest.raises(OutOfPaper):
        engine.start(engine.compile_diagram(files), {}, office.host())


def test_defect_8_completed_task_cannot_be_completed_again() -> None:
    workflow = stock(LOOP)
    task = stock_open(workflow)[0]
    stock_complete(workflow, GRANT)
    task.run()
    assert task.state == TaskState.COMPLETED

    diagram = engine.compile_diagram(LOOP)
    step = engine.start(diagram, {}, Office().host())
    done = answer_all(diagram, step, RETURN)
    with pytest.raises(TaskNotOpen):
        engine.complete(diagram, done.state, step.opened[0].id, GRANT, Office().host())


def test_defect_9_failing_condition_leaves_the_stored_case_as_it_was() -> None:
    workflow = stock(LOOP)
    with pytest.raises(WorkflowTaskException):
        stock_complete(workflow, {})
    # The broken case has no open task, and storing it keeps it broken.
    assert not stock_open(workflow)

    diagram = engine.compile_diagram(LOOP)
    step = engine.start(diagram, {}, Office().host())
    with pytest.raises(ExpressionError):
        engine.complete(diagram, step.state, step.opened[0].id, {}, Office().host())

    assert answer_all(diagram, step, GRANT).ended == "end"
