"""One change at a time made to a shipped diagram, with what a comparison must say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

NS = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "s": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    "d": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
}
Files = Mapping[str, bytes]
Edit = Callable[[Any], None]


@dataclass(frozen=True)
class Mutation:
    """An edit of the first element on a path of a file, and the kind and attribute of its change.

    Without a kind nothing that matters is changed.
    """

    file: str
    path: str
    edit: Edit
    kind: str
    what: str

    def __call__(self, files: Files) -> dict[str, bytes]:
        root = etree.fromstring(files[self.file])
        found = root.xpath(self.path, namespaces=NS)
        assert found, self.path
        self.edit(found[0])
        return {**files, self.file: etree.tostring(root)}

    def __str__(self) -> str:
        return f"{self.what or 'nothing'} {self.path}"


def put(name: str, value: str) -> Edit:
    return lambda element: element.set(name, value)


def write(text: str) -> Edit:
    def edit(element: Any) -> None:
        element.text = text

    return edit


def drop(element: Any) -> None:
    element.getparent().remove(element)


def swap_with_next(element: Any) -> None:
    element.getnext().addnext(element)


def add_property(name: str, value: str) -> Edit:
    def edit(properties: Any) -> None:
        etree.SubElement(properties, f"{{{NS['s']}}}property", name=name, value=value)

    return edit


def add(tag: str, **attributes: str) -> Edit:
    """A further child of the element."""

    def edit(parent: Any) -> None:
        namespace = etree.QName(parent).namespace
        etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)

    return edit


def retag(tag: str) -> Edit:
    def edit(element: Any) -> None:
        element.tag = f"{{{NS['b']}}}{tag}"

    return edit


def repeat(element: Any) -> None:
    """Make a task one for each entry of a list."""
    marker = etree.SubElement(element, f"{{{NS['b']}}}multiInstanceLoopCharacteristics")
    etree.SubElement(marker, f"{{{NS['b']}}}loopCardinality").text = "3"


def to_other_lane(reference: Any) -> None:
    lanes = reference.getparent().getparent()
    lanes[-1].append(reference)


def add_rule(table: Any) -> None:
    """A rule as the last one is, under an id of its own."""
    last = table.findall("d:rule", NS)[-1]
    copy = etree.fromstring(etree.tostring(last))
    copy.set("id", "another_rule")
    last.addnext(copy)


def add_input(table: Any) -> None:
    """One more column, with a cell in each rule that holds for whatever value."""
    column = etree.Element(f"{{{NS['d']}}}input", id="another_input", label="另一列")
    expression = etree.SubElement(column, f"{{{NS['d']}}}inputExpression")
    etree.SubElement(expression, f"{{{NS['d']}}}text").text = "case_id"
    table.findall("d:input", NS)[-1].addnext(column)
    for rule in table.findall("d:rule", NS):
        entry = etree.Element(f"{{{NS['d']}}}inputEntry")
        etree.SubElement(entry, f"{{{NS['d']}}}text").text = '"x"'
        rule.findall("d:inputEntry", NS)[-1].addnext(entry)


def swap_inputs(table: Any) -> None:
    """The first column and its cells behind the second one."""
    swap_with_next(table.findall("d:input", NS)[0])
    for rule in table.findall("d:rule", NS):
        swap_with_next(rule.findall("d:inputEntry", NS)[0])


def rewrite(condition: Any) -> None:
    """The same condition without blanks, and in the other quotes."""
    condition.text = condition.text.replace(" == ", "==").replace('"', "'")


MAIN, REVIEW, NOTICE = "diagram.bpmn", "review.bpmn", "public_notice.bpmn"
ROUTING, DECISION = "routing.dmn", "decision.bpmn"
_TASK = "//b:userTask[.//s:property]"
LAST = f"({_TASK}//s:properties)[last()]"
_BORDER = "//b:boundaryEvent"
_OPERATOR = "//b:serviceTask//s:serviceTaskOperator"
_CONDITION = "//b:sequenceFlow/b:conditionExpression"
_RULE = "//d:rule"

MUTATIONS = [
    Mutation(REVIEW, "//b:userTask", put("name", "改名"), "changed", "name"),
    Mutation(REVIEW, "//b:userTask/b:documentation", write("另说"), "changed", "documentation"),
    Mutation(REVIEW, "//b:exclusiveGateway", retag("parallelGateway"), "changed", "kind"),
    Mutation(REVIEW, "//b:exclusiveGateway", put("default", "review_end"), "changed", "default"),
    Mutation(MAIN, "//b:lane/b:flowNodeRef", to_other_lane, "moved", "lane"),
    Mutation(MAIN, "//b:lane", put("name", "街道"), "changed", "name"),
    Mutation(MAIN, "//b:participant", put("name", "另一个框"), "changed", "pool"),
    Mutation(MAIN, "//b:process", put("name", "另一事项"), "changed", "name"),
    Mutation(MAIN, "//b:process/b:documentation", write("另说"), "changed", "documentation"),
    Mutation(MAIN, "//b:callActivity", put("calledElement", "review"), "changed", "calls"),
    Mutation(MAIN, "//b:callActivity", drop, "removed", ""),
    Mutation(MAIN, "//b:process", add("userTask", id="t", name="审查"), "added", ""),
    Mutation(NOTICE, _BORDER, put("attachedToRef", "open_notice"), "moved", "attached_to"),
    Mutation(NOTICE, _BORDER, put("cancelActivity", "false"), "changed", "interrupts"),
    Mutation(NOTICE, "//b:message", put("name", "stop"), "changed", "message"),
    Mutation(NOTICE, "//b:timeDate", write("working_days(5)"), "changed", "timer"),
    Mutation(REVIEW, f"{_TASK}//s:property[@name='role']", put("value", "king"), "changed", "role"),
    Mutation(REVIEW, f"{_TASK}//s:property[@name='role']", drop, "changed", "role"),
    Mutation(REVIEW, f"{_TASK}//s:property[@name='clock']", put("value", "x"), "changed", "clock"),
    *[
        Mutation(REVIEW, LAST, add_property(name, "x"), "changed", name)
        for name in (
            "form", "days", "counted", "not_by_origin", "assignee", "field.opinion", "sets",
        )
    ],
    Mutation(REVIEW, LAST, add_property("hue", "x"), "changed", "property.hue"),
    Mutation(REVIEW, "//b:userTask", repeat, "changed", "multiple.loopCardinality"),
    Mutation(NOTICE, _OPERATOR, put("id", "issue_document"), "changed", "operation"),
    Mutation(NOTICE, f"{_OPERATOR}//s:parameter", put("value", "7"), "changed", "parameter.kind"),
    Mutation(NOTICE, f"{_OPERATOR}//s:parameter", drop, "changed", "parameter.kind"),
    Mutation(MAIN, "//b:businessRuleTask//s:calledDecisionId", write("x"), "changed", "table"),
    Mutation(REVIEW, "//b:sequenceFlow", put("targetRef", "nowhere"), "moved", "target"),
    Mutation(REVIEW, "//b:sequenceFlow", put("sourceRef", "nowhere"), "moved", "source"),
    Mutation(REVIEW, "//b:sequenceFlow", put("name", "改名"), "changed", "name"),
    Mutation(REVIEW, "//b:sequenceFlow", drop, "removed", ""),
    Mutation(REVIEW, _CONDITION, write('review == "other"'), "changed", "condition"),
    Mutation(REVIEW, _CONDITION, drop, "changed", "condition"),
    Mutation(ROUTING, "//d:decision", put("name", "改名"), "changed", "name"),
    Mutation(ROUTING, "//d:decision/d:description", write("另说"), "changed", "documentation"),
    Mutation(ROUTING, "//d:decisionTable", put("hitPolicy", "UNIQUE"), "changed", "policy"),
    Mutation(ROUTING, "//d:input", put("label", "改名"), "changed", "label"),
    Mutation(ROUTING, "//d:inputExpression", put("typeRef", "number"), "changed", "type"),
    Mutation(ROUTING, "//d:inputExpression/d:text", write("matter"), "changed", "text"),
    Mutation(ROUTING, "//d:output", put("name", "other"), "changed", "text"),
    Mutation(ROUTING, "//d:decisionTable", add_input, "added", ""),
    Mutation(ROUTING, "//d:decisionTable", swap_inputs, "moved", "order"),
    Mutation(ROUTING, f"{_RULE}/d:description", write("另说"), "changed", "documentation"),
    Mutation(ROUTING, f"{_RULE}/d:inputEntry/d:text", write('"x"'), "changed", "cell"),
    Mutation(ROUTING, f"{_RULE}/d:inputEntry/d:text", write(""), "changed", "cell"),
    Mutation(ROUTING, f"{_RULE}/d:outputEntry/d:text", write('"x"'), "changed", "value"),
    Mutation(ROUTING, _RULE, drop, "removed", ""),
    Mutation(ROUTING, _RULE, swap_with_next, "moved", "order"),
    Mutation(ROUTING, "//d:decisionTable", add_rule, "added", ""),
]  # fmt: skip
NOTHING = [
    Mutation(REVIEW, "//dc:Bounds", put("x", "1"), "", ""),
    Mutation(REVIEW, "//b:definitions", put("exporter", "x"), "", ""),
    Mutation(REVIEW, _CONDITION, rewrite, "", ""),
    Mutation(ROUTING, "//d:inputEntry/d:text[not(text())]", write("-"), "", ""),
]  # fmt: skip
