"""A diagram that is being drawn: nodes and flows that a test can change before they are written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bpmn.checks import OperationWords, Vocabulary
from tests.bpmn.engine.drawing import HEAD, dmn, escape, message, multiple, timer

VALUES = ("a", "b", "c")
REGION = "region"
"""A variable that a case has from the start, for decisions that nobody takes."""


@dataclass(frozen=True)
class Dot:
    """A node; `more` is what its kind needs: the operation, process, table, clock or message."""

    id: str
    kind: str
    more: str = ""
    variable: str = ""
    host: str = ""
    interrupts: bool = True


@dataclass(frozen=True)
class Line:
    """A flow; where `value` is set it leaves a decision."""

    source: str
    target: str
    variable: str = ""
    value: str = ""

    @property
    def id(self) -> str:
        return f"{self.source}_to_{self.target}_{self.value}"


@dataclass
class Level:
    """A process, or (with a `holder` in another level) the inside of a sub-process."""

    id: str
    holder: str = ""
    dots: dict[str, Dot] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def leaving(self, dot: str) -> list[Line]:
        return [line for line in self.lines if line.source == dot]

    def coming(self, dot: str) -> list[Line]:
        return [line for line in self.lines if line.target == dot]

    def copy(self) -> "Level":
        return replace(self, dots=dict(self.dots), lines=list(self.lines))


@dataclass
class Drawn:
    """All levels, the top one first, and the tables: variable set → the variable it reads."""

    levels: list[Level]
    tables: dict[str, int] = field(default_factory=dict)
    """Decision by a table: its number of rules; it reads `level_<n>` and sets `<id>`."""
    operations: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def copy(self) -> "Drawn":
        return replace(self, levels=[level.copy() for level in self.levels])

    def dots(self) -> Iterator[Dot]:
        for level in self.levels:
            yield from level.dots.values()

    def files(self) -> dict[str, bytes]:
        """The BPMN and DMN files."""
        found = {f"{name}.dmn": _table(name, rules) for name, rules in self.tables.items()}
        for level in self.levels:
            if not level.holder:
                body = "".join(self._inside(level))
                main = "diagram" if level is self.levels[0] else level.id
                found[f"{main}.bpmn"] = _file(level.id, body, self._messages())
        return found

    def words(self) -> Vocabulary:
        """The words that these files use, and no others."""
        clocks = {dot.more for dot in self.dots() if _is_timed(dot)}
        names = {dot.id for dot in self.dots()}
        return Vocabulary(
            forms=frozenset(names),
            roles=frozenset({"reviewer"}),
            operations={
                name: OperationWords({}, {variable: values} if variable else {})
                for name, (variable, values) in self.operations.items()
            },
            clocks=frozenset(clocks),
            lanes={},
            given=self.given(),
            messages={name: {} for name in self._messages()},
        )

    def given(self) -> dict[str, tuple[str, ...]]:
        """What a case has when it begins."""
        levels = {f"level_{name}": VALUES[:rules] for name, rules in self.tables.items()}
        lines = [line for level in self.levels for line in level.lines]
        region = {REGION: VALUES[:2]} if any(line.variable == REGION for line in lines) else {}
        return {"people": (), **levels, **region}

    def _messages(self) -> list[str]:
        return sorted({dot.more for dot in self.dots() if dot.kind in ("message", "heard")})

    def _inside(self, level: Level) -> Iterator[str]:
        for dot in level.dots.values():
            inner = next((one for one in self.levels if one.holder == dot.id), None)
            yield _node(dot, "" if inner is None else "".join(self._inside(inner)))
        for line in level.lines:
            yield _flow(line)


def _is_timed(dot: Dot) -> bool:
    return dot.kind in ("timer", "timed")


def _file(process: str, body: str, messages: list[str]) -> bytes:
    names = "".join(f'<bpmn:message id="m_{name}" name="{name}"/>' for name in messages)
    head = f'<bpmn:process id="{process}" name="{process}" isExecutable="true">'
    return f"{HEAD}{names}{head}{body}</bpmn:process></bpmn:definitions>".encode()


def _table(name: str, rules: int) -> bytes:
    given = {f'"{value}"': f'"{value}"' for value in VALUES[:rules]}
    return dmn(f"table_{name}", f"level_{name}", name, given, "UNIQUE")


def _extended(*blocks: str) -> str:
    return f"<bpmn:extensionElements>{''.join(blocks)}</bpmn:extensionElements>"


def _node(dot: Dot, inside: str) -> str:
    tag, content, attributes = _PARTS[dot.kind](dot)
    named = f'id="{dot.id}" name="{dot.id}"{attributes}'
    return f"<bpmn:{tag} {named}>{content}{inside}</bpmn:{tag}>"


_Part = tuple[str, str, str]


def _plain(tag: str) -> Callable[[Dot], _Part]:
    return lambda dot: (tag, "", "")


def _person(dot: Dot) -> _Part:
    pairs = {"role": "reviewer", **({"outcome": dot.variable} if dot.variable else {})}
    lines = "".join(
        f'<spiffworkflow:property name="{name}" value="{value}"/>' for name, value in pairs.items()
    )
    marker = multiple("people", f"of_{dot.id}") if dot.more else ""
    properties = f"<spiffworkflow:properties>{lines}</spiffworkflow:properties>"
    return "userTask", _extended(properties) + marker, ""


def _operation(dot: Dot) -> _Part:
    sets = f'<spiffworkflow:property name="sets" value="{dot.variable}"/>' if dot.variable else ""
    properties = f"<spiffworkflow:properties>{sets}</spiffworkflow:properties>" if sets else ""
    called = (
        f'<spiffworkflow:serviceTaskOperator id="{dot.more}"><spiffworkflow:parameters/>'
        "</spiffworkflow:serviceTaskOperator>"
    )
    return "serviceTask", _extended(properties, called), ""


def _rule(dot: Dot) -> _Part:
    called = f"<spiffworkflow:calledDecisionId>{dot.more}</spiffworkflow:calledDecisionId>"
    return "businessRuleTask", _extended(called), ""


def _call(dot: Dot) -> _Part:
    return "callActivity", "", f' calledElement="{dot.more}"'


def _catch(dot: Dot) -> _Part:
    event = timer(f'due("{dot.more}")') if _is_timed(dot) else message(dot.more)
    if not dot.host:
        return "intermediateCatchEvent", event, ""
    cancels = "true" if dot.interrupts else "false"
    return "boundaryEvent", event, f' attachedToRef="{dot.host}" cancelActivity="{cancels}"'


_PARTS = {
    "start": _plain("startEvent"),
    "end": _plain("endEvent"),
    "choice": _plain("exclusiveGateway"),
    "parallel": _plain("parallelGateway"),
    "sub": _plain("subProcess"),
    "person": _person,
    "operation": _operation,
    "rule": _rule,
    "call": _call,
    "timer": _catch,
    "message": _catch,
    "timed": _catch,
    "heard": _catch,
}
"""`timer` and `message` wait in a path, `timed` and `heard` on a border."""


def _flow(line: Line) -> str:
    attributes = f'id="{line.id}" sourceRef="{line.source}" targetRef="{line.target}"'
    if not line.value:
        return f"<bpmn:sequenceFlow {attributes}/>"
    condition = escape(f'{line.variable} == "{line.value}"')
    inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>"
    return f'<bpmn:sequenceFlow {attributes} name="{line.value}">{inner}</bpmn:sequenceFlow>'
