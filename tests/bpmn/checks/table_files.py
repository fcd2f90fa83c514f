"""Decision tables written for a test, and a diagram that calls one."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from bpmn.checks import OperationWords, Vocabulary
from bpmn.diagram import Diagram, read_diagram
from bpmn.diagram.labels import Labels

TOP = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="x">
 <process id="top" name="事项" isExecutable="true">
  <startEvent id="begin" name="开始" />
  <businessRuleTask id="find" name="定层级"><extensionElements>
   <spiffworkflow:calledDecisionId>route</spiffworkflow:calledDecisionId></extensionElements>
  </businessRuleTask>
  <serviceTask id="tell" name="通知"><extensionElements>
   <spiffworkflow:serviceTaskOperator id="send"><spiffworkflow:parameters>
    <spiffworkflow:parameter id="days" type="str" value="level" />
   </spiffworkflow:parameters></spiffworkflow:serviceTaskOperator></extensionElements>
  </serviceTask>
  <exclusiveGateway id="where" name="去哪一级" />
  <endEvent id="up" name="上" /><endEvent id="down" name="下" />
  <sequenceFlow id="f1" sourceRef="begin" targetRef="find" />
  <sequenceFlow id="f2" sourceRef="find" targetRef="where" />
  <sequenceFlow id="f3" name="省级" sourceRef="where" targetRef="up">
   <conditionExpression>level == "province"</conditionExpression></sequenceFlow>
  <sequenceFlow id="f4" name="市级" sourceRef="where" targetRef="down">
   <conditionExpression>level == "city"</conditionExpression></sequenceFlow>
 </process></definitions>"""
KINDS = {"kind": "string", "city": "string", "days": "number", "urgent": "boolean"}
LABELS = {"kind": "证书类型", "city": "市级代码", "days": "天数", "urgent": "加急"}
WORDS = Vocabulary(
    forms=frozenset(),
    roles=frozenset(),
    operations={},
    clocks=frozenset(),
    lanes={},
    given={"kind": ("a", "b"), "city": (), "days": ()},
    messages={},
    labels=Labels(values={"kind": {"a": "甲级", "b": "乙级"}}),
)
WITH_SENDING = {"send": OperationWords({"days": ("int", True)}, {})}


def table(
    inputs: Sequence[str],
    rules: Sequence[tuple[Sequence[str], str]],
    policy: str = "UNIQUE",
    kinds: dict[str, str] | None = None,
) -> bytes:
    """The decision `route`: cells for each input, and a value of `level` (any expression)."""
    kinds = KINDS if kinds is None else kinds
    columns = "".join(
        f'<input id="in{n}" label="{LABELS.get(name, name)}"><inputExpression '
        f'typeRef="{kinds.get(name, "")}"><text>{escape(name)}</text></inputExpression></input>'
        for n, name in enumerate(inputs)
    )
    rows = "".join(_row(number, cells, value) for number, (cells, value) in enumerate(rules, 1))
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        'namespace="x"><decision id="route" name="定层级">'
        f'<decisionTable id="t" hitPolicy="{policy}">{columns}<output id="out" name="level" '
        f'label="层级" typeRef="{kinds.get("level", "")}"/>{rows}'
        "</decisionTable></decision></definitions>"
    ).encode()


def diagram_with(content: bytes) -> Diagram:
    return read_diagram({"diagram.bpmn": TOP.encode(), "route.dmn": content})


def _row(number: int, cells: Sequence[str], value: str) -> str:
    entries = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells)
    entry = f"<outputEntry><text>{escape(value)}</text></outputEntry>"
    return f'\n<rule id="r{number}">{entries}{entry}</rule>'
