"""撤销、撤回和注销 by the organ, walked on both databases: ground → paper, certificate, bar."""

from datetime import date

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework.revocations import (
    baseless_cases,
    not_barred,
    propose_revocation,
    stop_baseless_case,
)
from bpmn.casework.verification import certificate_by_number
from bpmn.errors import CertificateNotFound, PrerequisiteUnmet, RevocationRefused, SamePerson
from bpmn.matters import MATTERS
from models import Case, Document, Message, Notice, Qualification, Sanction
from models.qualifications import CANCELLED, VALID
from tests import builders
from tests.walks.desk import Desk
from tests.walks.flows import flows_never_walked
from tests.walks.test_certificate_replacement import PAGE as REPLACEMENT

MATTER = MATTERS["revocation"]
FOUND = {"facts": "职称证书系伪造。\n发证单位没有颁发记录。", "evidence": "复函一份。"}
SAID = {"statement": "并不知情。", "contact_name": "示例人", "contact_mobile": "13800138000"}
NOTICE = "行政处理事先告知书"
REVOKED = "撤销测绘资质决定书"
RECALLED, DEREGISTERED = "撤回测绘资质决定书", "依职权注销测绘资质决定书"
SIGNED = ("wait", "confirm", "grant")
WALKS = [
    ("fraud", SIGNED, "ended_by_law", [NOTICE, REVOKED], "已撤销"),
    (
        "not_qualified",
        ("submit", "confirm", "grant"),
        "ended_by_law",
        [NOTICE, REVOKED],
        "已撤销",
    ),
    ("law_changed", SIGNED, "ended_by_law", [NOTICE, RECALLED], "已撤回"),
    ("dissolved", SIGNED, "ended_by_law", [NOTICE, DEREGISTERED], "已注销"),
    ("fraud", ("wait", "drop"), "revocation_dropped", [NOTICE], "有效"),
    ("fraud", ("wait", "confirm", "drop"), "revocation_dropped", [NOTICE], "有效"),
    (
        "fraud",
        ("wait", "confirm", "return", "confirm", "grant"),
        "ended_by_law",
        [NOTICE, REVOKED],
        "已撤销",
    ),
]


class RevocationDesk(Desk):
    """The unit has just been granted its certificate; the city's reviewer ends it."""

    def held(self):
        return self.db.scalars(select(Qualification)).one()

    def reviewer(self):
        return self.officers[self.held().authority_id, "reviewer"]

    def propose(self, ground="fraud", actor=None):
        office, held = self.office(actor or self.reviewer()), self.held()
        self.case = propose_revocation(office, MATTER, held.id, {"ground": ground, **FOUND})
        casework.save_page(self.office(self.applicant), self.case, "revocation_statement", SAID, 0)

    def _answers(self, word):
        more = {"reviewed": "理由不成立。"} if word == "confirm" else {}
        return {**super()._answers(word), **more} if word != "submit" else {}


@pytest.fixture
def desk(db):
    return RevocationDesk.of_holder(db, certificate_type="class_b")


@pytest.mark.parametrize(("ground", "words", "end", "papers", "status"), WALKS)
def test_every_path(desk, ground, words, end, papers, status):
    desk.propose(ground)
    desk.take(words)

    held = desk.held()
    assert desk.case.ended == end
    assert desk.titles() == papers
    assert certificate_by_number(desk.office(), held.number).status_words == status
    assert held.status == (VALID if status == "有效" else CANCELLED)


@pytest.mark.parametrize("measure", ["revoke", "recall", "deregister"])
def test_the_walks_go_along_every_flow(measure):
    found = {"find_measure": {"measure": measure}}
    walks = [("submit", *words) for _ground, words, *_rest in WALKS]

    unseen = flows_never_walked("revocation", walks, **found)

    others = {"revoke", "recall", "deregister"} - {measure}
    assert not [flow for flow in unseen if not flow.startswith(("to_", "issue_"))]
    assert {flow for flow in unseen if flow.startswith("to_")} == {f"to_{one}" for one in others}


def test_the_decision_tells_facts_article_effect_and_remedies(desk):
    desk.propose()
    desk.take(("submit", "confirm", "grant"))
    paper = desk.db.scalars(select(Document).where(Document.title == REVOKED)).one()

    assert paper.facts["facts"] == ["职称证书系伪造。", "发证单位没有颁发记录。"]
    assert "第六十九条第二款" in paper.facts["article"]
    assert paper.facts["statement"] == ["并不知情。"]
    assert paper.facts["reviewed"] == ["理由不成立。"]
    assert paper.facts["bar_until"]
    assert paper.facts["court"]


def test_a_statement_that_was_not_handed_in_is_not_heard(desk):
    desk.propose()
    desk.take(SIGNED)
    paper = desk.db.scalars(select(Document).where(Document.title == REVOKED)).one()

    assert paper.facts["statement"] == []


def test_fraud_bars_new_applications_for_three_years(desk):
    desk.propose()
    desk.take(SIGNED)
    bar = desk.db.scalars(select(Sanction)).one()
    number = desk.db.scalars(select(Document.number).where(Document.title == REVOKED)).one()

    assert (bar.since, bar.until) == (date(2026, 12, 5), date(2029, 12, 4))
    assert bar.document_number == number
    with pytest.raises(PrerequisiteUnmet) as refused:
        casework.open_case(desk.office(desk.applicant), builders.MATTER, "class_b")
    for part in (number, "第七十九条", "2029-12-04"):
        assert part in str(refused.value)


@pytest.mark.parametrize(("year", "barred"), [(2028, True), (2030, False)])
def test_the_bar_ends_by_itself(desk, year, barred):
    desk.propose()
    desk.take(SIGNED)
    then = builders.an_office(desk.db, now=builders.NOW.replace(year=year))

    assert bool(not_barred(then, desk.unit, "class_b")) == barred


def test_other_grounds_bar_nothing(desk):
    desk.propose("law_changed")
    desk.take(SIGNED)

    assert desk.db.scalars(select(Sanction)).all() == []
    assert casework.open_case(desk.office(desk.applicant), builders.MATTER, "class_b")


def test_the_unit_has_five_working_days_and_keeps_its_certificate_meanwhile(desk):
    desk.propose()
    task = desk.open_task()

    assert (task.role, task.form) == ("applicant", "revocation_statement")
    assert desk.office().calendar.days_left(desk.now, task.due_at) == 5
    assert desk.held().status == VALID


def test_who_proposed_neither_reviews_nor_signs(desk):
    desk.propose()
    desk.take(["wait"])
    task, proposer = desk.open_task(), desk.reviewer()
    proposer.grants.append(type(proposer.grants[0])(role="checker"))
    desk.db.flush()

    with pytest.raises(SamePerson):
        casework.claim_task(desk.office(proposer), task.id)


def test_only_the_issuing_organ_proposes_and_once(desk):
    elsewhere = next(
        one
        for one in desk.officers.values()
        if one.roles == {"reviewer"} and one.authority_id != desk.held().authority_id
    )
    with pytest.raises(CertificateNotFound):
        desk.propose(actor=elsewhere)
    desk.propose()
    with pytest.raises(RevocationRefused, match="正在办理"):
        desk.propose()
    desk.take(SIGNED)
    with pytest.raises(RevocationRefused, match="已经失效"):
        desk.propose()


def test_the_public_is_told(desk):
    desk.propose()
    desk.take(SIGNED)
    told = desk.db.scalars(select(Notice).where(Notice.case_id == desk.case.id)).one()

    assert told.kind == "announcement"
    assert told.title == "关于撤销示例测绘有限公司测绘资质的公告"
    assert desk.held().history[-1].kind == "revoked"


def test_an_open_application_on_the_certificate_is_ended_and_its_organ_told(desk):
    desk.begin("certificate_replacement", {"replacement": REPLACEMENT})
    desk.take(["submit"])
    other = desk.case
    desk.propose()
    desk.take(SIGNED)
    told = desk.db.scalars(select(Message).where(Message.subject == "证书已失效")).one()
    assert (told.case_id, told.authority_id) == (other.id, other.authority_id)

    assert list(desk.db.scalars(baseless_cases())) == [other.id]
    assert stop_baseless_case(desk.office(), other.id)
    assert not stop_baseless_case(desk.office(), other.id)
    assert desk.db.get_one(Case, other.id).ended == "terminated"


def test_what_has_expired_meanwhile_is_not_made_anew(desk):
    desk.begin("certificate_replacement", {"replacement": REPLACEMENT})
    desk.take(("submit", "accept"))
    desk.held().valid_until = date(2026, 11, 19)
    desk.db.flush()
    words = _to_the_decision(desk)

    with pytest.raises(PrerequisiteUnmet, match="有效期届满"):
        desk.take(words)


def _to_the_decision(desk):
    """Go on with 同意 until the certificate would be made anew."""
    return ["grant"] * 3
