"""What the pages of a replay say beside its figures: which step is meant, and what was assumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _

from bpmn.casework.replay_asking import assumptions_of
from bpmn.diagram import Diagram
from bpmn.diagram.titles import titles_of
from models import Replay
from webapp.roles import ROLE_NAMES

FEW = 6
"""Steps of a role that are named; of more, so many and their number."""


@dataclass(frozen=True)
class AssumedStep:
    """A step that no recording knows, and what it was taken to be.

    `procedure` is the called diagram that it is part of (empty for the top level), `days` are the
    working days assumed, `is_limit` whether they are the step's own limit, `outcome` is empty
    where whatever leads to the step recorded next was taken.
    """

    name: str
    procedure: str
    role: str
    days: int
    is_limit: bool
    outcome: str
    has_outcomes: bool


def procedures_of(words: Diagram) -> dict[str, str]:
    """Of each element of a called diagram the name of that diagram: 复核 of 审查, or of 听证."""
    return {
        element: process.name
        for process in words.processes.values()
        if process.id != words.main
        for element in process.nodes
    }


def assumed_of(replay: Replay, words: Diagram) -> list[AssumedStep]:
    """What was assumed, in the order in which it was asked for."""
    procedures = procedures_of(words)
    found = []
    for element, one in assumptions_of(replay).items():
        task = words.user_tasks.get(element)
        if task is not None:
            labels = {outcome.value: outcome.label for outcome in task.outcomes}
            found.append(
                AssumedStep(
                    task.name,
                    procedures.get(element, ""),
                    ROLE_NAMES.get(task.role, task.role),
                    one.days,
                    one.days == task.days,
                    labels.get(one.outcome or "", ""),
                    bool(task.outcomes),
                )
            )
    return found


def steps_by_role(words: Diagram) -> Mapping[str, str]:
    """The steps that a role has on the diagram: 复核、法制审核; 审查、受理 等 9 个环节."""
    names: dict[str, dict[str, None]] = {}
    titles = titles_of(words)
    for task in words.user_tasks.values():
        names.setdefault(task.role, {})[titles.title(task.element)] = None
    return {role: _listed(list(steps)) for role, steps in names.items()}


def _listed(steps: list[str]) -> str:
    named = "、".join(steps[:FEW])
    if len(steps) <= FEW:
        return named
    return _("{named} 等 {count} 个环节").format(named=named, count=len(steps))
