"""Administration: users, organs and diagrams; and the auditor's trail."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from models import Account, Event
from tests.conftest import Login
from webapp.offices import Premises
from webapp.trail import verify_streams

NEW = {
    "username": "city_window_2",
    "name": "市戊（窗口）",
    "authority": "6101",
    "roles": ["window"],
    "password": "Window-2026!",
}


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


def _account(premises: Premises, username: str) -> Account:
    with premises.reading() as office:
        return office.db.scalars(select(Account).where(Account.username == username)).one()


def test_a_new_officer_logs_in(admin: FlaskClient, app: Flask, premises: Premises) -> None:
    assert admin.post("/admin/users/new", data=NEW).status_code == 302
    page = admin.get("/admin/users?text=city_window_2").get_data(as_text=True)
    assert "市戊（窗口）" in page
    other = app.test_client()
    given = {"username": NEW["username"], "password": NEW["password"]}
    assert other.post("/login", data=given).headers["Location"] == "/worklist"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "city_window"}, "用户名已被使用"),
        ({"username": "x"}, "用户名至少 3 个字符"),
        ({"authority": ""}, "须选择所在的审批机关"),
        ({"authority": "9999"}, "请在所列的选项中选择"),
        ({"roles": []}, "角色"),
        ({"roles": ["emperor"]}, "不能选择的选项"),
        ({"roles": ["auditor", "admin"], "authority": ""}, "审计员不能兼任其他角色"),
        ({"password": "short"}, "密码至少 10 个字符"),
    ],
)
def test_a_wrong_account_is_refused_and_nothing_typed_is_lost(
    admin: FlaskClient, premises: Premises, change: dict[str, object], sentence: str
) -> None:
    answer = admin.post("/admin/users/new", data={**NEW, **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert NEW["name"] in page
    with premises.reading() as office:
        query = select(Account.id).where(Account.name == NEW["name"])
        assert office.db.scalar(query) is None


def test_closing_an_account_ends_its_sessions(
    admin: FlaskClient, app: Flask, login: Login, premises: Premises
) -> None:
    officer = login(app.test_client(), "city_checker")
    assert officer.get("/worklist").status_code == 200
    account = _account(premises, "city_checker")
    admin.post(f"/admin/users/{account.id}/active", data={"active": "no"})
    assert officer.get("/worklist").status_code == 302
    admin.post(f"/admin/users/{account.id}/active", data={"active": "yes"})
    assert _account(premises, "city_checker").active


def test_roles_and_passwords_are_changed(admin: FlaskClient, premises: Premises) -> None:
    account = _account(premises, "city_checker")
    given = {"roles": ["checker", "reviewer"]}
    assert admin.post(f"/admin/users/{account.id}/roles", data=given).status_code == 302
    assert _account(premises, "city_checker").roles == {"checker", "reviewer"}
    reset = f"/admin/users/{account.id}/password"
    assert admin.post(reset, data={"password": "weak"}).status_code == 422
    assert admin.post(reset, data={"password": "Another-2026!"}).status_code == 302
    assert _account(premises, "city_checker").session_version == account.session_version + 2


def test_an_administrator_cannot_lock_the_door_behind(
    admin: FlaskClient, premises: Premises
) -> None:
    me = _account(premises, "admin")
    admin.post(f"/admin/users/{me.id}/active", data={"active": "no"})
    answer = admin.post(f"/admin/users/{me.id}/roles", data={"roles": ["expert"]})
    assert answer.status_code == 422
    assert (_account(premises, "admin").active, _account(premises, "admin").roles) == (
        True,
        {"admin"},
    )


def test_a_unit_has_no_other_role(admin: FlaskClient, premises: Premises) -> None:
    unit = _account(premises, "unit_b")
    answer = admin.post(f"/admin/users/{unit.id}/roles", data={"roles": ["admin"]})
    assert answer.status_code == 404


def test_an_organ_is_changed(admin: FlaskClient) -> None:
    given = {"phone": "029-87654321", "reconsideration_organ": "甲", "court": "乙"}
    assert admin.post("/admin/authorities/61", data=given).status_code == 302
    assert "029-87654321" in admin.get("/admin/authorities").get_data(as_text=True)
    assert admin.post("/admin/authorities/61", data={"phone": "1"}).status_code == 422
    assert admin.get("/admin/authorities/99").status_code == 404


def test_the_versions_of_a_diagram_are_drawn(admin: FlaskClient) -> None:
    page = admin.get("/admin/diagrams/qualification_application").get_data(as_text=True)
    assert page.count("<svg") >= 6
    assert "随程序提供" in page
    assert admin.get("/admin/diagrams/no_such_matter").status_code == 404
    address = "/admin/diagrams/qualification_application?version=99"
    assert admin.get(address).status_code == 404


def test_what_the_administrator_does_is_in_the_trail(
    admin: FlaskClient, app: Flask, login: Login
) -> None:
    admin.post("/admin/users/new", data=NEW)
    auditor = login(app.test_client(), "auditor")
    page = auditor.get("/audit?stream=office").get_data(as_text=True)
    assert "新增用户" in page
    assert NEW["username"] in page
    assert "记录完整，没有改动" in auditor.get("/audit/verify").get_data(as_text=True)


def test_the_trail_speaks_in_words(client: FlaskClient, login: Login) -> None:
    page = login(client, "auditor").get("/audit?kind=completed").get_data(as_text=True)
    opened = client.get("/audit?kind=opened").get_data(as_text=True)
    assert '<span class="soft">结果</span> 受理' in page
    assert '<span class="soft">资质证书</span> 乙级' in opened
    assert "accept" not in page.split("<table")[1].split("</table>")[0]
    assert "class_b" not in opened


@pytest.mark.parametrize(
    ("query", "found"),
    [("actor=市甲", True), ("actor=nobody", False), ("kind=withdrawn", False), ("since=x", True),
     ("since=2023-01-01&until=2023-12-31", True), ("until=1999-01-01", False)],
)  # fmt: skip
def test_the_trail_is_searched(client: FlaskClient, login: Login, query: str, found: bool) -> None:
    page = login(client, "auditor").get(f"/audit?{query}").get_data(as_text=True)
    assert ("没有符合条件的记录" not in page) is found


def test_a_changed_event_is_found(client: FlaskClient, login: Login, premises: Premises) -> None:
    with premises.transaction() as office:
        event = office.db.scalars(select(Event).where(Event.kind == "completed")).first()
        assert event is not None
        changed = update(Event).where(Event.id == event.id)
        office.db.execute(changed.values(detail={**event.detail, "outcome": "refuse"}))
    with premises.reading() as office:
        checked = verify_streams(office)
    assert [(one.stream, one.position) for one in checked.broken] == [
        (event.stream, event.position)
    ]
    page = login(client, "auditor").get("/audit/verify").get_data(as_text=True)
    assert event.stream in page


def test_removed_last_events_are_found(premises: Premises) -> None:
    with premises.transaction() as office:
        last = office.db.scalars(
            select(Event).where(Event.stream.startswith("CH")).order_by(Event.position.desc())
        ).first()
        assert last is not None
        office.db.delete(last)
    with premises.reading() as office:
        assert [one.stream for one in verify_streams(office).broken] == [last.stream]
