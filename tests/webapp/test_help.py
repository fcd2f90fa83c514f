"""Help: a guide for every matter, the manual as pages and as a PDF, contacts, suggestions."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import func, select

from bpmn.matters import MATTERS
from forms.identifiers import url_problem
from forms.pages import PAGES
from models import Contact, Feedback
from tests.conftest import Login
from tests.webapp.officers import words
from webapp.contacts import ContactBook
from webapp.handbook import CHAPTERS, chapters, edition
from webapp.offices import Premises
from webapp.throttle import MOST_FEEDBACK

QUESTIONS = [
    pytest.param("Key 未激活", "驱动程序", marks=pytest.mark.requirement("R090")),
    pytest.param("指示灯", "换一个 USB 接口", marks=pytest.mark.requirement("R091")),
    pytest.param("不支持现在的浏览器", "换一台电脑", marks=pytest.mark.requirement("R092")),
    pytest.param("Key 遗失或者损坏怎么换", "正本的扫描件", marks=pytest.mark.requirement("R093")),
    pytest.param("写明是遗失还是故障", "等待工作人员回复", marks=pytest.mark.requirement("R175")),
    pytest.param("Key 未激活怎么办", "指示灯是否亮", marks=pytest.mark.requirement("R174")),
    pytest.param("布局错乱", "显示比例", marks=pytest.mark.requirement("R176")),
    pytest.param("没有反应", "刷新页面后再试", marks=pytest.mark.requirement("R177")),
    pytest.param("无法正常显示", "清理浏览器的上网痕迹", marks=pytest.mark.requirement("R178")),
    pytest.param("第一次怎么用", "激活", marks=pytest.mark.requirement("R111")),
    pytest.param("Key 会邮寄给单位", "确认身份", marks=pytest.mark.requirement("R110")),
    pytest.param("技术支持邮箱", "Key 的照片", marks=pytest.mark.requirement("R112")),
]

PUBLISHED = [key for key, matter in MATTERS.items() if matter.audience != "office"]
"""What the office begins by itself nobody applies for."""


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def _read(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return words(response)


def _pdf(client: FlaskClient, address: str) -> tuple[PdfReader, str]:
    response = client.get(address)
    assert response.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(response.data))
    return reader, "".join("".join(page.extract_text().split()) for page in reader.pages)


def _write_contact(app: Flask, premises: Premises, province: str, **facts: str) -> None:
    with premises.transaction() as office:
        office.db.merge(Contact(province=province, **facts))
    book: ContactBook = app.extensions["contacts"]
    book.forget()


@pytest.mark.parametrize("key", PUBLISHED)
def test_every_matter_has_its_whole_guide(client: FlaskClient, key: str) -> None:
    guide = MATTERS[key].guide
    page = _read(client, f"/matters/{key}")
    told = [*guide.basis, *guide.conditions, guide.fee, guide.result]
    told += [part.name for part in (*guide.materials, *guide.steps)]
    told += [material.detail for material in guide.materials]
    told += [PAGES[one.page].title for one in guide.materials if one.page in PAGES]
    told += [f"{guide.legal_days} 个工作日", f"{guide.promised_days} 个工作日"]
    assert [words_of for words_of in told if " ".join(words_of.split()) not in page] == []
    assert guide.basis
    assert guide.conditions
    assert guide.steps
    assert 0 < guide.promised_days <= guide.legal_days


@pytest.mark.parametrize("key", PUBLISHED)
def test_every_guide_can_be_taken_along(client: FlaskClient, key: str) -> None:
    _reader, text = _pdf(client, f"/matters/{key}/guide.pdf")
    for word in (MATTERS[key].name, "服务指南", "办理依据", "办理流程", "以后者为准"):
        assert word in text


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_the_answers_to_common_questions(client: FlaskClient, question: str, answer: str) -> None:
    page = _read(client, "/help/faq")
    assert question in page
    assert answer in page


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_chapter_is_a_page_with_its_day(client: FlaskClient, slug: str) -> None:
    page = _read(client, f"/help/{slug}")
    assert chapters()[slug].title in page
    assert f"修订日期 {chapters()[slug].edition}" in page
    assert "以后者为准" in page


def test_the_pictures_of_a_chapter_are_in_it_and_told_in_words(client: FlaskClient) -> None:
    """Nothing is fetched for them: neither by a reader's browser nor for printing."""
    page = client.get("/help/admins").get_data(as_text=True)
    pictures = re.findall(r'<img src="([^"]{30})[^"]*" alt="([^"]+)"', page)
    assert len(pictures) == page.count("<img") >= 4
    assert all(source.startswith("data:image/png;base64,") for source, _words in pictures)


def test_an_unknown_chapter_is_not_found(client: FlaskClient) -> None:
    for address in ("/help/none", "/help/..%2F..%2FREADME", "/help/0001-state-storage"):
        assert client.get(address).status_code == 404


@pytest.mark.requirement("R179")
def test_the_manual_is_one_file_with_its_day_and_what_prevails(
    client: FlaskClient, premises: Premises
) -> None:
    reader, text = _pdf(client, "/help/manual.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "测资通操作手册"
    for word in (
        "测资通操作手册",
        edition(),
        "版本",
        "与相关政策或者主管部门的要求不一致的，以后者为准",
    ):
        assert word in text
    for chapter in chapters().values():
        assert text.count(chapter.title) >= 2  # in the contents and at its place
    assert "专业技术人员满足情况查看" in text
    kept = list((premises.settings.data_dir / "books").glob("*.pdf"))
    before = [file.stat().st_mtime_ns for file in kept]
    assert client.get("/help/manual.pdf").status_code == 200
    assert [file.stat().st_mtime_ns for file in kept] == before


@pytest.mark.requirement("R009")
@pytest.mark.requirement("R101")
def test_who_comes_for_the_first_time_is_led_to_guidance(client: FlaskClient, login: Login) -> None:
    for word in ("使用须知", "旧系统用户指引", "下载操作手册"):
        assert word in _read(client, "/login")
    assert "旧系统用户指引" in _read(login(client, "unit_new"), "/work")
    assert "旧系统用户指引" not in _read(login(client, "unit_b"), "/work")
    assert "先看清政策" in _read(client, "/help/notice")
    assert "“‘老人老办法’技术人员查询”" in _read(client, "/help/old-system")


@pytest.mark.requirement("R094")
def test_each_province_is_told_its_own_number_and_the_nations_where_it_has_none(
    app: Flask, client: FlaskClient, login: Login, premises: Premises
) -> None:
    _write_contact(app, premises, "00", hotline="010-00000000", mailbox="help@example.cn")
    _write_contact(app, premises, "61", hotline="029-11111111")
    stranger = _read(client, "/help")
    assert "010-00000000" in stranger
    assert "029-11111111" in _read(client, "/help?province=61")
    assert "010-00000000" in _read(client, "/help?province=62")
    assert "010-00000000" in _read(client, "/help?province=%27")
    mine = _read(login(client, "unit_b"), "/help")
    assert "029-11111111" in mine
    assert "help@example.cn" in mine
    # Where things go wrong, too.
    assert "029-11111111" in _read(client, "/no/such/page", 404)


@pytest.mark.requirement("R039")
@pytest.mark.requirement("R040")
@pytest.mark.requirement("R042")
@pytest.mark.requirement("R105")
@pytest.mark.requirement("R106")
def test_the_entrances_are_links_of_the_province(
    app: Flask, client: FlaskClient, premises: Premises
) -> None:
    _write_contact(
        app,
        premises,
        "00",
        portal_url="https://portal.example.cn/",
        service_url="https://service.example.cn/",
        key_url="https://portal.example.cn/key.exe",
    )
    for address in ("/login", "/help"):
        page = client.get(address).get_data(as_text=True)
        assert 'href="https://portal.example.cn/"' in page
        assert 'href="https://portal.example.cn/key.exe"' in page
    assert "https://service.example.cn/" in client.get("/help").get_data(as_text=True)
    assert "Key 登录" in _read(client, "/login")


def test_the_admin_writes_a_contact_and_every_page_has_it(
    client: FlaskClient, login: Login
) -> None:
    login(client, "admin")
    assert "同全国" in _read(client, "/admin/contacts")
    told = {"hotline": "029-22222222", "hours": "工作日 9:00—17:30", "portal_url": ""}
    assert client.post("/admin/contacts/61", data=told).status_code == 302
    assert "029-22222222" in _read(client, "/admin/contacts")
    assert "029-22222222" in _read(login(client, "city_window"), "/worklist")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,1", "//x", "http://a b"])
def test_no_link_leads_into_a_script(client: FlaskClient, login: Login, url: str) -> None:
    assert url_problem(url)
    response = login(client, "admin").post("/admin/contacts/61", data={"portal_url": url})
    assert response.status_code == 422
    assert "http:// 或 https:// 开头" in words(response)
    assert client.get("/admin/contacts/9x").status_code == 404


@pytest.mark.requirement("R100")
def test_a_suggestion_is_kept_and_handled_once(
    client: FlaskClient, login: Login, premises: Premises
) -> None:
    told = {"kind": "suggestion", "content": "<b>表格太宽</b>", "reach": ""}
    assert login(client, "unit_b").post("/help/feedback", data=told).status_code == 302
    listed = client.get("/admin/feedback")
    assert listed.status_code == 403
    page = login(client, "admin").get("/admin/feedback").get_data(as_text=True)
    assert "&lt;b&gt;表格太宽" in page
    assert "渭水工程测量" in page
    with premises.reading() as office:
        number = office.db.scalars(select(Feedback.id)).one()
    for note in ("已改", "第二个管理员"):
        client.post(f"/admin/feedback/{number}", data={"note": note})
    assert "没有待处理的意见" in _read(client, "/admin/feedback")
    done = _read(client, "/admin/feedback?show=all")
    assert "已改" in done
    assert "第二个管理员" not in done


def test_a_poor_or_a_repeated_suggestion_loses_nothing(
    client: FlaskClient, premises: Premises
) -> None:
    poor = client.post("/help/feedback", data={"content": "写了内容", "kind": ""})
    assert poor.status_code == 422
    assert "写了内容" in words(poor)
    told = {"kind": "fault", "content": "打不开"}
    answers = [client.post("/help/feedback", data=told) for _turn in range(MOST_FEEDBACK + 1)]
    assert [one.status_code for one in answers] == [302] * MOST_FEEDBACK + [429]
    assert "打不开" in words(answers[-1])
    with premises.reading() as office:
        assert office.db.scalar(select(func.count()).select_from(Feedback)) == MOST_FEEDBACK


def test_suggestions_are_paged(client: FlaskClient, login: Login, premises: Premises) -> None:
    with premises.transaction() as office:
        for number in range(51):
            row = Feedback(kind="question", content=f"问题{number:02d}", created_at=office.now)
            office.db.add(row)
    login(client, "admin")
    assert "共 51 条" in _read(client, "/admin/feedback")
    assert "问题00" in _read(client, "/admin/feedback?page=2")
