"""A case in the hands of one test."""

from collections.abc import Mapping
from typing import Any

from bpmn import engine
from tests.bpmn.engine.office import Office
from tests.bpmn.engine.permit import PERMIT

VARIABLES = {"case_id": 7, "certificate_type": "class_b", "experts": ["a"]}


class Desk:
    """A case of the permit in the hands of one test."""

    def __init__(self, files: Mapping[str, bytes] = PERMIT, **variables: Any) -> None:
        self.office = Office()
        self.diagram = engine.compile_diagram(files)
        self.step = engine.start(self.diagram, VARIABLES | variables, self.office.host())
        self.open = {task.element: task for task in self.step.opened}

    def take(self, step: engine.Step) -> engine.Step:
        closed = {task.id for task in step.closed}
        self.open = {name: task for name, task in self.open.items() if task.id not in closed}
        self.open |= {task.element: task for task in step.opened}
        self.step = step
        return step

    def complete(self, element: str, **answers: Any) -> engine.Step:
        task, host = self.open[element].id, self.office.host()
        return self.take(engine.complete(self.diagram, self.step.state, task, answers, host))

    def send(self, name: str, **payload: Any) -> engine.Step:
        host = self.office.host()
        return self.take(engine.send(self.diagram, self.step.state, name, payload, host))

    def wake(self) -> engine.Step:
        return self.take(engine.wake(self.diagram, self.step.state, self.office.host()))

    def accept(self) -> None:
        self.complete("fill")
        self.complete("check", acceptance="accept")
