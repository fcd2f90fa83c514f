"""“老人老办法”技术人员查询 on the screen: offered where the matter says so, told by name."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from bpmn.matters import MATTERS
from models import FormerPerson
from tests.conftest import Login
from tests.webapp.folder import UnitFolder, text_of

BUTTON = "“老人老办法”技术人员查询"


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    matter = MATTERS["review_exchange"]
    return UnitFolder(
        app.extensions["premises"], login(client, "unit_old"), "unit_old", matter=matter
    )


def people(folder: UnitFolder) -> list[FormerPerson]:
    with folder.premises.reading() as office:
        return list(office.db.scalars(select(FormerPerson).order_by(FormerPerson.id)))


@pytest.mark.requirement("R065")
@pytest.mark.requirement("R154")
def test_the_staff_page_of_the_exchange_leads_to_the_former_people(folder: UnitFolder) -> None:
    assert BUTTON in folder.get("staff")
    assert BUTTON not in folder.get("equipment")
    page = text_of(folder.get("former-staff"))
    for person in people(folder):
        assert person.name in page
        assert person.values["id_number"] not in page
    assert "共 13 条" in page


def test_other_matters_do_not_offer_it(app: Flask, client: FlaskClient, login: Login) -> None:
    folder = UnitFolder(app.extensions["premises"], login(client, "unit_ready"))
    assert BUTTON not in folder.get("staff")
    assert client.get(folder.url("former-staff")).status_code == 404
    assert client.post(folder.url("former-staff"), data={"person": "1"}).status_code == 404


@pytest.mark.parametrize(("username", "status"), [("", 401), ("unit_b", 404), ("admin", 403)])
def test_nobody_else_transfers(
    folder: UnitFolder, app: Flask, login: Login, username: str, status: int
) -> None:
    client = app.test_client()
    if username:
        login(client, username)
    answer = client.post(folder.url("former-staff"), data={"person": "1"})
    assert answer.status_code == status
    assert folder.rows("staff") == []


@pytest.mark.requirement("R066")
@pytest.mark.requirement("R067")
def test_who_was_ticked_stands_in_the_list_with_what_is_missing(folder: UnitFolder) -> None:
    first, second = people(folder)[:2]

    answer = folder.post("former-staff", {"person": [str(first.id), str(second.id)]})

    page = text_of(folder.client.get(answer.headers["Location"]).get_data(as_text=True))
    assert "已转移 2 人的基本信息" in page
    assert [row.label for row in folder.rows("staff")] == [first.name, second.name]
    for word in ("不计入", "缺少身份证。", "未填手机号码。"):
        assert word in page
    assert text_of(folder.get("former-staff")).count("已在列表中") == 2


def test_one_held_by_another_unit_is_refused_by_name(folder: UnitFolder) -> None:
    everybody = people(folder)

    answer = folder.post("former-staff", {"person": [str(one.id) for one in everybody]})

    assert answer.status_code == 409
    page = text_of(answer.get_data(as_text=True))
    assert "1 人没有转移" in page
    assert f"{everybody[-1].name}已存在于其他单位：渭水工程测量有限公司" in page
    assert "已转移 12 人的基本信息" in page
    assert len(folder.rows("staff")) == 12


@pytest.mark.parametrize("data", [{}, {"person": ["x", "-1", "9" * 30]}])
def test_nobody_ticked_is_told(folder: UnitFolder, data: dict[str, list[str]]) -> None:
    answer = folder.post("former-staff", data)
    assert answer.status_code == 422
    assert "请先勾选要转移的人员。" in answer.get_data(as_text=True)


def test_a_second_post_says_that_nothing_was_done_twice(folder: UnitFolder) -> None:
    person = people(folder)[0]
    folder.post("former-staff", {"person": str(person.id)})
    answer = folder.post("former-staff", {"person": str(person.id)})
    page = folder.client.get(answer.headers["Location"]).get_data(as_text=True)
    assert f"{person.name}已在列表中，没有重复转移。" in page
    assert len(folder.rows("staff")) == 1


def test_all_former_people_with_their_files_meet_the_standard(folder: UnitFolder) -> None:
    """The demo's unit can be played to 提交: a dozen people are enough for 乙级 工程测量."""
    everybody = people(folder)
    folder.post("former-staff", {"person": [str(one.id) for one in everybody[:12]]})
    kinds = ("id_card", "social_insurance", "education_certificate")
    with folder.premises.transaction(folder.account_id) as office:
        case = casework.find_case(office, folder.number)
        casework.save_page(office, case, "application", {"chosen_specialties": ["GCCL"]}, 0)
        for row in casework.rows_of(office, case.dossier_id, "staff"):
            values = {**row.values, "mobile": "13800138000"}
            casework.change_row(office, case, row.id, values, row.revision)
            for kind in kinds:
                stored = casework.StoredFile("scan.png", "image/png", 10, "0" * 64)
                casework.attach_file(office, case, "staff", row.id, kind, stored)
        assert casework.staff_verdict_of(office, case).met
