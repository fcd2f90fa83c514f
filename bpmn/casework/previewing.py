"""预览文书: the papers a decision would issue, from a decision that is taken and not kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from bpmn.casework.deciding import Posted, decide
from bpmn.casework.tasks import find_task
from bpmn.casework.wordings import wording_of
from bpmn.office import Office
from certificates import Draft
from forms import TaskForm
from models import Case, Document, Qualification

NOWHERE = "preview"
"""Stands in a preview's address of verification: nothing is registered under it."""
_SEQUENCE = re.compile(r"\d+号$")
_CERTIFICATE = re.compile(r"\d+$")


@dataclass(frozen=True)
class Rehearsal:
    """What came of it: the form, with its errors if it was not right, and the papers."""

    form: TaskForm
    drafts: tuple[Draft, ...]


def rehearse(office: Office, task_id: int, pages: Sequence[str], posted: Posted) -> Rehearsal:
    """Decide exactly as `decide` would; whoever opened the office must undo it afterwards.

    Every number that this decision would take is shown as 预览号, and no address verifies it.
    Raises what `decide` raises.
    """
    case_id = find_task(office, task_id).case_id
    unit_id = office.db.get_one(Case, case_id).unit_id
    papers, held = _papers_of(case_id), select(Qualification.number).filter_by(unit_id=unit_id)
    before = {document.id for document in office.db.scalars(papers)}
    held_before = set(office.db.scalars(held))
    form = decide(office, task_id, pages, posted)
    if form.errors:
        return Rehearsal(form, ())
    office.db.flush()  # so that what the step wrote can be read
    new = [document for document in office.db.scalars(papers) if document.id not in before]
    hidden = {
        number: _CERTIFICATE.sub("预览号", number)
        for number in office.db.scalars(held)
        if number not in held_before
    }
    hidden |= {one.number: _SEQUENCE.sub("预览号", one.number) for one in new}
    return Rehearsal(form, tuple(_draft(office, one, hidden) for one in new))


def _papers_of(case_id: int) -> Any:
    """Of the case, and of the cases that it opens."""
    of_case = or_(Case.id == case_id, Case.origin_id == case_id)
    return (
        select(Document)
        .join(Case, Case.id == Document.case_id)
        .where(of_case)
        .order_by(Document.id)
    )


def _draft(office: Office, document: Document, hidden: Mapping[str, str]) -> Draft:
    facts = _with_numbers_hidden(document.facts, hidden)
    facts["verify_url"] = f"{office.base_url}/verify/{NOWHERE}"
    return Draft(document.kind, document.title, facts, wording_of(office, document))


def _with_numbers_hidden(value: Any, hidden: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _with_numbers_hidden(part, hidden) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_numbers_hidden(part, hidden) for part in value]
    if isinstance(value, str):
        for number, shown in hidden.items():
            value = value.replace(number, shown)
    return value
