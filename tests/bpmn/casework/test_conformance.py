"""Conformance finds whatever is changed in one of a closed case's records, and names it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bpmn import engine
from bpmn.casework.conformance import contradiction, read_witnesses
from bpmn.casework.replaying import CLOSED, course_of_version, read_closed
from bpmn.casework.running import load_diagram
from models import Case, ClockEntry, Event, Task
from tests.walks.desk import GRANTED, Desk


@pytest.fixture
def desk(db) -> Desk:
    desk = Desk(db, certificate_type="class_b")
    for word in GRANTED:
        desk.take([word])
        desk.now += timedelta(hours=5)
    return desk


def judged(desk: Desk) -> str:
    desk.db.expire_all()
    office = desk.office()
    rows = desk.db.execute(select(*CLOSED).where(Case.id == desk.case.id)).all()
    (case,) = read_closed(office, rows)
    witness = read_witnesses(office, [case])[case.id]
    return contradiction(office, case, course_of_version(office, case.version_id), witness)


def change(desk: Desk, table: Any, condition: Any, **values: Any) -> None:
    changed = desk.db.execute(update(table).where(condition).values(**values))
    assert changed.rowcount >= 1


def test_a_sound_case_conforms(desk):
    assert judged(desk) == ""


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("outcome", "任务“经办审查”：办理结果与流程状态不一致。"),
        ("opened_at", "任务“经办审查”：开始时间与流程状态不一致。"),
        ("closed_at", "任务“经办审查”：办结时间与流程状态不一致。"),
        ("closed_by", "任务“经办审查”：是否有人办理与流程状态不一致。"),
        ("element", "任务“经办审查”：登记的环节与流程状态不一致。"),
    ],
)
def test_a_changed_task_is_named(desk, column, wrong):
    known = {
        "outcome": "refuse",
        "opened_at": desk.now - timedelta(days=99),
        "closed_at": desk.now + timedelta(days=9),
        "closed_by": None,
        "element": "check_review",
    }
    change(
        desk,
        Task,
        (Task.case_id == desk.case.id) & (Task.name == "经办审查"),
        **{column: known[column]},
    )
    assert judged(desk) == wrong


def test_a_task_that_no_engine_opened_is_named(desk):
    query = select(Task).where(Task.case_id == desk.case.id, Task.name == "经办审查")
    desk.db.scalars(query).one().engine_id = "0000-9999"
    desk.db.flush()
    assert judged(desk) == "任务“经办审查”：流程状态中没有。"


def test_a_missing_task_is_named(desk):
    query = select(Task).where(Task.case_id == desk.case.id, Task.name == "经办审查")
    desk.db.delete(desk.db.scalars(query).one())
    desk.db.flush()
    assert judged(desk) == "流程状态中的环节“经办审查”没有任务记录。"


def test_a_changed_event_is_named(desk):
    change(
        desk,
        Event,
        (Event.stream == desk.case.number) & (Event.position == 3),
        detail={"authority": "另一机关"},
    )
    assert judged(desk) == "第 3 条办理记录的校验值不对。"


def test_a_changed_clock_is_named(desk):
    entries = (ClockEntry.case_id == desk.case.id) & (ClockEntry.clock == "decision")
    change(desk, ClockEntry, entries & (ClockEntry.kind == "start"), working_days=40)
    assert judged(desk) == "时限记录与按流程图重放的不一致。"


def test_a_changed_end_is_named(desk):
    change(desk, Case, Case.id == desk.case.id, ended="refused_city")
    assert re.fullmatch("办件登记的终点“不予.*”不是流程状态的终点“.*”。", judged(desk))


def test_a_changed_closing_time_is_named(desk):
    change(desk, Case, Case.id == desk.case.id, closed_at=desk.now + timedelta(days=3))
    assert judged(desk) == "办件登记的办结时间与流程状态不一致。"


def test_the_state_of_another_case_is_named(desk):
    """A state that another way through the same diagram left."""
    loaded = load_diagram(desk.office(), desk.case.diagram_version_id)
    host = engine.Host(desk.now, {}, lambda name, given: {})
    other = engine.start(loaded.compiled, {"case_id": "1"}, host)
    change(desk, Case, Case.id == desk.case.id, state=other.state)
    assert judged(desk) != ""


def test_a_state_that_cannot_be_read_is_named(desk):
    change(desk, Case, Case.id == desk.case.id, state=b"nothing")
    assert judged(desk) == "流程状态读不出来，或者不是这一版流程图的。"
