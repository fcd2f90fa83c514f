"""What tests of the studio share: a draft in the demo office, and its JSON addresses."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.casework import drawing_up
from models import Account, DiagramVersion
from models.settings import read_setting, write_setting
from webapp.clock import DEMO_OFFSET
from webapp.offices import Premises

MATTER = "certificate_reissue"
"""The smallest of the program's diagrams: one file."""


def premises_of(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def a_draft(
    app: Flask, matter: str = MATTER, *, by: str = "admin", title: str = "试画", **files: str
) -> int:
    """The number of a new draft of the matter's newest version, with `files` over its own."""
    with premises_of(app).reading() as office:
        account = office.db.scalars(select(Account.id).where(Account.username == by)).one()
    with premises_of(app).transaction(account) as office:
        query = select(DiagramVersion).where(DiagramVersion.matter == matter)
        base = office.db.scalars(query.order_by(DiagramVersion.number.desc())).first()
        assert base is not None
        drawn = drawing_up.begin_diagram_draft(office, base, title, base.files | files)
        return drawn.id


def api(draft_id: int, act: str = "") -> str:
    return f"/admin/diagrams/drafts/{draft_id}{act and '/'}{act}"


def read(client: FlaskClient, draft_id: int) -> Any:
    answer = client.get(api(draft_id))
    assert answer.status_code == 200
    return answer.json


def let_seconds_pass(app: Flask, seconds: float) -> None:
    with premises_of(app).transaction() as office:
        offset = float(read_setting(office.db, DEMO_OFFSET, "0"))
        write_setting(office.db, DEMO_OFFSET, str(offset + seconds))
