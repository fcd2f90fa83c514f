"""What the procedures of a case brought about, for those who decide it and the unit: minutes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from bpmn.casework.inspection import words_in
from bpmn.casework.running import load_diagram
from bpmn.diagram import UserTask
from bpmn.office import Office
from forms import FORMS, TaskForm
from forms.drawn import PREFIX, STEP, with_drawn
from models import Case, Task

_TOLD = frozenset(name for name, form in FORMS.items() if form.minutes)
_NAMED_BY = {"chair": "chair_name", "expert": "expert_name"}
"""Answers that hold a key, each with the answer that holds its words."""


@dataclass(frozen=True)
class Minutes:
    """One completed step of a procedure: its outcome in words and its answers, label and words."""

    title: str
    at: datetime
    outcome: str
    facts: tuple[tuple[str, str], ...]


def minutes_of(office: Office, case: Case, forms: Collection[str] = _TOLD) -> list[Minutes]:
    """Every such step in the order of its completion; of the named forms only, if given."""
    user_tasks = load_diagram(office, case.diagram_version_id).words.user_tasks
    asking = [words.element for words in user_tasks.values() if words.fields]
    asked = or_(Task.form.in_(forms), Task.element.in_(asking if forms is _TOLD else ()))
    query = select(Task).where(Task.case_id == case.id, Task.closed_by.is_not(None), asked)
    found = [_minutes(office, case, task) for task in office.db.scalars(query.order_by(Task.id))]
    return [one for one in found if one is not None]


def read_before(office: Office, task: Task, case: Case) -> list[Minutes]:
    """What is read before the task is done: the newest of each that its form names."""
    found = [minutes_of(office, case, [form]) for form in FORMS[task.form].shows]
    return [several[-1] for several in found if several]


def drawn_answers(task: Task, words: UserTask | None) -> tuple[tuple[str, str], ...]:
    """What was told in the fields that the diagram draws, label and words."""
    if words is None or not words.fields:
        return ()
    form = _form(task, words)
    return _facts(form, task.submission or {}, _drawn(form))


def _minutes(office: Office, case: Case, task: Task) -> Minutes | None:
    """None for a step that decided and opened no procedure."""
    user_tasks = load_diagram(office, case.diagram_version_id).words.user_tasks
    words = user_tasks.get(task.element)
    labels = {one.value: one.label for one in words.outcomes} if words else {}
    form, answers = _form(task, words), task.submission or {}
    told = _told(form, answers)
    if not told:
        return None
    return Minutes(
        title=(form.minutes or STEP).format(task=task.name),
        at=task.closed_at or task.opened_at,
        outcome=labels.get(task.outcome or "", ""),
        facts=_facts(form, answers, told),
    )


def _form(task: Task, words: UserTask | None) -> TaskForm:
    return with_drawn(FORMS[task.form], words.fields if words else ())()


def _told(form: TaskForm, answers: Mapping[str, Any]) -> list[str]:
    """The fields that are told: what opened a procedure, or all of it; and what was drawn."""
    asked = getattr(form, "for_procedures", ())
    if asked or not form.minutes:
        return [*(asked if any(name in answers for name in asked) else ()), *_drawn(form)]
    return [name for name in form._fields if name != "outcome"]


def _drawn(form: TaskForm) -> list[str]:
    return [name for name in form._fields if name.startswith(PREFIX)]


def _facts(
    form: TaskForm, answers: Mapping[str, Any], names: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Label and words of each field that was filled in."""
    facts = (
        (form[name].label.text, words_in(form[name], answers.get(_NAMED_BY.get(name, name))))
        for name in names
    )
    return tuple((label, said) for label, said in facts if said)
