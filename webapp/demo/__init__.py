"""Demo data: organs, officers and units with work in every state, so that every page shows some."""

from bpmn import casework
from bpmn.diagram import load_files
from bpmn.matters import MATTERS
from models.settings import read_setting, write_setting
from webapp.demo.organs import seed_officers, seed_organs
from webapp.demo.units import NAMED, seed_unit
from webapp.demo_accounts import DEMO_PASSWORD
from webapp.offices import Premises
from webapp.passwords import hash_password
from webapp.storage import FileStore

SEEDED = "demo_seeded"


def seed(premises: Premises, store: FileStore) -> bool:
    """Fill an empty office, all or nothing. False when it was done before."""
    with premises.transaction() as office:
        if read_setting(office.db, SEEDED):
            return False
        for key in MATTERS:
            casework.deploy_diagram(office, key, load_files(key))
        # One hash for all: the demo's password is printed on the login page anyway.
        password_hash = hash_password(DEMO_PASSWORD)
        organs = seed_organs(office.db, office.now)
        seed_officers(office.db, organs, password_hash, office.now)
        for known in NAMED:
            seed_unit(office.db, known, password_hash, office.now)
        write_setting(office.db, SEEDED, "yes")
    return True
