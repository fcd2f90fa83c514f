"""Every route with every role: what is open, what is closed, and how others' records look."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from models import Account, Attachment, Case, Document, Notice, Qualification, Task
from tests.conftest import Login
from tests.studio_records import studio_records
from webapp.offices import Premises
from webapp.security import MEMBER, PUBLIC, allowed_roles

OFFICERS = frozenset({"window", "reviewer", "checker", "approver"})
PEOPLE: Mapping[str, str] = {
    "applicant": "unit_b",
    "window": "city_window",
    "reviewer": "city_reviewer",
    "checker": "city_checker",
    "approver": "city_approver",
    "expert": "expert_1",
    "admin": "admin",
    "auditor": "auditor",
}
OPEN: Mapping[frozenset[str], str] = {
    frozenset({PUBLIC}): """
        accounts.login accounts.register hall.index health.alive health.figures health.ready
        help.chapter help.feedback help.index help.manual matters.guide_pdf
        matters.blank_form matters.index matters.show notices.index notices.object
        notices.pdf notices.received notices.show objections.find paper_checks.check
        published.keys
        published.keys_pem published.offline published.status_list ratings.index static
        trust.authorities trust.index trust.organs
        verification.index verification.show""",
    frozenset({MEMBER}): """
        accounts.logout accounts.password attachments.show cases.data cases.dossier cases.show
        certificates.show deliveries.receipt deliveries.slip documents.pdf tasks.show trace.pdf
        trace.show""",
    frozenset({"applicant"}): """
        objections.state
        certificates.mine drafts.discard drafts.keep drafts.resume former_staff.show
        former_staff.transfer
        imports.accept imports.correct imports.drop imports.preview imports.start imports.upload
        tables.blank tables.text tables.workbook scans.place scans.tray scans.upload
        ticked.remove
        attachments.remove dossiers.answer dossiers.check dossiers.go dossiers.page dossiers.save
        conflicts.add conflicts.ask deliveries.consent replies.answer replies.show
        respondents.answer respondents.index
        respondents.remove
        ratings.add ratings.give ratings.show
        respondents.show dossiers.submit dossiers.verdict messages.index messages.read rows.add
        rows.change rows.remove work.choose work.delete work.index work.new work.withdraw""",
    OFFICERS: """
        cases.index certificates.export certificates.index certificates.unit deliveries.index
        deliveries.record messages.organ messages.organ_read objections.file objections.index
        worklist.done""",
    OFFICERS | {"expert"}: """
        previews.decision tasks.claim tasks.decide tasks.release worklist.index""",
    frozenset({"approver"}): """
        cases.terminate wordings.index wordings.leave wordings.preview wordings.save
        wordings.show""",
    frozenset({"reviewer"}): "revocations.propose",
    frozenset({"admin"}): """
        former_files.accept former_files.blank former_files.discard former_files.index
        former_files.records former_files.show former_files.upload standards.change
        standards.compare standards.discard standards.draft standards.index standards.publish
        standards.show contacts.change contacts.feedback contacts.handle contacts.index
        admin.authorities admin.authority calendar.change_day calendar.confirm calendar.drop
        calendar.index
        calendar.load calendar.show admin.diagram admin.diagrams admin.jobs
        admin.retry studio_heat.show seals.index users.add users.change_roles users.index
        users.reset_password users.set_active users.show
        studio_api.bring studio_api.called studio_api.check studio_api.copy studio_api.presence
        studio_api.save studio_api.show studio_api.words studio_comparison.show
        studio_drafts.begin studio_drafts.drop studio_drafts.export
        studio_drafts.export_file studio_drafts.index
        studio_proposals.bring_up studio_proposals.decide studio_proposals.index
        studio_proposals.propose studio_proposals.restore studio_proposals.send
        studio_proposals.send_restore studio_proposals.show
        studio_migrations.confirm studio_migrations.drop studio_migrations.index
        studio_migrations.look studio_migrations.show studio_migrations.undo
        studio_replays.begin
        studio_replays.compare studio_replays.index studio_replays.show studio_replays.stop
        studio_conformance.begin studio_conformance.show""",
    frozenset({"auditor"}): "audit.index audit.verify",
}
RIGHTS = {endpoint: roles for roles, endpoints in OPEN.items() for endpoint in endpoints.split()}
FOREIGN = {"attachments.show", "cases.data", "cases.dossier", "cases.show", "documents.pdf"}
FOREIGN |= {"respondents.show", "conflicts.add"}
FOREIGN |= {
    "tasks.show",
    "trace.pdf",
    "trace.show",
    "dossiers.page",
    "work.withdraw",
    "cases.terminate",
}
FOREIGN |= {"certificates.show", "deliveries.receipt", "deliveries.record", "deliveries.slip"}
FOREIGN |= {"certificates.show", "ratings.show", "objections.index", "objections.state"}
FOREIGN |= {"certificates.show", "ratings.show", "revocations.propose"}
"""Endpoints whose samples below belong to another unit and another organ."""
UNREADY = {"health.ready"}
"""Says 503 here, and rightly: no worker runs beside a test."""


def test_the_table_of_rights_is_what_the_views_say(app: Flask) -> None:
    said = {rule.endpoint: allowed_roles(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert said == RIGHTS


@pytest.fixture
def samples(app: Flask) -> Mapping[str, object]:
    """Values for the addresses: a case of another unit at the ministry, and what belongs to it."""
    premises: Premises = app.extensions["premises"]
    with premises.transaction() as office:
        db = office.db
        query = select(Case).where(Case.certificate_type == "class_a_navigation")
        case = db.scalars(query.order_by(Case.id.desc())).first()
        assert case is not None
        task = db.scalars(select(Task).where(Task.case_id == case.id)).first()
        assert task is not None
        held = select(Qualification.id).where(Qualification.certificate_type == "class_a")
        files = select(Attachment.id).where(Attachment.dossier_id == case.dossier_id)
        return {
            "number": case.number,
            "task_id": task.id,
            "attachment_id": db.scalars(files).first(),
            "document_id": db.scalars(
                select(Document.id).where(Document.case_id == case.id)
            ).first(),
            "notice_id": db.scalars(select(Notice.id).order_by(Notice.id.desc())).first(),
            "account_id": db.scalars(select(Account.id)).first(),
            "file_id": 1,
            "qualification_id": db.scalars(held).first(),
            "unit_id": case.unit_id,
            "slug": "faq",
            "province": "61",
            "feedback_id": 1,
            "key": "qualification_application",
            "code": "61",
            "page": "profile",
            "row_id": 1,
            "correction_id": 1,
            "subject_id": 1,
            "contest_id": 1,
            "import_id": 1,
            "delivery_id": 1,
            "paper": "grant_decision",
            "load_id": 1,
            "change_id": 1,
            "version": 1,
            "cell": "specialties.GCCL.B.staff",
            "kind": "document",
            "token": "unknown",
            "filename": "manifest.json",
            **studio_records(office, case.id),
            "name": "diagram.bpmn",
        }


def _addresses(app: Flask, samples: Mapping[str, object], method: str) -> Iterator[tuple[str, str]]:
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()):
                yield rule.endpoint, _build(app, rule, samples)


def _build(app: Flask, rule: Rule, samples: Mapping[str, object]) -> str:
    values = {name: samples[name] for name in rule.arguments}
    return app.url_for(rule.endpoint, **values, _external=False)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_with_every_role(
    app: Flask, client: FlaskClient, login: Login, samples: Mapping[str, object], role: str
) -> None:
    login(client, PEOPLE[role])
    wrong = []
    for endpoint, address in _addresses(app, samples, "GET"):
        with client.get(address) as response:
            status = response.status_code
        allowed = RIGHTS[endpoint] & {PUBLIC, MEMBER, role}
        if not allowed:
            fits = status == 403
        elif endpoint in FOREIGN and role != "auditor":
            fits = status in (403, 404)
        else:
            fits = status != 403 and (status < 500 or endpoint in UNREADY)
        wrong += [] if fits else [(endpoint, address, status)]
    assert wrong == []


def test_a_stranger_is_led_to_the_login(
    app: Flask, client: FlaskClient, samples: Mapping[str, object]
) -> None:
    for endpoint, address in _addresses(app, samples, "GET"):
        with client.get(address) as response:
            pass
        if PUBLIC in RIGHTS[endpoint]:
            assert response.status_code < 500 or endpoint in UNREADY, endpoint
            assert "/login" not in response.headers.get("Location", ""), endpoint
        else:
            assert response.status_code == 302, endpoint
            assert "/login" in response.headers["Location"], endpoint


@pytest.mark.parametrize("role", [*PEOPLE, None])
def test_posts_are_refused_to_those_without_the_role(
    app: Flask, client: FlaskClient, login: Login, samples: Mapping[str, object], role: str | None
) -> None:
    if role:
        login(client, PEOPLE[role])
    for endpoint, address in _addresses(app, samples, "POST"):
        if not RIGHTS[endpoint] & {PUBLIC, *([MEMBER, role] if role else [])}:
            status = client.post(address).status_code
            assert status == (403 if role else 401), (endpoint, address)


def test_posts_without_a_token_change_nothing(
    app: Flask, client: FlaskClient, login: Login, samples: Mapping[str, object]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for username in PEOPLE.values():
        login(client, username)
        for endpoint, address in _addresses(app, samples, "POST"):
            response = client.post(address)
            assert response.status_code == 400, (endpoint, username)


def test_a_view_that_says_nothing_is_closed_to_everyone(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    view = app.view_functions["audit.index"]
    app.view_functions["audit.index"] = lambda: "open"
    try:
        assert client.get("/audit").status_code == 302
        for username in PEOPLE.values():
            assert login(client, username).get("/audit").status_code == 403
    finally:
        app.view_functions["audit.index"] = view


def test_an_unknown_address_tells_nothing(client: FlaskClient, login: Login) -> None:
    assert client.get("/no/such/page").status_code == 404
    assert login(client, "admin").get("/no/such/page").status_code == 404
    assert client.get("/cases/CH2026999999").status_code == 404
