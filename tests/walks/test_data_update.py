"""补充和修改数据, walked on both databases: decisions → end, paper, dossier, claims."""

from typing import Any

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.errors import HeldElsewhere, SubmissionRefused, TaskDone
from bpmn.matters import MATTERS
from models import Claim, Document, Qualification
from tests import builders
from tests.browser.materials import id_number
from tests.walks.desk import GRANTED, STATEMENT, Desk
from tests.walks.flows import flows_never_walked

MATTER = MATTERS["data_update"]
REQUEST = {"changed_on": "2026-11-16", "reasons": "人员调整"}
ACCEPTANCE, CORRECTION, NOTICE = "受理通知书", "补正告知书", "数据更新通知书"
REFUSAL, NOT_ACCEPTED = "不予更新数据决定书", "不予受理决定书"
ACCEPTED = ("submit", "accept")
REVIEWED = (*ACCEPTED, "grant", "agree")
DONE = [ACCEPTANCE, NOTICE]
HEARD = ("waive", "refuse")
WALKS = [
    ((*REVIEWED, "grant"), "updated", DONE),
    ((*REVIEWED, "refuse", *HEARD), "update_refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    ((*REVIEWED, "return", "grant", "agree", "grant"), "updated", DONE),
    ((*ACCEPTED, "refuse", "agree", *HEARD), "update_refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    ((*ACCEPTED, "refuse", "agree", "state", "return", "grant", "agree", "grant"), "updated", None),
    ((*ACCEPTED, "grant", "return", "refuse", "agree", *HEARD), "update_refused", None),
    (("submit", "refuse"), "update_not_accepted", [NOT_ACCEPTED]),
    (("submit", "return", "submit", "accept", "grant", "agree", "grant"), "updated", None),
    (("submit", "return", "wait"), "update_lapsed", [CORRECTION]),
    (("submit", "wait", "grant", "agree", "grant"), "updated", DONE),
    (("submit", "withdraw"), "withdrawn", []),
    (("submit", "return", "terminate"), "terminated", [CORRECTION]),
    ((*ACCEPTED, "terminate"), "terminated", [ACCEPTANCE]),
    ((*REVIEWED, "withdraw"), "withdrawn", [ACCEPTANCE]),
]
STAYS, LEAVES, COMES = (id_number(number) for number in (1, 2, 3))


def person(name: str, number: str, category: str = "mid") -> dict[str, Any]:
    return {
        "name": name,
        "id_number": number,
        "category": category,
        "title_level": category,
        "nationality": "中国",
    }


def a_holder(db, *, also: str = "") -> Desk:
    """A unit with two people and 乙级, in a case in which one of them leaves and another comes."""
    desk = Desk(db, certificate_type=also or "class_b")
    office = desk.office(desk.applicant)
    for name, number in (("留任", STAYS), ("离任", LEAVES)):
        casework.add_row(office, desk.case, "staff", person(name, number))
    desk.take(GRANTED)
    if also:
        desk.case = casework.open_case(desk.office(desk.applicant), builders.MATTER, "class_b")
        desk.take(GRANTED)
    desk.begin(MATTER.key, {"update_request": REQUEST})
    office = desk.office(desk.applicant)
    (leaving,) = [row for row in staff_of(desk) if row.label == "离任"]
    casework.remove_row(office, desk.case, leaving.id)
    casework.add_row(office, desk.case, "staff", person("新任", COMES))
    return desk


def staff_of(desk: Desk, dossier_id: int | None = None):
    return casework.rows_of(desk.office(), dossier_id or desk.case.dossier_id, "staff")


def may_take(db, desk: Desk, number: str) -> bool:
    """Whether another unit could enter the person now."""
    other = builders.a_unit(db, name=f"另一单位{number}", uscc=None)
    applicant = builders.an_applicant(db, unit=other, username=f"u{number[-4:]}")
    office = builders.an_office(db, now=desk.now, actor=applicant)
    case = casework.open_case(office, builders.MATTER, "class_b")
    try:
        casework.add_row(office, case, "staff", person("他人", number))
    except HeldElsewhere:
        return False
    return True


@pytest.mark.requirement("R018")
@pytest.mark.requirement("R126")
@pytest.mark.parametrize(("decisions", "end", "papers"), WALKS)
def test_update_goes_its_way_and_claims_follow_its_end(db, decisions, end, papers):
    desk = a_holder(db)
    certificate = db.scalars(select(Qualification)).one()
    token, approved = certificate.token, desk.unit.approved_dossier_id

    desk.take(decisions)

    assert (desk.case.ended, desk.case.wake_at) == (end, None)
    assert papers is None or desk.titles() == papers
    is_new = end == "updated"
    names = [row.label for row in staff_of(desk, desk.unit.approved_dossier_id)]
    assert names == (["留任", "新任"] if is_new else ["留任", "离任"])
    assert (desk.unit.approved_dossier_id == approved) != is_new
    assert (may_take(db, desk, LEAVES), may_take(db, desk, COMES)) == (is_new, not is_new)
    assert not may_take(db, desk, STAYS)
    assert (certificate.token, certificate.copy_version) == (token, 0)


def test_walks_go_along_every_flow():
    walks = [decisions for decisions, *_end in WALKS]
    assert flows_never_walked(MATTER.key, walks) == set()


@pytest.mark.parametrize("decisions", [(), ("submit",), REVIEWED])
def test_while_undecided_both_who_leaves_and_who_comes_are_held(db, decisions):
    desk = a_holder(db)

    desk.take(decisions)

    assert [may_take(db, desk, number) for number in (STAYS, LEAVES, COMES)] == [False] * 3


def test_deleted_work_gives_back_whom_it_claimed(db):
    desk = a_holder(db)

    casework.delete_case(desk.office(desk.applicant), desk.case)

    assert (may_take(db, desk, LEAVES), may_take(db, desk, COMES)) == (False, True)


def test_notice_names_what_changed_and_the_certificates(db):
    desk = a_holder(db, also="class_a")

    desk.take((*REVIEWED, "grant"))

    facts = db.scalars(select(Document).where(Document.kind == "update_notice")).one().facts
    assert facts["changes"] == [
        {"page": "技术人员信息", "added": "1：新任", "removed": "1：离任", "altered": "无"}
    ]
    assert [one["number"][0] for one in facts["certificates"]] == ["甲", "乙"]


@pytest.mark.requirement("R127")
def test_below_the_standard_nothing_is_handed_in_and_certificate_and_specialty_are_named(db):
    desk = a_holder(db, also="class_a")

    told = _refused(desk)

    numbers = [one.number for one in db.scalars(select(Qualification))]
    for number in numbers:
        words = f"变更后不再符合证书 {number} 的“工程测量”：还缺 "
        assert any(page == "staff" and words in sentence for page, sentence in told)
        assert any(page == "equipment" and words in sentence for page, sentence in told)


def test_update_that_changes_nothing_is_not_handed_in(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin(MATTER.key, {"update_request": REQUEST})

    assert ("update_request", "各页内容与已批准的相同，没有需要更新的数据。") in _refused(desk)


def test_second_click_adopts_once(db):
    desk = a_holder(db)
    desk.take(REVIEWED)
    task = desk.open_task()
    approver = desk.officers[task.authority_id, "approver"]
    desk.take(("grant",))

    with pytest.raises(TaskDone):
        casework.complete_task(desk.office(approver), task.id, {"outcome": "refuse"})

    assert desk.titles() == DONE
    assert len(db.scalars(select(Claim).where(Claim.unit_id == desk.unit.id)).all()) == 2


def _refused(desk: Desk) -> list[tuple[str, str]]:
    office, task = desk.office(desk.applicant), desk.open_task()

    with pytest.raises(SubmissionRefused) as refused:
        casework.submit(office, desk.case, task.id, MATTER, opened_at=office.now)
    return [(problem.page, problem.message) for problem in refused.value.problems]
