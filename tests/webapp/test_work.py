"""工作列表: beginning, deleting and withdrawing a work, and what is said of each."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from models import Account, Authority, Case, Qualification, QualificationSpecialty
from models.calendar import office_date
from tests.conftest import Login
from tests.webapp.folder import UnitFolder, handed_in, text_of

NEW = {"matter": "qualification_application", "certificate_type": "class_b"}


@pytest.fixture
def unit(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "unit_ready")


def _folder(app: Flask, unit: FlaskClient) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], unit)


@pytest.mark.requirement("R048")
@pytest.mark.requirement("R049")
@pytest.mark.requirement("R119")
def test_the_choice_names_the_work_and_the_three_certificates(unit: FlaskClient) -> None:
    page = unit.get("/work/new").get_data(as_text=True)
    for word in (
        "资质申请",
        "甲级证书（仅导航电子地图制作）",
        "甲级证书（非导航电子地图制作）",
        "乙级",
        "确定",
    ):
        assert word in page


@pytest.mark.requirement("R050")
@pytest.mark.requirement("R051")
@pytest.mark.requirement("R059")
def test_a_new_work_stands_in_the_list_with_its_button(unit: FlaskClient) -> None:
    assert "没有正在办理的工作" in unit.get("/work").get_data(as_text=True)
    answer = unit.post("/work/new", data=NEW, follow_redirects=True)
    page = answer.get_data(as_text=True)
    for word in ("资质申请", "乙级证书", "填报中", "办理", "删除", "请逐页填写并保存"):
        assert word in page


@pytest.mark.parametrize(
    "changes",
    [
        {"certificate_type": ""},
        {"certificate_type": "class_c"},
        {"matter": "nonsense"},
        {"matter": "", "certificate_type": ""},
    ],
)
def test_a_choice_that_is_none_is_told(unit: FlaskClient, changes: dict[str, str]) -> None:
    answer = unit.post("/work/new", data={**NEW, **changes})
    assert answer.status_code == 422
    assert "请" in answer.get_data(as_text=True)


@pytest.mark.requirement("R055")
@pytest.mark.requirement("R118")
def test_one_open_work_at_a_time(app: Flask, unit: FlaskClient) -> None:
    folder = _folder(app, unit)
    answer = unit.post("/work/new", data=NEW)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "办结之前不能再发起其他申请" in page
    assert folder.number in page
    assert f"/tasks/{folder.task_id}" in page
    assert "现在不能新建工作" in unit.get("/work/new").get_data(as_text=True)


@pytest.mark.requirement("R054")
@pytest.mark.requirement("R117")
def test_a_ticked_work_is_deleted_after_a_question(app: Flask, unit: FlaskClient) -> None:
    folder = _folder(app, unit)
    folder.fill()
    asked = unit.post("/work/delete", data={"case": folder.number})
    assert asked.status_code == 200
    assert "不能恢复" in asked.get_data(as_text=True)
    sure = {"case": folder.number, "confirmed": "yes"}
    page = unit.post("/work/delete", data=sure, follow_redirects=True).get_data(as_text=True)
    assert f"已删除工作 {folder.number}" in page
    with folder.premises.reading() as office:
        assert office.db.get(Case, folder.case_id) is None


def test_deleting_nothing_says_what_to_do(unit: FlaskClient) -> None:
    page = unit.post("/work/delete", follow_redirects=True).get_data(as_text=True)
    assert "请先勾选要删除的工作" in page


@pytest.mark.requirement("R053")
def test_a_submitted_work_is_not_deleted(app: Flask, unit: FlaskClient) -> None:
    folder = _folder(app, unit)
    folder.fill()
    sent = unit.get(handed_in(unit, folder.url("submit")).location)
    assert "等待审批" in sent.get_data(as_text=True)
    answer = unit.post("/work/delete", data={"case": folder.number, "confirmed": "yes"})
    assert answer.status_code == 409
    assert "不能删除" in answer.get_data(as_text=True)
    page = text_of(unit.get("/work").get_data(as_text=True))
    for word in ("等待受理", "初步核查材料", "查看", "撤回申请", "剩 5 个工作日"):
        assert word in page
    assert "办理 " not in page.split("等待受理")[1].split("本单位的资质证书")[0]


def test_the_work_of_another_unit_is_not_there(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    folder = _folder(app, login(client, "unit_ready"))
    login(client, "unit_b")
    sure = {"case": folder.number, "confirmed": "yes"}
    assert client.post("/work/delete", data=sure).status_code == 404
    assert client.get(f"/work/{folder.number}/withdraw").status_code == 404
    posted = {"reason": "不办了", "confirmation": "y"}
    assert client.post(f"/work/{folder.number}/withdraw", data=posted).status_code == 404
    assert folder.number not in client.get("/work").get_data(as_text=True)


@pytest.mark.parametrize("username", ["city_window", "admin", "auditor", "expert_1"])
def test_only_applicants_have_works(client: FlaskClient, login: Login, username: str) -> None:
    login(client, username)
    for path in ("/work", "/work/new"):
        assert client.get(path).status_code == 403
    assert client.post("/work/new", data=NEW).status_code == 403


def test_withdrawing_wants_a_reason_and_ends_the_case(app: Flask, unit: FlaskClient) -> None:
    folder = _folder(app, unit)
    folder.fill()
    handed_in(unit, folder.url("submit"))
    address = f"/work/{folder.number}/withdraw"
    assert unit.get(address).status_code == 200
    refused = unit.post(address, data={"reason": "", "confirmation": ""})
    assert refused.status_code == 422
    assert "请先确认后果" in refused.get_data(as_text=True)
    posted = {"reason": "材料有误，准备重新申请。", "confirmation": "y"}
    page = unit.post(address, data=posted, follow_redirects=True).get_data(as_text=True)
    assert f"办件 {folder.number} 已撤回" in page
    assert "已撤回" in text_of(page).split("已办结")[1]
    assert folder.case().closed_at is not None
    again = unit.post(address, data=posted)
    assert again.status_code in {403, 409}


def test_what_was_not_submitted_cannot_be_withdrawn(app: Flask, unit: FlaskClient) -> None:
    folder = _folder(app, unit)
    posted = {"reason": "不办了，撤回这次申请。", "confirmation": "y"}
    answer = unit.post(f"/work/{folder.number}/withdraw", data=posted)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "现在不能撤回" in page
    assert "不办了，撤回这次申请。" in page


@pytest.mark.parametrize(("days", "words"), [(400, "有效"), (30, "还有 30 天到期"), (-1, "已过期")])
def test_certificates_stand_beside_with_their_expiry(
    app: Flask, unit: FlaskClient, days: int, words: str
) -> None:
    premises = app.extensions["premises"]
    with premises.transaction() as office:
        account = office.db.scalars(select(Account).where(Account.username == "unit_ready")).one()
        organ = office.db.scalars(select(Authority).where(Authority.level == "city")).one()
        office.db.add(
            Qualification(
                unit_id=account.unit_id,
                certificate_type="class_b",
                number="乙测资字6150999X",
                token="t" * 16,
                issued_on=date(2024, 1, 1),
                valid_until=office_date(office.now) + timedelta(days=days),
                authority_id=organ.id,
                specialties=[
                    QualificationSpecialty(specialty="GCCL", approved_on=date(2024, 1, 1))
                ],
            )
        )
    page = text_of(unit.get("/work").get_data(as_text=True))
    assert "乙测资字6150999X" in page
    assert "工程测量" in page
    assert words in page


def test_every_state_has_its_words(app: Flask, unit: FlaskClient) -> None:
    premises = app.extensions["premises"]
    with premises.reading() as office:
        cases = list(office.db.scalars(select(Case).limit(14)))
        assert len(casework.standings_of(office, cases)) == len(cases)
        statuses = {one.status for one in casework.standings_of(office, cases)}
    assert {"等待受理", "审批中", "公示中", "退回补齐材料"} <= statuses
