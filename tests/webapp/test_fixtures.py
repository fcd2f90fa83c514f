"""The fixtures that every test of a page stands on."""

from flask.testing import FlaskClient

from tests.conftest import Login


def test_an_officer_is_logged_in(client: FlaskClient, login: Login) -> None:
    page = login(client, "city_window").get("/login")
    assert page.status_code == 200
    assert "市甲" in page.get_data(as_text=True)


def test_a_stranger_is_not(client: FlaskClient) -> None:
    assert "市甲" not in client.get("/login").get_data(as_text=True)
