"""A new case: its number, the version of its diagram, and the variables it starts with."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer

from bpmn.errors import CaseNotFound
from bpmn.office import Office
from models import Case, DiagramVersion, Unit
from models.calendar import office_date
from models.settings import next_number

# Built once: building a statement costs more than running it.
_NEWEST = (
    select(DiagramVersion)
    .where(DiagramVersion.matter == bindparam("matter"), DiagramVersion.deployed_at.is_not(None))
    .order_by(DiagramVersion.number.desc())
    .limit(1)
    .options(defer(DiagramVersion.files))  # parsed already, as a rule
)


def new_case(office: Office, *, matter: str, unit: Unit, **facts: Any) -> Case:
    """A case on the newest version of its diagram, not yet written nor started."""
    version = newest_version(office, matter)
    return Case(
        number=_case_number(office),
        matter=matter,
        unit=unit,
        diagram_version_id=version.id,
        opened_at=office.now,
        opened_by=office.actor_id,
        state=b"",
        **facts,
    )


def newest_version(office: Office, matter: str) -> DiagramVersion:
    """The version that new cases start on. Raises CaseNotFound for an unknown matter."""
    version = office.db.scalar(_NEWEST, {"matter": matter})
    if version is None:
        raise CaseNotFound(matter)
    return version


def _case_number(office: Office) -> str:
    year = office_date(office.now).year
    return f"CH{year}{next_number(office.db, f'case:{year}'):06d}"


def routing_variables(case: Case) -> dict[str, str]:
    """What the diagram knows of a case when it begins."""
    return {
        "case_id": case.number,
        "matter": case.matter,
        "certificate_type": case.certificate_type,
        "province": case.unit.province,
        "city": case.unit.city,
    }
