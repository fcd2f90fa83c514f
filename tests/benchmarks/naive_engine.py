"""SpiffWorkflow 3.2.0 as its documentation has it: stock parser, stock engine, whole JSON per step.

The yardstick of the benchmarks; never used by the product.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.util.task import TaskState

NOTICE = timedelta(milliseconds=5)
"""So that a public notice has run out by the next step."""


def working_days(count: int) -> str:
    return (datetime.now(UTC) + timedelta(days=count)).isoformat()


class _ScriptEngine(PythonScriptEngine):
    def __init__(self) -> None:
        super().__init__(TaskDataEnvironment({"working_days": working_days}))

    def call_service(self, task: Any, **operation: Any) -> str:
        # What the office would do takes no time here; only what the diagram reads is set.
        if operation.get("operation_name") == "publish_notice":
            task.data["notice_until"] = (datetime.now(UTC) + NOTICE).isoformat()
        elif operation.get("operation_name") == "close_notice":
            task.data["objection"] = "dismissed"
        return json.dumps({})


class NaiveEngine:
    """One diagram; a case is a JSON text that holds everything, the diagram included."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        parser = SpiffBpmnParser()
        for name in sorted(files):
            add = parser.add_bpmn_str if name.endswith(".bpmn") else parser.add_dmn_str
            add(files[name], name)
        key = parser.get_process_parser
        top = next(name for name in parser.process_parsers if key(name).filename == "diagram.bpmn")
        self.spec = parser.get_spec(top)
        self.subprocess_specs = parser.get_subprocess_specs(top)
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(DEFAULT_CONFIG))

    def start(self, variables: Mapping[str, Any]) -> str:
        workflow = BpmnWorkflow(self.spec, self.subprocess_specs, script_engine=_ScriptEngine())
        workflow.task_tree.data.update(variables)
        return self._save(workflow)

    def complete(self, state: str, element: str, answers: Mapping[str, Any]) -> str:
        workflow = self.serializer.deserialize_json(state)
        workflow.script_engine = _ScriptEngine()
        for task in workflow.get_tasks(state=TaskState.READY, manual=True):
            if task.task_spec.bpmn_id == element:
                task.data.update(answers)
                task.run()
                return self._save(workflow)
        raise LookupError(element)

    def keep(self, state: str, element: str, answers: Mapping[str, Any]) -> str:
        """Put what was filled in so far into the open task's data."""
        workflow = self.serializer.deserialize_json(state)
        for task in workflow.get_tasks(state=TaskState.READY, manual=True):
            if task.task_spec.bpmn_id == element:
                task.data.update(answers)
                saved: str = self.serializer.serialize_json(workflow)
                return saved
        raise LookupError(element)

    def wake(self, state: str) -> str:
        """Let the timers that are due fire."""
        workflow = self.serializer.deserialize_json(state)
        workflow.script_engine = _ScriptEngine()
        workflow.refresh_waiting_tasks()
        return self._save(workflow)

    def _save(self, workflow: Any) -> str:
        workflow.do_engine_steps()
        saved: str = self.serializer.serialize_json(workflow)
        return saved
