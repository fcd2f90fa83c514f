"""工作日历: a change is looked at over all open cases, confirmed, and then moves their dates."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from bpmn.casework.calendar_changes import confirm_change, propose_change
from bpmn.casework.recalculation import look_on
from models import CalendarChange, CalendarDay, CalendarMove, Case, ClockEntry, Message, Task
from models.calendar import end_of_day
from models.clock import START, read_clock
from tests.conftest import Login
from webapp.jobs.work import perform, wanted
from webapp.offices import Premises
from webapp.storage import FileStore

HEAD = "date,worked,name,source\n"
YEAR = HEAD + "2027-01-01,0,元旦,示例通知\n2027-01-04,0,元旦,示例通知\n"
LONG_AGO = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
AT = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
"""A Monday: fifteen working days end in a year without a notice."""


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def admin(client: FlaskClient, login: Login) -> FlaskClient:
    return login(client, "admin")


@pytest.fixture
def running(premises: Premises) -> int:
    """The task of an open case whose decision's clock runs into 2027, as no other clock does."""
    with premises.transaction() as office:
        task = office.db.scalars(
            select(Task).join(Case).where(Task.closed_at.is_(None), Task.clock == "decision")
        ).first()
        assert task is not None
        others = update(ClockEntry).where(ClockEntry.case_id != task.case_id)
        office.db.execute(others.values(at=LONG_AGO))
        started = ClockEntry.case_id == task.case_id, ClockEntry.clock == "decision"
        office.db.execute(update(ClockEntry).where(*started).values(at=AT))
        entries = list(office.db.scalars(select(ClockEntry).where(*started)))
        clock = read_clock("decision", entries, office.calendar)
        assert clock is not None
        assert entries[0].kind == START
        task.due_at = clock.due_at
        return task.id


def post_file(admin: FlaskClient, content: bytes) -> Any:
    data = {"file": (BytesIO(content), "2027.csv")}
    return admin.post("/admin/calendar", data=data, content_type="multipart/form-data")


def work(premises: Premises) -> None:
    """Do what calendars want; the papers of the demo may wait."""
    store = FileStore(premises.settings.attachment_url)
    while found := [one for one in wanted(premises, limit=1) if one[0] == "calendar"]:
        assert all(perform(premises, store, *one) for one in found)


def due_of(premises: Premises, task_id: int) -> datetime:
    with premises.reading() as office:
        found: datetime = office.db.get_one(Task, task_id).due_at
        return found


def days_after(premises: Premises) -> Mapping[date, bool]:
    with premises.reading() as office:
        query = select(CalendarDay.day, CalendarDay.worked).where(CalendarDay.day > AT.date())
        return dict(office.db.execute(query).all())


def test_the_forms_stand_beside_the_days_and_every_day_is_seen(admin: FlaskClient) -> None:
    page = admin.get("/admin/calendar?year=2026").get_data(as_text=True)
    assert page.index('href="#load"') < page.index("2026-01-01")
    assert page.index('href="#one-day"') < page.index("2026-01-01")
    assert 'class="with-aside"' in page
    assert 'class="table-frame is-short' in page


def test_a_file_is_looked_at_before_anything_is_written(
    admin: FlaskClient, premises: Premises, running: int
) -> None:
    answer = post_file(admin, YEAR.encode())
    assert answer.status_code == 302
    assert "已核对 0 /" in admin.get(answer.location).get_data(as_text=True)
    work(premises)

    page = admin.get(answer.location).get_data(as_text=True)
    assert "1 件在办办件的期限改变" in page
    assert "2027-01-19（暂按）" in page
    assert "确认写入" in page
    assert due_of(premises, running) == end_of_day(date(2027, 1, 19))
    assert days_after(premises) == {}


def test_when_it_is_confirmed_dates_move_and_those_concerned_are_told(
    admin: FlaskClient, premises: Premises, running: int
) -> None:
    address = post_file(admin, YEAR.encode()).location
    work(premises)
    assert admin.post(f"{address}/confirm").status_code == 302
    work(premises)

    assert due_of(premises, running) == end_of_day(date(2027, 1, 20))
    assert "已完成" in admin.get(address).get_data(as_text=True)
    assert "暂按周末" not in admin.get("/admin/calendar?year=2027").get_data(as_text=True)
    with premises.reading() as office:
        case_id = office.db.get_one(Task, running).case_id
        told = office.db.scalars(
            select(Message).where(Message.subject.contains("重新计算")).order_by(Message.id)
        ).all()
    assert [(one.case_id, bool(one.unit_id)) for one in told] == [(case_id, True), (None, False)]
    assert "决定时限的最后一日由 2027-01-19 改为 2027-01-20" in told[0].body
    assert "1 件在办办件" in told[1].body


def test_one_day_is_changed_and_changed_back(admin: FlaskClient, premises: Premises) -> None:
    day = {"day": "2027-03-01", "name": "示例", "source": "示例通知"}
    for worked, known in (("off", {date(2027, 3, 1): False}), ("weekday", {})):
        answer = admin.post("/admin/calendar/day", data={**day, "worked": worked})
        work(premises)
        assert admin.post(f"{answer.location}/confirm").status_code == 302
        work(premises)
        assert days_after(premises) == known


def test_what_changes_nothing_is_not_proposed(admin: FlaskClient, premises: Premises) -> None:
    day = {"day": "2027-03-01", "worked": "weekday", "source": "示例通知"}
    page = admin.post("/admin/calendar/day", data=day, follow_redirects=True)
    assert "没有需要改动的日子" in page.get_data(as_text=True)
    with premises.reading() as office:
        assert office.db.scalar(select(CalendarChange.id)) is None


@pytest.mark.parametrize("day", ["2027-02-30", "", "x"])
def test_a_wrong_day_is_refused_at_its_place(admin: FlaskClient, day: str) -> None:
    given = {"day": day, "worked": "off", "source": "示例通知"}
    answer = admin.post("/admin/calendar/day", data=given)
    assert answer.status_code == 422
    assert "示例通知" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件中没有日期"),
        (b"\xff\xfe\x00", "UTF-8"),
        ((HEAD + "2027-13-01,0,元旦,甲\n").encode(), "第 2 行"),
        ((HEAD + "2027-01-01,maybe,元旦,甲\n").encode(), "上班"),
        ((HEAD + "2027-01-01,0,元旦,\n").encode(), "来源"),
    ],
)
def test_a_wrong_file_changes_nothing(
    admin: FlaskClient, premises: Premises, content: bytes, sentence: str
) -> None:
    answer = post_file(admin, content)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert days_after(premises) == {}


def test_a_dropped_change_is_gone(admin: FlaskClient, premises: Premises, running: int) -> None:
    address = post_file(admin, YEAR.encode()).location
    work(premises)
    assert admin.post(f"{address}/drop").status_code == 302
    assert admin.get(address).status_code == 404
    assert admin.post(f"{address}/confirm").status_code == 404
    with premises.reading() as office:
        assert office.db.scalar(select(func.count(CalendarMove.id))) == 0


def test_a_preview_that_is_not_finished_or_out_of_date_cannot_be_confirmed(
    admin: FlaskClient, premises: Premises
) -> None:
    first = post_file(admin, YEAR.encode()).location
    assert admin.post(f"{first}/confirm").status_code == 409
    second = post_file(admin, (HEAD + "2027-05-01,0,劳动节,示例通知\n").encode()).location
    work(premises)
    assert admin.post(f"{first}/confirm").status_code == 302
    work(premises)
    answer = admin.post(f"{second}/confirm")
    assert (answer.status_code, "预览已经过时" in answer.get_data(as_text=True)) == (409, True)


def test_a_pass_that_was_cut_off_goes_on_and_tells_nobody_twice(
    premises: Premises, running: int
) -> None:
    day = {"day": "2027-01-04", "worked": False, "name": "", "source": "示例通知"}
    with premises.transaction() as office:
        change = propose_change(office, "一天", [day])
        assert change is not None
    while _look(premises, change.id):
        pass
    with premises.transaction() as office:
        confirm_change(office, change.id)
    rounds = 0
    while _look(premises, change.id):  # one case a batch, each as after a restart
        rounds += 1
        premises.forget_calendar()
    with premises.reading() as office:
        done = office.db.get_one(CalendarChange, change.id)
        told = select(func.count(Message.id)).where(Message.subject == "办理期限重新计算")
        assert (done.status, done.looked, done.moved) == ("done", rounds, 1)
        assert office.db.scalar(told) == 1


def _look(premises: Premises, change_id: int) -> bool:
    with premises.transaction() as office:
        return look_on(office, change_id, batch=1)


def test_a_decision_of_the_same_moment_is_dated_by_the_new_days(premises: Premises) -> None:
    """Another process confirmed: what is written here is counted with its days at once."""
    with premises.reading() as office:
        assert office.calendar.is_worked(date(2027, 1, 4))
    day = {"day": "2027-01-04", "worked": False, "name": "", "source": "示例通知"}
    with premises.transaction() as office:
        change = propose_change(office, "一天", [day])
        assert change is not None
        change.status = "ready"
        confirm_change(office, change.id)
    with premises.transaction() as office:
        assert not office.calendar.is_worked(date(2027, 1, 4))
