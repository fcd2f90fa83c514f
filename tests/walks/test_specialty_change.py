"""专业类别变更, walked through the use cases on both databases: words → end and papers."""

from datetime import date

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.matters import MATTERS
from models import Document, Notice, Qualification
from models.qualifications import VALID
from tests import builders
from tests.walks.desk import STATEMENT, Desk
from tests.walks.flows import flows_never_walked

MATTER = "specialty_change"
ADDING, DROPPING = ["GCCL", "JXBD"], ["JXBD"]
ACCEPTANCE, CORRECTION = "受理通知书", "补正告知书"
REFUSAL, NOT_ACCEPTED = "不予变更决定书", "不予受理决定书"
CHANGED = ["准予变更决定书", "测绘资质证书（正本）", "测绘资质证书（副本）"]
ACCEPTED = ("submit", "accept")
PROPOSED = (*ACCEPTED, "grant", "agree")
NOTICED = (*PROPOSED, "wait")
NOT_PROPOSED = (*ACCEPTED, "refuse", "agree")
REFUSED = [ACCEPTANCE, STATEMENT, REFUSAL]
HEARD = ("waive", "refuse")

ADDED = [
    ((*NOTICED, "grant"), "changed", [ACCEPTANCE, *CHANGED]),
    ((*NOTICED, "refuse", *HEARD), "refused", REFUSED),
    ((*NOTICED, "return", *PROPOSED[2:], "wait", "grant"), "changed", [ACCEPTANCE, *CHANGED]),
    ((*PROPOSED, "object", "dismissed", "wait", "grant"), "changed", [ACCEPTANCE, *CHANGED]),
    ((*PROPOSED, "object", "upheld", *NOT_PROPOSED[2:], *HEARD), "refused", REFUSED),
    (
        (*NOT_PROPOSED, "waive", "return", *NOT_PROPOSED[2:], *HEARD),
        "refused",
        [ACCEPTANCE, STATEMENT, *REFUSED[1:]],
    ),
    (("submit", "return", "submit", "refuse"), "declined", [CORRECTION, NOT_ACCEPTED]),
    (("submit", "return", "wait"), "lapsed_case", [CORRECTION]),
    (("submit", "withdraw"), "withdrawn", []),
    ((*ACCEPTED, "terminate"), "terminated", [ACCEPTANCE]),
    ((*PROPOSED, "withdraw"), "withdrawn", [ACCEPTANCE]),
    ((*NOTICED, "terminate"), "terminated", [ACCEPTANCE]),
]
DROPPED = [
    ((*PROPOSED, "grant"), "changed", [ACCEPTANCE, *CHANGED]),
    ((*PROPOSED, "refuse", *HEARD), "refused", REFUSED),
    ((*PROPOSED, "return", "grant", "agree", "grant"), "changed", [ACCEPTANCE, *CHANGED]),
    ((*PROPOSED, "withdraw"), "withdrawn", [ACCEPTANCE]),
]


@pytest.mark.requirement("R014")
@pytest.mark.requirement("R130")
@pytest.mark.parametrize(("words", "end", "papers"), ADDED, ids=lambda one: "-".join(one))
def test_what_is_added_is_published_before_the_decision(db, words, end, papers):
    desk = holder(db)
    begin(desk, ADDING)

    desk.take(words)

    assert (desk.case.ended, desk.titles()) == (end, papers)
    kinds = [notice.kind for notice in notices(desk)]
    assert ("notice" in kinds) is ("grant" in words)
    assert codes(certificate(db)) == (ADDING if end == "changed" else ["GCCL"])


@pytest.mark.requirement("R130")
@pytest.mark.parametrize(("words", "end", "papers"), DROPPED, ids=lambda one: "-".join(one))
def test_what_is_only_dropped_is_decided_without_a_notice(db, words, end, papers):
    desk = holder(db, also="JXBD")
    begin(desk, DROPPING)

    desk.take(words)

    assert (desk.case.ended, desk.titles()) == (end, papers)
    assert [n.kind for n in notices(desk)] == (["announcement"] if end == "changed" else [])
    assert codes(certificate(db)) == (DROPPING if end == "changed" else ADDING)


def test_walks_go_along_every_flow():
    adding = flows_never_walked(
        MATTER, [words for words, *_end in ADDED], compare_specialties={"specialties": "added"}
    )
    dropping = flows_never_walked(
        MATTER, [words for words, *_end in DROPPED], compare_specialties={"specialties": "dropped"}
    )
    assert adding & dropping == set()


@pytest.mark.requirement("R007")
@pytest.mark.requirement("R038")
def test_certificate_is_changed_in_place(db):
    desk = holder(db)
    before = certificate(db)
    kept = (before.id, before.number, before.valid_until)
    token, first_day = before.token, before.specialties[0].approved_on
    begin(desk, ADDING)
    desk.take((*PROPOSED, "wait", "grant"))

    changed = certificate(db)
    assert (changed.id, changed.number, changed.valid_until) == kept
    assert (changed.copy_version, changed.token == token) == (1, False)
    assert [change.kind for change in changed.history] == ["granted", "changed"]
    assert changed.history[-1].note == "新增界线与不动产测绘"
    days = {part.specialty: part.approved_on for part in changed.specialties}
    assert days == {"GCCL": first_day, "JXBD": date(2026, 12, 5)}
    assert desk.unit.approved_dossier_id == desk.case.dossier_id


def test_a_specialty_that_was_dropped_is_first_approved_again_when_it_returns(db):
    desk = holder(db, also="JXBD")
    begin(desk, ["GCCL"])
    desk.take((*PROPOSED, "grant"))
    begin(desk, ADDING)
    desk.take((*PROPOSED, "wait", "grant"))

    days = {part.specialty: part.approved_on for part in certificate(db).specialties}
    assert days["GCCL"] < days["JXBD"]
    assert [change.version for change in certificate(db).history] == [0, 1, 2, 3]


@pytest.mark.requirement("R022")
def test_part_of_what_was_asked_is_granted_with_the_reason_for_the_rest(db):
    desk = holder(db)
    begin(desk, ["GCCL", "JXBD", "GISG"])
    desk.take((*PROPOSED, "wait"))
    task = desk.open_task()
    approver = desk.officers[task.authority_id, "approver"]
    answers = {"granted": ADDING, "refused": {"GISG": "人员不足。"}, "reasons": "人员不足。"}
    casework.complete_task(desk.office(approver), task.id, {"outcome": "grant", **answers})

    paper = db.scalars(select(Document).where(Document.kind == "specialty_change_decision")).one()
    assert codes(certificate(db)) == ADDING
    assert paper.facts["granted"] == ["工程测量", "界线与不动产测绘"]
    assert paper.facts["refused"] == [{"specialty": "地理信息系统工程", "reason": "人员不足。"}]
    assert paper.facts["change"] == "新增界线与不动产测绘"


@pytest.mark.requirement("R130")
def test_page_begins_with_what_is_held_and_tells_what_changes(db):
    desk = holder(db)
    desk.begin(MATTER, {})
    office = desk.office(desk.applicant)
    form = casework.page_form(office, desk.case, "specialty_change")
    assert (form.present.data, form.chosen_specialties.data) == ("工程测量", ["GCCL"])

    same = casework.page_form(office, desk.case, MATTER, {"chosen_specialties": ["GCCL"]})
    assert not same.validate()
    assert "与现有的专业相同" in same.chosen_specialties.errors[0]

    posted = {"chosen_specialties": ["JXBD", "GISG"], "added": "伪造", "present": "伪造"}
    answers = casework.page_form(office, desk.case, MATTER, posted).answers()
    assert answers["present"] == "工程测量"
    assert answers["added"] == "界线与不动产测绘、地理信息系统工程"
    assert answers["dropped"] == "工程测量"


@pytest.mark.requirement("R032")
def test_standard_must_hold_for_the_new_set(db):
    desk = holder(db)
    begin(desk, ["GCCL", "DTBZ"])
    office = desk.office(desk.applicant)
    said = "".join(p.message for p in casework.find_problems(office, desk.case, MATTERS[MATTER]))
    assert "需 15 名" in said  # 地图编制 asks for 15 related people, 工程测量 for 2


@pytest.mark.requirement("R034")
def test_class_a_asks_for_years_and_projects_of_what_is_added_only(db):
    desk = Desk.of_holder(db, certificate_type="class_a")
    begin(desk, ADDING)
    office = desk.office(desk.applicant)
    said = casework.promotion_problems_of(office, desk.case)
    assert said
    assert all("界线与不动产测绘" in sentence for sentence in said)


def test_the_change_application_is_not_carried_into_the_next_work(db):
    desk = holder(db)
    begin(desk, ADDING)
    desk.take((*PROPOSED, "wait", "grant"))
    desk.begin(MATTER, {})
    assert casework.find_page(desk.office(), desk.case.dossier_id, "specialty_change") is None


OFFERS = [
    # certificate held → what is said for each kind; empty: offered
    (None, ("没有这种", "没有这种", "没有这种")),
    ("class_b", ("没有这种", "没有这种", "")),
    ("class_a", ("没有这种", "", "没有这种")),
    ("class_a_navigation", ("只有一个专业", "没有这种", "没有这种")),
]


@pytest.mark.parametrize(("held", "expected"), OFFERS)
def test_offered_for_a_certificate_that_is_held_and_has_a_choice(db, held, expected):
    desk = Desk.of_holder(db, certificate_type=held or "class_b")
    unit = desk.unit if held else builders.a_unit(db, name="另一家", uscc="91110000600037341L")
    for kind, part in zip(("class_a_navigation", "class_a", "class_b"), expected, strict=True):
        said = casework.unmet_prerequisite(desk.office(), MATTERS[MATTER], unit, kind)
        assert part in said
        assert bool(said) is bool(part)


def holder(db, also=""):
    """A unit with 乙级 工程测量, and `also` another specialty since a change of its own."""
    desk = Desk.of_holder(db, certificate_type="class_b")
    if also:
        begin(desk, ["GCCL", also])
        desk.take((*PROPOSED, "wait", "grant"))
    return desk


def begin(desk, chosen):
    desk.begin(MATTER, {"specialty_change": {"chosen_specialties": chosen}})
    desk.granting = chosen


def certificate(db):
    return db.scalars(select(Qualification).where(Qualification.status == VALID)).one()


def codes(held):
    return [part.specialty for part in held.specialties]


def notices(desk):
    return list(desk.db.scalars(select(Notice).where(Notice.case_id == desk.case.id)))
