"""申请协调 in the pages: two units and an organ, what each sees, and what nobody else does."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from models import Account, Attachment, Case, Contest, Document, Message
from tests.conftest import Login
from tests.webapp.folder import EQUIPMENT, png, text_of
from tests.webapp.parties import NAME, NUMBER, SECRET, TYPED, Parties


@pytest.fixture
def parties(app: Flask, login: Login) -> Parties:
    return Parties(app, login)


@pytest.mark.requirement("R161")
def test_a_refused_person_can_be_brought_before_the_organ(parties: Parties) -> None:
    parties.holding.post("staff/rows", TYPED)
    refused = parties.folder.post("staff/rows", TYPED)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "申请协调" in page
    assert 'value="示例大学"' in page

    asked = parties.ask()
    opened = parties.claimant.get(asked.headers["Location"]).get_data(as_text=True)
    assert "欧***（身份证号末位" in opened
    assert NUMBER not in opened
    assert parties.ask().status_code == 302
    assert parties.case().origin_id == parties.folder.case_id


def test_a_swapped_grid_is_left_for_the_whole_page(parties: Parties) -> None:
    parties.holding.post("staff/rows", TYPED)
    address = parties.folder.url("staff/conflicts")

    answer = parties.claimant.post(address, data=TYPED, headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert "/conflict_claim" in answer.headers["HX-Redirect"]


def test_nothing_to_coordinate_keeps_what_was_typed(parties: Parties) -> None:
    answer = parties.ask()
    assert answer.status_code == 409
    assert "不需要协调" in answer.get_data(as_text=True)
    assert 'value="示例大学"' in answer.get_data(as_text=True)
    wrong = parties.folder.post("staff/conflicts", {**TYPED, "mobile": "1"})
    assert wrong.status_code == 422


@pytest.mark.requirement("R166")
@pytest.mark.requirement("R084")
def test_an_instrument_is_contested_by_its_number(parties: Parties) -> None:
    instrument = {**EQUIPMENT, "serial_number": "SN-99887766"}
    parties.holding.post("equipment/rows", instrument)
    parties.holder.get("/work")
    assert "申请协调" in parties.folder.post("equipment/rows", instrument).get_data(as_text=True)

    parties.folder.post("equipment/conflicts", instrument)
    parties.hand_in()
    shown = parties.holder.get(f"/conflicts/{parties.case().number}").get_data(as_text=True)

    assert "全站仪（出厂编号末位 7766）" in shown
    assert "SN-99887766" not in shown


def test_it_is_not_offered_as_a_new_work(parties: Parties) -> None:
    assert "归属协调" not in text_of(parties.clients["unit_a"].get("/work/new").text)
    posted = {"matter": "ownership_conflict", "certificate_type": "class_b"}
    parties.clients["unit_a"].post("/work/new", data=posted)
    with parties.premises.reading() as office:
        assert not office.db.scalars(select(Case).where(Case.matter == "ownership_conflict")).all()


def test_the_other_unit_sees_it_masked_and_nothing_of_the_claimant(parties: Parties) -> None:
    number = parties.contested().case().number
    waiting = text_of(parties.claimant.get("/work").text)
    assert "渭水工程测量有限公司正在办理“答复协调申请”，您现在不需要操作。" in waiting
    pages = [f"/conflicts/{number}", "/conflicts", "/work", "/messages"]
    seen = "".join(parties.holder.get(page).get_data(as_text=True) for page in pages)

    assert seen.count(f"欧***（身份证号末位 {NUMBER[-4:]}）") >= 4
    for secret in (NAME, NUMBER, SECRET, "李四", "13800138001", "申请方合同"):
        assert secret not in seen
    with parties.premises.reading() as office:
        dossier = office.db.get_one(Case, parties.case().id).dossier_id
        files = office.db.scalars(select(Attachment.id).where(Attachment.dossier_id == dossier))
        closed = [f"/attachments/{found}" for found in files]
    closed += [f"/cases/{number}{end}" for end in ("", ".json", "/trace", "/dossier")]
    for address in closed:
        assert parties.holder.get(address).status_code == 404, address


def test_answers_and_files_are_kept_for_the_organ_alone(parties: Parties) -> None:
    parties.contested()
    saved = parties.answer(
        draft="yes",
        statement="一直在本单位",
        **{"file-invoice": (io.BytesIO(png()), "对方证明.png")},
    )
    assert saved.status_code == 302
    number = parties.case().number
    again = parties.holder.get(f"/conflicts/{number}").get_data(as_text=True)
    assert "一直在本单位" in again
    assert "对方证明.png" in again
    assert parties.answer(outcome="prove", statement="一直在本单位").status_code == 302

    organ = parties.clients["city_reviewer"].get(f"/tasks/{parties.task().id}").text
    for told in (NAME, SECRET, "申请方合同", "一直在本单位", "对方证明.png", "举证持有", "现由"):
        assert told in organ
    own = ["", "/dossier", "/trace", ".json"]
    claimant = "".join(parties.claimant.get(f"/cases/{number}{end}").text for end in own)
    assert "一直在本单位" not in claimant
    assert "对方证明" not in claimant
    with parties.premises.reading() as office:
        answered = office.db.scalars(select(Contest.answer_dossier_id)).one()
        files = select(Attachment.id).where(Attachment.dossier_id == answered)
        file = office.db.scalars(files).one()
    seen = {name: who.get(f"/attachments/{file}").status_code for name, who in _all(parties)}
    allowed = {"unit_b", "city_reviewer", "city_approver"}
    assert {name for name, status in seen.items() if status == 200} == allowed


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"outcome": "release"}, "请先确认释放的后果。"),
        ({"outcome": "prove", "statement": "是本单位的"}, "请至少上传一份证明材料"),
        ({"outcome": "contest"}, "提出异议须说明理由。"),
        ({"outcome": "grant", "statement": "保留"}, "办理结果"),
    ],
)
def test_a_wrong_answer_changes_nothing_and_keeps_the_words(
    parties: Parties, posted: dict[str, str], sentence: str
) -> None:
    parties.contested()
    answer = parties.answer(**posted)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert posted.get("statement", "") in answer.get_data(as_text=True)
    assert parties.task().role == "respondent"


def test_only_the_named_unit_may_open_answer_and_post(parties: Parties) -> None:
    parties.contested()
    number, task_id = parties.case().number, parties.task().id
    for name, who in _all(parties):
        expected = {"unit_b": 200}.get(name, 404 if name.startswith("unit") else 403)
        assert who.get(f"/conflicts/{number}").status_code == expected, name
        if name != "unit_b":
            assert parties.answer(who, outcome="release", confirmed="y").status_code == expected
            assert who.post(f"/tasks/{task_id}", data={"outcome": "release"}).status_code in (
                403,
                404,
            )
    assert parties.task().role == "respondent"
    assert parties.holder.get(f"/tasks/{task_id}").headers["Location"].endswith(number)


@pytest.mark.requirement("R080")
def test_a_ruling_reaches_both_and_the_person_can_be_added_as_typed(parties: Parties) -> None:
    parties.contested()
    file = {"file-labour_contract": (io.BytesIO(png()), "合同.png")}
    parties.answer(draft="yes", **file)
    parties.answer(outcome="contest", statement="不是同一人")
    parties.decide("city_reviewer", "report")
    assert parties.decide("city_approver", "transfer").status_code == 422
    done = parties.decide("city_approver", "transfer", reasons="社保由申请方缴纳")
    assert done.status_code == 302

    assert NAME not in [row.label for row in parties.holding.rows("staff")]
    with parties.premises.reading() as office:
        paper = office.db.scalars(select(Document).where(Document.kind == "ownership_ruling")).one()
    seen = {name: who.get(f"/documents/{paper.id}.pdf").status_code for name, who in _all(parties)}
    assert {name for name, status in seen.items() if status == 202} == set(seen) - {"unit_a"}
    grid = parties.folder.get("staff")
    assert "已归本单位" in grid
    address = grid.split('href="/tasks/')[1:]
    offer = next("/tasks/" + part.split('"')[0] for part in address if "/won/" in part)
    form = parties.claimant.get(offer).get_data(as_text=True)
    for typed in (NAME, NUMBER, "示例大学", "身份证.png"):
        assert typed in form
    assert parties.folder.post("staff/rows", TYPED).status_code == 302
    assert "已归本单位" not in parties.folder.get("staff")
    assert parties.clients["unit_a"].get(offer).status_code == 404


def test_the_public_sees_nothing_of_it(parties: Parties, client: FlaskClient) -> None:
    number = parties.contested().case().number
    assert client.get(f"/?number={number}").status_code == 404


def _all(parties: Parties) -> Any:
    return parties.clients.items()


def test_the_other_unit_is_asked_for_more_and_hands_it_in(parties: Parties) -> None:
    parties.contested()
    parties.answer(draft="yes", **{"file-invoice": (io.BytesIO(png()), "证明.png")})
    parties.answer(outcome="prove", statement="在本单位")
    parties.clients["city_reviewer"].post(
        f"/tasks/{parties.task().id}",
        data={"outcome": "ask_respondent", "opinion": "请补充近三个月社保。"},
    )
    number = parties.case().number
    assert "请补充近三个月社保。" in parties.holder.get(f"/conflicts/{number}").text
    assert parties.answer(statement="").status_code == 422
    assert parties.answer(statement="社保已附").status_code == 302
    assert "社保已附" in parties.clients["city_reviewer"].get(f"/tasks/{parties.task().id}").text
    assert parties.answer(statement="再补充").status_code == 409


def test_a_file_of_the_answer_is_taken_back_after_a_question(parties: Parties) -> None:
    parties.contested()
    parties.answer(draft="yes", **{"file-invoice": (io.BytesIO(png()), "误传.png")})
    with parties.premises.reading() as office:
        dossier = office.db.scalars(select(Contest.answer_dossier_id)).one()
        file = office.db.scalars(select(Attachment).where(Attachment.dossier_id == dossier)).one()
    place = f"/conflicts/{parties.case().number}/files/{file.id}/remove"

    assert "移除附件“误传.png”？" in parties.holder.post(place).text
    assert parties.claimant.post(place, data={"confirmed": "y"}).status_code == 404
    assert parties.holder.post(place, data={"confirmed": "y"}).status_code == 302

    assert "误传.png" not in parties.holder.get(f"/conflicts/{parties.case().number}").text.replace(
        "已移除附件“误传.png”", ""
    )


def test_an_organ_reads_what_it_is_told_and_no_other_does(parties: Parties) -> None:
    with parties.premises.transaction() as office:
        city = select(Account.authority_id).where(Account.username == "city_reviewer")
        told = {"subject": "可能不再满足标准", "body": "请核对标准", "created_at": office.now}
        office.db.add(Message(authority_id=office.db.scalars(city).one(), **told))
    officer = parties.clients["city_reviewer"]

    assert "请核对标准" in officer.get("/messages/organ").text
    assert "请核对标准" not in parties.holder.get("/messages").text
    assert officer.post("/messages/organ/read").status_code == 302
    assert "请核对标准" not in officer.get("/messages/organ?show=unread").text
