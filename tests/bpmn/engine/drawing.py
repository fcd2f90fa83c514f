"""Writes small diagrams for the engine's tests, without coordinates."""

from collections.abc import Mapping

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://cartouche.test">
"""


def bpmn(process: str, body: str, messages: str = "") -> bytes:
    names = "".join(f'<bpmn:message id="m_{name}" name="{name}"/>' for name in messages.split())
    text = f'{HEAD}{names}<bpmn:process id="{process}" isExecutable="true">{body}</bpmn:process>'
    return f"{text}</bpmn:definitions>".encode()


def start(name: str = "start") -> str:
    return f'<bpmn:startEvent id="{name}" name="{name}"/>'


def end(name: str = "end") -> str:
    return f'<bpmn:endEvent id="{name}" name="{name}"/>'


def user(name: str, inner: str = "", **properties: str) -> str:
    lines = "".join(
        f'<spiffworkflow:property name="{key}" value="{value}"/>'
        for key, value in properties.items()
    )
    block = f"<spiffworkflow:properties>{lines}</spiffworkflow:properties>" if lines else ""
    extensions = f"<bpmn:extensionElements>{block}</bpmn:extensionElements>" if block else ""
    return f'<bpmn:userTask id="{name}" name="{name}">{extensions}{inner}</bpmn:userTask>'


def service(name: str, operation: str, **parameters: str) -> str:
    lines = "".join(
        f'<spiffworkflow:parameter id="{key}" type="any" value="{escape(value)}"/>'
        for key, value in parameters.items()
    )
    return (
        f'<bpmn:serviceTask id="{name}" name="{name}"><bpmn:extensionElements>'
        f'<spiffworkflow:serviceTaskOperator id="{operation}"><spiffworkflow:parameters>{lines}'
        "</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )


def rule(name: str, decision: str) -> str:
    return (
        f'<bpmn:businessRuleTask id="{name}" name="{name}"><bpmn:extensionElements>'
        f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>"
        "</bpmn:extensionElements></bpmn:businessRuleTask>"
    )


def call(name: str, process: str) -> str:
    return f'<bpmn:callActivity id="{name}" name="{name}" calledElement="{process}"/>'


def sub(name: str, body: str) -> str:
    return f'<bpmn:subProcess id="{name}" name="{name}">{body}</bpmn:subProcess>'


def gateway(name: str, kind: str = "exclusive") -> str:
    return f'<bpmn:{kind}Gateway id="{name}" name="{name}"/>'


def timer(expression: str, kind: str = "timeDate") -> str:
    text = f'<bpmn:{kind} xsi:type="bpmn:tFormalExpression">{escape(expression)}</bpmn:{kind}>'
    return f"<bpmn:timerEventDefinition>{text}</bpmn:timerEventDefinition>"


def message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="m_{name}"/>'


def boundary(name: str, attached: str, definition: str, interrupting: bool = True) -> str:
    cancel = "true" if interrupting else "false"
    return (
        f'<bpmn:boundaryEvent id="{name}" name="{name}" attachedToRef="{attached}" '
        f'cancelActivity="{cancel}">{definition}</bpmn:boundaryEvent>'
    )


def catch(name: str, definition: str) -> str:
    words = f'id="{name}" name="{name}"'
    return f"<bpmn:intermediateCatchEvent {words}>{definition}</bpmn:intermediateCatchEvent>"


def multiple(collection: str, item: str, output: str = "", each: str = "", until: str = "") -> str:
    out = f"<bpmn:loopDataOutputRef>{output}</bpmn:loopDataOutputRef>" if output else ""
    result = f'<bpmn:outputDataItem id="{each}"/>' if each else ""
    stop = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
    return (
        "<bpmn:multiInstanceLoopCharacteristics>"
        f"<bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>{out}"
        f'<bpmn:inputDataItem id="{item}"/>{result}{stop}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def flows(*lines: str) -> str:
    """Each line is `a > b > c`, or `a > b : condition` for the flow between the two."""
    found = []
    for line in lines:
        path, _, condition = line.partition(" : ")
        steps = [step.strip() for step in path.split(" > ")]
        found += [
            _flow(source, target, condition)
            for source, target in zip(steps, steps[1:], strict=False)
        ]
    return "".join(found)


def _flow(source: str, target: str, condition: str) -> str:
    text = escape(condition.strip())
    inner = f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression>" if text else ""
    return (
        f'<bpmn:sequenceFlow id="{source}_to_{target}" sourceRef="{source}" '
        f'targetRef="{target}">{inner}</bpmn:sequenceFlow>'
    )


def dmn(decision: str, given: str, output: str, rules: Mapping[str, str], policy: str) -> bytes:
    """One table with one input expression and one output; `rules` maps cell to value."""
    rows = "".join(
        f'<rule id="{decision}_r{number}"><inputEntry id="{decision}_i{number}"><text>'
        f'{escape(cell)}</text></inputEntry><outputEntry id="{decision}_o{number}"><text>'
        f"{escape(value)}</text></outputEntry></rule>"
        for number, (cell, value) in enumerate(rules.items())
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        f'namespace="http://cartouche.test"><decision id="{decision}" name="{decision}">'
        f'<decisionTable id="{decision}_t" hitPolicy="{policy}"><input id="{decision}_in">'
        f'<inputExpression id="{decision}_ex"><text>{escape(given)}</text></inputExpression>'
        f'</input><output id="{decision}_out" name="{output}"/>{rows}'
        "</decisionTable></decision></definitions>"
    ).encode()


def escape(text: str) -> str:
    table = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return "".join(table.get(letter, letter) for letter in text)
