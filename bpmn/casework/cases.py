"""The life of a case: opened, withdrawn or terminated, woken by its timers, deleted as a draft."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from bpmn import engine
from bpmn.casework.dossiers import copy_approved_dossier, remove_dossier
from bpmn.casework.rights import APPLICANT, may_see_case, require_role
from bpmn.casework.running import LoadedDiagram, advance, host_for, load_diagram, lock_case, project
from bpmn.errors import CaseAlreadySubmitted, CaseNotFound, NotPermitted, OpenCaseExists
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.trail import record
from bpmn.operations.writing import together
from models import Case, DiagramVersion, Task, Unit
from models.calendar import office_date
from models.settings import next_number

STOPPED_BY = {"withdrawn": APPLICANT, "terminated": "approver"}
"""The unit may take its application back; the head of the organ may end a case."""


# Built once: building a statement costs more than running it.
_BY_NUMBER = select(Case).where(Case.number == bindparam("number"))
_OPEN_OF_UNIT = select(Case.number).where(
    Case.unit_id == bindparam("unit_id"), Case.closed_at.is_(None)
)
_NEWEST = (
    select(DiagramVersion)
    .where(DiagramVersion.matter == bindparam("matter"), DiagramVersion.deployed_at.is_not(None))
    .order_by(DiagramVersion.number.desc())
    .limit(1)
    .options(defer(DiagramVersion.files))  # parsed already, as a rule
)


def open_case(office: Office, matter: Matter, certificate_type: str) -> Case:
    """Start a case for the actor's unit (新建工作). Raises OpenCaseExists (R055), NotPermitted."""
    unit = _unit_of_actor(office)
    _require_no_open_case(office, unit)
    version = newest_version(office, matter.key)
    case = Case(
        number=_case_number(office),
        matter=matter.key,
        certificate_type=certificate_type,
        unit=unit,
        dossier_id=copy_approved_dossier(office, unit).id,
        diagram_version_id=version.id,
        opened_at=office.now,
        opened_by=office.actor_id,
        state=b"",
    )
    _write_first(office, case, unit.name)
    loaded = load_diagram(office, version.id, version.sha256)
    with together(office):
        record(office, case, "opened", matter=matter.key, certificate_type=certificate_type)
        step = engine.start(loaded.compiled, _routing_variables(case), host_for(office, case))
        project(office, case, loaded.words, step)
    return case


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

    def take(loaded: LoadedDiagram, state: bytes, host: engine.Host) -> engine.Step:
        return engine.send(loaded.compiled, state, "stop", {"stop": stop}, host)

    return advance(office, locked, take)


def wake_case(office: Office, case_id: int) -> bool:
    """Let a case's due timers fire. False when none was due: doing it twice changes nothing."""
    case = lock_case(office, case_id)
    if case.wake_at is None or case.wake_at > office.now:
        return False
    record(office, case, "woken")

    def take(loaded: LoadedDiagram, state: bytes, host: engine.Host) -> engine.Step:
        return engine.wake(loaded.compiled, state, host)

    advance(office, case, take)
    return True


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
    office.db.execute(delete(Task).where(Task.case_id == locked.id))
    office.db.delete(locked)
    office.db.flush()  # the case refers to its dossier and so must go first
    remove_dossier(office, locked.dossier_id)


def newest_version(office: Office, matter: str) -> DiagramVersion:
    """The version that new cases start on."""
    version = office.db.scalar(_NEWEST, {"matter": matter})
    if version is None:
        raise CaseNotFound(matter)
    return version


def _unit_of_actor(office: Office) -> Unit:
    actor = office.actor
    if actor is None or actor.unit is None or APPLICANT not in actor.roles:
        raise NotPermitted("新建工作")
    return actor.unit


def _require_no_open_case(office: Office, unit: Unit) -> None:
    if office.db.scalar(_OPEN_OF_UNIT, {"unit_id": unit.id}) is not None:
        raise OpenCaseExists(unit.name)


def _case_number(office: Office) -> str:
    year = office_date(office.now).year
    return f"CH{year}{next_number(office.db, f'case:{year}'):06d}"


def _routing_variables(case: Case) -> dict[str, str]:
    return {
        "case_id": case.number,
        "certificate_type": case.certificate_type,
        "province": case.unit.province,
        "city": case.unit.city,
    }
