"""What is typed is kept until saved or given up: seen by its writer alone, counting nowhere."""

import html
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from models import Account, Case, Draft
from tests.conftest import Login
from tests.webapp.folder import PERSON, PROJECT, UnitFolder, handed_in, id_number, text_of

TYPED = {"profile": "写了一半的简介", "revision": "0", "window": "first", "step": "1"}


@pytest.fixture
def folder(app: Flask, client: FlaskClient, login: Login) -> UnitFolder:
    return UnitFolder(app.extensions["premises"], login(client, "unit_ready"))


def _kept(folder: UnitFolder) -> list[Draft]:
    with folder.premises.reading() as office:
        return list(office.db.scalars(select(Draft).where(Draft.place != "")))


def _window(page: str) -> str:
    found = re.search(r'name="window" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.requirement("R141")
@pytest.mark.requirement("R143")
def test_typed_words_are_kept_told_and_refilled(folder: UnitFolder) -> None:
    assert folder.post("profile/draft", TYPED).json["at"]
    page = folder.get("profile")
    assert "写了一半的简介</textarea>" in page
    assert re.search(r"这里有未保存的内容（\d\d:\d\d）", page)
    assert "未保存，已暂存" in page
    assert "单位简介（未保存）" in folder.get("leaders")
    assert "1 处未保存" in text_of(folder.get("leaders"))


def test_a_draft_is_no_part_of_the_dossier(folder: UnitFolder) -> None:
    folder.post("profile/draft", TYPED)
    with folder.premises.reading() as office:
        case = office.db.get_one(Case, folder.case_id)
        assert casework.find_page(office, case.dossier_id, "profile") is None
    assert "“单位简介”尚未填报" in folder.get("check")


@pytest.mark.requirement("R052")
def test_saving_ends_the_draft(folder: UnitFolder) -> None:
    folder.post("profile/draft", TYPED)
    window = _window(folder.get("profile"))
    assert window == "first"
    assert folder.post("profile", {**TYPED, "window": window}).status_code == 302
    assert _kept(folder) == []
    assert "这里有未保存的内容" not in folder.get("profile")


def test_giving_up_shows_what_was_saved(folder: UnitFolder) -> None:
    folder.post("profile", {**TYPED, "profile": "已保存的简介"})
    folder.post("profile/draft", {**TYPED, "revision": "1"})
    assert folder.post("profile/draft/discard").status_code == 302
    page = folder.get("profile")
    assert "已保存的简介</textarea>" in page
    assert "写了一半" not in page
    assert _kept(folder) == []


def test_nothing_changed_is_no_draft(folder: UnitFolder) -> None:
    folder.post("profile", {**TYPED, "profile": "已保存的简介"})
    folder.post("profile/draft", {**TYPED, "revision": "1"})
    again = {**TYPED, "profile": "已保存的简介", "revision": "1", "step": "2"}
    assert folder.post("profile/draft", again).json["at"] == ""
    assert _kept(folder) == []
    assert folder.post("staff/draft?row=new", {"window": "other"}).json["at"] == ""


def test_a_page_turned_without_a_word_leaves_no_draft(folder: UnitFolder) -> None:
    """Without script the switch sends the form as it stands, with what the office knew."""
    for place in ("application", "leaders", "profile"):
        boxes = re.findall(r"<input(?![^>]*checkbox)[^>]*>", folder.get(place))
        shown = [re.search(r' name="(\w+)".* value="([^"]*)"', box) for box in boxes]
        folder.post(f"{place}/draft", {one[1]: one[2] for one in shown if one} | {"go": "staff"})
        assert _kept(folder) == [], place


def test_what_cannot_be_read_is_kept_as_it_was_typed(folder: UnitFolder) -> None:
    folder.post("unit_basics/draft", {"established_on": "2019-02-30", "window": "w"})
    assert 'value="2019-02-30"' in folder.get("unit_basics")


@pytest.mark.requirement("R070")
@pytest.mark.requirement("R073")
def test_rows_have_drafts_of_their_own(folder: UnitFolder) -> None:
    person = {**PERSON, "id_number": id_number(1)}
    folder.post("staff/draft?row=new", {**person, "school": "未存大学", "window": "new"})
    assert "有一行未保存" in folder.get("staff")
    assert 'value="未存大学"' in folder.get("staff?panel=new")
    folder.post("staff/rows", {**person, "window": "new"})
    assert 'value="未存大学"' not in folder.get("staff?panel=new")
    row = folder.rows("staff")[0]
    place = f"staff/draft?row={row.id}"
    folder.post(place, {**person, "name": "张改", "revision": row.revision, "window": "w"})
    assert 'value="张改"' in folder.get(f"staff?panel={row.id}")
    assert folder.rows("staff")[0].label == "张三"
    folder.post(f"staff/rows/{row.id}/remove", {"confirmed": "yes"})
    assert _kept(folder) == []


def test_a_draft_of_another_window_survives_a_save_and_both_are_shown(folder: UnitFolder) -> None:
    """The newer typing never overwrites in silence what was saved meanwhile."""
    folder.post("profile/draft", {**TYPED, "window": "second"})
    folder.post("profile", {**TYPED, "profile": "第一个窗口保存的", "window": "first"})
    page = folder.get("profile")
    assert "写了一半的简介</textarea>" in page
    assert "这一页之后又被保存过" in page
    assert "单位简介 第一个窗口保存的" in text_of(page)


def test_an_earlier_message_of_a_window_does_not_undo_a_later_one(folder: UnitFolder) -> None:
    folder.post("profile/draft", {**TYPED, "step": "5", "profile": "后来的"})
    folder.post("profile/draft", {**TYPED, "step": "4", "profile": "先前的"})
    assert "后来的</textarea>" in folder.get("profile")


def test_a_refused_page_is_kept_too(folder: UnitFolder) -> None:
    posted = {"contact_name": "欧阳", "contact_mobile": "123", "revision": 0, "window": "w"}
    assert folder.post("application", posted).status_code == 422
    page = folder.get("application")
    assert 'value="123"' in page
    assert "这里有未保存的内容" in page
    project = {**PROJECT, "amount": "一百万", "window": "w"}
    assert folder.post("projects/rows", project).status_code == 422
    assert 'value="一百万"' in folder.get("projects?panel=new")


@pytest.mark.requirement("R141")
def test_without_script_the_switch_keeps_the_words_first(folder: UnitFolder) -> None:
    page = folder.get("profile")
    assert re.search(r'<button[^>]*form="unsaved-form"[^>]*formaction="[^"]*/profile/draft"', page)
    moved = folder.post("profile/draft", {**TYPED, "go": "leaders"})
    assert moved.headers["Location"].endswith(folder.url("leaders"))
    assert "写了一半的简介</textarea>" in folder.get("profile")


def test_submission_asks_what_is_to_become_of_drafts(folder: UnitFolder) -> None:
    folder.fill()
    folder.post("profile/draft", {**TYPED, "revision": "1"})
    refused = folder.post("submit")
    page = text_of(refused.get_data(as_text=True))
    assert refused.status_code == 422
    assert "没有提交：还有未保存的内容" in page
    assert "单位简介" in page
    assert folder.case().submitted_at is None
    given_up = {"drafts": "discard"}
    assert handed_in(folder.client, folder.url("submit"), given_up).status_code == 302
    assert folder.case().submitted_at is not None
    assert _kept(folder) == []


def test_nobody_else_sees_or_writes_a_draft(
    app: Flask, client: FlaskClient, login: Login, folder: UnitFolder
) -> None:
    folder.post("profile/draft", TYPED)
    _colleague(folder)
    login(client, "colleague")
    assert "写了一半" not in folder.get("profile")
    check = folder.get("check")
    assert "写了一半" not in check
    assert "只有本人能看到" in check
    for username in ("unit_b", "city_window", "auditor"):
        login(client, username)
        for place in ("profile/draft", "profile/draft/discard"):
            assert folder.post(place, TYPED).status_code in {403, 404}, username
        assert "写了一半" not in client.get(folder.url("profile")).get_data(as_text=True)
    assert [one.values["typed"] for one in _kept(folder)] == [{"profile": ["写了一半的简介"]}]


def _colleague(folder: UnitFolder) -> None:
    """A second account of the same unit."""
    with folder.premises.transaction() as office:
        known = office.db.get_one(Account, folder.account_id)
        columns = {c.key for c in Account.__table__.columns} - {"id", "username", "name"}
        values = {name: getattr(known, name) for name in columns}
        account = Account(username="colleague", name="同事", **values)
        grant = next(iter(known.grants))
        account.grants.append(type(grant)(role=grant.role))
        office.db.add(account)


def test_drafts_end_with_the_work(folder: UnitFolder) -> None:
    folder.post("profile/draft", TYPED)
    chosen = {"case": folder.number, "confirmed": "yes"}
    assert folder.client.post("/work/delete", data=chosen).status_code == 302
    assert _kept(folder) == []


def test_nothing_is_kept_once_the_dossier_is_handed_in(folder: UnitFolder) -> None:
    folder.fill()
    handed_in(folder.client, folder.url("submit"))
    assert folder.post("profile/draft", TYPED).status_code == 409
    assert _kept(folder) == []


@pytest.mark.parametrize(
    ("place", "words", "status"),
    [
        ("profile/draft", {**TYPED, "profile": "字" * 60_001}, 413),
        ("profile/draft?row=new", TYPED, 404),
        ("staff/draft", PERSON, 404),
        ("staff/draft?row=99999", PERSON, 404),
        ("staff/draft?row=1e3", PERSON, 404),
        ("nonsense/draft", TYPED, 404),
    ],
)
def test_a_draft_has_its_size_and_its_place(
    folder: UnitFolder, place: str, words: dict[str, str], status: int
) -> None:
    assert folder.post(place, words).status_code == status
    assert _kept(folder) == []


def test_only_the_form_s_own_fields_are_kept(folder: UnitFolder) -> None:
    folder.post("profile/draft", {**TYPED, "csrf_token": "t", "go_on": "x", "held": "y"})
    assert set(_kept(folder)[0].values["typed"]) == {"profile"}


OURS = {"Origin": "http://localhost"}


def _lose_session(folder: UnitFolder) -> None:
    with folder.client.session_transaction() as session:
        session.clear()


def _held(answer: Any) -> str:
    found = re.search(r'name="held" value="([^"]+)"', answer.get_data(as_text=True))
    assert found
    return html.unescape(found[1])


def test_a_form_sent_after_the_session_ended_is_refilled_after_the_login(
    folder: UnitFolder,
) -> None:
    _lose_session(folder)
    answer = folder.client.post(folder.url("profile"), data=TYPED, headers=OURS)
    assert answer.status_code == 401
    assert "登录后回到原来的页面，您填写的内容仍在" in answer.get_data(as_text=True)
    wrong = {"username": "unit_ready", "password": "wrong-Word-1", "held": _held(answer)}
    again = folder.client.post("/login", data=wrong)
    assert again.status_code == 422
    right = {"username": "unit_ready", "password": "Demo-2026!", "held": _held(again)}
    entered = folder.client.post("/login", data=right)
    assert entered.headers["Location"].endswith(folder.url("profile"))
    page = folder.get("profile")
    assert "写了一半的简介</textarea>" in page
    assert "您刚才填写的内容还在" in page


def test_the_words_of_one_unit_do_not_reach_another(folder: UnitFolder) -> None:
    _lose_session(folder)
    answer = folder.client.post(folder.url("profile"), data=TYPED, headers=OURS)
    other = {"username": "unit_b", "password": "Demo-2026!", "held": _held(answer)}
    entered = folder.client.post("/login", data=other)
    assert folder.url("profile") not in entered.headers["Location"]
    assert _kept(folder) == []


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://elsewhere.example"}])
def test_a_page_of_another_site_makes_nothing_wait(
    folder: UnitFolder, origin: dict[str, str]
) -> None:
    _lose_session(folder)
    answer = folder.client.post(folder.url("profile"), data=TYPED, headers=origin)
    assert answer.status_code == 401
    assert "held" not in answer.get_data(as_text=True)


def test_a_forged_token_keeps_nothing(folder: UnitFolder) -> None:
    assert folder.client.post("/held", data={"held": "forged"}).status_code == 404
    assert _kept(folder) == []


def test_a_page_older_than_the_login_goes_on_with_its_words(app: Flask, folder: UnitFolder) -> None:
    """Logged out and in again in another window: the token of the page left open is refused."""
    app.config["WTF_CSRF_ENABLED"] = True
    answer = folder.client.post(folder.url("profile"), data=TYPED, headers=OURS)
    app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "您填写的内容还在" in answer.get_data(as_text=True)
    going_on = folder.client.post("/held", data={"held": _held(answer)})
    assert going_on.headers["Location"].endswith(folder.url("profile"))
    assert "写了一半的简介</textarea>" in folder.get("profile")
