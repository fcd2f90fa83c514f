"""The addresses the editor speaks to: nothing drawn is lost, and nothing unfit is kept."""

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.casework.diagrams import add_version
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.diagram import load_files
from bpmn.engine.size import MAX_FILES
from models import DiagramVersion
from tests.bpmn.casework.test_foreign_files import FOREIGN
from tests.conftest import Login
from tests.webapp.studio_office import MATTER, a_draft, api, let_seconds_pass, premises_of, read

MAIN = "diagram.bpmn"


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


def test_a_draft_begins_as_its_version_and_is_sound(app: Flask, admin: FlaskClient) -> None:
    answer = admin.post(
        f"/admin/diagrams/{MATTER}/drafts", data={"name": "增加法制审核", "base": "1"}
    )
    assert answer.status_code == 303
    draft_id = int(answer.headers["Location"].partition("draft=")[2])
    draft = read(admin, draft_id)
    assert draft["title"] == "增加法制审核"
    assert draft["base"] == {"number": 1}
    assert draft["revision"] == 1
    assert draft["saved_by"] == "管理员"
    assert list(draft["files"]) == [MAIN]
    assert admin.get(api(draft_id, "problems")).json["problems"] == []
    page = admin.get(answer.headers["Location"]).text
    assert 'id="studio"' in page
    assert f'data-draft="{api(draft_id)}"' in page
    assert "增加法制审核" in admin.get(f"/admin/diagrams/{MATTER}/edit").text


def test_a_wrong_diagram_is_kept_and_told_of(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    text = read(admin, draft_id)["files"][MAIN]
    wrong = text.replace('id="reissue_certificate"', 'id="no_such_operation"')
    assert wrong != text
    answer = admin.post(api(draft_id, "files"), json={"revision": 1, "files": {MAIN: wrong}})
    assert answer.status_code == 200
    assert answer.json["revision"] == 2
    (problem,) = [one for one in answer.json["problems"] if "no_such" in one["message"]]
    assert problem["file"] == MAIN
    assert problem["process"] == MATTER
    assert problem["element"] in wrong
    assert read(admin, draft_id)["files"][MAIN] == wrong


def test_problems_of_the_same_sentence_say_where_each_is(app: Flask, admin: FlaskClient) -> None:
    """A lane of an unknown name is wrong at each of its steps: an officer must tell them apart."""
    draft_id = a_draft(app)
    text = read(admin, draft_id)["files"][MAIN]
    wrong = text.replace('name="审批机关"', 'name="街道"')
    answer = admin.post(api(draft_id, "files"), json={"revision": 1, "files": {MAIN: wrong}})

    found = [one for one in answer.json["problems"] if one["message"] == "没有名为“街道”的泳道"]

    steps = ["核对变更信息", "签发换发", "签发不予换发"]
    assert [one["place"] for one in found] == [f"换发证书 · 人工环节“{step}”" for step in steps]


def test_saving_what_is_there_already_is_no_new_revision(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    files = read(admin, draft_id)["files"]
    answer = admin.post(api(draft_id, "files"), json={"revision": 1, "files": files})
    assert (answer.status_code, answer.json["revision"]) == (200, 1)


def test_who_saves_late_is_told_and_may_keep_a_copy(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    draft_id = a_draft(app)
    text = read(login(client, "admin"), draft_id)["files"][MAIN]
    first, second = text.replace("换发", "第一人"), text.replace("换发", "第二人")
    client.post(api(draft_id, "files"), json={"revision": 1, "files": {MAIN: first}})
    login(client, "admin_2")
    late = client.post(api(draft_id, "files"), json={"revision": 1, "files": {MAIN: second}})
    assert late.status_code == 409
    assert late.json["saved_by"] == "管理员"
    assert late.json["revision"] == 2
    assert "管理员刚刚保存了" in late.json["message"]
    assert read(client, draft_id)["files"][MAIN] == first
    body = {"title": "第二人的画法", "files": {MAIN: second}}
    copied = client.post(api(draft_id, "copy"), json=body)
    other = int(copied.json["address"].partition("draft=")[2])
    assert other != draft_id
    assert read(client, other)["files"][MAIN] == second
    assert read(client, other)["saved_by"] == "管理员二"


def _nodes(count: int) -> str:
    nodes = "".join(f'<userTask id="t{n}"/>' for n in range(count))
    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    return f'<definitions xmlns="{space}"><process id="p">{nodes}</process></definitions>'


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
BIG = f"<a>{'x' * 1_900_000}</a>"
REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "no XML": ({"files": {MAIN: "画"}}, 422, "不是有效的 XML"),
    "a DOCTYPE": ({"files": {MAIN: DOCTYPE}}, 422, "DOCTYPE"),
    "a NUL": ({"files": {MAIN: "<a>\x00</a>"}}, 422, "不是有效的 XML"),
    "half a character": ({"files": {MAIN: "<a>\ud800</a>"}}, 422, "无法保存的字符"),
    "3 MB": ({"files": {MAIN: f"<a>{'x' * 3_000_000}</a>"}}, 413, "超过 2 MB"),
    "5,000 elements": ({"files": {MAIN: _nodes(5000)}}, 413, "5000 个节点和连线"),
    "a path": ({"files": {"../a.bpmn": "<a/>"}}, 422, "文件名"),
    "a long name": ({"files": {"a" * 90 + ".bpmn": "<a/>"}}, 422, "文件名"),
    "another kind": ({"files": {"a.exe": "<a/>"}}, 422, "文件名"),
    "too many": ({"files": {f"a{n}.bpmn": "<a/>" for n in range(MAX_FILES)}}, 413, "最多 50 个"),
    "too much": ({"files": {f"a{n}.bpmn": BIG for n in range(5)}}, 413, "8 MB"),
    "the main file removed": ({"removed": [MAIN]}, 422, "不能移除"),
    "no files": ({"files": [MAIN]}, 400, "不完整"),
    "no text": ({"files": {MAIN: 1}}, 400, "不完整"),
    "no revision": ({"revision": "1"}, 400, "不完整"),
    "a truth for a revision": ({"revision": True}, 400, "不完整"),
    "no names": ({"removed": "a"}, 400, "不完整"),
}


@pytest.mark.parametrize(("body", "status", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_with_words(
    app: Flask, admin: FlaskClient, body: dict[str, Any], status: int, words: str
) -> None:
    draft_id = a_draft(app)
    before = read(admin, draft_id)
    answer = admin.post(api(draft_id, "files"), json={"revision": 1, **body})
    assert answer.status_code == status
    assert words in answer.json["message"]
    after = read(admin, draft_id)
    assert (after["files"], after["revision"]) == (before["files"], 1)


def test_ten_megabytes_and_no_json_are_refused_with_words(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    deep = b'{"files":' * 100_000
    for body, status in ((b"x" * 30_000_000, 413), (b"[]", 400), (b"{", 400), (deep, 400)):
        answer = admin.post(api(draft_id, "files"), data=body, content_type="application/json")
        assert answer.status_code == status
        assert answer.json["message"].endswith("没有保存。")


def test_a_file_added_and_removed(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    more = {"revision": 1, "files": {"more.bpmn": _nodes(1)}}
    assert admin.post(api(draft_id, "files"), json=more).json["revision"] == 2
    assert sorted(read(admin, draft_id)["files"]) == [MAIN, "more.bpmn"]
    less = {"revision": 2, "removed": ["more.bpmn"]}
    assert admin.post(api(draft_id, "files"), json=less).json["problems"] == []
    assert list(read(admin, draft_id)["files"]) == [MAIN]


def test_who_has_it_open_is_seen_for_a_minute(
    app: Flask, client: FlaskClient, login: Login
) -> None:
    draft_id = a_draft(app)
    login(client, "admin_2").post(api(draft_id, "presence"))
    seen = login(client, "admin").post(api(draft_id, "presence")).json["editors"]
    assert {(one["name"], one["me"]) for one in seen} == {("管理员", True), ("管理员二", False)}
    assert "管理员二" in client.get(f"/admin/diagrams/{MATTER}/edit").text
    let_seconds_pass(app, 61)
    assert read(client, draft_id)["editors"] == []


def test_a_dropped_draft_is_gone_for_everybody(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app, title="不要了")
    assert "放弃草稿“不要了”" in admin.post(api(draft_id, "drop")).text
    assert admin.get(api(draft_id)).status_code == 200
    assert admin.post(api(draft_id, "drop"), data={"confirmed": "yes"}).status_code == 302
    late = admin.post(api(draft_id, "files"), json={"revision": 1})
    assert (late.status_code, late.json["message"]) == (404, "没有这份草稿，或者它已被放弃。")
    assert "不要了" not in admin.get(f"/admin/diagrams/{MATTER}/edit").text


def test_files_go_out_as_they_are(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app, "renewal")
    files = read(admin, draft_id)["files"]
    assert admin.get(api(draft_id, f"export/{MAIN}")).text == files[MAIN]
    packed = admin.get(api(draft_id, "export"))
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == files
    assert admin.get(api(draft_id, "export/none.bpmn")).status_code == 404


def test_the_editor_of_another_matter_has_no_such_draft(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    assert admin.get(f"/admin/diagrams/renewal/edit?draft={draft_id}").status_code == 404


def test_a_form_without_its_title_is_shown_again(app: Flask, admin: FlaskClient) -> None:
    answer = admin.post(f"/admin/diagrams/{MATTER}/drafts", data={"name": " ", "base": "1"})
    assert answer.status_code == 422
    assert "草稿名称" in answer.text


def test_a_file_drawn_elsewhere_is_offered_and_kept_by_the_next_saving(
    app: Flask, admin: FlaskClient
) -> None:
    draft_id = a_draft(app)
    before = read(admin, draft_id)["files"]
    sent = {"file": (io.BytesIO((FOREIGN / "camunda7.bpmn").read_bytes()), "审批.bpmn")}
    came = admin.post(api(draft_id, "import"), data=sent)
    assert came.status_code == 200
    assert came.json["laid_out"] is True
    assert "camunda" in "".join(came.json["notes"])
    assert came.json["problems"]
    assert read(admin, draft_id)["files"] == before
    saved = admin.post(api(draft_id, "files"), json={"revision": 1, "files": came.json["files"]})
    assert saved.json["revision"] == 2
    assert "Activity_review" in read(admin, draft_id)["files"][MAIN]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.bpmn", b"<html/>", "不是 BPMN"), ("a.bpmn", DOCTYPE.encode(), "DOCTYPE")],
)
def test_what_is_no_diagram_is_not_brought_in(
    app: Flask, admin: FlaskClient, name: str, content: bytes, words: str
) -> None:
    sent = {"file": (io.BytesIO(content), name)}
    answer = admin.post(api(a_draft(app), "import"), data=sent)
    assert answer.status_code == 422
    assert words in answer.json["message"]


def test_the_catalogue_offers_what_the_checks_know(app: Flask, admin: FlaskClient) -> None:
    known = admin.get(f"/admin/diagrams/{MATTER}/catalogue").json
    keys = {part: {one["key"] for one in known[part]} for part in ("forms", "roles", "clocks")}
    assert keys["forms"] == set(VOCABULARY.forms)
    assert keys["roles"] == set(VOCABULARY.roles)
    assert keys["clocks"] == set(VOCABULARY.clocks)
    assert known["lanes"] == list(VOCABULARY.lanes)
    operations = {one["key"]: one for one in known["operations"]}
    assert operations.keys() == VOCABULARY.operations.keys()
    words = [one["label"] for part in ("forms", "roles", "clocks") for one in known[part]]
    words += [one["label"] for one in known["operations"]]
    words += [p["label"] for one in known["operations"] for p in one["parameters"]]
    assert [one for one in words if one.isascii()] == []
    kind = operations["issue_document"]["parameters"][0]
    assert {"key": "grant_decision", "label": "准予行政许可决定书"} in kind["choices"]
    assert {one["process"] for one in known["called"]} >= {"acceptance", "review", "issue"}
    assert all(one["sources"] for one in known["called"])
    assert [one["sources"][0]["label"] for one in known["tables"]] == ["随程序提供"] * len(
        known["tables"]
    )
    assert admin.get("/admin/diagrams/no_matter/catalogue").status_code == 404


def test_a_called_diagram_comes_with_all_that_it_calls(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    came = admin.post(api(draft_id, "called"), json={"process": "review", "source": "shipped"})
    shipped = load_files("renewal")
    assert set(came.json["files"]) >= {"review.bpmn", "hearing.bpmn"}
    for name, text in came.json["files"].items():
        assert text.encode() == shipped[name]
    wrong = admin.post(api(draft_id, "called"), json={"process": "review", "source": "99999999999"})
    assert (wrong.status_code, "review" in wrong.json["message"]) == (422, True)


def test_a_version_that_says_otherwise_is_another_source(app: Flask, admin: FlaskClient) -> None:
    with premises_of(app).transaction() as office:
        query = select(DiagramVersion).where(DiagramVersion.matter == "renewal")
        shipped = office.db.scalars(query).one()
        files = {**shipped.files}
        files["review.bpmn"] = files["review.bpmn"].replace("审查", "细审")
        add_version(office, "renewal", files, shipped)
    known = admin.get(f"/admin/diagrams/{MATTER}/catalogue").json["called"]
    (review,) = [one for one in known if one["process"] == "review"]
    assert [one["label"] for one in review["sources"]] == ["随程序提供", "延续 第 2 版"]
    taken = {"process": "review", "source": review["sources"][1]["source"]}
    came = admin.post(api(a_draft(app), "called"), json=taken)
    assert "细审" in came.json["files"]["review.bpmn"]


@pytest.mark.parametrize("title", ["", " ", "长" * 101, "a\x00b", "\ud800"])
def test_a_copy_without_a_fit_title_is_refused(app: Flask, admin: FlaskClient, title: str) -> None:
    answer = admin.post(api(a_draft(app), "copy"), json={"title": title, "files": {}})
    assert answer.status_code == 422
    assert "草稿名称" in answer.json["message"]
