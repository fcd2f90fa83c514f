"""“老人老办法” and a spreadsheet: an import changes of such a person no more than the form does."""

import pytest
from sqlalchemy.orm import Session

from bpmn import casework
from bpmn.office import Office
from forms.spreadsheets import read_pasted
from models import Account, Case
from tests import builders
from tests.webapp.folder import id_number


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
    return builders.a_case(db, applicant=applicant, matter="review_exchange")


@pytest.mark.requirement("R065")
@pytest.mark.requirement("R069")
def test_an_import_leaves_what_the_old_system_recognised(office: Office, case: Case) -> None:
    known = {"name": "张一", "id_number": id_number(1), "category": "junior", "legacy": True}
    casework.add_row(office, case, "staff", {**known, "mobile": "13800138000"})
    table = f"姓名\t身份证号\t手机号码\t人员类别\n张一\t{id_number(1)}\t13900139000\t测绘高级"
    sheet = read_pasted(table, ["姓名", "身份证号", "手机号码"])

    kept = casework.keep_import(office, case, "staff", "粘贴", sheet)
    casework.accept_import(office, case, "staff", kept.id, True)

    [row] = casework.rows_of(office, case.dossier_id, "staff")
    assert (row.values["mobile"], row.values["category"]) == ("13900139000", "junior")
    assert row.values["legacy"] is True
