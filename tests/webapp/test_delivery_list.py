"""待送达: the list of an organ costs the same however many papers wait in it."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, event, update

from bpmn.casework.deliveries import serve_document
from models import Document, ServiceConsent
from tests.conftest import Login
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp.offices import Premises


def let_wait(premises: Premises, paper: int) -> None:
    """Issue a paper to a unit that never agreed to electronic service."""
    with premises.transaction() as office:
        office.db.execute(delete(ServiceConsent))
        issued = {"status": "issued", "issued_at": office.now}
        office.db.execute(update(Document).where(Document.id == paper).values(**issued))
        serve_document(office, paper)


def statements(premises: Premises, client: FlaskClient, count: int) -> int:
    """How many the list takes while it holds `count` papers."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(premises.engine, "before_cursor_execute", note)
    page = client.get("/deliveries").get_data(as_text=True)
    event.remove(premises.engine, "before_cursor_execute", note)
    assert page.count("登记送达</a>") == count
    return len(seen)


def test_more_papers_are_listed_in_as_many_queries_as_one(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    premises: Premises = app.extensions["premises"]
    case = PublicCase(premises)
    case.take(TO_GRANT)
    login(client, "city_window")
    let_wait(premises, case.document("acceptance_notice").id)
    statements(premises, client, 1)  # the calendar and the like are read once
    alone = statements(premises, client, 1)

    let_wait(premises, case.document("grant_decision").id)
    let_wait(premises, case.document("certificate_original").id)

    assert statements(premises, client, 3) == alone
