"""Teaches SpiffWorkflow's parser to build the elements of `specs` in place of its own."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, IntermediateCatchEvent
from SpiffWorkflow.spiff.parser.event_parsers import (
    SpiffBoundaryEventParser,
    SpiffIntermediateCatchEventParser,
)
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser, SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import (
    BusinessRuleTaskParser,
    ServiceTaskParser,
    UserTaskParser,
)
from SpiffWorkflow.spiff.specs.defaults import UserTask

from bpmn.engine.decisions import DecisionTable
from bpmn.engine.expressions import clock_followed
from bpmn.engine.library import install
from bpmn.engine.scopes import BPMN
from bpmn.engine.specs import (
    DecisionTask,
    FreshMultiInstanceTask,
    HostClock,
    HostDuration,
    HostTimeDate,
    OperationTask,
    PayloadMessage,
)

install()


class _HostEvents:
    """The library's event parsers, giving events that look at the Host."""

    def parse_timer_event(self: Any, event: Any) -> Any:
        name = self.node.get("name", self.node.get("id"))
        for tag, definition in (("timeDate", HostTimeDate), ("timeDuration", HostDuration)):
            node = event.find(f"{{{BPMN}}}{tag}")
            if node is not None:
                text = (node.text or "").strip()
                clock = clock_followed(text) if tag == "timeDate" else None
                return HostClock(name, text, clock) if clock else definition(name, text)
        raise ValidationException("timer without a time", node=self.node, file_name=self.filename)

    def parse_message_event(self: Any, event: Any) -> Any:
        reference = event.get("messageRef")
        return PayloadMessage(self.process_parser.parser.messages[reference])


class _BoundaryParser(_HostEvents, SpiffBoundaryEventParser):
    pass


class _CatchParser(_HostEvents, SpiffIntermediateCatchEventParser):
    pass


class _UserTaskParser(UserTaskParser):
    PARALLEL_MI_CLASS = FreshMultiInstanceTask


class _DecisionParser(BusinessRuleTaskParser):
    def create_task(self) -> Any:
        tables = self.process_parser.parser.tables
        return DecisionTask(
            self.spec,
            self.bpmn_id,
            dmnEngine=tables[self.get_decision_ref(self.node).strip()],
            **self.bpmn_attributes,
        )


class _ProcessParser(SpiffProcessParser):
    # 3.2.0 indexes extensions with the elements: an operation named like its task would hide it.
    def _index_process_nodes(self) -> None:
        super()._index_process_nodes()
        self.nodes_by_id = {node.get("id"): node for node in self.xpath(".//bpmn:*[@id]")}


class OfficeParser(SpiffBpmnParser):
    """Takes only trees that `read_xml` let through and `grammar` approved."""

    PROCESS_PARSER_CLASS = _ProcessParser
    OVERRIDE_PARSER_CLASSES = SpiffBpmnParser.OVERRIDE_PARSER_CLASSES | {
        full_tag("userTask"): (_UserTaskParser, UserTask),
        full_tag("serviceTask"): (ServiceTaskParser, OperationTask),
        full_tag("businessRuleTask"): (_DecisionParser, DecisionTask),
        full_tag("boundaryEvent"): (_BoundaryParser, BoundaryEvent),
        full_tag("intermediateCatchEvent"): (_CatchParser, IntermediateCatchEvent),
    }

    def __init__(self, tables: Mapping[str, DecisionTable]) -> None:
        super().__init__()
        self.tables = tables
