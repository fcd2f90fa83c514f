"""推演 and 符合性 as the administrator uses them, with the work behind them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bpmn.casework import drawing_up
from bpmn.casework.replay_asking import Wanted, ask_conformance, ask_what_if
from bpmn.casework.replay_figures import read_figures
from bpmn.casework.replay_runs import keep_batch, next_batch
from bpmn.casework.stand_in import Assumption
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Case, DiagramVersion, Replay
from models.calendar import office_date
from tests.bpmn.casework.edited import KEY, files_of, with_legal_review
from tests.conftest import Login
from tests.webapp.studio_office import premises_of
from webapp.jobs.work import perform
from webapp.jobs.work import wanted as wanted_work
from webapp.storage import FileStore

ADDRESS = f"/admin/diagrams/{KEY}"
ASSUMED = {"legal_review": Assumption(3)}


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


def wanted(office: Office, matter: str = KEY, most: int = 1000) -> Wanted:
    today = office_date(office.now)
    return Wanted(matter, today - timedelta(days=4000), today, most=most)


def a_draft(app: Flask, files: dict[str, str]) -> int:
    with premises_of(app).transaction() as office:
        query = select(DiagramVersion).where(DiagramVersion.matter == KEY)
        base = office.db.scalars(query).first()
        assert base is not None
        return drawing_up.begin_diagram_draft(office, base, "加法制审核", files).id


def a_replay(app: Flask, files: dict[str, str], most: int = 1000) -> int:
    with premises_of(app).transaction() as office:
        named = {"title": "试", "source": "draft-1", "sha256": "0" * 64}
        return ask_what_if(office, wanted(office, most=most), files, ASSUMED, **named).id


def worked(app: Flask) -> None:
    """What the worker does for replays, until none wants more; nothing of the rest of the demo."""
    premises = premises_of(app)
    store = FileStore(premises.settings.attachment_url)
    while asked := [one for kind, one in wanted_work(premises) if kind == "replay"]:
        for replay_id in asked:
            assert perform(premises, store, "replay", replay_id)


def closed_cases(app: Flask, matter: str = KEY) -> int:
    with premises_of(app).reading() as office:
        query = select(func.count()).where(Case.closed_at.is_not(None), Case.matter == matter)
        return office.db.scalar(query) or 0


def found(app: Flask, replay_id: int) -> Replay:
    with premises_of(app).reading() as office:
        return office.db.get_one(Replay, replay_id)


def test_every_closed_case_of_the_demo_conforms(app: Flask) -> None:
    with premises_of(app).transaction() as office:
        asked = {key: ask_conformance(office, wanted(office, key)).id for key in MATTERS}
    worked(app)
    for key, replay_id in asked.items():
        replay = found(app, replay_id)
        assert replay.status == "done"
        assert replay.found.get("sound", 0) == closed_cases(app, key), replay.found
    assert closed_cases(app) > 3


def test_nothing_changes_on_the_same_diagram(app: Flask) -> None:
    replay_id = a_replay(app, files_of())
    worked(app)
    answer = read_figures(found(app, replay_id).found)
    assert (answer.same, answer.other, answer.blocked) == (closed_cases(app), 0, 0)
    for pair in (*answer.ends, *answer.tasks, *answer.days, answer.median, answer.late):
        assert pair.change == 0


def test_a_new_step_costs_its_days_and_is_somebodys_work(app: Flask) -> None:
    replay_id = a_replay(app, with_legal_review())
    worked(app)
    answer = read_figures(found(app, replay_id).found)
    checker = {pair.name: pair for pair in answer.tasks}["checker"]
    days = {pair.name: pair for pair in answer.days}["checker"]
    assert answer.other == checker.change == checker.before > 0
    assert days.change == 3 * checker.change
    assert answer.median.change == 3


def test_a_replay_in_batches_is_the_same_and_goes_on_where_it_stood(app: Flask) -> None:
    whole, parts, slow = (a_replay(app, with_legal_review()) for _n in range(3))
    premises = premises_of(app)
    for replay_id, size, seconds in ((whole, 1000, 100), (parts, 2, 100), (slow, 1000, 0)):
        goes_on = True
        while goes_on:
            with premises.reading() as office:
                batch = next_batch(office, replay_id, size, seconds)
            assert batch is not None
            assert seconds > 0 or len(batch.cases) == 1, "others wait for no more than one case"
            for _twice in range(2):  # a worker that was thought dead adds nothing
                with premises.transaction() as office:
                    goes_on = keep_batch(office, batch)
    assert found(app, parts).found == found(app, slow).found == found(app, whole).found
    assert found(app, parts).looked == closed_cases(app)


def test_only_the_newest_are_played_and_the_page_says_so(app: Flask, admin: FlaskClient) -> None:
    replay_id = a_replay(app, files_of(), most=2)
    worked(app)
    page = admin.get(f"{ADDRESS}/replays/{replay_id}").get_data(as_text=True)
    assert f"这段时间共办结 {closed_cases(app)} 件，只推演最近办结的 2 件。" in page


def test_an_administrator_asks_waits_and_reads(app: Flask, admin: FlaskClient) -> None:
    draft = a_draft(app, with_legal_review())
    page = admin.get(f"{ADDRESS}/replay?draft={draft}").get_data(as_text=True)
    assert "新环节的假设" in page
    assert "法制审核" in page
    form = {"target": f"draft-{draft}", "since": "2016-01-01", "days.legal_review": "2"}
    begun = admin.post(f"{ADDRESS}/replay", data=form)
    assert begun.status_code == 303
    assert "正在推演" in admin.get(begun.location).get_data(as_text=True)
    worked(app)
    page = admin.get(begun.location).get_data(as_text=True)
    assert "件会走另一条路" in page
    (assumed,) = re.findall(r'id="assumed".*?</section>', page, re.DOTALL)
    cells = re.findall(r">([^<>]+)<", assumed)
    assert {"法制审核", "审查", "复核", "2", "通向当时下一步的那个结果"} <= set(cells)
    assert "流程图上的办理时限" not in cells, "it says 3; 2 was typed"
    (load,) = re.findall(r'id="load".*?</section>', page, re.DOTALL)
    assert "复核、法制审核" in load or "法制审核、复核" in load
    told = "“复核：同意”之后，原来是“公示期满”，推演是“法制审核：通过”"
    assert told in page
    link = re.search(rf'href="({ADDRESS}/replays/\d+/cases/CH\d+)"', page)
    assert link is not None
    both = admin.get(link[1]).get_data(as_text=True)
    assert "法制审核：通过" in both
    assert "复核：同意" in both


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"target": ""}, "请选择要推演的流程图。"),
        ({"target": "draft-999999"}, "请选择要推演的流程图。"),
        ({"target": "version-x"}, "请选择要推演的流程图。"),
        ({"target": "version-1", "since": "昨天"}, "日期应写成 2026-11-20 的形式。"),
        ({"target": "version-1", "since": "0001-01-01"}, "年份应在 1900 至 2100 之间。"),
        ({"target": "version-1", "until": "9999-12-31"}, "年份应在 1900 至 2100 之间。"),
        (
            {"target": "version-1", "since": "2026-02-01", "until": "2026-01-01"},
            "起始日期不能晚于截止日期。",
        ),
        ({"target": "version-1", "most": "0"}, "请填写 1 到 1000000 的整数。"),
        ({"target": "version-1", "most": "多"}, "请填写 1 到 1000000 的整数。"),
        ({"target": "version-1", "most": "000000001" + "9" * 9}, "请填写 1 到 1000000 的整数。"),
    ],
)
def test_wrong_questions_are_refused_in_words(
    admin: FlaskClient, form: dict[str, str], sentence: str
) -> None:
    answer = admin.post(f"{ADDRESS}/replay", data=form)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_draft_that_cannot_run_is_refused(app: Flask, admin: FlaskClient) -> None:
    draft = a_draft(app, files_of("review.bpmn", 'check == "agree"', "check =="))
    answer = admin.post(f"{ADDRESS}/replay", data={"target": f"draft-{draft}"})
    assert answer.status_code == 422
    assert "这张流程图还不能运行：" in answer.get_data(as_text=True)


def test_a_step_without_days_is_asked_for(app: Flask, admin: FlaskClient) -> None:
    files = with_legal_review()
    given = '<spiffworkflow:property name="days" value="3" />'
    files["review.bpmn"] = files["review.bpmn"].replace(given, "")
    draft = a_draft(app, files)
    answer = admin.post(f"{ADDRESS}/replay", data={"target": f"draft-{draft}"})
    assert answer.status_code == 422
    assert "”的预计用时：请填写 0 到 250 的整数。" in answer.get_data(as_text=True)


def test_a_replay_can_be_stopped(app: Flask, admin: FlaskClient) -> None:
    replay_id = a_replay(app, files_of())
    admin.post(f"{ADDRESS}/replays/{replay_id}/stop")
    worked(app)
    assert (found(app, replay_id).status, found(app, replay_id).looked) == ("dropped", 0)


def test_conformance_is_asked_for_and_kept(app: Flask, admin: FlaskClient) -> None:
    assert "还没有核对过" in admin.get(f"{ADDRESS}/conformance").get_data(as_text=True)
    admin.post(f"{ADDRESS}/conformance", data={"since": "2016-01-01"})
    with premises_of(app).transaction() as office:
        query = select(Case).where(Case.closed_at.is_not(None), Case.matter == KEY)
        case = office.db.scalars(query).first()
        assert case is not None
        case.ended, number = "nowhere", case.number
    worked(app)
    page = admin.get(f"{ADDRESS}/conformance").get_data(as_text=True)
    assert "1 件与流程图或记录不一致" in page
    assert number in page
    assert f"/cases/{number}" not in page, "the case is not the administrator's to open"


@pytest.mark.parametrize(
    "path", ["/replays/999", "/replays/999/cases/CH2026000001", "/replays/999/stop"]
)
def test_an_unknown_replay_is_not_found(admin: FlaskClient, path: str) -> None:
    ask = admin.post if path.endswith("stop") else admin.get
    assert ask(ADDRESS + path).status_code == 404
