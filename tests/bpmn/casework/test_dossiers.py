"""Filling in: pages and rows saved by themselves, and people and instruments held by one unit."""

import pytest
from sqlalchemy import func, select

from bpmn import casework, errors
from models import Attachment, Claim, DossierRow
from tests import builders
from tests.walks.desk import Desk

PERSON = {"name": "示例甲", "id_number": "11010519491231002X", "category": "senior"}
LEVEL = {"kind": "全站仪", "serial_number": "SN-1", "ownership": "owned", "condition": "usable"}
STORED = casework.StoredFile("身份证.jpg", "image/jpeg", 10, "0" * 64)


@pytest.fixture
def desk(db):
    return Desk(db, certificate_type="class_b")


def another_case(db, name="另一测绘有限公司", username="other"):
    unit = builders.a_unit(db, name=name, uscc=None)
    applicant = builders.an_applicant(db, unit=unit, username=username)
    return builders.a_case(db, applicant=applicant), applicant


@pytest.mark.requirement("R052")
def test_page_saved_twice_from_two_windows_keeps_the_first(desk):
    office = desk.office(desk.applicant)
    casework.save_page(office, desk.case, "profile", {"profile": "先"}, 0)

    with pytest.raises(errors.StaleForm):
        casework.save_page(office, desk.case, "profile", {"profile": "后"}, 0)

    saved = casework.find_page(office, desk.case.dossier_id, "profile")
    assert (saved.values, saved.revision) == ({"profile": "先"}, 1)


@pytest.mark.requirement("R060")
@pytest.mark.requirement("R137")
def test_nothing_can_be_changed_after_submission_until_returned(desk):
    office = desk.office(desk.applicant)
    desk.take(["submit"])

    with pytest.raises(errors.DossierClosed):
        casework.save_page(office, desk.case, "profile", {}, 0)
    with pytest.raises(errors.DossierClosed):
        casework.add_row(office, desk.case, "staff", PERSON)

    desk.take(["return"])
    casework.save_page(desk.office(desk.applicant), desk.case, "profile", {"profile": "补"}, 0)


@pytest.mark.requirement("R029")
@pytest.mark.requirement("R079")
@pytest.mark.parametrize(("page", "values"), [("staff", PERSON), ("equipment", LEVEL)])
def test_what_another_unit_holds_is_refused_with_its_name(db, desk, page, values):
    other, applicant = another_case(db)
    casework.add_row(builders.an_office(db, actor=applicant), other, page, values)

    with pytest.raises(errors.HeldElsewhere, match="另一测绘有限公司"):
        casework.add_row(desk.office(desk.applicant), desk.case, page, values)

    count = select(func.count()).where(DossierRow.dossier_id == desk.case.dossier_id)
    assert db.scalar(count) == 0


def test_person_twice_in_one_dossier_is_refused(desk):
    office = desk.office(desk.applicant)
    casework.add_row(office, desk.case, "staff", PERSON)

    with pytest.raises(errors.RowRepeated):
        casework.add_row(office, desk.case, "staff", {**PERSON, "name": "同一人"})


@pytest.mark.requirement("R074")
def test_removed_person_is_free_for_another_unit(db, desk):
    office = desk.office(desk.applicant)
    row = casework.add_row(office, desk.case, "staff", PERSON)

    casework.remove_row(office, desk.case, row.id)

    other, applicant = another_case(db)
    casework.add_row(builders.an_office(db, actor=applicant), other, "staff", PERSON)
    assert db.scalar(select(func.count()).select_from(Claim)) == 1


def test_changed_id_number_frees_the_former_one(db, desk):
    office = desk.office(desk.applicant)
    row = casework.add_row(office, desk.case, "staff", PERSON)

    changed = {**PERSON, "id_number": "440524188001010014"}
    casework.change_row(office, desk.case, row.id, changed, row.revision)

    other, applicant = another_case(db)
    casework.add_row(builders.an_office(db, actor=applicant), other, "staff", PERSON)


@pytest.mark.parametrize("end", [("submit", "withdraw"), ("submit", "refuse")])
def test_case_without_approval_frees_its_people(db, desk, end):
    casework.add_row(desk.office(desk.applicant), desk.case, "staff", PERSON)

    desk.take(end)

    assert db.scalar(select(func.count()).select_from(Claim)) == 0


def test_granted_case_keeps_its_people_and_the_next_one_copies_them(db, desk):
    office = desk.office(desk.applicant)
    row = casework.add_row(office, desk.case, "staff", PERSON)
    casework.attach_file(office, desk.case, "staff", row.id, "id_card", STORED)
    desk.take(("submit", "accept", "grant", "agree", "wait", "grant"))

    again = casework.open_case(desk.office(desk.applicant), builders.MATTER, "class_a")

    rows = casework.rows_of(office, again.dossier_id, "staff")
    files = db.scalars(select(Attachment).where(Attachment.dossier_id == again.dossier_id)).all()
    assert [one.values for one in rows] == [PERSON]
    assert [(file.row_id, file.digest) for file in files] == [(rows[0].id, STORED.digest)]
    assert db.scalar(select(func.count()).select_from(Claim)) == 1


@pytest.mark.requirement("R072")
def test_row_says_what_it_lacks_until_its_files_are_there(db, desk):
    office = desk.office(desk.applicant)
    row = casework.add_row(office, desk.case, "staff", {**PERSON, "nationality": "中国"})
    assert "缺少身份证。" in row.problems

    file = casework.attach_file(office, desk.case, "staff", row.id, "id_card", STORED)
    db.flush()
    assert "缺少身份证。" not in row.problems

    casework.detach_file(office, desk.case, file.id)
    assert "缺少身份证。" in row.problems


def test_stranger_reads_neither_file_nor_row(db, desk):
    office = desk.office(desk.applicant)
    row = casework.add_row(office, desk.case, "staff", PERSON)
    file = casework.attach_file(office, desk.case, "staff", row.id, "id_card", STORED)
    db.flush()
    other, applicant = another_case(db)
    stranger = builders.an_office(db, actor=applicant)

    with pytest.raises(errors.AttachmentNotFound):
        casework.find_attachment(stranger, file.id)
    with pytest.raises(errors.NotPermitted):
        casework.remove_row(stranger, desk.case, row.id)
    with pytest.raises(errors.RowNotFound):
        casework.remove_row(stranger, other, row.id)
