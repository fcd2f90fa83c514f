"""What the elements of a diagram do, where that differs from SpiffWorkflow 3.2.0's own classes.

Here are the cures of its defects and the links to `Host`; `speed` changes no behaviour.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from gettext import gettext as _
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import (
    BasePythonScriptEngineEnvironment,
)
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
    TimerEventDefinition,
)
from SpiffWorkflow.spiff.specs.defaults import (
    BusinessRuleTask,
    ParallelMultiInstanceTask,
    ServiceTask,
)
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition

from bpmn.engine.expressions import compile_expression
from bpmn.engine.values import Host, check_variables
from bpmn.errors import DiagramFault


class OfficeScriptEngine(PythonScriptEngine):
    """Answers the engine's questions out of one Host: expressions yes, scripts never."""

    def __init__(self, host: Host) -> None:
        super().__init__(_OfficeEnvironment(host))
        self.host = host

    def validate(self, expression: str) -> None:
        compile_expression(expression)

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        names = {**task.data, **external_context} if external_context else task.data
        return compile_expression(expression)(names, self.host.functions)

    def execute(self, task: Any, script: str, external_context: Any = None) -> None:
        raise DiagramFault(task.task_spec.bpmn_id, _("流程图中不允许使用脚本"))

    # Overridden whole: SpiffWorkflow 3.2.0's own raises NameError when a service fails.
    def call_service(self, task: Any, **operation: Any) -> dict[str, Any]:
        result = self.host.call(operation["operation_name"], operation["operation_params"])
        return check_variables(result)


class _OfficeEnvironment(BasePythonScriptEngineEnvironment):
    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host

    def evaluate(self, expression: str, context: Mapping[str, Any], external: Any = None) -> Any:
        return compile_expression(expression)(context, self.host.functions)


class OperationTask(ServiceTask):
    """A service task whose result is merged into the routing variables."""

    def _execute(self, task: Any) -> bool:
        engine = task.workflow.script_engine
        parameters = {
            name: engine.evaluate(task, parameter["value"])
            for name, parameter in self.operation_params.items()
        }
        task.data.update(
            engine.call_service(
                task, operation_name=self.operation_name, operation_params=parameters
            )
        )
        return True


class DecisionTask(BusinessRuleTask):
    """A business rule task; it notes the rule that fired.

    Written whole: the library's own hides the cause of a failure in a string.
    """

    def _run_hook(self, my_task: Any) -> bool:
        engine = my_task.workflow.script_engine
        rule, found = self.dmnEngine.decide(my_task.data, engine.host.functions)
        my_task._set_internal_data(rule=rule)
        my_task.data.update(found)
        return True


class FreshMultiInstanceTask(ParallelMultiInstanceTask):
    """Forgets the results of the pass before: 3.2.0 refuses a second pass with old results."""

    def create_children(self, my_task: Any) -> None:
        for reference in (self.data_output, self.output_item, self.input_item):
            if reference is not None:
                my_task.data.pop(reference.bpmn_id, None)
        super().create_children(my_task)


class PayloadMessage(MessageEventDefinition):
    """A message whose payload's entries become routing variables."""

    def catch(self, my_task: Any, event: Any = None) -> None:
        my_task.internal_data[self.name] = dict(event.payload or {})
        my_task._set_internal_data(event_fired=True)

    def update_task_data(self, my_task: Any) -> None:
        my_task.data.update(my_task.internal_data.pop(self.name, {}))


def _due(my_task: Any) -> bool:
    now = my_task.workflow.script_engine.host.now
    if datetime.fromisoformat(my_task.internal_data["event_value"]) <= now:
        my_task._set_internal_data(event_fired=True)
    return bool(my_task._get_internal_data("event_fired", False))


def _absolute(value: Any, my_task: Any) -> str:
    element = my_task.task_spec.bpmn_id
    try:
        due = datetime.fromisoformat(value)
    except (TypeError, ValueError) as fault:
        raise DiagramFault(element, _("“{value}”不是时间").format(value=value)) from fault
    if due.tzinfo is None:
        # The library takes the server's local zone here, which says nothing about the law's.
        raise DiagramFault(element, _("时间“{value}”没有时区").format(value=value))
    return due.astimezone(UTC).isoformat()


class HostTimeDate(TimeDateEventDefinition):
    """A due time, compared with the Host's now; due at the very moment, not after it."""

    def has_fired(self, my_task: Any) -> bool:
        if my_task._get_internal_data("event_value") is None:
            value = my_task.workflow.script_engine.evaluate(my_task, self.expression)
            my_task._set_internal_data(event_value=_absolute(value, my_task))
        return _due(my_task)


class HostClock(TimeDateEventDefinition):
    """The due time of a statutory clock, asked for anew at every step: it follows the ledger."""

    def __init__(self, name: str, expression: str, clock: str) -> None:
        super().__init__(name, expression)
        self.clock = clock

    def moment(self, my_task: Any) -> datetime | None:
        """None while the clock is suspended or finished: then the timer has no time."""
        value = my_task.workflow.script_engine.evaluate(my_task, self.expression)
        return None if value is None else datetime.fromisoformat(_absolute(value, my_task))

    def has_fired(self, my_task: Any) -> bool:
        due = self.moment(my_task)
        if due is not None and due <= my_task.workflow.script_engine.host.now:
            my_task._set_internal_data(event_fired=True)
        return bool(my_task._get_internal_data("event_fired", False))


class HostDuration(DurationTimerEventDefinition):
    """A duration in calendar time from the Host's now."""

    def has_fired(self, my_task: Any) -> bool:
        if my_task._get_internal_data("event_value") is None:
            engine = my_task.workflow.script_engine
            value = engine.evaluate(my_task, self.expression)
            due = engine.host.now + _duration(value, engine.host.now, my_task)
            my_task._set_internal_data(event_value=due.astimezone(UTC).isoformat())
        return _due(my_task)


def _duration(value: Any, start: datetime, my_task: Any) -> timedelta:
    reason = _("“{value}”不是时长").format(value=value)
    try:
        parts = TimerEventDefinition.parse_iso_duration(value)
    except Exception as fault:
        # 3.2.0 raises a bare Exception for a malformed duration.
        raise DiagramFault(my_task.task_spec.bpmn_id, reason) from fault
    if not parts or not value.startswith("P"):
        # The library takes "P" for at once, and "14D" without its P.
        raise DiagramFault(my_task.task_spec.bpmn_id, reason)
    length: timedelta = TimerEventDefinition.get_timedelta_from_start(parts, start)
    return length


def reconnect(specs: Any) -> None:
    """Tell multi-instance tasks about their children, once for each parsed spec.

    SpiffWorkflow 3.2.0 connects them only when a child is created, so a case restored onto a
    freshly parsed spec would wait for ever.
    """
    for spec in specs:
        for task_spec in list(spec.task_specs.values()):
            if isinstance(task_spec, ParallelMultiInstanceTask):
                child = spec.task_specs[task_spec.task_spec]
                if not child.completed_event.is_connected(task_spec.merge_child):
                    child.completed_event.connect(task_spec.merge_child)
