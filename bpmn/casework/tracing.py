"""流程跟踪: the diagrams of a case's own version with what became of each element."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bpmn import engine
from bpmn.casework.running import LoadedDiagram, load_diagram
from bpmn.casework.story import Line
from bpmn.diagram import Diagram, Node, Process
from bpmn.drawing import Mark, draw, trace_marks
from bpmn.drawing.marks import badge_words
from bpmn.office import Office
from forms.registry import REPLIES
from models import Case, DiagramVersion, Task
from models.calendar import office_date

_STEPS = {"userTask", "callActivity"}


@dataclass(frozen=True)
class Picture:
    """One process of the case's diagram: as SVG, and as data for a viewer."""

    process: str
    title: str
    svg: str
    xml: str
    marks: tuple[Mapping[str, str], ...]
    flows: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A step of the top level, for the tracker: done, current, returned or todo."""

    name: str
    state: str
    element: str


@dataclass(frozen=True)
class Trace:
    """Where a case has been and stands; `messages` are those that it waits for."""

    loaded: LoadedDiagram
    visits: Sequence[engine.Visit]
    messages: frozenset[str]


def trace_of(office: Office, case: Case) -> Trace:
    """Read the engine's state: only for pages of one case, it is not free."""
    loaded = load_diagram(office, case.diagram_version_id)
    state = office.db.scalar(select(Case.state).where(Case.id == case.id)) or b""
    messages = engine.waiting_messages(loaded.compiled, state)
    return Trace(loaded, engine.history(loaded.compiled, state), messages)


def pictures_of(office: Office, case: Case, trace: Trace, story: Sequence[Line]) -> list[Picture]:
    """The top level, then every called diagram that the case has entered."""
    diagram = trace.loaded.words
    answers = _answers(office, case, diagram)
    marks = trace_marks(diagram, trace.visits, _badges(trace, story), answers)
    files = office.db.scalar(
        select(DiagramVersion.files).where(DiagramVersion.id == case.diagram_version_id)
    )
    entered = {visit.scope for visit in trace.visits}
    processes = [p for p in diagram.processes.values() if p.id == diagram.main or p.id in entered]
    links = {
        node.id: f"#diagram-{node.calls}"
        for process in processes
        for node in process.nodes.values()
        if node.calls in entered
    }
    return [_picture(diagram, process, marks, links, files or {}) for process in processes]


def _answers(office: Office, case: Case, diagram: Diagram) -> set[tuple[str | None, str | None]]:
    """(variable, value) of every outcome that a step of the case ended with."""
    query = select(Task.element, Task.outcome).where(Task.case_id == case.id)
    return {
        (words.outcome, outcome)
        for element, outcome in office.db.execute(query.where(Task.outcome.is_not(None)))
        if (words := diagram.user_tasks.get(element)) is not None
    }


def stages_of(trace: Trace, story: Sequence[Line]) -> list[Stage]:
    """The steps of the top level in the lanes that the case has come through."""
    diagram = trace.loaded.words
    process = diagram.processes[diagram.main]
    marks = trace_marks(diagram, trace.visits)
    asked = any(line.state == "current" and line.element in _of_unit(diagram) for line in story)
    steps = _steps_of_lanes(process, {v.element for v in trace.visits if v.state != "cancelled"})
    ended = not any(line.state == "current" for line in story)
    stages = [Stage(node.name, _stage(marks.get(node.id), asked), node.id) for node in steps]
    return [stage for stage in stages if not (ended and stage.state == "todo")]


def _picture(
    diagram: Diagram,
    process: Process,
    marks: Mapping[str, Mark],
    links: Mapping[str, str],
    files: Mapping[str, str],
) -> Picture:
    here = [element for element in process.nodes if element in marks]
    return Picture(
        process=process.id,
        title=process.name,
        svg=draw(diagram, process.id, marks, links=links),
        xml=files.get(process.file, ""),
        marks=tuple(_live(element, marks[element], links) for element in here),
        flows=tuple(f for f in process.flows if f in marks and marks[f].state == "done"),
    )


def _live(element: str, mark: Mark, links: Mapping[str, str]) -> dict[str, str]:
    state = "current" if mark.state == "waiting" else mark.state
    label = badge_words(mark)
    href = links.get(element) or f"#step-{element}"
    return {"element": element, "state": state, "label": label, "href": href if label else ""}


def _badges(trace: Trace, story: Sequence[Line]) -> dict[str, str]:
    """The day on which a step was done once; the drawing itself tells of returns."""
    times: dict[str, int] = {}
    for visit in trace.visits:
        times[visit.element] = times.get(visit.element, 0) + 1
    return {
        line.element: f"{office_date(line.until):%m-%d}"
        for line in story
        if line.element and line.until is not None and times.get(line.element) == 1
    }


def _steps_of_lanes(process: Process, visited: set[str]) -> list[Node]:
    """The lanes that the case has come through, or the first, each from left to right.

    A step drawn below its lane's first row is a branch: it shows once the case has come there.
    """
    steps = [node for node in process.nodes.values() if node.kind in _STEPS]
    lanes = [node.lane for node in steps if node.calls and node.id in visited]
    lanes = lanes or [node.lane for node in steps if node.calls][:1]
    mine = [node for node in steps if node.lane in lanes or not node.calls]
    places = {node.id: _place(process, node) for node in mine}
    rows = {lane: min(places[n.id][0] for n in mine if n.lane == lane) for lane in _lanes(mine)}
    shown = [n for n in mine if n.id in visited or places[n.id][0] == rows[n.lane]]
    return sorted(shown, key=lambda node: (rows[node.lane], places[node.id][1]))


def _lanes(nodes: Sequence[Node]) -> set[str | None]:
    return {node.lane for node in nodes}


def _place(process: Process, node: Node) -> tuple[float, float]:
    """Where a step is drawn: from the top, from the left."""
    shape: Any = process.shapes.get(node.id)
    return (float(shape.box.y), float(shape.box.x)) if shape else (0.0, 0.0)


def _stage(mark: Mark | None, asked: bool) -> str:
    if mark is None or mark.state == "skipped":
        return "todo"
    if mark.state in ("current", "waiting"):
        return "returned" if asked else "current"
    return "done"


def _of_unit(diagram: Diagram) -> set[str]:
    """The applicant's steps inside called diagrams: the organ has given something back to it."""
    tasks = [t for t in diagram.user_tasks.values() if t.form not in REPLIES]
    return {t.element for t in tasks if t.role == "applicant" and t.process != diagram.main}
