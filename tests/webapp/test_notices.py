"""Notices and announcements, and objections to them, by anyone."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from models import Notice, Objection, Task
from tests.conftest import Login
from tests.webapp.public_case import ANSWER, TO_GRANT, TO_NOTICE, PublicCase, move_clock
from webapp import throttle
from webapp.offices import Premises

GOOD = {"name": "王某", "mobile": "13800138000", "email": "", "content": "人员社保不在该单位。"}
HOSTILE = "</textarea><script>alert(1)</script>"


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def case(premises: Premises) -> PublicCase:
    case = PublicCase(premises)
    case.take(TO_NOTICE)
    return case


def page_of(client: FlaskClient, case: PublicCase, kind: str = "notice") -> str:
    response = client.get(f"/notices/{case.notice(kind).id}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def object_to(client: FlaskClient, case: PublicCase, **changes: str) -> tuple[int, str]:
    address = f"/notices/{case.notice().id}"
    response = client.post(address, data={**GOOD, **changes}, follow_redirects=True)
    return response.status_code, response.get_data(as_text=True)


def objections(case: PublicCase) -> list[Objection]:
    with case.premises.reading() as office:
        query = select(Objection).join(Notice).where(Notice.case_id == case.id)
        return list(office.db.scalars(query.order_by(Objection.id)))


def test_a_notice_shows_what_was_published_and_counts_down(
    client: FlaskClient, case: PublicCase
) -> None:
    page = page_of(client, case)
    for word in ("周原测绘有限公司", case.number, "工程测量", "剩 5 个工作日", "提交异议"):
        assert word in page
    for secret in ("秘密人", "内部意见", "示例路", "市乙"):
        assert secret not in page


def test_the_last_day_is_told_as_such(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    until = case.notice().until
    assert until is not None
    move_clock(premises, until - timedelta(hours=1))
    assert "今日截止" in page_of(client, case)


@pytest.mark.requirement("R305")
def test_an_objection_gets_a_number_and_reaches_the_officer(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    status, page = object_to(client, case)
    assert status == 200
    (received,) = objections(case)
    assert received.number.startswith("西安测资异〔2026〕")
    assert received.number in page
    assert received.contact == "13800138000"
    with premises.reading() as office:
        assert case.task(office).form == "handle_objection"


def test_names_and_words_of_objectors_stay_inside(client: FlaskClient, case: PublicCase) -> None:
    object_to(client, case)
    page = page_of(client.application.test_client(), case)
    assert objections(case)[0].number in page
    assert "核实中" in page
    for secret in (GOOD["name"], GOOD["mobile"], GOOD["content"]):
        assert secret not in page


def test_the_answer_is_public_with_its_reasons(client: FlaskClient, case: PublicCase) -> None:
    object_to(client, case)
    case.take(["dismissed"])
    page = page_of(client, case)
    assert ANSWER in page
    assert "不成立" in page
    assert GOOD["name"] not in page


def test_the_receipt_is_only_for_who_sent_it(client: FlaskClient, case: PublicCase) -> None:
    object_to(client, case)
    stranger = client.application.test_client()
    response = stranger.get(f"/notices/{case.notice().id}/received")
    assert response.status_code == 302
    assert response.location.endswith(f"/notices/{case.notice().id}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写姓名或单位名称"),
        ({"content": "   "}, "请填写异议内容"),
        ({"mobile": ""}, "至少填写一项"),
        ({"mobile": "12345"}, "手机"),
        ({"mobile": "", "email": "nobody"}, "邮箱"),
        ({"content": "长" * 2001}, "2000"),
        ({"name": "长" * 101}, "100"),
    ],
)
def test_a_wrong_field_is_told_at_its_place_and_nothing_typed_is_lost(
    client: FlaskClient,
    case: PublicCase,
    premises: Premises,
    changes: dict[str, str],
    sentence: str,
) -> None:
    status, page = object_to(client, case, **changes)
    assert status == 422
    assert sentence in page
    assert "处需要改正" in page
    for typed in ({**GOOD, **changes}).values():
        assert typed.strip() in page
    assert objections(case) == []


def test_hostile_words_are_shown_as_words(client: FlaskClient, case: PublicCase) -> None:
    status, page = object_to(client, case, mobile="", name=HOSTILE, content=HOSTILE)
    assert status == 422
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_double_post_is_one_objection(client: FlaskClient, case: PublicCase) -> None:
    first, second = object_to(client, case)[1], object_to(client, case)[1]
    (received,) = objections(case)
    assert received.number in first
    assert received.number in second


def test_a_second_objection_joins_the_one_that_is_handled(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    object_to(client, case)
    page = object_to(client, case, content="另一件事。")[1]
    assert objections(case)[1].number in page
    with premises.reading() as office:
        query = select(func.count()).where(Task.case_id == case.id, Task.closed_at.is_(None))
        assert office.db.scalar(query) == 1


def test_after_the_period_the_words_come_back(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    until = case.notice().until
    assert until is not None
    move_clock(premises, until)
    assert "提交异议" not in page_of(client, case)
    status, page = object_to(client, case)
    assert status == 409
    assert "公示期已结束，不再接收异议" in page
    assert GOOD["content"] in page
    assert objections(case) == []


def test_a_notice_that_was_closed_takes_no_objection(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    case.take(["wait"])
    assert object_to(client, case)[0] == 409
    assert "已结束" in page_of(client, case)


def test_an_announcement_takes_no_objection(client: FlaskClient, premises: Premises) -> None:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    address = f"/notices/{case.notice('announcement').id}"
    assert client.post(f"{address}", data=GOOD).status_code == 404
    assert client.post("/notices/999", data=GOOD).status_code == 404


def test_a_flood_is_stopped_and_the_words_are_kept(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    for turn in range(throttle.MOST_OBJECTIONS):
        assert object_to(client, case, content=f"第 {turn} 条")[0] == 200
    status, page = object_to(client, case, content="再来一条")
    assert status == 429
    assert "过于频繁" in page
    assert "再来一条" in page
    assert len(objections(case)) == throttle.MOST_OBJECTIONS


def test_an_announcement_names_the_certificate(client: FlaskClient, premises: Premises) -> None:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    page = page_of(client, case, "announcement")
    assert case.qualification().number in page
    assert "关于拟批准" in page  # the notice before it
    assert "秘密人" not in page


@pytest.mark.requirement("R306")
@pytest.mark.requirement("R308")
def test_the_list_keeps_the_history(client: FlaskClient, premises: Premises) -> None:
    PublicCase(premises).take(TO_GRANT)
    notices, announced = (
        client.get(f"/notices{query}").get_data(as_text=True)
        for query in ("", "?kind=announcement")
    )
    assert "关于准予" not in notices
    assert "关于拟批准" not in announced
    assert "公示结束，没有异议成立" in notices


def test_the_list_is_paged_and_searched(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    first = case.notice()
    with premises.transaction() as office:
        for number in range(120):
            office.db.add(
                Notice(
                    case_id=case.id,
                    authority_id=first.authority_id,
                    kind="notice",
                    title=f"翻页试验第{number:03d}号",
                    facts=first.facts,
                    published_at=office.now - timedelta(days=1),
                    until=office.now,
                )
            )
    page = client.get("/notices?q=翻页试验&page=2").get_data(as_text=True)
    assert "共 120 条" in page
    assert 'aria-current="page" aria-label="第 2 页"' in page
    assert "共 1 条" in client.get("/notices?q=试验第007号").get_data(as_text=True)
    for address in ("/notices?page=999", "/notices?page=-1", "/notices?page=x", "/notices?kind=x"):
        assert client.get(address).status_code == 200
    assert "没有找到相符的公示" in client.get("/notices?q=没有").get_data(as_text=True)


def test_an_empty_list_says_so(client: FlaskClient, premises: Premises) -> None:
    with premises.transaction() as office:
        office.db.execute(delete(Objection))
        office.db.execute(delete(Notice))
    assert "目前没有公示" in client.get("/notices").get_data(as_text=True)


@pytest.mark.requirement("R305")
def test_the_unit_itself_is_led_to_its_statement(
    client: FlaskClient, login: Login, case: PublicCase
) -> None:
    login(client, "unit_ready")
    own = page_of(client, case)
    assert f"/notices/{case.notice().id}/statement" in own
    assert "提交异议" not in own


def test_another_unit_finds_its_name_filled_in(
    client: FlaskClient, login: Login, case: PublicCase
) -> None:
    login(client, "unit_b")
    field = re.search(r'<input[^>]*id="name"[^>]*>', page_of(client, case))
    assert field
    assert "公司" in field[0]


@pytest.mark.parametrize("number", ["99999999999999999999", "0", "x"])
def test_a_number_that_no_notice_has_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/notices/{number}").status_code == 404


@pytest.mark.parametrize("organ", [2**70, -1, "x", "9" * 30])
def test_an_organ_that_no_database_could_hold_is_not_asked_about(
    client: FlaskClient, case: PublicCase, organ: object
) -> None:
    answer = client.get(f"/notices?organ={organ}")
    assert answer.status_code == 200
    assert case.notice().title in answer.get_data(as_text=True)
