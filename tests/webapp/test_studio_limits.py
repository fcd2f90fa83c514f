"""Before a diagram goes live its longest paths are shown, made up of steps and days."""

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Login
from tests.webapp.studio_office import a_draft, api, read


def _with_days(text: str, days: int) -> str:
    """Every step with four eyes may take so many working days."""
    place = '<spiffworkflow:property name="not_by"'
    assert place in text
    limit = f'<spiffworkflow:property name="days" value="{days}" />'
    return text.replace(place, limit + place)


def test_the_longest_paths_are_shown_with_what_they_are_made_of(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    admin, draft = login(client, "admin"), a_draft(app)
    text = read(admin, draft)["files"]["diagram.bpmn"]
    changed = {"revision": 1, "files": {"diagram.bpmn": _with_days(text, 4)}}
    assert admin.post(api(draft, "files"), json=changed).json["problems"] == []

    page = admin.get(api(draft, "propose")).text

    assert "法定时限与最长路径" in page
    assert "发证时限" in page
    assert "签发换发 4" in page
    assert "行政许可法第四十四条" in page
    assert "待核实" not in page
    for words in ("不走回路", "每个回路走一次", "没有写明办理时限的环节按 0 天算"):
        assert words in page


def test_a_limit_without_a_reliable_source_is_marked(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    admin, draft = login(client, "admin"), a_draft(app, "rating_handling")

    page = admin.get(api(draft, "propose")).text

    assert "差评办理时限" in page
    assert "待核实：这个上限还没有可靠的出处" in page


def test_a_path_that_takes_too_long_is_refused_with_its_sum(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    admin, draft = login(client, "admin"), a_draft(app)
    text = read(admin, draft)["files"]["diagram.bpmn"]
    changed = {"revision": 1, "files": {"diagram.bpmn": _with_days(text, 11)}}

    (problem,) = admin.post(api(draft, "files"), json=changed).json["problems"]

    assert problem["rule"] == "law"
    assert "11 个工作日（签发" in problem["message"]
    assert problem["run"][-1]["element"] == problem["element"]
    assert "法定时限与最长路径" not in admin.get(api(draft, "propose")).text
