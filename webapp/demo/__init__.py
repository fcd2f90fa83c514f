"""Demo data: organs, officers and units with work in every state, so that every page shows some."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Unit
from models.settings import read_setting, write_setting
from webapp.demo import cases, certificates, holders, materials, story
from webapp.demo.dossiers import Writer
from webapp.demo.former import seed_former
from webapp.demo.help import seed_contacts
from webapp.demo.materials import Target
from webapp.demo.organs import seed_officers, seed_organs
from webapp.demo.ratings import seed_ratings
from webapp.demo.scans import Scan, draw_scans
from webapp.demo.units import NAMED, DemoUnit, seed_unit
from webapp.demo_accounts import DEMO_PASSWORD
from webapp.offices import Premises
from webapp.passwords import hash_password
from webapp.storage import FileStore

SEEDED = "demo_seeded"
MATTER = "qualification_application"


def seed(premises: Premises, store: FileStore) -> bool:
    """Fill an installed, empty office, all or nothing. False when it was done before."""
    with premises.reading() as office:
        if read_setting(office.db, SEEDED):
            return False
    scans = draw_scans(store)
    # One hash for all: the demo's password is printed on the login page anyway.
    hashed = hash_password(DEMO_PASSWORD)
    with premises.transaction() as office:
        if read_setting(office.db, SEEDED):
            return False
        _seed_people(office, hashed)
        seed_contacts(office.db)
        seed_former(office, story.UNIT_OLD, story.UNIT_B)
        late = certificates.late_run(office.now)
        for run in (*story.HISTORY, story.EXPIRING, late, *holders.HISTORY):
            cases.start(office, MATTERS[MATTER], run, scans, hashed)
        _approve(office, story.UNIT_B, Target("A", story.GCCL), scans)
        _approve(office, holders.UNIT_TWO, Target("A", story.GCCL), scans)
        _approve(office, story.UNIT_NAV, Target("A", story.DHDT), scans)
        for run in story.PRESENT:
            cases.start(office, MATTERS[MATTER], run, scans, hashed)
        seed_ratings(office)
        write_setting(office.db, SEEDED, "yes")
    return True


def _seed_people(office: Office, hashed: str) -> None:
    organs = seed_organs(office.db, office.now)
    seed_officers(office.db, organs, hashed, office.now)
    for known in NAMED:
        registered = known is not story.UNIT_NEW
        seed_unit(office.db, known, hashed, office.now, registered=registered)
    office.db.flush()


def _approve(office: Office, known: DemoUnit, target: Target, scans: Mapping[str, Scan]) -> None:
    """Give the unit an approved dossier that meets the target, as later changes would have."""
    unit = office.db.scalars(select(Unit).where(Unit.name == known.name)).one()
    dossier = Writer(replace(office, actor=None), unit, known, scans).new_dossier(target)
    unit.approved_dossier_id = dossier.id
    unit.approved_at = unit.approved_at or office.now
    unit.registered_address = materials.address(known)
    unit.legal_representative = materials.head_of(known)
    office.db.flush()
