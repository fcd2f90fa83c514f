"""好差评 in the pages: the unit is asked and answers, the organ reads, everybody sees figures."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from models import Case, Rating, RatingCount, Task
from tests.conftest import Login
from tests.webapp.officers import words

SECRET = "窗口的张三让我跑了三趟"


class Rated:
    """A case of the demo that ended yesterday and was not rated; its unit at the browser."""

    def __init__(self, app: Flask, login: Login) -> None:
        self.app, self.premises = app, app.extensions["premises"]
        with self.premises.transaction() as office:
            rating = office.db.scalars(select(Rating).order_by(Rating.asked_at.desc())).first()
            assert rating is not None
            values: dict[str, Any] = {"grade": None, "rated_at": None, "reasons": []}
            office.db.execute(update(Rating).where(Rating.id == rating.id).values(**values))
            self.number = office.db.get_one(Case, rating.case_id).number
        self.unit = login(app.test_client(), "unit_12")
        self.officer = login(app.test_client(), "city_callback")

    @property
    def address(self) -> str:
        return f"/cases/{self.number}/rating"

    def rate(self, grade: str = "1", **more: Any) -> Any:
        return self.unit.post(self.address, data={"grade": grade, "words": SECRET, **more})

    def handling(self) -> tuple[str, int]:
        with self.premises.reading() as office:
            query = select(Case.number, Task.id).join(Task, Task.case_id == Case.id)
            found = office.db.execute(query.where(Task.form == "verify_rating")).one()
            return found[0], found[1]


@pytest.fixture
def rated(app: Flask, login: Login) -> Rated:
    return Rated(app, login)


def test_the_unit_is_asked_in_its_list_and_on_the_case(rated: Rated) -> None:
    assert f'href="{rated.address}"' in rated.unit.get("/work").get_data(as_text=True)
    assert "请评价本次服务" in words(rated.unit.get(f"/cases/{rated.number}"))
    page = words(rated.unit.get(rated.address))
    for name in ("非常满意", "基本满意", "非常不满意", "办事效率", "平台操作性"):
        assert name in page


def test_a_bad_grade_needs_a_reason_and_nothing_typed_is_lost(rated: Rated) -> None:
    answer = rated.rate()
    assert answer.status_code == 422
    assert "请至少选择一项不满意的方面" in words(answer)
    assert SECRET in answer.get_data(as_text=True)


def test_the_organ_reads_the_rating_and_cannot_change_it(rated: Rated) -> None:
    rated.rate(reasons=["efficiency"])
    page = rated.officer.get(f"/cases/{rated.number}")
    assert SECRET in words(page)
    assert "非常不满意" in words(page)
    assert rated.address not in page.get_data(as_text=True)
    assert rated.officer.post(rated.address, data={"grade": "5"}).status_code == 403


def test_a_second_rating_is_refused_in_words(rated: Rated) -> None:
    assert rated.rate("5").status_code == 302
    again = rated.rate("1", reasons=["guide"])
    assert again.status_code == 409
    assert "每件只能评价一次" in words(again)


def test_words_are_added_once(rated: Rated) -> None:
    rated.rate("5")
    address = f"{rated.address}/addition"
    assert rated.unit.post(address, data={"addition": ""}).status_code == 422
    assert rated.unit.post(address, data={"addition": "补充一句"}).status_code == 302
    assert "补充一句" in words(rated.unit.get(f"/cases/{rated.number}"))
    assert rated.unit.post(address, data={"addition": "再补充"}).status_code == 409


def test_a_bad_rating_lies_in_the_list_with_its_days_left(rated: Rated) -> None:
    rated.rate(reasons=["attitude"])
    number, task_id = rated.handling()
    listed = words(rated.officer.get("/worklist"))
    assert number in listed
    assert "剩 15 个工作日" in listed
    desk = words(rated.officer.get(f"/tasks/{task_id}"))
    for told in (rated.number, "非常不满意", "服务态度", SECRET, "差评办理时限"):
        assert told in desk


def test_who_took_part_is_told_why_they_may_not(rated: Rated, login: Login) -> None:
    rated.rate(reasons=["attitude"])
    _number, task_id = rated.handling()
    window = login(rated.app.test_client(), "city_window")
    answer = window.post(
        f"/tasks/{task_id}",
        data={
            "outcome": "explain",
            "opinion": "已解释。",
            "called_on": "2026-11-20",
            "called_by": "telephone",
            "call_note": "已通话。",
        },
    )
    assert answer.status_code == 403
    assert f"您办理过办件 {rated.number}" in words(answer)
    assert "已通话。" in answer.get_data(as_text=True)


def test_the_figures_are_public_and_name_nobody(rated: Rated, client: FlaskClient) -> None:
    rated.rate(reasons=["efficiency"])
    page = words(client.get("/ratings"))
    assert "西安市自然资源和规划局（演示）" in page
    assert SECRET not in page
    assert "有限公司" not in page


@pytest.mark.parametrize("query", ["period=2026-13", "organ=9999999", "matter=x", "page=-1"])
def test_odd_questions_are_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/ratings?{query}").status_code == 200


def test_conditions_are_only_cleared_where_there_are_some(app: Flask, client: FlaskClient) -> None:
    with app.extensions["premises"].transaction() as office:
        office.db.execute(delete(RatingCount))
    empty = words(client.get("/ratings"))
    assert "还没有评价" in empty
    assert "清除条件" not in empty
    narrowed = words(client.get("/ratings?matter=renewal"))
    assert "没有符合条件的评价" in narrowed
    assert "清除条件" in narrowed
