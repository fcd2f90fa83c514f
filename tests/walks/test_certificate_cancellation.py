"""资质注销, walked through the use cases on both databases: words → end, papers, certificate."""

import pytest
from sqlalchemy import func, select

from bpmn import casework
from bpmn.casework.verification import certificate_by_number, certificate_by_token
from bpmn.errors import PrerequisiteUnmet
from bpmn.matters import MATTERS
from models import Claim, Notice, Qualification
from models.qualifications import CANCELLED, VALID
from tests.walks.desk import GRANTED, Desk

MATTER = "certificate_cancellation"
PAGE = {
    "reason": "given_up",
    "explanation": "单位转型。",
    "running_work": "无",
    "classified_results": "无",
    "contact_name": "示例人",
    "contact_mobile": "13800138000",
    "declaration": True,
}
ACCEPTANCE, CORRECTION = "受理通知书", "补正告知书"
DECISION, REFUSAL = "注销测绘资质决定书", "不予注销测绘资质决定书"
ACCEPTED = ("submit", "accept")
WALKS = [
    ((*ACCEPTED, "grant", "grant"), "cancelled", [ACCEPTANCE, DECISION]),
    ((*ACCEPTED, "refuse", "grant"), "cancelled", [ACCEPTANCE, DECISION]),
    ((*ACCEPTED, "refuse", "refuse"), "refused", [ACCEPTANCE, REFUSAL]),
    ((*ACCEPTED, "grant", "return", "grant", "grant"), "cancelled", [ACCEPTANCE, DECISION]),
    (("submit", "wait", "grant", "grant"), "cancelled", [ACCEPTANCE, DECISION]),
    (("submit", "refuse"), "case_not_accepted", ["不予受理决定书"]),
    (("submit", "return", "wait"), "case_lapsed", [CORRECTION]),
    (
        ("submit", "return", *ACCEPTED, "grant", "grant"),
        "cancelled",
        [CORRECTION, ACCEPTANCE, DECISION],
    ),
    (("submit", "withdraw"), "withdrawn", []),
    ((*ACCEPTED, "terminate"), "terminated", [ACCEPTANCE]),
    ((*ACCEPTED, "grant", "withdraw"), "withdrawn", [ACCEPTANCE]),
]
PERSON = {
    "name": "张三",
    "id_number": "110101199003070011",
    "mobile": "13800138000",
    "category": "mid",
}


@pytest.mark.requirement("R015")
@pytest.mark.requirement("R132")
@pytest.mark.parametrize(("words", "end", "papers"), WALKS, ids=lambda one: "-".join(one))
def test_every_path(db, words, end, papers):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin(MATTER, {"cancellation": PAGE})
    desk.take(words)

    certificate = db.scalars(select(Qualification)).one()
    assert desk.case.ended == end
    assert desk.titles() == papers
    assert certificate.status == (CANCELLED if end == "cancelled" else VALID)


def test_the_code_answers_cancelled_and_everyone_is_told(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin(MATTER, {"cancellation": PAGE})
    desk.take((*ACCEPTED, "grant", "grant"))

    certificate = db.scalars(select(Qualification)).one()
    told = db.scalars(select(Notice).where(Notice.case_id == desk.case.id)).one()
    assert certificate_by_token(desk.office(), certificate.token).status == CANCELLED
    assert certificate_by_number(desk.office(), certificate.number).status == CANCELLED
    assert certificate.history[-1].kind == "cancelled"
    assert told.kind == "announcement"
    assert "注销" in told.title
    assert certificate.number in told.facts["listed"][0].values()


def test_with_the_last_certificate_its_people_are_free(db):
    desk = Desk(db, certificate_type="class_b")
    casework.add_row(desk.office(desk.applicant), desk.case, "staff", PERSON)
    desk.take(GRANTED)
    assert _claims(db) == 1

    desk.begin(MATTER, {"cancellation": PAGE})
    desk.take((*ACCEPTED, "grant", "grant"))
    assert _claims(db) == 0


def test_another_certificate_keeps_its_people(db):
    desk = Desk(db, certificate_type="class_b")
    casework.add_row(desk.office(desk.applicant), desk.case, "staff", PERSON)
    desk.take(GRANTED)
    held = db.scalars(select(Qualification)).one()
    db.add(
        Qualification(
            unit_id=held.unit_id,
            certificate_type="class_a",
            number="甲测资字61100013",
            token="another",  # noqa: S106 - a certificate's code, not a secret
            issued_on=held.issued_on,
            valid_until=held.valid_until,
            authority_id=held.authority_id,
        )
    )
    db.flush()
    desk.begin(MATTER, {"cancellation": PAGE})
    desk.take((*ACCEPTED, "grant", "grant"))
    assert _claims(db) == 1


def test_what_is_cancelled_cannot_be_cancelled_again_but_applied_for_anew(db):
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin(MATTER, {"cancellation": PAGE})
    desk.take((*ACCEPTED, "grant", "grant"))
    office = desk.office(desk.applicant)
    with pytest.raises(PrerequisiteUnmet, match="没有这种资质证书"):
        casework.open_case(office, MATTERS[MATTER], "class_b")
    assert casework.open_case(office, MATTERS["qualification_application"], "class_b")


def _claims(db):
    return db.scalar(select(func.count()).select_from(Claim))
