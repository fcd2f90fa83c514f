"""Registering, logging in and out, changing a password: the way of a stranger to the work list."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forms.identifiers import uscc_check_character
from models import Account, Unit
from tests.conftest import Login
from webapp import registration, throttle
from webapp.demo_accounts import DEMO_PASSWORD
from webapp.offices import Premises

USCC = "91610100MANEW0001"
PASSWORD = "Survey-2026"
GOOD = {
    "unit_name": "新来测绘有限公司",
    "uscc": USCC + uscc_check_character(USCC),
    "province": "61",
    "city": "6101",
    "contact_name": "赵六",
    "contact_mobile": "139 0000 1234",
    "email": "",
    "username": "newcomer",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "consent": "y",
}


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def log_in(
    client: FlaskClient, username: str, password: str, next_page: str = ""
) -> tuple[int, str]:
    query = {"next": next_page} if next_page else {}
    data = {"username": username, "password": password}
    response = client.post("/login", data=data, query_string=query)
    return response.status_code, response.location or response.get_data(as_text=True)


def has_unit(premises: Premises) -> bool:
    with premises.reading() as office:
        return office.db.scalar(select(Unit).where(Unit.name == GOOD["unit_name"])) is not None


@pytest.mark.requirement("R045")
def test_a_stranger_registers_and_comes_to_the_work_list(client: FlaskClient) -> None:
    assert client.get("/register").status_code == 200
    response = client.post("/register", data=GOOD)
    assert (response.status_code, response.location) == (302, "/login")
    assert "注册成功" in client.get("/login").get_data(as_text=True)
    assert log_in(client, "newcomer", PASSWORD) == (302, "/work")
    page = client.get("/").get_data(as_text=True)
    assert "新来测绘有限公司" in page
    assert "退出" in page


def test_the_work_list_is_asked_for_and_reached_after_the_log_in(client: FlaskClient) -> None:
    asked = client.get("/messages?show=unread")
    assert asked.status_code == 302
    assert asked.location == "/login?next=/messages?show%3Dunread"
    status, location = log_in(client, "unit_new", DEMO_PASSWORD, "/messages?show=unread")
    assert (status, location) == (302, "/messages?show=unread")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "http:/evil.example",
    ],
)
def test_no_address_leads_away_from_here(client: FlaskClient, elsewhere: str) -> None:
    assert log_in(client, "unit_new", DEMO_PASSWORD, elsewhere) == (302, "/work")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit_name": ""}, "请填写单位名称"),
        ({"uscc": "91610100MANEW00011"}, "统一社会信用代码"),
        ({"uscc": "123"}, "统一社会信用代码"),
        ({"province": "99"}, "所在省份"),
        ({"province": "11"}, "所在城市不属于所选的省份"),
        ({"contact_mobile": "1234"}, "手机"),
        ({"email": "nobody"}, "邮箱"),
        ({"username": "ab"}, "至少 3 个字符"),
        ({"username": "a b<c"}, "用户名只能用"),
        ({"username": "unit_new"}, "用户名已被使用"),
        ({"unit_name": "长安新界测绘有限公司"}, "单位名称已存在"),
        ({"password": "short", "password_again": "short"}, "密码至少 10 个字符"),
        ({"password": "aaaaaaaaaaaa", "password_again": "aaaaaaaaaaaa"}, "三种"),
        ({"password_again": "Another-2026"}, "两次输入的密码不一致"),
        ({"password": "Newcomer-1", "password_again": "Newcomer-1"}, "密码中不能包含用户名"),
        ({"consent": ""}, "个人信息处理说明"),
        ({"unit_name": "长" * 101}, "100"),
    ],
)
def test_a_wrong_field_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, premises: Premises, changes: dict[str, str], sentence: str
) -> None:
    data = {name: value for name, value in {**GOOD, **changes}.items() if value}
    response = client.post("/register", data=data)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert sentence in page
    assert "处需要改正" in page
    assert 'value="赵六"' in page
    assert PASSWORD not in page
    assert not has_unit(premises)


@pytest.mark.parametrize("name", ["unit_name", "contact_name", "username"])
def test_hostile_words_are_shown_as_words(client: FlaskClient, name: str) -> None:
    response = client.post("/register", data={**GOOD, name: '"><script>x</script>', "uscc": "1"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "<script>x" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.requirement("R046")
@pytest.mark.requirement("R114")
def test_a_name_that_exists_says_what_to_do(client: FlaskClient) -> None:
    taken = {**GOOD, "unit_name": "长安新界测绘有限公司"}
    page = client.post("/register", data=taken).get_data(as_text=True)
    assert "请先在单位内部询问是否已注册账号" in page
    longer = {**GOOD, "unit_name": "长安新界测绘有限公司二"}
    assert client.post("/register", data=longer).status_code == 302


def test_a_code_is_registered_once(client: FlaskClient) -> None:
    client.post("/register", data=GOOD)
    again = {**GOOD, "unit_name": "另一家测绘有限公司", "username": "another"}
    response = client.post("/register", data=again)
    assert response.status_code == 422
    assert "统一社会信用代码已注册" in response.get_data(as_text=True)


def test_a_double_post_makes_one_unit(client: FlaskClient) -> None:
    assert client.post("/register", data=GOOD).status_code == 302
    assert client.post("/register", data=GOOD).status_code == 422


def test_two_at_the_same_moment_make_one_unit(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL both may have looked before either wrote; the constraint then speaks."""
    assert client.post("/register", data=GOOD).status_code == 302
    real, looks = registration._problems, iter([True])

    def look(office: Any, answers: Any) -> Any:
        return [] if next(looks, False) else real(office, answers)

    monkeypatch.setattr(registration, "_problems", look)
    response = client.post("/register", data=GOOD)
    assert response.status_code == 422
    assert "单位名称已存在" in response.get_data(as_text=True)


def test_unknown_user_and_wrong_password_sound_the_same(client: FlaskClient) -> None:
    unknown, wrong = log_in(client, "nobody", "x"), log_in(client, "unit_new", "x")
    assert unknown[0] == wrong[0] == 422
    sentence = "用户名或密码不正确。"
    assert sentence in unknown[1]
    assert sentence in wrong[1]


def test_many_wrong_passwords_close_the_door_for_a_while(client: FlaskClient) -> None:
    for _turn in range(throttle.MOST_BY_NAME):
        assert log_in(client, "unit_new", "wrong")[0] == 422
    status, page = log_in(client, "unit_new", DEMO_PASSWORD)
    assert status == 429
    assert "密码输错次数过多" in page
    assert log_in(client, "unit_b", DEMO_PASSWORD)[0] == 302


def test_a_closed_account_cannot_log_in(client: FlaskClient, premises: Premises) -> None:
    with premises.transaction() as office:
        account = office.db.scalars(select(Account).where(Account.username == "unit_new")).one()
        account.active = False
    assert log_in(client, "unit_new", DEMO_PASSWORD)[0] == 422


def test_logging_out_ends_every_session(app: Flask, login: Login) -> None:
    here, there = app.test_client(), app.test_client()
    login(here, "unit_new")
    login(there, "unit_new")
    assert here.post("/logout").status_code == 302
    assert there.get("/messages").location.startswith("/login")


def test_a_password_is_changed_and_other_sessions_end(app: Flask, login: Login) -> None:
    here, there = login(app.test_client(), "unit_new"), login(app.test_client(), "unit_new")
    data = {
        "current_password": DEMO_PASSWORD,
        "password": PASSWORD,
        "password_again": PASSWORD,
    }
    assert here.post("/password", data=data).location == "/work"
    assert here.get("/messages").status_code == 200
    assert there.get("/messages").status_code == 302
    assert log_in(app.test_client(), "unit_new", DEMO_PASSWORD)[0] == 422
    assert log_in(app.test_client(), "unit_new", PASSWORD)[0] == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"current_password": "wrong"}, "现用密码不正确"),
        ({"password": DEMO_PASSWORD, "password_again": DEMO_PASSWORD}, "不能与现用密码相同"),
        ({"password_again": "Another-2026"}, "两次输入的密码不一致"),
        ({"password": "short", "password_again": "short"}, "至少 10 个字符"),
        ({"password": ""}, "请填写新密码"),
    ],
)
def test_a_wrong_password_change_says_why(
    client: FlaskClient, login: Login, changes: dict[str, str], sentence: str
) -> None:
    data = {
        "current_password": DEMO_PASSWORD,
        "password": PASSWORD,
        "password_again": PASSWORD,
    }
    response = login(client, "unit_new").post("/password", data={**data, **changes})
    assert response.status_code == 422
    assert sentence in response.get_data(as_text=True)


def test_the_password_page_is_for_members(client: FlaskClient, login: Login) -> None:
    assert client.get("/password").status_code == 302
    assert "修改密码" in login(client, "city_window").get("/password").get_data(as_text=True)


def test_guesses_at_the_present_password_are_slowed_down(client: FlaskClient, login: Login) -> None:
    login(client, "unit_new")
    data = {"password": PASSWORD, "password_again": PASSWORD}
    for _turn in range(throttle.MOST_BY_NAME):
        assert client.post("/password", data={**data, "current_password": "x"}).status_code == 422
    right = {**data, "current_password": DEMO_PASSWORD}
    assert client.post("/password", data=right).status_code == 429
