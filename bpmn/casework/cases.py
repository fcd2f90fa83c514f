"""The life of a case: opened, withdrawn or terminated, woken by its timers, deleted as a draft."""

from datetime import datetime
from gettext import gettext as _

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.exc import IntegrityError

from bpmn import engine
from bpmn.casework.dossiers import copy_approved_dossier, new_dossier, remove_dossier
from bpmn.casework.drafts import forget_drafts
from bpmn.casework.opening import new_case
from bpmn.casework.prerequisites import unmet_prerequisite
from bpmn.casework.rights import APPLICANT, may_see_case, require_role
from bpmn.casework.running import LoadedDiagram, advance, fire_due, lock_case, start_case
from bpmn.errors import (
    CaseAlreadySubmitted,
    CaseNotFound,
    NotPermitted,
    OpenCaseExists,
    PrerequisiteUnmet,
)
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.trail import record
from models import Case, Dossier, Task, Unit

STOPPED_BY = {"withdrawn": APPLICANT, "terminated": "approver"}
"""The unit may take its application back; the head of the organ may end a case."""


# Built once: building a statement costs more than running it.
_BY_NUMBER = select(Case).where(Case.number == bindparam("number"))
_OPEN_OF_UNIT = select(Case.number).where(
    Case.unit_id == bindparam("unit_id"), Case.closed_at.is_(None), Case.exclusive
)


def open_case(office: Office, matter: Matter, certificate_type: str) -> Case:
    """Start a case for the actor's unit (新建工作).

    Raises OpenCaseExists (R055), PrerequisiteUnmet (R019-R027) or NotPermitted.
    """
    unit = _unit_of_actor(office)
    if matter.exclusive:
        _require_no_open_case(office, unit)
    if reason := unmet_prerequisite(office, matter, unit, certificate_type):
        raise PrerequisiteUnmet(reason)
    case = new_case(
        office,
        matter=matter.key,
        certificate_type=certificate_type,
        unit=unit,
        dossier_id=_first_dossier(office, matter, unit).id,
        scope=matter.scope,
        exclusive=matter.exclusive,
    )
    _write_first(office, case, unit.name)
    start_case(office, case)
    return case


def _first_dossier(office: Office, matter: Matter, unit: Unit) -> Dossier:
    return new_dossier(office, unit) if matter.starts_empty else copy_approved_dossier(office, unit)


def _write_first(office: Office, case: Case, unit_name: str) -> None:
    """Write the case at once: its number is a routing variable, and the constraint must speak."""
    office.db.add(case)
    try:
        office.db.flush()
    except IntegrityError as error:
        # A refused flush leaves no row that could be read: the name was read before.
        raise OpenCaseExists(unit_name) from error


def find_case(office: Office, number: str) -> Case:
    """The case by its number. Raises CaseNotFound also when the actor may not see it."""
    case = office.db.scalar(_BY_NUMBER, {"number": number})
    if case is None or office.actor is None or not may_see_case(office.actor, case):
        raise CaseNotFound(number)
    return case


def stop_case(office: Office, case: Case, stop: str, reason: str) -> engine.Step:
    """Withdraw (by the unit) or terminate (by the organ) a case while its diagram allows it.

    `stop` is "withdrawn" or "terminated". Raises NotPermitted, or MessageNotExpected when it is
    too late.
    """
    locked = lock_case(office, case.id)
    require_role(office, locked, STOPPED_BY[stop])
    record(office, locked, "stop_requested", stop=stop, reason=reason)
    return stop_by(office, locked, stop)


def stop_by(office: Office, case: Case, stop: str) -> engine.Step:
    """Send a locked case the message that ends it early; the diagram says what each means.

    Raises MessageNotExpected when it is too late.
    """

    def take(loaded: LoadedDiagram, state: bytes, host: engine.Host) -> engine.Step:
        return engine.send(loaded.compiled, state, "stop", {"stop": stop}, host)

    return advance(office, case, take)


def wake_case(office: Office, case_id: int) -> bool:
    """Let a case's due timers fire. False when none was due: doing it twice changes nothing."""
    return fire_due(office, lock_case(office, case_id))


def cases_to_wake(office: Office, limit: int = 100) -> list[int]:
    """The cases whose timers are due, the longest due first."""
    query = select(Case.id).where(Case.wake_at <= office.now).order_by(Case.wake_at).limit(limit)
    return list(office.db.scalars(query))


def next_wake(office: Office) -> datetime | None:
    return office.db.scalar(select(func.min(Case.wake_at)).where(Case.wake_at.is_not(None)))


def delete_case(office: Office, case: Case) -> None:
    """Remove a work that was created by mistake (R054); its events stay in the trail.

    Raises CaseAlreadySubmitted.
    """
    locked = lock_case(office, case.id)
    require_role(office, locked, APPLICANT)
    if locked.submitted_at is not None:
        raise CaseAlreadySubmitted(case.number)
    record(office, locked, "deleted")
    forget_drafts(office, office.db.scalars(select(Task.id).where(Task.case_id == locked.id)))
    office.db.execute(delete(Task).where(Task.case_id == locked.id))
    office.db.delete(locked)
    office.db.flush()  # the case refers to its dossier and so must go first
    remove_dossier(office, locked.dossier_id)


def _unit_of_actor(office: Office) -> Unit:
    actor = office.actor
    if actor is None or actor.unit is None or APPLICANT not in actor.roles:
        raise NotPermitted(_("只有申请单位可以新建工作。"))
    return actor.unit


def _require_no_open_case(office: Office, unit: Unit) -> None:
    if office.db.scalar(_OPEN_OF_UNIT, {"unit_id": unit.id}) is not None:
        raise OpenCaseExists(unit.name)
