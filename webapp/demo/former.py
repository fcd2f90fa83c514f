"""What the demo's old system knew: one unit's 乙级 qualification and its dozen people."""

from datetime import date

from bpmn.casework.claims import digest_of
from bpmn.office import Office
from models import FormerLoad, FormerPerson, FormerQualification
from models.former import QUALIFICATIONS, STAFF
from webapp.demo import materials
from webapp.demo.units import DemoUnit

_FORMER_NUMBER = "乙测资字6110020"
_FIRST_APPROVED_ON = date(2015, 6, 30)


def seed_former(office: Office, unit: DemoUnit, moved_on: DemoUnit) -> None:
    """The unit's own people; the last in the list has since gone to the unit `moved_on`."""
    place = {"unit_key": unit.uscc, "unit_name": unit.name}
    load = _load(office, QUALIFICATIONS, "旧系统测绘资质.xlsx", 1)
    held = {"level": "B", "specialty": "GCCL", "number": _FORMER_NUMBER}
    office.db.add(
        FormerQualification(load_id=load.id, first_approved_on=_FIRST_APPROVED_ON, **place, **held)
    )
    people = [*materials.former_staff(unit), materials.former_staff(moved_on)[0]]
    load = _load(office, STAFF, "旧系统技术人员.xlsx", len(people))
    office.db.add_all(
        FormerPerson(
            load_id=load.id,
            name=values["name"],
            digest=digest_of(office, "staff", values["id_number"]),
            values=values,
            **place,
        )
        for values in people
    )


def _load(office: Office, kind: str, filename: str, rows: int) -> FormerLoad:
    load = FormerLoad(kind=kind, filename=filename, row_count=rows)
    load.loaded_at = load.accepted_at = office.now
    office.db.add(load)
    office.db.flush()  # what it brought names it
    return load
