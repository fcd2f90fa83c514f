"""基本信息变更 in the pages: decided once, refused with words, followed up by another organ."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from bpmn import casework
from bpmn.casework import StoredFile
from bpmn.matters import MATTERS
from models import Account, Attachment, Case, Document, Task, Unit
from tests.conftest import Login
from tests.webapp.officers import words
from webapp.demo import cases
from webapp.offices import Premises

NEW = "岐山空间信息集团有限公司"
PROOF = StoredFile("证明.pdf", "application/pdf", 9, "0" * 64)


@pytest.fixture
def task_id(app: Flask, client: FlaskClient, login: Login) -> int:
    """The signing of a change of name, with the approver of the province logged in."""
    with _premises(app).transaction() as office:
        applicant = office.db.scalars(select(Account).filter_by(username="unit_two")).one()
        theirs = replace(office, actor=applicant)
        matter = MATTERS["basic_information_change"]
        case = casework.open_case(theirs, matter, "class_a")
        page = {"present_unit_name": case.unit.name, "new_unit_name": NEW}
        casework.save_page(theirs, case, "unit_changes", page, 0)
        casework.attach_file(theirs, case, "unit_changes", None, "change_proof_unit_name", PROOF)
        officers = cases.officers_by_role(office)
        player = cases.Player(office, matter, case, (), office.now, officers, applicant)
        for word in ("submit", "accept", "grant", "agree"):
            player.play(word)
        task = office.db.scalars(select(Task).filter_by(case_id=case.id, closed_at=None)).one()
    login(client, "province_approver")
    return task.id


def _premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def _grant(client: FlaskClient, task_id: int, opinion: str = "同意。"):
    return client.post(f"/tasks/{task_id}", data={"outcome": "grant", "opinion": opinion})


def test_a_change_is_judged_as_a_whole(client: FlaskClient, task_id: int) -> None:
    page = words(client.get(f"/tasks/{task_id}"))
    assert NEW in page
    assert "拟准予" in page
    assert "准予的专业类别" not in page
    assert "满足情况" not in page


def test_a_double_click_issues_once(app: Flask, client: FlaskClient, task_id: int) -> None:
    assert _grant(client, task_id).status_code == 302
    assert _grant(client, task_id).status_code in (302, 409)
    with _premises(app).reading() as office:
        changed = select(Document).where(Document.kind == "change_decision")
        assert len(office.db.scalars(changed).all()) == 1
        assert len(office.db.scalars(select(Case).where(Case.origin_id.is_not(None))).all()) == 1


def test_a_name_taken_meanwhile_is_told_beside_what_was_typed(
    app: Flask, client: FlaskClient, task_id: int
) -> None:
    with _premises(app).transaction() as office:
        office.db.execute(update(Unit).where(Unit.name.contains("周原")).values(name=NEW))

    answer = _grant(client, task_id, "情况属实，予以变更。")

    assert answer.status_code == 409
    page = words(answer)
    assert "不能变更：单位名称已被其他单位使用。" in page
    assert "情况属实，予以变更。" in page
    with _premises(app).reading() as office:
        assert office.db.get_one(Task, task_id).closed_at is None


def test_the_other_organ_reads_the_proof_and_the_unit_cannot_withdraw(
    app: Flask, client: FlaskClient, login: Login, task_id: int
) -> None:
    _grant(client, task_id)
    with _premises(app).reading() as office:
        proof = office.db.scalars(
            select(Attachment.id).where(Attachment.digest == PROOF.digest)
        ).one()
        follower = office.db.scalars(select(Case).where(Case.origin_id.is_not(None))).one()
        reviewer = office.db.scalars(select(Account).filter_by(username="city_reviewer")).one()
        found = casework.find_attachment(replace(office, actor=reviewer), proof)
        assert found.filename == PROOF.filename
    page = words(login(client, "unit_two").get("/work"))
    assert follower.number in page
    assert "换发证书" in page
    assert "撤回申请" not in page
    assert client.get("/matters/certificate_reissue").status_code == 404
