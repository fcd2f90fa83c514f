"""The path of a case in words, and where two paths part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from bpmn import engine
from bpmn.casework.replay_course import Course
from bpmn.casework.rights import UNIT_ROLES
from bpmn.diagram import Diagram

_TOLD = (engine.PERSON, engine.MESSAGE, engine.TIMER)


@dataclass(frozen=True)
class PathStep:
    """One step as people see it: what somebody did, a message that came, a timer that fired.

    `outcome` is the value chosen; `words` name step and outcome. Times are aware UTC.
    """

    kind: str
    element: str
    outcome: str
    words: str
    role: str
    opened_at: datetime
    closed_at: datetime


def path_of(recording: engine.Recording, course: Course) -> list[PathStep]:
    """The steps that were done, in the order of their ends, and the end that was reached.

    Operations and gateways are left out: what the office does by itself is no other path.
    """
    done = [visit for visit in recording.visits if visit.done and visit.kind in _TOLD]
    at = recording.closed_at
    told = end_words(course.words, recording.ended)
    end = PathStep("end", recording.ended or "", "", told, "", at, at)
    return [*(_step(visit, course) for visit in done), end]


def end_words(words: Diagram, ended: str | None) -> str:
    """How the end is called on the diagram."""
    found = words.find_node(ended or "")
    return (found[1].name if found else "") or ended or _("没有终点")


def submitted_at(path: Sequence[PathStep]) -> datetime | None:
    """When the first step of an organ began; None for a case that was never handed in."""
    return next((one.opened_at for one in path if one.role and one.role not in UNIT_ROLES), None)


def first_difference(before: Sequence[PathStep], after: Sequence[PathStep]) -> int | None:
    """The place at which the two part; None for the same path, whatever its times."""
    for place, (one, other) in enumerate(zip(before, after, strict=False)):
        if _key(one) != _key(other):
            return place
    return None if len(before) == len(after) else min(len(before), len(after))


def difference_words(before: Sequence[PathStep], after: Sequence[PathStep], place: int) -> str:
    """Where they part, in words that are the same for every case that parts there."""
    last = before[place - 1].words if place else _("开始")
    was, now = (_named(path, place) for path in (before, after))
    told = _("“{last}”之后，原来是“{was}”，推演是“{now}”")
    return told.format(last=last, was=was, now=now)


def _named(path: Sequence[PathStep], place: int) -> str:
    return path[place].words if place < len(path) else _("办结")


def _key(step: PathStep) -> tuple[str, str, str]:
    return step.kind, step.element, step.outcome


def _step(visit: engine.Recorded, course: Course) -> PathStep:
    task = course.words.user_tasks.get(visit.element)
    name = course.titles.title(visit.element)
    outcome, label = "", ""
    if task is not None and task.outcome is not None:
        outcome = str(visit.sets.get(task.outcome, ""))
        label = next((one.label for one in task.outcomes if one.value == outcome), outcome)
    elif visit.kind == engine.MESSAGE:
        outcome = "/".join(str(value) for value in visit.sets.values())
    return PathStep(
        kind=visit.kind,
        element=visit.element,
        outcome=outcome,
        words=f"{name}：{label}" if label else name,
        role=task.role if task else "",
        opened_at=visit.opened_at,
        closed_at=visit.closed_at,
    )
