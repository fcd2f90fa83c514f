"""新单位注册, walked through the use cases on both databases: decisions → end, papers, unit."""

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import verification
from bpmn.casework.prerequisites import unmet_prerequisite
from bpmn.errors import SubmissionRefused, TaskDone
from bpmn.matters import MATTERS
from models import Document, Message, Notice, Qualification, Task
from tests import builders
from tests.walks.desk import Desk
from tests.walks.flows import flows_never_walked

MATTER = MATTERS["unit_registration"]
BASICS = {
    "unit_name": "示例测绘有限公司",
    "uscc": "91350100M000100Y43",
    "legal_representative": "示例人",
    "unit_nature": "enterprise",
    "established_on": "2019-04-18",
    "province": "61",
    "city": "6101",
    "registered_address": "示例省示例市示例路 1 号",
    "office_address": "示例省示例市示例路 1 号",
    "postal_code": "710000",
    "phone": "029-87604025",
    "email": "office@example.cn",
}
CORRECTION, NOTICE, REFUSAL = "补正告知书", "新单位注册通知书", "不予注册通知书"
ROUTES = [("class_b", "city"), ("class_a", "province"), ("class_a_navigation", "ministry")]
WALKS = [
    (("submit", "accept"), "registered", [NOTICE]),
    (("submit", "refuse"), "registration_refused", [REFUSAL]),
    (("submit", "return", "submit", "accept"), "registered", [CORRECTION, NOTICE]),
    (
        ("submit", "return", "submit", "return", "submit", "refuse"),
        "registration_refused",
        [CORRECTION, CORRECTION, REFUSAL],
    ),
    (("submit", "return", "wait"), "registration_lapsed", [CORRECTION]),
    (("submit", "withdraw"), "withdrawn", []),
    (("submit", "terminate"), "terminated", []),
    (("submit", "return", "withdraw"), "withdrawn", [CORRECTION]),
    (("submit", "return", "terminate"), "terminated", [CORRECTION]),
]


def a_newcomer(db, certificate_type="class_b", **basics) -> Desk:
    """A unit with an account, under its name and a few characters more, in its first case."""
    desk = Desk(
        db, certificate_type=certificate_type, name="示例测绘有限公司（西安）", uscc=None, city=""
    )
    casework.delete_case(desk.office(desk.applicant), desk.case)
    desk.unit.registered_at = None
    desk.begin("unit_registration", {"unit_basics": {**BASICS, **basics}})
    return desk


@pytest.mark.requirement("R120")
@pytest.mark.requirement("R122")
@pytest.mark.requirement("R124")
@pytest.mark.parametrize(("certificate_type", "level"), ROUTES)
@pytest.mark.parametrize(("decisions", "end", "papers"), WALKS)
def test_registration_goes_its_way_and_leaves_its_papers(
    db, certificate_type, level, decisions, end, papers
):
    desk = a_newcomer(db, certificate_type)

    desk.take(decisions)

    assert (desk.case.ended, desk.case.wake_at) == (end, None)
    assert desk.case.authority.level == level
    assert desk.titles() == papers
    assert db.scalars(select(Task).where(Task.closed_at.is_(None))).all() == []
    assert (desk.unit.registered_at is not None) == (end == "registered")
    assert db.scalars(select(Qualification)).all() == []
    assert db.scalars(select(Notice)).all() == []


def test_walks_go_along_every_flow():
    assert flows_never_walked(MATTER.key, [decisions for decisions, *_end in WALKS]) == set()


@pytest.mark.requirement("R026")
@pytest.mark.requirement("R046")
@pytest.mark.requirement("R121")
def test_registered_unit_is_called_as_verified_and_may_apply(db):
    desk = a_newcomer(db)
    unit, office = desk.unit, desk.office(desk.applicant)
    assert "新单位注册" in unmet_prerequisite(office, builders.MATTER, unit, "class_b")

    desk.take(("submit", "accept"))

    assert (unit.name, unit.uscc, unit.city) == (BASICS["unit_name"], BASICS["uscc"], "6101")
    assert (unit.registered_at, unit.approved_at) == (desk.now, None)
    assert "不需要再次办理" in unmet_prerequisite(office, MATTER, unit, "class_b")
    case = casework.open_case(office, builders.MATTER, "class_b")
    page = casework.find_page(office, case.dossier_id, "unit_basics")
    assert page.values["registered_address"] == BASICS["registered_address"]


@pytest.mark.requirement("R027")
@pytest.mark.requirement("R123")
def test_registration_without_proof_or_with_a_name_in_use_is_not_handed_in(db):
    desk = a_newcomer(db, unit_name="已有测绘有限公司")
    builders.a_unit(db, name="已有测绘有限公司", uscc=None)

    office, task = desk.office(desk.applicant), desk.open_task()

    with pytest.raises(SubmissionRefused) as refused:
        casework.submit(office, desk.case, task.id, MATTER, opened_at=office.now)

    told = [problem.message for problem in refused.value.problems]
    assert told == ["缺少营业执照或法人证书。", "单位名称已被其他单位使用。"]


def test_unit_is_told_the_reasons_and_anyone_may_verify_the_paper(db):
    desk = a_newcomer(db)

    desk.take(("submit", "refuse"))

    paper = db.scalars(select(Document).where(Document.kind == "registration_refusal")).one()
    assert paper.facts["reasons"] == ["不符合标准"]
    assert paper.facts["matter"] == "新单位注册"
    assert verification.paper_by_token(desk.office(), paper.token).title == REFUSAL
    subjects = db.scalars(select(Message.subject).order_by(Message.id)).all()
    assert subjects == ["申请已提交", REFUSAL, "请评价本次服务"]


def test_second_click_and_second_officer_change_nothing(db):
    desk = a_newcomer(db)
    desk.take(("submit",))
    task = desk.open_task()
    desk.take(("accept",))

    with pytest.raises(TaskDone):
        casework.complete_task(
            desk.office(desk.officers[desk.case.authority_id, "window"]),
            task.id,
            {"outcome": "refuse", "opinion": "意见"},
        )

    assert desk.titles() == [NOTICE]
    assert desk.case.ended == "registered"
