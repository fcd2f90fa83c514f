"""What the tests of the officers' pages share: finding tasks of the demo, and reading pages."""

import re
from html import unescape

from flask import Flask
from sqlalchemy import select

from models import Account, AccountRole, Case, Event, Task
from tests.builders import NOW
from webapp.offices import Premises


def open_task(app: Flask, element: str, *, free: bool | None = None) -> int:
    """The id of an open task of that step at the city; free says whether nobody holds it."""
    query = (
        select(Task.id)
        .join(Case)
        .where(
            Task.element == element, Task.closed_at.is_(None), Case.certificate_type == "class_b"
        )
        .order_by(Task.id)
    )
    if free is not None:
        query = query.where(Task.assignee_id.is_(None) if free else Task.assignee_id.is_not(None))
    with _premises(app).reading() as office:
        return office.db.scalars(query).first() or 0


def task_of(app: Flask, task_id: int) -> Task:
    with _premises(app).reading() as office:
        return office.db.get_one(Task, task_id)


def number_of(app: Flask, task_id: int) -> str:
    with _premises(app).reading() as office:
        return office.db.get_one(Case, office.db.get_one(Task, task_id).case_id).number


def events_of(app: Flask, number: str, kind: str) -> list[Event]:
    query = select(Event).where(Event.stream == number, Event.kind == kind)
    with _premises(app).reading() as office:
        return list(office.db.scalars(query.order_by(Event.position)))


def words(answer: object) -> str:
    """The page's text without tags."""
    html = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def second_window(app: Flask) -> int:
    """Another person at the same window."""
    with _premises(app).transaction() as office:
        found = select(Account).where(Account.username == "city_window")
        first = office.db.scalars(found).one()
        account = Account(
            username="city_window_2",
            password_hash="",
            name="第二窗口",
            authority_id=first.authority_id,
            created_at=NOW,
            grants=[AccountRole(role="window")],
        )
        office.db.add(account)
        office.db.flush()
        return account.id


def _premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found
