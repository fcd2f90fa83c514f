"""迁移: the demo office's open cases are looked at, chosen, moved by the worker, and put back."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.casework import migrations
from models import Case, CaseMove, DiagramVersion, Event, Migration
from tests.conftest import Login
from tests.edited_diagrams import Edit, another_version, with_legal_review
from webapp.jobs.work import perform
from webapp.offices import Premises
from webapp.storage import FileStore

MATTER = "qualification_application"
HERE = f"/admin/diagrams/{MATTER}/migrate"


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


def deploy(premises: Premises, edit: Edit) -> int:
    with premises.transaction() as office:
        return another_version(office.db, edit, at=office.now).number


def work(premises: Premises, address: str) -> None:
    store = FileStore(premises.settings.attachment_url)
    assert perform(premises, store, "migration", number_in(address))


def number_in(address: str) -> int:
    return int(address.rpartition("/")[2])


def looked(admin: FlaskClient, premises: Premises, **fields: Any) -> str:
    address = admin.post(HERE, data=fields).location
    assert "正在预览" in admin.get(address).text
    work(premises, address)
    return str(address)


def moves(premises: Premises, address: str, *verdicts: str) -> Sequence[CaseMove]:
    with premises.reading() as office:
        query = select(CaseMove).where(CaseMove.migration_id == number_in(address))
        if verdicts:
            query = query.where(CaseMove.verdict.in_(verdicts))
        return office.db.scalars(query.order_by(CaseMove.case_id)).all()


def version_of(premises: Premises, case_id: int) -> int:
    with premises.reading() as office:
        case = office.db.get_one(Case, case_id)
        return office.db.get_one(DiagramVersion, case.diagram_version_id).number


def test_every_open_case_moves_and_goes_back(admin, premises):
    assert "没有。全部在办件都在现行的第 1 版上。" in admin.get(HERE).text
    deploy(premises, with_legal_review)
    assert "预览迁移到第 2 版" in admin.get(HERE).text

    address = looked(admin, premises)
    seen = admin.get(address).text
    assert "可以迁移" in seen
    assert "确认迁移" in seen
    fit = moves(premises, address, "fit")
    assert len(fit) > 3

    answer = admin.post(f"{address}/confirm", data={"which": "all", "note": "增加法制审核"})
    assert answer.status_code == 302
    work(premises, address)

    done = moves(premises, address)
    assert {move.verdict for move in done} == {"moved"}
    assert all(version_of(premises, move.case_id) == 2 for move in done)
    seen = admin.get(address).text
    assert "增加法制审核" in seen
    assert "撤销迁移" in seen

    first = done[0]
    asked = admin.post(f"/admin/diagrams/moves/{first.id}/undo")
    assert "退回原来的版本" in asked.text
    assert version_of(premises, first.case_id) == 2
    admin.post(f"/admin/diagrams/moves/{first.id}/undo", data={"confirmed": "yes"})
    assert version_of(premises, first.case_id) == 1
    assert "已撤销" in admin.get(address).text


def test_only_the_ticked_move(admin, premises):
    deploy(premises, with_legal_review)
    address = looked(admin, premises)
    one, *others = moves(premises, address, "fit")

    admin.post(f"{address}/confirm", data={"which": "ticked", "note": "试一件", "move": [one.id]})
    work(premises, address)

    assert version_of(premises, one.case_id) == 2
    assert {version_of(premises, move.case_id) for move in others} == {1}


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"which": "all", "note": ""}, 422, "迁移说明"),
        ({"which": "everything", "note": "x"}, 422, "迁移哪些办件"),
        ({"which": "ticked", "note": "x"}, 409, "没有选中可以迁移的办件"),
        ({"which": "ticked", "note": "x", "move": ["-1", "abc", "9" * 30]}, 409, "没有选中"),
        ({"which": "ticked", "note": "x", "move": ["1"] * 51}, 400, "错误 400"),
    ],
)
def test_what_is_missing_is_said_and_nothing_moves(admin, premises, fields, status, words):
    deploy(premises, with_legal_review)
    address = looked(admin, premises)

    answer = admin.post(f"{address}/confirm", data=fields)

    assert answer.status_code == status
    assert words in answer.text
    assert {move.verdict for move in moves(premises, address)} == {"fit"}


def test_the_list_is_filtered_by_verdict_and_reason(admin, premises):
    deploy(premises, with_legal_review)
    address = looked(admin, premises)

    assert "共 0 条" not in admin.get(f"{address}?verdict=fit").text
    assert "CH2026" not in admin.get(f"{address}?verdict=unfit&reason=gone").text
    assert "CH2026" in admin.get(f"{address}?verdict=nonsense&reason=%27").text


def test_a_draft_is_previewed_and_cannot_be_confirmed(admin, premises):
    begun = admin.post(f"/admin/diagrams/{MATTER}/drafts", data={"name": "试", "base": "1"})
    draft = int(begun.location.rpartition("draft=")[2])
    assert "草稿还没有上线，只能预览" in admin.get(f"{HERE}?draft={draft}").text

    address = looked(admin, premises, draft=draft)

    assert "可以迁移" in admin.get(address).text
    assert "确认迁移" not in admin.get(address).text
    answer = admin.post(f"{address}/confirm", data={"which": "all", "note": "x"})
    assert answer.status_code == 409
    assert "草稿还没有上线" in answer.text


def test_a_dropped_preview_is_gone(admin, premises):
    deploy(premises, with_legal_review)
    address = looked(admin, premises)

    admin.post(f"{address}/drop")

    assert admin.get(address).status_code == 404
    assert moves(premises, address) == []
    assert "还没有" in admin.get(HERE).text


def test_work_that_was_cut_off_goes_on_where_it_stood(admin, premises):
    """Killed after any transaction: what was moved stays moved, once, and the rest follows."""
    deploy(premises, with_legal_review)
    address = str(admin.post(HERE).location)
    with premises.transaction() as office:
        assert migrations.go_on(office, number_in(address), batch=2)
    work(premises, address)
    found = moves(premises, address)
    assert len({move.case_id for move in found}) == len(found)
    admin.post(f"{address}/confirm", data={"which": "all", "note": "x"})
    with premises.transaction() as office:
        assert migrations.go_on(office, number_in(address))
    assert len(moves(premises, address, "moved")) == 1

    work(premises, address)

    assert {move.verdict for move in moves(premises, address)} == {"moved"}
    with premises.reading() as office:
        told = select(Event).where(Event.kind == "migrated")
        assert len(office.db.scalars(told).all()) == len(found)
        assert office.db.get_one(Migration, number_in(address)).status == "done"
