"""From a draft to the newest version over two administrators' desks, page by page."""

import re
from contextlib import nullcontext

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.casework import newest_version
from bpmn.casework.deploying import require_sound
from bpmn.errors import DiagramRejected, Problem, ProposalRefused
from models import Account, Case, DiagramProposal, DiagramVersion, Event
from tests.conftest import Login
from tests.webapp.studio_office import MATTER, a_draft, api, premises_of, read

MAIN = "diagram.bpmn"
NOTE = {"note": "增加说明文字，依据内部规程第三条。"}
VERSIONS = f"/admin/diagrams/{MATTER}"


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


@pytest.fixture
def second(app: Flask, login: Login) -> FlaskClient:
    return login(app.test_client(), "admin_2")


def a_changed_draft(app: Flask, admin: FlaskClient) -> int:
    """A draft that differs in one name from the version in force, and is sound."""
    draft_id = a_draft(app)
    text = read(admin, draft_id)["files"][MAIN]
    changed = text.replace('name="换发', 'name="重新换发', 1)
    assert changed != text
    saved = admin.post(api(draft_id, "files"), json={"revision": 1, "files": {MAIN: changed}})
    assert saved.json["problems"] == []
    return draft_id


def proposed(app: Flask, admin: FlaskClient) -> str:
    """The address of an open proposal."""
    draft_id = a_changed_draft(app, admin)
    answer = admin.post(api(draft_id, "propose"), data=NOTE)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def versions_of(app: Flask) -> list[DiagramVersion]:
    with premises_of(app).reading() as office:
        query = select(DiagramVersion).where(DiagramVersion.matter == MATTER)
        return list(office.db.scalars(query.order_by(DiagramVersion.number)))


def test_what_one_proposes_the_other_deploys(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    address = proposed(app, admin)
    assert len(versions_of(app)) == 1
    own = admin.get(address).text
    assert "须由您之外的另一位管理员决定" in own
    assert "同意并部署" not in own
    assert "等待决定" in second.get("/admin/diagrams").text
    assert "有一项部署申请等待决定" in second.get(VERSIONS).text
    seen = second.get(address).text
    for words in ("管理员", NOTE["note"], "全部通过", "重新换发", MAIN, "同意并部署"):
        assert words in seen
    assert second.post(address, data={"outcome": "consented"}).status_code == 302
    first, newest = versions_of(app)
    with premises_of(app).reading() as office:
        people = dict(office.db.execute(select(Account.id, Account.username)).all())
        assert (people[newest.author_id], people[newest.consented_by]) == ("admin", "admin_2")
    assert newest.note == NOTE["note"]
    assert "重新换发" in newest.files[MAIN]
    page = admin.get(VERSIONS).text
    for words in ("第 2 版", "管理员二", NOTE["note"], "恢复"):
        assert words in page
    assert "有一项部署申请等待决定" not in page
    assert first.files != newest.files


def test_the_trail_says_who_proposed_and_who_deployed(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    second.post(proposed(app, admin), data={"outcome": "consented"})
    with premises_of(app).reading() as office:
        found = select(Event.kind, Event.actor_name, Event.detail).where(Event.stream == "office")
        proposed_by, deployed_by = office.db.execute(found.order_by(Event.position)).all()[-2:]
    assert tuple(proposed_by)[:2] == ("diagram_proposed", "管理员")
    assert tuple(deployed_by)[:2] == ("diagram_deployed", "管理员二")
    assert deployed_by.detail == {"title": "换发证书", "version": "2", "reason": NOTE["note"]}


def test_a_remark_with_the_consent_is_kept(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    address = proposed(app, admin)
    second.post(address, data={"outcome": "consented", "reason": "依据充分。"})
    assert "依据充分。" in admin.get(address).text
    assert "依据充分。" in admin.get(f"{VERSIONS}/proposals").text


def test_nobody_consents_to_their_own(app: Flask, admin: FlaskClient) -> None:
    answer = admin.post(proposed(app, admin), data={"outcome": "consented"})
    assert answer.status_code == 403
    assert "另一位管理员" in answer.text
    assert len(versions_of(app)) == 1


def test_a_refusal_wants_a_reason_and_keeps_the_draft(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    address = proposed(app, admin)
    silent = second.post(address, data={"outcome": "declined"})
    assert silent.status_code == 422
    assert "请写明不同意的理由" in silent.text
    said = {"outcome": "declined", "reason": "名称不规范。"}
    assert second.post(address, data=said).status_code == 302
    assert len(versions_of(app)) == 1
    seen = admin.get(address).text
    assert "不同意" in seen
    assert "名称不规范。" in seen
    assert "试画" in admin.get(f"{VERSIONS}/edit").text
    assert "名称不规范。" in admin.get(f"{VERSIONS}/proposals").text


def test_who_proposed_may_withdraw_and_nobody_else(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    address = proposed(app, admin)
    assert second.post(address, data={"outcome": "withdrawn"}).status_code == 409
    assert admin.post(address, data={"outcome": "withdrawn"}).status_code == 302
    late = second.post(address, data={"outcome": "consented"})
    assert late.status_code == 409
    assert "已由管理员办理" in late.text
    assert len(versions_of(app)) == 1


def test_a_faulty_draft_is_not_proposed(app: Flask, admin: FlaskClient) -> None:
    draft_id = a_draft(app)
    text = read(admin, draft_id)["files"][MAIN]
    wrong = text.replace('id="reissue_certificate"', 'id="no_such_operation"')
    admin.post(api(draft_id, "files"), json={"revision": 1, "files": {MAIN: wrong}})
    page = admin.get(api(draft_id, "propose")).text
    assert "改好之前不能部署" in page
    assert "no_such_operation" in page
    answer = admin.post(api(draft_id, "propose"), data=NOTE)
    assert answer.status_code == 422
    assert "不能部署" in answer.text
    with premises_of(app).reading() as office:
        assert office.db.scalar(select(DiagramProposal.id)) is None


def test_the_same_files_and_a_missing_note_are_refused(app: Flask, admin: FlaskClient) -> None:
    same = a_draft(app)
    assert "完全相同" in admin.get(api(same, "propose")).text
    assert admin.post(api(same, "propose"), data=NOTE).status_code == 409
    silent = admin.post(api(a_changed_draft(app, admin), "propose"), data={"note": " "})
    assert silent.status_code == 422
    assert "部署说明" in silent.text


def test_a_second_proposal_waits_for_the_first(app: Flask, admin: FlaskClient) -> None:
    address, other = proposed(app, admin), a_changed_draft(app, admin)
    assert address in admin.get(api(other, "propose")).text
    answer = admin.post(api(other, "propose"), data=NOTE)
    assert answer.status_code == 409
    assert "已有一项部署申请" in answer.text


def test_a_draft_of_an_older_version_must_be_compared_first(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    late = a_changed_draft(app, admin)
    text = read(admin, late)["files"][MAIN].replace("重新换发", "再次换发")
    admin.post(api(late, "files"), json={"revision": 2, "files": {MAIN: text}})
    second.post(proposed(app, admin), data={"outcome": "consented"})
    refused = admin.post(api(late, "propose"), data=NOTE)
    assert refused.status_code == 409
    assert "已有新版本：第 2 版" in refused.text
    assert admin.post(api(late, "bring-up")).status_code == 302
    answer = admin.post(api(late, "propose"), data=NOTE)
    second.post(answer.headers["Location"], data={"outcome": "consented"})
    assert "再次换发" in versions_of(app)[-1].files[MAIN]
    assert len(versions_of(app)) == 3


def test_rolling_back_takes_two_as_well(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    second.post(proposed(app, admin), data={"outcome": "consented"})
    assert "申请恢复第 1 版" in second.get(f"{VERSIONS}/versions/1/restore").text
    assert second.get(f"{VERSIONS}/versions/2/restore").status_code == 404
    why = {"note": "改后的名称引起误解，恢复原样。"}
    answer = second.post(f"{VERSIONS}/versions/1/restore", data=why)
    assert answer.status_code == 303
    assert second.post(answer.headers["Location"], data={"outcome": "consented"}).status_code == 403
    assert admin.post(answer.headers["Location"], data={"outcome": "consented"}).status_code == 302
    first, _changed, newest = versions_of(app)
    assert newest.files == first.files
    assert newest.restores_id == first.id
    assert "恢复第 1 版" in admin.get(VERSIONS).text


def test_an_office_with_one_administrator_is_told_what_to_do(
    app: Flask, admin: FlaskClient
) -> None:
    with premises_of(app).transaction() as office:
        office.db.scalars(select(Account).where(Account.username == "admin_2")).one().active = False
    page = admin.get(api(a_changed_draft(app, admin), "propose")).text
    assert "现在只有您一位管理员" in page
    assert re.search(r'href="/admin/users/[a-z]+"', page)


def test_new_cases_begin_on_the_newest_and_the_others_keep_theirs(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    with premises_of(app).reading() as office:
        query = select(Case.id, Case.diagram_version_id)
        before = dict(office.db.execute(query).all())
    second.post(proposed(app, admin), data={"outcome": "consented"})
    with premises_of(app).reading() as office:
        assert dict(office.db.execute(query).all()) == before
        assert newest_version(office, MATTER).number == 2


FAULT = Problem("step", "走不到这里", MAIN, rule="graph")
UNPROVED = Problem(None, "没有推演完", MAIN, rule="soundness", undecided=True)


@pytest.mark.parametrize(
    ("problems", "waiver", "refusal"),
    [
        ((), "", None),
        ((), "多余的理由", None),
        ((UNPROVED,), "逐条走查过", None),
        ((UNPROVED,), "", ProposalRefused),
        ((FAULT,), "逐条走查过", DiagramRejected),
        ((FAULT, UNPROVED), "逐条走查过", DiagramRejected),
    ],
)
def test_a_signature_stands_for_what_is_undecided_and_for_no_fault(
    problems: tuple[Problem, ...], waiver: str, refusal: type[Exception] | None
) -> None:
    with pytest.raises(refusal) if refusal else nullcontext():
        require_sound(problems, waiver)


def test_the_signed_reason_is_shown_to_the_second_and_kept_with_the_version(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    address = proposed(app, admin)
    with premises_of(app).transaction() as office:
        office.db.scalars(select(DiagramProposal)).one().waiver = "只改了名称，逐条走查过。"
    assert "只改了名称，逐条走查过。" in second.get(address).text
    second.post(address, data={"outcome": "consented"})
    assert versions_of(app)[-1].waiver == "只改了名称，逐条走查过。"
    assert "只改了名称，逐条走查过。" in admin.get(VERSIONS).text


def test_a_fault_that_comes_between_the_two_is_found_at_the_consent(
    app: Flask, admin: FlaskClient, second: FlaskClient
) -> None:
    """Since the proposal the office has lost its last people but one."""
    address = proposed(app, admin)
    with premises_of(app).transaction() as office:
        for account in office.db.scalars(select(Account).where(Account.authority_id.is_not(None))):
            account.active = account.username == "city_window"
    refused = second.post(address, data={"outcome": "consented"})
    assert refused.status_code == 422
    assert "改好之前不能部署" in refused.text
    assert len(versions_of(app)) == 1
