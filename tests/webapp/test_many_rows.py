"""Several rows at once: copied as the start of a new one, taken out together."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from models import Case, Claim
from tests.conftest import Login
from tests.webapp.folder import EQUIPMENT, PROJECT, UnitFolder, id_number, png, text_of


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
