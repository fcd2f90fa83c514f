"""比较: two versions, or a version and a draft, as pictures, tables and words."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.casework.diagrams import files_digest
from bpmn.comparison import speech_of
from models import DiagramVersion
from tests.conftest import Login
from tests.webapp.officers import words
from tests.webapp.studio_office import a_draft, api, premises_of
from webapp.studio import changes

MATTER = "qualification_application"
ADDRESS = f"/admin/diagrams/{MATTER}/compare"
Deploy = Callable[..., int]


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


@pytest.fixture
def deploy(app: Flask) -> Deploy:
    """Make a version of the newest one's files with a text replaced; its number."""

    def make(name: str, old: str, new: str) -> int:
        with premises_of(app).transaction() as office:
            base = newest(app)
            assert old in base.files[name]
            files = {**base.files, name: base.files[name].replace(old, new)}
            digest = files_digest({name: text.encode() for name, text in files.items()})
            version = DiagramVersion(
                matter=MATTER,
                number=base.number + 1,
                files=files,
                sha256=digest,
                checked_at=office.now,
                deployed_at=office.now,
            )
            office.db.add(version)
            return version.number

    return make


def newest(app: Flask) -> DiagramVersion:
    with premises_of(app).reading() as office:
        query = select(DiagramVersion).where(DiagramVersion.matter == MATTER)
        return office.db.scalars(query.order_by(DiagramVersion.number.desc())).first()


def test_newest_version_is_compared_with_the_one_before_it(admin: FlaskClient, deploy: Deploy):
    deploy("review.bpmn", 'name="复核"', 'name="法制复核"')

    answer = admin.get(ADDRESS)

    html = answer.get_data(as_text=True)
    assert "人工环节“复核”改名为“法制复核”" in html
    assert "共 1 处改动" in html
    assert html.count('<details class="sheet diff-process" open>') == 1
    assert html.count('<details class="diff-process">') > 10, "the unchanged ones are closed"
    (link,) = re.findall(r'<a href="(#new-[^"]+)">人工环节', html)
    assert f'id="{link[1:]}" data-element' in html, "the link leads to the element in the picture"
    assert f'id="{link[1:].replace("new-", "old-")}"' in html, "marked in the old picture too"


def test_what_was_removed_is_shown_in_the_old_picture(admin: FlaskClient, deploy: Deploy):
    flow = 'sourceRef="notice_period" targetRef="end_notice" />'
    number = deploy("public_notice.bpmn", flow, flow.replace("end_notice", "withdraw_notice"))

    html = admin.get(f"{ADDRESS}?old={number}&new={number - 1}").get_data(as_text=True)

    assert "的终点由“撤下公示”改为“结束公示”" in html
    assert 'id="old-notice_period_to_end_notice" data-element' in html


def test_tables_stand_side_by_side_with_the_changed_cell_marked(admin: FlaskClient, deploy: Deploy):
    deploy("routing.dmn", '"class_a"', '"class_b"')

    html = admin.get(ADDRESS).get_data(as_text=True)

    assert "第 2 条规则的“证书类型”一格由“甲级证书（非导航电子地图制作）”改为“乙级证书”" in html
    cells = re.findall(r'<td class="is-changed">(.*?)</td>', html)
    assert len(cells) == 2, "old and new cell"
    assert "甲级证书（非导航电子地图制作）" in cells[0]
    assert "乙级证书" in cells[1]
    assert not re.search(r"<td[^>]*>class_a", html)


def test_a_draft_is_compared_with_its_base(app: Flask, admin: FlaskClient):
    review = newest(app).files["review.bpmn"].replace('name="复核"', 'name="法制复核"')
    draft_id = a_draft(app, MATTER, title="加法制审核", **{"review.bpmn": review})

    page = words(admin.get(f"{ADDRESS}?draft={draft_id}"))

    assert "第 1 版（现行） 与 草稿“加法制审核”" in page
    assert "人工环节“复核”改名为“法制复核”" in page


def test_a_draft_that_cannot_be_read_is_told_of_in_words(app: Flask, admin: FlaskClient):
    review = newest(app).files["review.bpmn"].replace(' x="', ' x="a', 1)
    draft_id = a_draft(app, MATTER, **{"review.bpmn": review})

    answer = admin.get(f"{ADDRESS}?draft={draft_id}")

    assert answer.status_code == 422
    assert "暂时不能比较" in words(answer)


@pytest.mark.parametrize(
    ("file", "written", "odd", "told"),
    [
        ("review.bpmn", 'proposal == "grant"', "proposal == {[]}", "改为“proposal == {[]}”"),
        ("routing.dmn", '"class_a"', "{[]}", "由“甲级证书（非导航电子地图制作）”改为“{[]}”"),
    ],
)  # fmt: skip
def test_a_draft_with_no_sense_in_it_still_has_its_pages(
    app: Flask, admin: FlaskClient, file: str, written: str, odd: str, told: str
):
    drawn = newest(app).files[file].replace(written, odd, 1)
    draft_id = a_draft(app, MATTER, **{file: drawn})

    compared = admin.get(f"{ADDRESS}?draft={draft_id}")
    asked = admin.get(api(draft_id, "propose"))

    assert (compared.status_code, asked.status_code) == (200, 200)
    assert told in words(compared)
    assert told in words(asked)


def test_tables_are_told_in_the_words_of_either_version(admin: FlaskClient, deploy: Deploy):
    deploy("diagram.bpmn", 'id="authority_level_city" name="市级"', 'id="authority_level_city"')

    html = admin.get(ADDRESS).get_data(as_text=True)

    assert not re.search(r"<td[^>]*>\s*city", html)


def test_operations_parameters_are_told_as_the_editor_names_them(
    admin: FlaskClient, deploy: Deploy
):
    deploy("public_notice.bpmn", "value=\"'notice'\"", "value=\"'decision'\"")

    assert "的参数“时限”由“公示期”改为“" in words(admin.get(ADDRESS))


def test_words_of_a_version_are_gathered_once(
    app: Flask, admin: FlaskClient, deploy: Deploy, monkeypatch: pytest.MonkeyPatch
):
    deploy("routing.dmn", '"class_a"', '"class_b"')
    gathered: list[object] = []
    monkeypatch.setattr(
        changes, "speech_of", lambda *given: gathered.append(given) or speech_of(*given)
    )

    assert admin.get(ADDRESS).status_code == 200
    assert len(gathered) == 2, "one for each version, however many tables they have"


def test_with_one_version_the_page_says_where_to_get_another(admin: FlaskClient):
    answer = admin.get(ADDRESS)

    assert "只有一个版本" in words(answer)
    assert "去编辑" in words(answer)
    assert 'name="old"' not in answer.get_data(as_text=True)


def test_the_same_version_twice_says_that_nothing_differs(admin: FlaskClient, deploy: Deploy):
    deploy("diagram.bpmn", "填报申请材料", "填写申请材料")

    page = words(admin.get(f"{ADDRESS}?old=2&new=2"))

    assert "没有差别" in page
    assert "两边完全一样。" in page


@pytest.mark.parametrize(
    "asked", ["old=99", "new=99", "draft=99", "proposal=99", "old=99999999999999999999999"]
)
def test_what_does_not_exist_is_not_found(admin: FlaskClient, asked: str):
    wanted = 200 if len(asked) > 20 else 404  # no number of a record: as if it was not asked

    assert admin.get(f"{ADDRESS}?{asked}").status_code == wanted


def test_draft_of_another_matter_is_not_shown(app: Flask, admin: FlaskClient):
    draft_id = a_draft(app)

    assert admin.get(f"{ADDRESS}?draft={draft_id}").status_code == 404
    assert admin.get("/admin/diagrams/no_matter/compare").status_code == 404
