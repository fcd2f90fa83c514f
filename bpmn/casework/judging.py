"""Whether an open case can move to another version of its diagram: judged on a copy in memory.

Nothing is written and no operation runs; `moving` judges once more, with the case held.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn import engine
from bpmn.casework.move_notes import notes_of
from bpmn.casework.running import LoadedDiagram, load_diagram, words_of
from bpmn.casework.timing import host_for
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks.arriving import Arrival
from bpmn.errors import CaseworkError, DiagramFault
from bpmn.office import Office
from models import Case, Draft, Task

KEPT_ARRIVALS = 16
KEPT_NOTES = 64
_LITTLE = timedelta(microseconds=1)
_arrivals: OrderedDict[str, Arrival] = OrderedDict()


@dataclass(frozen=True)
class Judgement:
    """What would come of a move. Without a `state` it cannot be: `reason` is the kind of what
    keeps the case, `words` say it. `notes` say what would be otherwise than before. It stands at
    `position` now and at `after` then.
    """

    position: engine.Position
    state: bytes | None
    after: engine.Position | None = None
    reason: str = ""
    words: str = ""
    notes: tuple[str, ...] = ()


def judge(office: Office, case: Case, target: LoadedDiagram) -> Judgement:
    """Move the case on a copy and look at what came of it."""
    old = load_diagram(office, case.diagram_version_id)
    host = replace(host_for(office, case), call=_refuse_to_act)
    moved = engine.move(old.compiled, target.compiled, case.state, host)
    if moved.state is None:
        first = moved.reasons[0]
        words = "".join(finding.words for finding in moved.reasons)
        return Judgement(moved.before, None, reason=first.kind, words=words)
    for reason, words in _obstacles(office, case, old, target, moved, host):
        return Judgement(moved.before, None, reason=reason, words=words)
    told = _told(old.compiled, target.compiled, frozenset(moved.before.elements))
    notes = (*(finding.words for finding in moved.notes), *told)
    return Judgement(moved.before, moved.state, moved.after, notes=notes)


@lru_cache(maxsize=KEPT_NOTES)
def _told(
    old: engine.CompiledDiagram, new: engine.CompiledDiagram, elements: frozenset[str]
) -> tuple[str, ...]:
    """What changes for every case that stands there: most of a batch stand where others do."""
    return notes_of(words_of(old), words_of(new), elements)


def lost_drafts(
    office: Office, case: Case, old: LoadedDiagram, target: LoadedDiagram, elements: Set[str]
) -> list[str]:
    """The names of open tasks in which somebody has typed what their other form would not keep."""
    changed = _reformed(old, target, elements)
    if not changed:
        return []
    query = (
        select(Task.name)
        .join(Draft, Draft.task_id == Task.id)
        .where(Task.case_id == case.id, Task.closed_at.is_(None), Task.element.in_(changed))
    )
    return sorted(set(office.db.scalars(query)))


def _refuse_to_act(name: str, _parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    raise DiagramFault(None, _("迁移会立即执行“{name}”").format(name=name))


def _obstacles(
    office: Office,
    case: Case,
    old: LoadedDiagram,
    target: LoadedDiagram,
    moved: engine.Moved,
    host: engine.Host,
) -> Iterator[tuple[str, str]]:
    """What keeps a case that the engine could move: its end, its papers half typed, its people."""
    if wrong := _not_at_rest(target, moved, host):
        yield "restless", wrong
    if wrong := _arrival(target).doubt(moved.after):
        yield "end", wrong
    elements = set(moved.after.open.values())
    if typed := lost_drafts(office, case, old, target, elements):
        words = _(
            "“{names}”的表单或者办理结果改变，有人在其中填写了尚未提交的内容，迁移会使其丢失。"
        )
        yield "draft", words.format(names="、".join(typed))
    if unnamed := _unnamed(old, target, elements):
        words = _("“{names}”在新版流程图中由指定的人办理，本件还没有指定。")
        yield "person", words.format(names="、".join(unnamed))


def _not_at_rest(target: LoadedDiagram, moved: engine.Moved, host: engine.Host) -> str:
    """Empty where nothing happens by itself until the next timer: tried out, not only looked at."""
    state = moved.state or b""
    due = moved.after.wake_at or host.now
    try:
        now = min(host.now, due - _LITTLE)
        step = engine.wake(target.compiled, state, replace(host, now=now))
    except CaseworkError as fault:
        return str(fault)
    if step.opened or step.closed or step.ended is not None:
        return _("迁移后办件会立即自行流转。")
    return ""


def _arrival(target: LoadedDiagram) -> Arrival:
    """The proof for a version, with what it has proved already."""
    key = target.compiled.sha256
    found = _arrivals.pop(key, None) or Arrival(target.words, VOCABULARY)
    _arrivals[key] = found
    while len(_arrivals) > KEPT_ARRIVALS:
        _arrivals.popitem(last=False)
    return found


def _reformed(old: LoadedDiagram, target: LoadedDiagram, elements: Set[str]) -> list[str]:
    """Open steps whose form asks for other things, or whose outcomes are others."""
    found = []
    for element in sorted(elements):
        before, after = old.words.user_tasks[element], target.words.user_tasks[element]
        asks = (before.form, before.fields, before.outcome)
        values = {outcome.value for outcome in before.outcomes}
        lost = values - {outcome.value for outcome in after.outcomes}
        if asks != (after.form, after.fields, after.outcome) or lost:
            found.append(element)
    return found


def _unnamed(old: LoadedDiagram, target: LoadedDiagram, elements: Set[str]) -> list[str]:
    """Open steps that the new version leaves to a person whom some other step has to name."""
    found = []
    for element in sorted(elements):
        after = target.words.user_tasks[element]
        if after.assignee is not None and after.assignee != old.words.user_tasks[element].assignee:
            found.append(after.name)
    return found
