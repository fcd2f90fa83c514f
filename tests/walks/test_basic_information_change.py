"""基本信息变更, walked on both databases: decisions → end, papers, unit, certificates."""

from typing import Any

import pytest
from sqlalchemy import select, update

from bpmn import casework
from bpmn.casework import verification
from bpmn.errors import CaseNotFound, PrerequisiteUnmet, SubmissionRefused, TaskDone, UnitFactTaken
from bpmn.matters import MATTERS
from models import (
    Case,
    DiagramVersion,
    Document,
    Message,
    Qualification,
    QualificationChange,
)
from models.calendar import office_date
from models.qualifications import CANCELLED
from tests import builders
from tests.walks.desk import GRANTED, STATEMENT, Desk
from tests.walks.flows import flows_never_walked

MATTER = MATTERS["basic_information_change"]
OLD, NEW = "示例测绘有限公司", "示例测绘集团有限公司"
CHANGES: dict[str, Any] = {
    "present_unit_name": OLD,
    "new_unit_name": NEW,
    "present_legal_representative": "示例人",
    "new_legal_representative": "新任人",
    "new_uscc": "",
    "changed_on": "2026-11-16",
}
CERTIFICATE = ["测绘资质证书（正本）", "测绘资质证书（副本）"]
ACCEPTANCE, CORRECTION, DECISION = "受理通知书", "补正告知书", "准予变更决定书"
REFUSAL, NOT_ACCEPTED = "不予变更决定书", "不予受理决定书"
ACCEPTED = ("submit", "accept")
REVIEWED = (*ACCEPTED, "grant", "agree")
DONE = [ACCEPTANCE, DECISION, *CERTIFICATE]
HEARD = ("waive", "refuse")
WALKS = [
    ((*REVIEWED, "grant"), "changed", DONE),
    ((*REVIEWED, "refuse", *HEARD), "change_refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    ((*REVIEWED, "return", "grant", "agree", "grant"), "changed", DONE),
    ((*ACCEPTED, "refuse", "agree", *HEARD), "change_refused", [ACCEPTANCE, STATEMENT, REFUSAL]),
    ((*ACCEPTED, "refuse", "agree", "state", "return", "grant", "agree", "grant"), "changed", None),
    ((*ACCEPTED, "grant", "return", "refuse", "agree", *HEARD), "change_refused", None),
    (("submit", "refuse"), "change_not_accepted", [NOT_ACCEPTED]),
    (("submit", "return", "submit", "accept", "grant", "agree", "grant"), "changed", None),
    (("submit", "return", "wait"), "change_lapsed", [CORRECTION]),
    (("submit", "wait", "grant", "agree", "grant"), "changed", DONE),
    (("submit", "withdraw"), "withdrawn", []),
    (("submit", "return", "terminate"), "terminated", [CORRECTION]),
    ((*ACCEPTED, "withdraw"), "withdrawn", [ACCEPTANCE]),
    ((*ACCEPTED, "grant", "terminate"), "terminated", [ACCEPTANCE]),
    ((*REVIEWED, "withdraw"), "withdrawn", [ACCEPTANCE]),
    ((*REVIEWED, "terminate"), "terminated", [ACCEPTANCE]),
]


def a_holder(db, *, also="", kind="class_b", **changes) -> Desk:
    """A unit that holds `also` and `kind`, in a case that changes its name and its head."""
    desk = Desk.of_holder(db, certificate_type=also or kind)
    if also:
        desk.case = casework.open_case(desk.office(desk.applicant), builders.MATTER, kind)
        desk.take(GRANTED)
    desk.begin(MATTER.key, {"unit_changes": {**CHANGES, **changes}})
    return desk


def certificates(db) -> dict[str, Qualification]:
    return {one.certificate_type: one for one in db.scalars(select(Qualification))}


@pytest.mark.requirement("R017")
@pytest.mark.requirement("R128")
@pytest.mark.parametrize(("decisions", "end", "papers"), WALKS)
def test_change_goes_its_way_and_leaves_its_papers(db, decisions, end, papers):
    desk = a_holder(db)

    desk.take(decisions)

    assert (desk.case.ended, desk.case.wake_at) == (end, None)
    assert papers is None or desk.titles() == papers
    held = certificates(db)["class_b"]
    assert desk.unit.name == (NEW if end == "changed" else OLD)
    assert held.copy_version == (1 if end == "changed" else 0)


def test_walks_go_along_every_flow():
    assert flows_never_walked(MATTER.key, [decisions for decisions, *_end in WALKS]) == set()


@pytest.mark.parametrize(
    ("kind", "level"),
    [("class_b", "city"), ("class_a", "province"), ("class_a_navigation", "ministry")],
)
def test_organ_of_the_certificate_decides(db, kind, level):
    desk = a_holder(db, kind=kind)

    desk.take((*REVIEWED, "grant"))

    assert desk.case.authority.level == level


@pytest.mark.requirement("R151")
def test_facts_are_adopted_everywhere_and_the_certificate_keeps_number_and_expiry(db):
    desk = a_holder(db)
    before = certificates(db)["class_b"]
    number, until, token = before.number, before.valid_until, before.token

    desk.take((*REVIEWED, "grant"))

    held = certificates(db)["class_b"]
    assert (held.number, held.valid_until, held.status) == (number, until, "valid")
    assert held.token != token
    kinds = db.scalars(select(QualificationChange.kind).order_by(QualificationChange.id)).all()
    assert kinds == ["granted", "changed"]
    originals = select(Document).where(Document.kind == "certificate_original")
    paper = db.scalars(originals.order_by(Document.id)).all()[-1]
    assert paper.facts["unit_name"] == NEW
    assert paper.facts["issued_on"] == office_date(desk.now).isoformat()
    assert paper.facts["legal_representative"] == "新任人"
    unit, office = desk.unit, desk.office(desk.applicant)
    assert (unit.legal_representative, unit.approved_dossier_id) == ("新任人", desk.case.dossier_id)
    later = casework.open_case(office, MATTER, "class_b")
    assert casework.find_page(office, later.dossier_id, "unit_changes") is None
    assert casework.find_page(office, later.dossier_id, "unit_basics").values["unit_name"] == NEW


def test_decision_tells_old_and_new_of_what_was_applied_for_only(db):
    desk = a_holder(db)

    desk.take((*REVIEWED, "grant"))

    query = select(Document).where(Document.kind == "change_decision")
    assert db.scalars(query).one().facts["changes"] == [
        {"fact": "单位名称", "before": OLD, "after": NEW},
        {"fact": "法定代表人", "before": "示例人", "after": "新任人"},
    ]


def test_old_paper_is_void_and_the_new_one_is_valid(db):
    desk = a_holder(db)
    old = certificates(db)["class_b"].token

    desk.take((*REVIEWED, "grant"))

    office, new = desk.office(), certificates(db)["class_b"].token
    assert verification.certificate_by_token(office, old).status == "replaced"
    assert verification.certificate_by_token(office, new).status == "valid"


@pytest.mark.requirement("R129")
@pytest.mark.parametrize(
    ("decisions", "end", "papers"),
    [
        (("grant", "grant"), "reissued", CERTIFICATE),
        (("refuse", "refuse"), "reissue_objected", ["不予换发通知书"]),
        (("grant", "return", "refuse", "refuse"), "reissue_objected", ["不予换发通知书"]),
        (("refuse", "return", "grant", "grant"), "reissued", CERTIFICATE),
    ],
)
def test_other_certificate_is_made_anew_by_its_own_organ(db, decisions, end, papers):
    desk = a_holder(db, also="class_a")
    desk.take((*REVIEWED, "grant"))
    first, other = desk.case, certificates(db)["class_a"]
    token, until = other.token, other.valid_until

    desk.case = db.scalars(select(Case).where(Case.origin_id == first.id)).one()
    assert (desk.case.matter, desk.case.authority.level) == ("certificate_reissue", "province")
    assert other.copy_version == 0
    desk.take(decisions)

    assert (desk.case.ended, desk.titles()) == (end, papers)
    assert (other.copy_version, other.valid_until) == (1 if end == "reissued" else 0, until)
    status = verification.certificate_by_token(desk.office(), token).status
    assert status == ("replaced" if end == "reissued" else "valid")


def test_certificate_that_has_ended_meanwhile_is_not_made_anew(db):
    desk = a_holder(db, also="class_a")
    desk.take((*REVIEWED, "grant"))
    desk.case = db.scalars(select(Case).where(Case.origin_id == desk.case.id)).one()
    other = certificates(db)["class_a"]
    other.status = CANCELLED
    db.flush()
    desk.take(("grant",))
    task = desk.open_task()
    approver = desk.officers[task.authority_id, "approver"]

    before = db.begin_nested()
    with pytest.raises(PrerequisiteUnmet, match="已不持有"):
        casework.complete_task(desk.office(approver), task.id, {"outcome": "grant"})
    before.rollback()
    db.expire_all()
    desk.take(("return", "refuse", "refuse"))

    assert (desk.case.ended, other.copy_version) == ("reissue_objected", 0)


def test_reissue_walks_go_along_every_flow():
    walks = [
        ("grant", "return", "grant", "grant"),
        ("refuse", "return", "refuse", "refuse"),
    ]
    assert flows_never_walked("certificate_reissue", walks) == set()


@pytest.mark.parametrize("fault", [CaseNotFound, UnitFactTaken])
def test_nothing_is_half_done_when_one_part_fails(db, fault):
    desk = a_holder(db, also="class_a")
    desk.take(REVIEWED)
    if fault is CaseNotFound:  # the case that is to follow has no diagram to run on
        update_reissue = update(DiagramVersion).values(deployed_at=None)
        db.execute(update_reissue.where(DiagramVersion.matter == "certificate_reissue"))
    else:  # since 提交 another unit has taken the name
        builders.a_unit(db, name=NEW, uscc=None)
    task = desk.open_task()
    approver = desk.officers[task.authority_id, "approver"]

    before = db.begin_nested()
    with pytest.raises(fault):
        casework.complete_task(desk.office(approver), task.id, {"outcome": "grant"})
    before.rollback()
    db.expire_all()

    assert (desk.unit.name, desk.titles(), desk.open_task().id) == (OLD, [ACCEPTANCE], task.id)
    assert [one.copy_version for one in certificates(db).values()] == [0, 0]
    assert db.scalars(select(Case).where(Case.origin_id.is_not(None))).all() == []


def test_second_click_and_second_officer_issue_once(db):
    desk = a_holder(db)
    desk.take(REVIEWED)
    task = desk.open_task()
    approver = desk.officers[task.authority_id, "approver"]
    desk.take(("grant",))

    with pytest.raises(TaskDone):
        casework.complete_task(desk.office(approver), task.id, {"outcome": "grant"})

    assert desk.titles() == DONE
    assert certificates(db)["class_b"].copy_version == 1


def test_every_fault_of_the_application_is_told_at_once(db):
    desk = a_holder(db, new_uscc="91110000600037341L")
    builders.a_unit(db, name=NEW, uscc="91110000600037341L")

    office, task = desk.office(desk.applicant), desk.open_task()

    with pytest.raises(SubmissionRefused) as refused:
        casework.submit(office, desk.case, task.id, MATTER, opened_at=office.now)

    told = [(problem.page, problem.message) for problem in refused.value.problems]
    for sentence in (
        "请填写联系人手机号码。",
        "请阅读并勾选承诺。",
        "缺少变更申请书扫描件。",
        "缺少变更后的营业执照或法人证书。",
        "缺少单位名称变更证明。",
        "缺少统一社会信用代码变更证明。",
        "缺少法定代表人变更证明。",
        "变更后的单位名称已被其他单位使用。",
        "变更后的统一社会信用代码已被其他单位使用。",
    ):
        assert ("unit_changes", sentence) in told
    assert ("unit_changes", "缺少注册地址变更证明。") not in told
    assert ("leaders", "法定代表人变更为新任人，请填写其信息并上传身份证。") in told


def test_unit_is_told_of_each_step(db):
    desk = a_holder(db, also="class_a")

    desk.take((*REVIEWED, "grant"))

    query = select(Message.subject).where(Message.case_id == desk.case.id).order_by(Message.id)
    assert db.scalars(query).all() == ["申请已提交", *DONE, "请评价本次服务"]
    follower = db.scalars(select(Case).where(Case.origin_id == desk.case.id)).one()
    query = select(Message.subject).where(Message.case_id == follower.id)
    assert db.scalars(query).all() == ["换发证书"]
