"""The demo's data: every named account can do what the README says of it."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from bpmn import casework
from bpmn.matters import MATTERS
from models import Account, Authority, Case, Document, Event, Qualification, Task, Unit
from models.events import first_broken
from webapp import demo
from webapp.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from webapp.offices import Premises
from webapp.passwords import check_password
from webapp.storage import FileStore

MATTER = MATTERS["qualification_application"]


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def _account(premises: Premises, username: str) -> Account:
    with premises.reading() as office:
        return office.db.scalars(select(Account).where(Account.username == username)).one()


def test_every_listed_account_is_there_with_the_password(premises: Premises) -> None:
    with premises.reading() as office:
        known = {one.username: one for one in office.db.scalars(select(Account))}
    assert {listed.username for listed in DEMO_ACCOUNTS} <= set(known)
    assert check_password(known["unit_new"].password_hash, DEMO_PASSWORD)


@pytest.mark.parametrize(
    ("username", "certificate_type"),
    [
        ("unit_b", "class_a"),
        ("unit_nav", "class_a_navigation"),
    ],
)
def test_the_approved_dossier_can_be_handed_in_at_once(
    premises: Premises, username: str, certificate_type: str
) -> None:
    account = _account(premises, username)
    with premises.transaction(account.id) as office:
        case = casework.open_case(office, MATTER, certificate_type)
        found = list(casework.find_problems(office, case, MATTER))
        assert found == []


def test_the_new_unit_has_an_account_and_nothing_else(premises: Premises) -> None:
    account = _account(premises, "unit_new")
    with premises.reading() as office:
        unit = office.db.get_one(Unit, account.unit_id)
        assert unit.approved_dossier_id is None
        cases = select(func.count()).where(Case.unit_id == unit.id)
        assert office.db.scalar(cases) == 0


def test_the_lower_unit_has_held_its_specialty_for_two_years(premises: Premises) -> None:
    account = _account(premises, "unit_b")
    with premises.reading() as office:
        query = select(Qualification).where(Qualification.unit_id == account.unit_id)
        held = office.db.scalars(query).one()
        assert held.number.startswith("乙测资字61")
        assert (office.now.date() - held.issued_on).days > 2 * 366


def test_every_organ_has_work_and_the_city_has_some_of_each_kind(premises: Premises) -> None:
    with premises.reading() as office:
        query = select(Authority.level, Task.role).join(Authority).where(Task.closed_at.is_(None))
        waiting = Counter(office.db.execute(query).all())
        overdue = select(func.count()).where(
            Task.closed_at.is_(None), Task.due_at < office.now, Task.authority_id.is_not(None)
        )
        assert office.db.scalar(overdue) == 1
        granted = select(func.count()).where(Document.kind == "certificate_original")
        assert office.db.scalar(granted) == 7
    assert {level for level, _role in waiting} == {"city", "province", "ministry"}
    assert {role for level, role in waiting if level == "city"} == {
        "window",
        "reviewer",
        "checker",
        "approver",
    }


def test_all_chains_of_events_are_whole(premises: Premises) -> None:
    with premises.reading() as office:
        for stream in office.db.scalars(select(Event.stream).distinct()):
            query = select(Event).where(Event.stream == stream).order_by(Event.position)
            assert first_broken(office.db.scalars(query)) is None


def test_seeding_again_changes_nothing(premises: Premises, app: Flask) -> None:
    store: FileStore = app.extensions["files"]
    assert demo.seed(premises, store) is False
