"""热力图 as the administrator reads it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from webapp.jobs.kinds import KINDS
from webapp.offices import Premises

ADDRESS = "/admin/diagrams/qualification_application/heat"


@pytest.fixture
def admin(app: Flask, client: FlaskClient, login: Login) -> FlaskClient:
    premises: Premises = app.extensions["premises"]
    kind = KINDS["steps"]
    with premises.reading() as office:
        (subject,) = office.db.scalars(kind.wanted(office))
    kind.perform(premises, app.extensions["files"], subject)
    with premises.reading() as office:
        assert not list(office.db.scalars(kind.wanted(office)))
    return login(client, "admin")


def test_the_diagram_and_the_list_tell_where_the_time_goes(admin: FlaskClient) -> None:
    page = admin.get(ADDRESS).get_data(as_text=True)
    assert "经办审查" in page
    assert "九成天数" in page
    assert 'data-state="heat5"' in page
    assert "审查：耗时第 5 级" in page
    assert "次，九成" in page


def test_before_the_first_count_the_page_says_when_there_will_be_figures(
    client: FlaskClient, login: Login
) -> None:
    page = login(client, "admin").get("/admin/diagrams/unit_registration/heat")
    assert "一天过去后，后台统计当天办结的环节" in page.get_data(as_text=True)


@pytest.mark.parametrize("query", ["first=昨天&last=9999", "organ=1' OR 1=1", "organ=99999999999"])
def test_whatever_is_asked_is_answered(admin: FlaskClient, query: str) -> None:
    assert admin.get(f"{ADDRESS}?{query}").status_code == 200


def test_an_unknown_matter_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/admin/diagrams/nothing/heat").status_code == 404
