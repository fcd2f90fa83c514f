"""撤销、撤回、注销 in the pages: who is offered it, what is asked, what everybody is told."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Account, Case, Qualification
from tests.conftest import Login
from tests.webapp.officers import words

PROPOSED = {"ground": "fraud", "facts": "证书系伪造。", "evidence": "复函一份。"}
OFFER = "撤销、撤回或者注销"


class Ending:
    def __init__(self, app: Flask, login: Login) -> None:
        self.app, self.login, self.premises = app, login, app.extensions["premises"]
        with self.premises.reading() as office:
            unit = select(Account.unit_id).where(Account.username == "unit_b").scalar_subquery()
            held = office.db.scalars(select(Qualification).where(Qualification.unit_id == unit))
            self.held_id = held.one().id

    @property
    def address(self) -> str:
        return f"/certificates/{self.held_id}/revocation"

    def as_(self, username: str) -> Any:
        return self.login(self.app.test_client(), username)

    def number(self) -> str:
        with self.premises.reading() as office:
            query = select(Case.number).where(Case.scope == "held").order_by(Case.id.desc())
            return str(office.db.scalars(query).first())


@pytest.fixture
def ending(app: Flask, login: Login) -> Ending:
    return Ending(app, login)


@pytest.mark.parametrize(
    ("who", "offered"),
    [("city_reviewer", True), ("city_approver", False), ("province_reviewer", False)],
)
def test_only_the_issuing_organs_reviewer_is_offered_it(
    ending: Ending, who: str, offered: bool
) -> None:
    page = ending.as_(who).get(f"/certificates/{ending.held_id}").get_data(as_text=True)
    assert (ending.address in page) == offered


def test_a_reviewer_elsewhere_finds_nothing(ending: Ending) -> None:
    reviewer = ending.as_("ministry_reviewer")
    assert reviewer.get(ending.address).status_code == 404
    assert reviewer.post(ending.address, data=PROPOSED).status_code == 404


def test_what_is_missing_is_told_and_nothing_typed_is_lost(ending: Ending) -> None:
    answer = ending.as_("city_reviewer").post(ending.address, data={**PROPOSED, "ground": ""})
    assert answer.status_code == 422
    assert "请选择情形" in words(answer)
    assert "证书系伪造。" in answer.get_data(as_text=True)


def test_the_unit_is_told_and_asked_and_a_second_proposal_is_refused(ending: Ending) -> None:
    reviewer = ending.as_("city_reviewer")
    assert reviewer.post(ending.address, data=PROPOSED).status_code == 302
    listed = words(ending.as_("unit_b").get("/work"))
    assert "审批机关请您办理“陈述申辩”" in listed
    again = reviewer.post(ending.address, data=PROPOSED)
    assert again.status_code == 409
    assert "正在办理撤销、撤回或者注销" in words(again)


def test_the_record_says_that_the_organ_began_it(ending: Ending) -> None:
    ending.as_("city_reviewer").post(ending.address, data=PROPOSED)
    page = words(ending.as_("unit_b").get(f"/cases/{ending.number()}"))
    begun = page.index("新建工作")
    assert "西安市自然资源和规划局（演示）" in page[begun : begun + 40]


def test_a_unit_cannot_take_the_organs_case_back(ending: Ending) -> None:
    ending.as_("city_reviewer").post(ending.address, data=PROPOSED)
    unit, number = ending.as_("unit_b"), ending.number()
    reason = {"reason": "不同意", "confirmation": "y"}
    assert unit.post(f"/work/{number}/withdraw", data=reason).status_code == 409
    deleted = unit.post("/work/delete", data={"case": number, "confirmed": "yes"})
    assert deleted.status_code == 409
