"""“老人老办法”: whom a unit may take over from the old system, and what of them."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.casework.claims import digest_of
from bpmn.errors import DossierClosed, NotPermitted
from bpmn.matters import MATTERS
from bpmn.office import Office
from bpmn.operations.submission import register_submission
from models import Account, Case, Claim, DossierRow, Event, FormerPerson, Unit
from tests import builders
from tests.webapp.folder import id_number

MATTER = MATTERS["review_exchange"]
ELSEWHERE = "91610100MADEM00209"


def knows(office: Office, unit: Unit, number: int, *, name: str, key: str = "") -> FormerPerson:
    """The old system's record of a person, recognised without a title."""
    values = {
        "name": name,
        "id_number": id_number(number),
        "category": "mid",
        "education": "bachelor",
        "major": "地质工程",
    }
    person = FormerPerson(
        load_id=builders.a_former_load(office.db, kind="staff").id,
        unit_key=key or unit.uscc or "",
        unit_name=unit.name,
        name=name,
        digest=digest_of(office, "staff", values["id_number"]),
        values=values,
    )
    office.db.add(person)
    office.db.flush()
    return person


@pytest.fixture
def applicant(db: Session) -> Account:
    builders.deployed(db)
    builders.an_authority(db, level="city")
    unit = builders.a_unit(db)
    builders.a_former_qualification(db, unit=unit, level="B")
    return builders.an_applicant(db, unit=unit)


@pytest.fixture
def office(db: Session, applicant: Account) -> Office:
    return builders.an_office(db, actor=applicant)


@pytest.fixture
def case(db: Session, applicant: Account) -> Case:
    return builders.a_case(db, applicant=applicant, matter=MATTER.key)


def staff(office: Office, case: Case) -> list[DossierRow]:
    return casework.rows_of(office, case.dossier_id, "staff")


def test_a_unit_that_nobody_verified_takes_over_nobody(office: Office, case: Case) -> None:
    """Anyone may register an account under a credit code: an organ must have looked first."""
    person = knows(office, case.unit, 1, name="张一")
    case.unit.registered_at = None
    assert "新单位注册" in casework.why_not_shown(case)
    with pytest.raises(NotPermitted, match="身份已经核实"):
        casework.transfer_former_staff(office, case, MATTER, [person.id])
    assert staff(office, case) == []


@pytest.mark.parametrize(
    ("changes", "is_shown"),
    [({}, True), ({"uscc": ELSEWHERE}, False), ({"unit_name": "别家测绘有限公司"}, False)],
)
def test_who_hands_in_another_name_or_code_than_was_verified_sees_nobody(
    office: Office, case: Case, changes: dict[str, str], is_shown: bool
) -> None:
    page = casework.find_page(office, case.dossier_id, "unit_basics")
    assert page is not None
    page.values = {"unit_name": case.unit.name, "uscc": case.unit.uscc, **changes}

    register_submission(office, case)

    assert (casework.why_not_shown(case) == "") == is_shown


@pytest.mark.requirement("R065")
def test_a_unit_sees_its_own_people_by_code_or_by_name(office: Office, case: Case) -> None:
    knows(office, case.unit, 1, name="张一")
    knows(office, case.unit, 2, name="张二", key=case.unit.name)
    knows(office, case.unit, 3, name="张三", key=ELSEWHERE)
    found = office.db.scalars(casework.former_staff_of(case))
    assert [person.name for person in found] == ["张一", "张二"]


@pytest.mark.requirement("R066")
@pytest.mark.requirement("R067")
def test_who_is_taken_over_counts_by_the_former_category_once_the_files_are_there(
    office: Office, case: Case
) -> None:
    person = knows(office, case.unit, 1, name="张一")

    done = casework.transfer_former_staff(office, case, MATTER, {person.id})

    assert done.added == ["张一"]
    (row,) = staff(office, case)
    assert {**row.values, **person.values, "legacy": True} == row.values
    assert row.problems == [
        "缺少身份证。",
        "缺少社保缴纳证明。",
        "缺少职称证书或学历证书。",
        "未填手机号码。",
    ]
    values = {**row.values, "mobile": "13800138000"}
    row = casework.change_row(office, case, row.id, values, row.revision)
    for kind in ("id_card", "social_insurance", "education_certificate"):
        stored = casework.StoredFile("scan.png", "image/png", 10, "0" * 64)
        casework.attach_file(office, case, "staff", row.id, kind, stored)
    assert row.problems == []


def test_people_held_elsewhere_are_refused_by_name_and_the_others_come(
    office: Office, case: Case
) -> None:
    people = [knows(office, case.unit, n, name=name) for n, name in ((1, "张一"), (2, "张二"))]
    other = builders.a_unit(office.db, name="别家测绘有限公司", uscc=ELSEWHERE)
    held = {"kind": "staff", "digest": people[0].digest, "unit_id": other.id}
    office.db.add(Claim(**held, claimed_at=office.now))
    office.db.flush()

    done = casework.transfer_former_staff(office, case, MATTER, {one.id for one in people})

    assert done.added == ["张二"]
    (sentence,) = done.refused
    assert sentence.startswith("张一")
    assert "别家测绘有限公司" in sentence
    assert [row.label for row in staff(office, case)] == ["张二"]


def test_a_second_transfer_adds_nobody(office: Office, case: Case) -> None:
    person = knows(office, case.unit, 1, name="张一")
    casework.transfer_former_staff(office, case, MATTER, {person.id})
    again = casework.transfer_former_staff(office, case, MATTER, {person.id})
    assert (again.added, again.listed) == ([], ["张一"])
    assert len(staff(office, case)) == 1


def test_the_same_person_under_code_and_name_is_one(office: Office, case: Case) -> None:
    ids = {knows(office, case.unit, 1, name="张一", key=key).id for key in ("", case.unit.name)}
    done = casework.transfer_former_staff(office, case, MATTER, ids)
    assert (done.added, done.listed) == (["张一"], ["张一"])


def test_another_units_people_are_not_taken_over(office: Office, case: Case) -> None:
    person = knows(office, case.unit, 1, name="张一", key=ELSEWHERE)
    assert casework.transfer_former_staff(office, case, MATTER, {person.id, 10**9}).added == []


def test_only_a_matter_that_offers_it_and_only_before_submission(
    office: Office, case: Case
) -> None:
    person = knows(office, case.unit, 1, name="张一")
    closed = replace(MATTER, offers_former_staff=False)
    with pytest.raises(NotPermitted):
        casework.transfer_former_staff(office, case, closed, {person.id})
    task = casework.applicant_task(office, case)
    assert task is not None
    casework.complete_task(office, task.id, {})
    with pytest.raises(DossierClosed):
        casework.transfer_former_staff(office, case, MATTER, {person.id})


def test_the_trail_tells_how_many_and_not_who(office: Office, case: Case) -> None:
    people = {knows(office, case.unit, n, name=f"张{n}").id for n in range(3)}
    casework.transfer_former_staff(office, case, MATTER, people)
    query = select(Event.detail).where(Event.kind == "former_staff_added")
    assert office.db.scalars(query).all() == [{"people": 3}]
    assert office.db.scalar(select(func.count()).select_from(Claim)) == 3


@pytest.mark.parametrize(("field", "wanted"), [("category", "senior"), ("id_number", id_number(9))])
def test_what_the_old_system_recognised_cannot_be_raised(
    office: Office, case: Case, field: str, wanted: str
) -> None:
    person = knows(office, case.unit, 1, name="张一")
    casework.transfer_former_staff(office, case, MATTER, {person.id})
    (row,) = staff(office, case)

    posted = {"name": "张一", "mobile": "13800138000", "nationality": "中国", "legacy": "y"}
    form = casework.page_form(office, case, "staff", {**posted, field: wanted}, row.values)

    assert form.validate(), form.errors
    assert form.answers()[field] == row.values[field]


def test_who_gives_up_the_former_rules_is_an_ordinary_row(office: Office, case: Case) -> None:
    person = knows(office, case.unit, 1, name="张一")
    casework.transfer_former_staff(office, case, MATTER, {person.id})
    (row,) = staff(office, case)
    row = casework.change_row(office, case, row.id, {**row.values, "legacy": False}, row.revision)
    assert "未填职称名称。" in row.problems
    form = casework.page_form(office, case, "staff", {"category": "junior"}, row.values)
    assert "legacy" not in form
    assert form.answers()["category"] == "junior"
