"""What the old system knew of one demo unit: a 乙级 qualification and its staff."""

from datetime import date

from bpmn.office import Office
from models import FormerPerson, FormerQualification
from webapp.demo import materials
from webapp.demo.units import DemoUnit

SINCE = date(2016, 5, 20)
STAFF = ("senior", *["mid"] * 4, *["junior"] * 6, "related")


def seed_former(office: Office, known: DemoUnit) -> None:
    """Write the unit's record as an officer would have loaded it."""
    whose = {"unit_name": known.name, "uscc": known.uscc, "loaded_at": office.now}
    office.db.add(
        FormerQualification(
            **whose,
            level="B",
            specialty="GCCL",
            number="乙测资字6110020",
            first_approved_on=SINCE,
        )
    )
    office.db.add_all(
        FormerPerson(**whose, values=materials.former_person(known, number, category))
        for number, category in enumerate(STAFF, start=1)
    )
