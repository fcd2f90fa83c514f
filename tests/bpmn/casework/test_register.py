"""The register of certificates: who sees which, how each stands today, and its history."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bpmn.casework.history import history_of, void_since
from bpmn.casework.register import RegisterWanted, find_certificate, register_query
from bpmn.casework.validity import validity_of
from bpmn.casework.verification import certificate_by_number, certificate_by_token
from bpmn.errors import CertificateNotFound
from bpmn.operations.qualifications import make_anew, note_change
from models import Account, AccountRole, Qualification
from models.qualifications import CANCELLED, REPLACED, VALID
from tests import builders
from tests.walks.desk import GRANTED, Desk

TODAY = date(2026, 11, 20)


def _held(**changes):
    facts = {"status": VALID, "valid_until": TODAY, **changes}
    return Qualification(**facts)


@pytest.mark.requirement("R004")
@pytest.mark.parametrize(
    ("status", "days", "light", "words"),
    [
        (VALID, 91, "normal", "有效，还有 91 天"),
        (VALID, 90, "near", "还有 90 天到期"),
        (VALID, 30, "near", "还有 30 天到期"),
        (VALID, 29, "overdue", "还有 29 天到期"),
        (VALID, 0, "overdue", "还有 0 天到期"),
        (VALID, -1, "overdue", "已过期"),
        (REPLACED, 400, "closed", "已被替换"),
        (CANCELLED, 400, "closed", "已注销"),
        (CANCELLED, -400, "closed", "已注销"),
    ],
)
def test_a_certificate_tells_how_long_it_lasts(status, days, light, words):
    held = _held(status=status, valid_until=TODAY + timedelta(days=days))
    validity = validity_of(held, TODAY, builders.standard().renewal)
    assert (validity.light, validity.words) == (light, words)


@pytest.mark.parametrize(
    ("days", "advice"),
    [
        (91, "应不晚于 2027-01-20 申请延续"),
        (40, "请不晚于 2026-11-30 申请延续；按期申请的，届满前没有作出决定视为准予延续"),
        (5, "已过申请延续的期限（2026-10-26），请立即联系发证机关"),
        (-5, "重新申请测绘资质"),
    ],
)
def test_it_says_what_to_do_thirty_days_before_the_end(days, advice):
    held = _held(valid_until=TODAY + timedelta(days=days))
    assert advice in validity_of(held, TODAY, builders.standard().renewal).advice


@pytest.fixture
def desk(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(GRANTED)
    return desk


def _certificate(desk) -> Qualification:
    return desk.db.scalars(select(Qualification)).one()


def _change(desk, kind, days, *, anew, status=VALID):
    """What the operations of the later matters do, on a later day."""
    desk.now += timedelta(days=days)
    held = _certificate(desk)
    held.status = status
    write = make_anew if anew else note_change
    write(desk.office(), desk.case, held, kind, "理由")
    desk.db.expire(held, ["history"])
    return held


def _officer(desk, level, role="reviewer"):
    return next(
        one
        for (_organ, held), one in desk.officers.items()
        if held == role and one.authority.level == level
    )


@pytest.mark.parametrize(
    ("level", "sees"), [("city", True), ("province", True), ("ministry", True)]
)
def test_organs_above_the_granting_one_read_its_history(desk, level, sees):
    office = desk.office(_officer(desk, level))
    assert (find_certificate(office, _certificate(desk).id) is not None) is sees


def test_others_do_not_learn_that_it_exists(desk):
    held = _certificate(desk)
    elsewhere = builders.an_authority(desk.db, level="city", code="6201", name="别市")
    unit = builders.a_unit(desk.db, name="别的单位", uscc="91610100MADEM00999")
    strangers = [
        builders.an_officer(desk.db, role="reviewer", authority=elsewhere, username="other_city"),
        builders.an_applicant(desk.db, unit=unit, username="other_unit"),
        _account(desk, "expert"),
        _account(desk, "admin"),
        None,
    ]
    for stranger in strangers:
        with pytest.raises(CertificateNotFound):
            find_certificate(desk.office(stranger), held.id)
    for reader in (desk.applicant, _account(desk, "auditor")):
        assert find_certificate(desk.office(reader), held.id) is held


def _account(desk, role):
    account = Account(
        username=f"a_{role}",
        password_hash="",
        name=role,
        created_at=builders.NOW,
        grants=[AccountRole(role=role)],
    )
    desk.db.add(account)
    desk.db.flush()
    return account


@pytest.mark.requirement("R004")
def test_a_city_below_sees_a_provinces_certificate_in_the_list_but_not_its_history(db):
    desk = Desk(db, certificate_type="class_b")
    desk.take(GRANTED)
    held = _certificate(desk)
    held.authority_id = _officer(desk, "province").authority_id
    db.flush()
    office = desk.office(_officer(desk, "city"))
    assert list(db.scalars(register_query(office, RegisterWanted()))) == [held]
    assert list(db.scalars(register_query(office, RegisterWanted(own=True)))) == []
    with pytest.raises(CertificateNotFound):
        find_certificate(office, held.id)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, True),
        ({"text": "示例测绘"}, True),
        ({"text": "%"}, False),
        ({"text": "乙测资字９９"}, False),
        ({"kind": "class_b"}, True),
        ({"kind": "class_a"}, False),
        ({"specialty": "GCCL"}, True),
        ({"specialty": "DHDT"}, False),
        ({"status": "valid"}, True),
        ({"status": "expired"}, False),
        ({"status": "cancelled"}, False),
        ({"within": 90}, False),
        ({"own": True}, True),
    ],
)
def test_the_list_keeps_to_its_conditions(desk, wanted, found):
    desk.unit.name = "示例测绘有限公司"
    desk.db.flush()
    office = desk.office(_officer(desk, "city"))
    assert bool(desk.db.scalars(register_query(office, RegisterWanted(**wanted))).all()) is found


def test_an_expired_certificate_is_found_as_expired_without_being_told(desk):
    desk.now += timedelta(days=5 * 366)
    office = desk.office(_officer(desk, "city"))
    for status, found in (("expired", 1), ("valid", 0)):
        query = register_query(office, RegisterWanted(status=status))
        assert len(desk.db.scalars(query).all()) == found


def test_the_history_tells_every_change_its_case_and_which_paper_is_good(desk):
    _change(desk, "changed", 3, anew=True)
    held = _change(desk, "replaced", 4, anew=True)
    lines = history_of(desk.office(desk.applicant), held)
    assert [line.change.kind for line in lines] == ["replaced", "changed", "granted"]
    assert [line.void_since for line in lines] == [
        None,
        lines[0].change.on_day,
        lines[1].change.on_day,
    ]
    assert {line.case_number for line in lines} == {desk.case.number}
    assert all(line.may_open for line in lines)
    closed = history_of(desk.office(_officer(desk, "ministry")), held)
    assert not any(line.may_open or line.papers for line in closed)


def test_an_old_code_answers_superseded_and_how_the_certificate_stands(desk):
    first = _certificate(desk).token
    second = _change(desk, "replaced", 3, anew=True).token
    third = _change(desk, "changed", 4, anew=True)
    office = desk.office()
    days = [change.on_day for change in third.history]

    told = {token: certificate_by_token(office, token) for token in (first, second, third.token)}
    assert {one.number for one in told.values()} == {third.number}
    assert told[first].paper_void_since == days[1]
    assert told[second].paper_void_since == days[2]
    assert told[third.token].paper_void_since is None
    assert {one.standing for one in told.values()} == {VALID}
    assert [one.status for one in told.values()] == [REPLACED, REPLACED, VALID]


def test_an_old_code_of_a_cancelled_certificate_says_both(desk):
    first = _certificate(desk).token
    _change(desk, "replaced", 3, anew=True)
    held = _change(desk, "cancelled", 5, anew=False, status=CANCELLED)
    found = certificate_by_token(desk.office(), first)
    assert found.status == "cancelled"
    assert found.ended_on == held.history[-1].on_day
    assert found.paper_void_since == held.history[1].on_day
    assert void_since(held, held.token) == found.ended_on
    assert certificate_by_number(desk.office(), held.number).paper_void_since is None
