"""补领证书, walked through the use cases on both databases: words → end, papers, certificate."""

import pytest
from sqlalchemy import func, select

from bpmn import casework
from bpmn.casework.verification import certificate_by_token
from bpmn.errors import PrerequisiteUnmet
from bpmn.matters import MATTERS
from certificates.verification import read_token
from models import Claim, Document, Notice, Qualification
from models.qualifications import VALID
from tests.builders import KEY_RING
from tests.walks.desk import GRANTED, Desk

MATTER = "certificate_replacement"
PAGE = {
    "reason": "lost",
    "happened_on": "2026-11-01",
    "circumstances": "搬迁中遗失。",
    "statement_medium": "示例日报",
    "statement_on": "2026-11-05",
    "contact_name": "示例人",
    "contact_mobile": "13800138000",
    "declaration": True,
}
PERSON = {
    "name": "张三",
    "id_number": "110101199003070011",
    "mobile": "13800138000",
    "category": "mid",
}
PAPERS = ["补发证书通知书", "测绘资质证书（正本）", "测绘资质证书（副本）"]
REFUSAL = "不予补发证书决定书"
CORRECTION = "补正告知书"
WALKS = [
    (("submit", "accept", "grant"), "replaced", PAPERS),
    (("submit", "accept", "return", "accept", "grant"), "replaced", PAPERS),
    (("submit", "accept", "refuse"), "refused", [REFUSAL]),
    (("submit", "refuse"), "refused", [REFUSAL]),
    (("submit", "return", "submit", "accept", "grant"), "replaced", [CORRECTION, *PAPERS]),
    (("submit", "return", "wait"), "case_lapsed", [CORRECTION]),
    (("submit", "withdraw"), "withdrawn", []),
    (("submit", "return", "terminate"), "terminated", [CORRECTION]),
    (("submit", "accept", "withdraw"), "withdrawn", []),
]


@pytest.mark.requirement("R016")
@pytest.mark.requirement("R131")
@pytest.mark.parametrize(("words", "end", "papers"), WALKS, ids=lambda one: "-".join(one))
def test_every_path(db, words, end, papers):
    desk = Desk.of_holder(db, certificate_type="class_b")
    before = _certificate(db)
    old_token = before.token
    desk.begin(MATTER, {"replacement": PAGE})
    desk.take(words)

    certificate = _certificate(db)
    assert desk.case.ended == end
    assert desk.titles() == papers
    assert certificate.id == before.id
    assert certificate.copy_version == (1 if end == "replaced" else 0)
    assert (certificate.token == old_token) is (end != "replaced")


def test_new_papers_say_so_and_the_old_code_answers_superseded(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    before = _certificate(db)
    kept = (before.number, before.valid_until, before.token)
    desk.begin(MATTER, {"replacement": PAGE})
    desk.take(("submit", "accept", "grant"))

    certificate = _certificate(db)
    copies = select(Document).where(Document.kind == "certificate_copy").order_by(Document.id)
    paper = db.scalars(copies).all()[-1]
    assert (certificate.number, certificate.valid_until) == kept[:2]
    assert paper.facts["replacement"] == "补"
    signed = read_token(KEY_RING, paper.facts["verify_url"].rpartition("/")[2])
    assert (signed.number, signed.copy_version) == (certificate.number, certificate.copy_version)
    assert [change.kind for change in certificate.history] == ["granted", "replaced"]
    assert certificate.history[0].token == kept[2]
    assert certificate_by_token(desk.office(), certificate.token).status == VALID


def test_each_time_is_counted(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    for _turn in range(2):
        desk.begin(MATTER, {"replacement": PAGE})
        desk.take(("submit", "accept", "grant"))
    notices = select(Document).where(Document.kind == "replacement_notice").order_by(Document.id)
    assert [paper.facts["version"] for paper in db.scalars(notices)] == [1, 2]


def test_only_a_holder_may_begin_and_for_that_certificate(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    with pytest.raises(PrerequisiteUnmet, match="没有这种资质证书"):
        casework.open_case(desk.office(desk.applicant), MATTERS[MATTER], "class_a")


def test_the_clock_is_five_working_days(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin(MATTER, {"replacement": PAGE})
    desk.take(("submit",))
    office = desk.office()
    assert desk.open_task().due_at == office.calendar.deadline(desk.now, 5)


def test_people_of_the_approved_dossier_stay(db):
    """补领 hands in one page only; what the unit holds is not touched by it."""
    desk = Desk(db, certificate_type="class_b")
    office = desk.office(desk.applicant)
    casework.add_row(office, desk.case, "staff", PERSON)
    desk.take(GRANTED)
    approved = desk.unit.approved_dossier_id
    desk.begin(MATTER, {"replacement": PAGE})
    desk.take(("submit", "accept", "grant"))
    assert desk.unit.approved_dossier_id == approved
    assert _claims(db) == 1


def _claims(db):
    return db.scalar(select(func.count()).select_from(Claim))


def _certificate(db):
    return db.scalars(select(Qualification).where(Qualification.status == VALID)).one()


def test_loss_is_announced_with_what_the_unit_declared(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin(MATTER, {"replacement": PAGE})

    desk.take(("submit", "accept", "grant"))

    (told,) = [paper for paper in desk.papers() if paper.kind == "loss_announcement"]
    (listed,) = told.facts["listed"]
    assert (listed["reason"], listed["statement"]) == (
        "遗失，2026-11-01",
        "示例日报，2026-11-05",
    )
    notice = db.scalars(select(Notice).where(Notice.case_id == desk.case.id)).one()
    assert notice.kind == "announcement"
    assert "示例人" not in str(told.facts)
