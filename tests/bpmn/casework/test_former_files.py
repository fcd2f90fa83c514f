"""Files of the old system, on both databases: later files take over, a discarded one goes whole."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bpmn.casework import former_files
from bpmn.office import Office
from forms.spreadsheets import read_spreadsheet
from models import FormerLoad, FormerPerson, FormerQualification
from tests import builders
from tests.webapp.folder import id_number

HEADER = "单位名称,统一社会信用代码,姓名,身份证号,人员类别"
HELD = "单位名称,统一社会信用代码,资质等级,专业类别,首次取得日期"
USCC = "91350100M000100Y43"


@pytest.fixture
def office(db: Session) -> Office:
    return builders.an_office(db)


def load(office: Office, kind: str, *lines: str) -> FormerLoad:
    sheet = read_spreadsheet("旧.csv", "\n".join(lines).encode())
    kept = former_files.keep_former(office, kind, "旧.csv", sheet)
    former_files.accept_former(office, kept)
    office.db.flush()
    return kept


def staff(office: Office) -> dict[str, str]:
    query = select(FormerPerson).execution_options(populate_existing=True)
    return {one.name: one.values["category"] for one in office.db.scalars(query)}


def test_a_later_file_takes_over_the_people_it_names_however_many(office: Office) -> None:
    many = [f"甲队,{USCC},张{n},{id_number(n)},测绘中级" for n in range(1200)]
    load(office, "staff", HEADER, *many)
    load(office, "staff", HEADER, many[7].replace("测绘中级", "测绘初级"), *many[8:700])
    found = staff(office)
    assert len(found) == 1200
    assert (found["张7"], found["张8"]) == ("junior", "mid")


def test_a_discarded_file_takes_along_what_it_was_the_last_to_say(office: Office) -> None:
    people = [f"甲队,,张{n},{id_number(n)},测绘中级" for n in range(3)]
    first = load(office, "staff", HEADER, *people)
    second = load(office, "staff", HEADER, people[0])
    former_files.discard_former(office, second)
    assert set(staff(office)) == {"张1", "张2"}
    former_files.discard_former(office, first)
    assert staff(office) == {}


def test_a_corrected_date_is_the_units_one_date(office: Office) -> None:
    unit = builders.a_unit(office.db, uscc=USCC)
    load(office, "qualifications", HELD, f"甲队,{USCC},乙级,工程测量,2016-01-01")
    load(office, "qualifications", HELD, f"甲队,{USCC},乙级,工程测量,2015-01-01")
    query = select(FormerQualification).where(FormerQualification.unit_key == unit.uscc)
    (held,) = office.db.scalars(query)
    assert held.first_approved_on.year == 2015
