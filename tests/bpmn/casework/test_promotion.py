"""晋升甲级: what the certificates and projects of a unit say to the rule of promotion."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.casework import promotion_problems_of
from bpmn.office import Office
from models import Account, Case, Qualification, QualificationSpecialty
from models.calendar import office_date
from models.qualifications import CANCELLED, REPLACED, VALID
from tests import builders

TODAY = office_date(builders.NOW)
LONG_AGO = TODAY - timedelta(days=800)
PROJECT = {
    "name": "示例工程",
    "specialty": "GCCL",
    "client": "示例单位",
    "amount": "6000000.00",
    "signed_on": "2025-03-01",
    "completed_on": "2026-03-01",
}


@pytest.fixture
def applicant(db: Session) -> Account:
    builders.deployed(db)
    builders.an_authority(db, level="province")
    return builders.an_applicant(db, unit=builders.a_unit(db))


def _hold(
    db: Session,
    applicant: Account,
    *,
    specialty: str = "GCCL",
    since: date = LONG_AGO,
    **changes: Any,
) -> None:
    organ = builders.an_authority(db, level="city")
    facts = {
        "number": "乙测资字61500017",
        "token": "t" * 16,
        "issued_on": LONG_AGO,
        "valid_until": TODAY + timedelta(days=900),
        "specialties": [QualificationSpecialty(specialty=specialty, approved_on=since)],
        "status": VALID,
    }
    db.add(
        Qualification(
            unit_id=applicant.unit_id,
            certificate_type="class_b",
            authority_id=organ.id,
            **{**facts, **changes},
        )
    )
    db.flush()


def _case(db: Session, applicant: Account, kind: str = "class_a") -> tuple[Office, Case]:
    case = builders.a_case(db, applicant=applicant, certificate_type=kind)
    return builders.an_office(db, actor=applicant), case


def _project(office: Office, case: Case, **changes: Any) -> None:
    row = casework.add_row(office, case, "projects", {**PROJECT, **changes})
    for kind in ("contract", "acceptance"):
        stored = casework.StoredFile("scan.png", "image/png", 10, "0" * 64)
        casework.attach_file(office, case, "projects", row.id, kind, stored)


@pytest.mark.requirement("R034")
@pytest.mark.requirement("R038")
@pytest.mark.requirement("R168")
@pytest.mark.parametrize("status", [VALID, REPLACED])
def test_two_years_and_enough_projects_are_enough(
    db: Session, applicant: Account, status: str
) -> None:
    _hold(db, applicant, status=status)
    office, case = _case(db, applicant)
    _project(office, case)
    assert promotion_problems_of(office, case) == ()


@pytest.mark.requirement("R033")
@pytest.mark.parametrize(
    "changes",
    [
        {"status": CANCELLED},
        {"valid_until": TODAY - timedelta(days=1)},
        {"specialty": "JXBD"},
    ],
)
def test_what_is_held_no_longer_does_not_count(
    db: Session, applicant: Account, changes: dict[str, Any]
) -> None:
    _hold(db, applicant, **changes)
    office, case = _case(db, applicant)
    _project(office, case)
    (problem,) = promotion_problems_of(office, case)
    assert "尚未取得乙级资质" in problem


def test_less_than_two_years_tell_the_day(db: Session, applicant: Account) -> None:
    _hold(db, applicant, since=date(2025, 1, 15))
    office, case = _case(db, applicant)
    _project(office, case)
    (problem,) = promotion_problems_of(office, case)
    assert "2027-01-15" in problem


@pytest.mark.requirement("R089")
def test_an_incomplete_project_does_not_count(db: Session, applicant: Account) -> None:
    _hold(db, applicant)
    office, case = _case(db, applicant)
    casework.add_row(office, case, "projects", PROJECT)
    assert any("还差 600 万元" in problem for problem in promotion_problems_of(office, case))


@pytest.mark.parametrize("kind", ["class_b", "class_a_navigation"])
def test_others_have_nothing_to_prove(db: Session, applicant: Account, kind: str) -> None:
    office, case = _case(db, applicant, kind)
    assert promotion_problems_of(office, case) == ()


@pytest.mark.parametrize(
    ("code", "level", "since", "sentence"),
    [
        pytest.param(None, "A", TODAY, "", marks=pytest.mark.requirement("R035")),
        pytest.param(None, "B", LONG_AGO, "", marks=pytest.mark.requirement("R036")),
        ("", "B", LONG_AGO, ""),
        (None, "B", date(2025, 1, 15), "2027-01-15"),
        pytest.param(None, "C", LONG_AGO, "尚未取得", marks=pytest.mark.requirement("R037")),
        pytest.param(None, "D", LONG_AGO, "尚未取得", marks=pytest.mark.requirement("R037")),
        ("91610100MADEM00209", "B", LONG_AGO, "尚未取得"),
    ],
)
def test_what_the_old_system_recorded_counts_by_its_level(
    db: Session, applicant: Account, code: str | None, level: str, since: date, sentence: str
) -> None:
    assert applicant.unit
    builders.a_former_qualification(db, unit=applicant.unit, level=level, uscc=code, since=since)
    office, case = _case(db, applicant)
    _project(office, case)

    problems = promotion_problems_of(office, case)

    assert len(problems) == bool(sentence)
    assert all(sentence in problem for problem in problems)
