"""办件查询 and the page of a case: who reads what, the papers, the record, and ending it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.officers import events_of, number_of, open_task, words

OFFICER_NAMES = ("市甲（窗口）", "市乙（经办）", "市丙（复核）", "市丁（签发）")


@pytest.fixture
def number(app: Flask) -> str:
    """A case waiting for its decision."""
    return number_of(app, open_task(app, "sign_decision"))


def test_the_organs_cases_are_listed_with_their_status(client: FlaskClient, login: Login) -> None:
    login(client, "city_checker")
    page = words(client.get("/cases"))
    for status in ("初步核查材料", "经办审查", "拟批准公示中", "准予许可，办结"):
        assert status in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=open", False),
        ("status=closed", True),
        ("text=没有这个单位", False),
        ("text=CH", False),
    ],
)
def test_the_list_narrows(client: FlaskClient, login: Login, query: str, found: bool) -> None:
    login(client, "city_checker")
    answer = client.get(f"/cases?{query}")
    assert answer.status_code == 200
    assert ("准予许可，办结" in words(answer)) is found


@pytest.mark.requirement("R059")
@pytest.mark.requirement("R298")
def test_the_page_says_where_the_case_is_and_until_when(
    client: FlaskClient, login: Login, number: str
) -> None:
    login(client, "city_window")
    page = words(client.get(f"/cases/{number}"))
    for word in ("办事进度", "核查受理 已完成", "审批决定 办理中", "制证发证 未开始", "签发决定"):
        assert word in page
    assert re.search(r"应于 \d\d-\d\d 前办结", page)


@pytest.mark.requirement("R063")
@pytest.mark.requirement("R140")
def test_the_unit_reads_the_record_without_officers_names(
    app: Flask, client: FlaskClient, login: Login, number: str
) -> None:
    login(client, "city_window")
    assert "市乙（经办）" in words(client.get(f"/cases/{number}"))
    login(client, "unit_11")
    for path in ("", "/trace", ".json", "/dossier?tab=record"):
        answer = client.get(f"/cases/{number}{path}")
        assert answer.status_code == 200
        text = answer.get_data(as_text=True)
        assert not any(name in text for name in OFFICER_NAMES)
    assert "西安市自然资源和规划局" in words(client.get(f"/cases/{number}"))


@pytest.mark.requirement("R299")
def test_the_acceptance_slip_is_offered(client: FlaskClient, login: Login, number: str) -> None:
    login(client, "unit_11")
    page = words(client.get(f"/cases/{number}"))
    assert "受理通知书" in page
    assert "下载受理单" in page or "正在制作" in page


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("city_window", 200),
        ("unit_11", 200),
        ("auditor", 200),
        ("province_window", 404),
        ("unit_b", 404),
        ("admin", 404),
        ("expert_1", 404),
    ],
)
def test_a_case_is_seen_by_its_unit_its_organ_and_the_auditor(
    client: FlaskClient, login: Login, number: str, username: str, status: int
) -> None:
    login(client, username)
    for path in ("", "/trace", ".json", "/dossier"):
        assert client.get(f"/cases/{number}{path}").status_code == status


def test_no_such_case_is_not_found(client: FlaskClient, login: Login) -> None:
    login(client, "city_window")
    assert client.get("/cases/CH2026999999").status_code == 404


def test_an_approver_ends_a_case_with_a_reason(
    client: FlaskClient, login: Login, number: str
) -> None:
    login(client, "city_approver")
    path = f"/cases/{number}/terminate"
    assert "终止办理" in words(client.get(f"/cases/{number}"))
    refused = client.post(path, data={"reason": "写好的理由"})
    assert refused.status_code == 422
    assert "写好的理由" in refused.get_data(as_text=True)
    data = {"reason": "申请单位已注销。", "confirmation": "y"}
    assert client.post(path, data=data).status_code == 302
    page = words(client.get(f"/cases/{number}"))
    assert "已终止" in page
    assert "申请单位已注销。" in page
    assert client.post(path, data=data).status_code == 409


@pytest.mark.parametrize(
    ("username", "status"),
    [("city_window", 403), ("city_reviewer", 403), ("unit_11", 403), ("province_approver", 404)],
)
def test_nobody_else_ends_it(
    client: FlaskClient, login: Login, number: str, username: str, status: int
) -> None:
    login(client, username)
    data = {"reason": "不行", "confirmation": "y"}
    assert client.post(f"/cases/{number}/terminate", data=data).status_code == status


def test_the_data_tell_the_same_story(client: FlaskClient, login: Login, number: str) -> None:
    login(client, "city_window")
    found = client.get(f"/cases/{number}.json").get_json()
    assert found["number"] == number
    assert found["status"] == "签发决定"
    titles = [line["title"] for line in found["story"]]
    assert titles[0] == "新建工作"
    assert titles.index("初步核查材料") < titles.index("经办审查") < titles.index("复核")
    assert found["story"][-1]["state"] == "current"


def test_revealing_a_number_in_the_file_is_noted(
    app: Flask, client: FlaskClient, login: Login, number: str
) -> None:
    login(client, "city_checker")
    place = "leaders//legal_representative_id_number"
    html = client.get(f"/cases/{number}/dossier").get_data(as_text=True)
    known = re.search(r'name="reveal" value="([^"]*id_number)"', html)
    assert known, place
    client.post(f"/cases/{number}/dossier", data={"reveal": known[1]})
    assert [event.actor_name for event in events_of(app, number, "revealed")] == ["市丙（复核）"]


@pytest.mark.requirement("R300")
def test_the_result_of_a_granted_case_is_offered(client: FlaskClient, login: Login) -> None:
    login(client, "city_window")
    html = client.get("/cases?status=closed").get_data(as_text=True)
    granted = re.search(r"/cases/(CH2026\d+)", html)
    assert granted
    page = words(client.get(f"/cases/{granted[1]}"))
    for paper in ("准予行政许可决定书", "正本", "副本", "公告"):
        assert paper in page
