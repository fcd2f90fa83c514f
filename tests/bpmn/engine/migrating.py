"""A small diagram that calls another, edits of it, and a case moved from one to the other."""

from collections.abc import Mapping
from typing import Any

from bpmn import engine
from bpmn.engine.migration import Moved, is_at_rest, move
from tests.bpmn.engine.desk import Desk
from tests.bpmn.engine.drawing import (
    bpmn,
    call,
    end,
    flows,
    start,
    user,
)

PARTS = {
    "fill": user("fill"),
    "review": user("review"),
    "inner": call("inner", "called"),
    "decide": user("decide"),
    "end": end(),
}
WAY = ("start > fill > review > inner > decide > end",)
CALLED = {"inside": user("inside"), "aside": user("aside")}
CALLED_WAY = ("begin > inside > aside > over",)


def office(
    parts: Mapping[str, str] | None = None,
    way: tuple[str, ...] = WAY,
    called: Mapping[str, str] | None = None,
    called_way: tuple[str, ...] = CALLED_WAY,
    **others: bytes,
) -> dict[str, bytes]:
    """fill → review → a called diagram (inside → aside) → decide, with some parts drawn anew."""
    drawn = {key: text for key, text in (PARTS | (parts or {})).items() if text}
    inside = {key: text for key, text in (CALLED | (called or {})).items() if text}
    top = bpmn("top", start() + "".join(drawn.values()) + flows(*way), messages="stop go")
    below = start("begin") + "".join(inside.values()) + end("over") + flows(*called_way)
    return {"diagram.bpmn": top, "called.bpmn": bpmn("called", below), **others}


def at(element: str, files: Mapping[str, bytes] | None = None) -> Desk:
    """A case whose open task is the element; all before it were done a day apart."""
    desk = Desk(files or office())
    while element not in desk.open:
        desk.office.pass_days(1)
        desk.complete(next(iter(desk.open)))
    return desk


def moved(desk: Desk, files: Mapping[str, bytes]) -> Moved:
    """The case on the other version; the desk works there from now on, if it could be moved."""
    new = engine.compile_diagram(files)
    found = move(desk.diagram, new, desk.step.state, desk.office.host())
    if found.state is not None:
        assert is_at_rest(new, found.state, desk.office.host())
        assert found.after.open == found.before.open
        desk.diagram = new
        desk.take(engine.wake(new, found.state, desk.office.host()))
    return found


def kinds(findings: Any) -> list[tuple[str, str]]:
    return [(finding.kind, finding.element) for finding in findings]


def finish(desk: Desk) -> list[str]:
    """Complete whatever is open, in order, to the end."""
    done = []
    while desk.open:
        done.append(next(iter(desk.open)))
        desk.complete(done[-1])
    assert desk.step.ended == "end"
    return done
