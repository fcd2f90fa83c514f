"""Several rows at once: copied as the start of a new one, taken out together."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from bpmn import casework
from bpmn.casework import RowChange
from forms.spreadsheets import read_pasted
from models import Case, Claim
from tests.conftest import Login
from tests.webapp.folder import EQUIPMENT, PERSON, PROJECT, UnitFolder, id_number, png, text_of


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def value_of(page: str, name: str) -> str | None:
    field = re.search(rf'<input[^>]*id="{name}"[^>]*>', page)
    assert field
    value = re.search(r'value="([^"]*)"', field[0])
    return value[1] if value else None


@pytest.mark.requirement("R068")
def test_a_copied_row_begins_without_what_is_its_own_and_saves_nothing(folder: UnitFolder) -> None:
    folder.add_person(1, title_number="ZC-1", school="示例大学")
    row = folder.rows("staff")[0].id

    page = folder.get(f"staff?panel=new&like={row}")

    assert value_of(page, "school") == "示例大学"
    for name in ("name", "id_number", "mobile", "title_number"):
        assert value_of(page, name) == ""
    assert re.search(r'<option selected value="mid"', page)
    assert len(folder.rows("staff")) == 1


@pytest.mark.requirement("R163")
def test_a_copied_instrument_is_saved_with_its_own_number(folder: UnitFolder) -> None:
    folder.post("equipment/rows", {**EQUIPMENT, "serial_number": "A1"})
    row = folder.rows("equipment")[0].id

    page = folder.get(f"equipment?panel=new&like={row}")
    folder.post("equipment/rows", {**EQUIPMENT, "serial_number": "A2"})

    assert value_of(page, "model") == "TS09"
    assert value_of(page, "serial_number") == ""
    assert [one.values["serial_number"] for one in folder.rows("equipment")] == ["A1", "A2"]


def test_a_row_of_another_dossier_is_not_copied(
    folder: UnitFolder, app: Flask, login: Login
) -> None:
    other = UnitFolder(
        app.extensions["premises"], login(app.test_client(), "unit_b"), "unit_b", "class_a"
    )
    other.add_person(1)
    row = other.rows("staff")[0].id

    assert folder.client.get(folder.url(f"staff?panel=new&like={row}")).status_code == 404


@pytest.mark.requirement("R074")
def test_ticked_rows_are_removed_together_after_a_question(folder: UnitFolder) -> None:
    for number in range(1, 4):
        folder.add_person(number, name=f"张{number}")
    first, second, _third = (row.id for row in folder.rows("staff"))
    folder.post(
        f"staff/rows/{first}",
        {"revision": 1, "name": "张1", "id_number": id_number(1), "category": "mid"},
        file_id_card=[(png(), "身份证.png")],
    )

    asked = folder.client.post(folder.url("staff/ticked/remove"), data={"row": [first, second]})
    assert "移除 张1、张2，共 2 人？" in text_of(asked.get_data(as_text=True))
    assert len(folder.rows("staff")) == 3
    for _click in range(2):
        answer = folder.client.post(
            folder.url("staff/ticked/remove"),
            data={"rows": f"{first},{second}", "confirmed": "yes"},
        )
        assert answer.status_code == 302
    assert [row.label for row in folder.rows("staff")] == ["张3"]


@pytest.mark.requirement("R165")
@pytest.mark.requirement("R088")
def test_ticked_instruments_and_projects_are_deleted(folder: UnitFolder) -> None:
    folder.post("equipment/rows", {**EQUIPMENT, "serial_number": "A1"})
    folder.post("projects/rows", PROJECT)

    for page in ("equipment", "projects"):
        rows = [row.id for row in folder.rows(page)]
        assert len(rows) == 1
        data = {"row": rows, "confirmed": "yes"}
        folder.client.post(folder.url(f"{page}/ticked/remove"), data=data)
        assert folder.rows(page) == []


def test_rows_of_another_dossier_are_not_removed(
    folder: UnitFolder, app: Flask, login: Login
) -> None:
    other = UnitFolder(
        app.extensions["premises"], login(app.test_client(), "unit_b"), "unit_b", "class_a"
    )
    before = other.rows("staff")
    data = {"row": before[0].id, "confirmed": "yes"}

    answer = folder.client.post(folder.url("staff/ticked/remove"), data=data)

    assert answer.status_code == 302
    assert "请先勾选" in folder.get("staff")
    assert len(other.rows("staff")) == len(before)


def test_a_removed_person_is_free_for_another_unit(
    folder: UnitFolder, app: Flask, login: Login
) -> None:
    other = UnitFolder(
        app.extensions["premises"], login(app.test_client(), "unit_b"), "unit_b", "class_a"
    )
    folder.add_person(1)
    assert other.add_person(1).status_code == 422
    data = {"row": folder.rows("staff")[0].id, "confirmed": "yes"}

    folder.client.post(folder.url("staff/ticked/remove"), data=data)

    assert other.add_person(1).status_code == 302
    with folder.premises.reading() as office:
        unit = office.db.get_one(Case, folder.case_id).unit_id
        query = select(func.count()).select_from(Claim).where(Claim.unit_id == unit)
        assert office.db.scalar(query.where(Claim.kind == "staff")) == 0


@pytest.mark.parametrize("address", ["staff", "staff?panel={row}", "staff/imports/{kept}"])
def test_a_page_asks_the_database_no_more_for_more_rows(folder: UnitFolder, address: str) -> None:
    few = _fill(folder, range(10), "few")
    counts = [_queries(folder, address.format(**few))]
    many = _fill(folder, range(10, 60), "many")
    counts.append(_queries(folder, address.format(**many)))

    assert counts[0] == counts[1]


def test_an_edit_asks_the_database_no_more_for_more_rows(folder: UnitFolder) -> None:
    counts = []
    for numbers in (range(10), range(10, 60)):
        row = int(_fill(folder, numbers, "x")["row"])
        values = {**PERSON, "id_number": id_number(numbers[-1]), "revision": 1, "name": "李四"}
        folder.get("staff")  # what is read once for all pages is no matter of this one
        with _counted(folder) as count:
            assert folder.post(f"staff/rows/{row}", values).status_code == 302
        counts.append(len(count))

    assert counts[0] == counts[1]


def _fill(folder: UnitFolder, numbers: range, name: str) -> dict[str, int]:
    """People of these numbers in the list, and as many waiting to be imported."""
    with folder.premises.transaction(folder.account_id) as office:
        case = office.db.get_one(Case, folder.case_id)
        people = [{**PERSON, "id_number": id_number(number)} for number in numbers]
        rows = casework.write_rows(office, case, "staff", [RowChange(one) for one in people])
        text = "\n".join(f"{name}\t{id_number(n + 500)}\t13800138000\t测绘初级" for n in numbers)
        kept = casework.keep_import(
            office, case, "staff", name, read_pasted(text, ["姓名", "学历"])
        )
        return {"row": rows[-1].id, "kept": kept.id}


def _queries(folder: UnitFolder, page: str) -> int:
    folder.get(page)  # what is read once for all pages is no matter of this one
    with _counted(folder) as count:
        folder.get(page)
    return len(count)


@contextmanager
def _counted(folder: UnitFolder) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(str(arguments[2]))

    engine = folder.premises.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
