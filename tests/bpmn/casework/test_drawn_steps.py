"""A step that only the diagram knows: its form, its buttons, its own limit; on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.casework.calendar_changes import confirm_change, propose_change
from bpmn.casework.deciding import decide, decision_form
from bpmn.casework.diagrams import files_digest
from bpmn.casework.minutes import minutes_of
from bpmn.casework.recalculation import look_on
from bpmn.casework.story import story_of
from models import DiagramVersion, Task
from models.calendar import end_of_day
from tests import builders
from tests.bpmn.diagrams.legal_review import with_legal_review
from tests.walks.desk import Desk

BEFORE = ("submit", "accept", "grant", "agree")
ANSWERS = {
    "drawn_basis": "行政许可法第三十四条",
    "drawn_risk": "低",
    "drawn_files": "12",
    "opinion": "同意",
    "outcome": "pass",
}


@pytest.fixture
def desk(db, monkeypatch):
    files = {name: content.decode() for name, content in with_legal_review().items()}
    shipped = builders._shipped_versions

    def edited():
        return [
            {**one, "files": files, "sha256": files_digest(with_legal_review())}
            if one["matter"] == builders.MATTER.key
            else one
            for one in shipped()
        ]

    monkeypatch.setattr(builders, "_shipped_versions", edited)
    casework.forget_diagrams()
    desk = Desk(db, certificate_type="class_b")
    desk.take(BEFORE)
    yield desk
    casework.forget_diagrams()


def posted(desk, **changes):
    task = desk.open_task()
    given = {key: value for key, value in {**ANSWERS, **changes}.items() if value is not None}
    return decide(desk.office(desk._actor(task)), task.id, builders.MATTER.pages, given)


def test_the_form_and_its_buttons_come_from_the_diagram(desk):
    task = desk.open_task()
    form = decision_form(desk.office(), task, desk.case, builders.MATTER.pages)

    assert (task.name, task.form, task.role) == ("法制审核", "drawn", "checker")
    assert [field.label.text for field in form] == [
        "办理结果",
        "意见",
        "审核依据",
        "法律风险",
        "核对文件数",
    ]
    assert dict(form.handed["outcomes"]) == {"pass": "审核通过", "return": "退回经办修改"}


def test_officers_and_the_papers_read_what_was_told(desk):
    posted(desk)

    (line,) = [
        one for one in story_of(desk.office(), desk.case, names=True) if one.outcome == "审核通过"
    ]

    assert line.text == "同意\n审核依据：行政许可法第三十四条\n法律风险：低\n核对文件数：12"


@pytest.mark.parametrize(
    ("fault", "field", "sentence"),
    [
        ({"drawn_basis": ""}, "drawn_basis", "请填写"),
        ({"drawn_risk": "极高"}, "drawn_risk", "请在所列的选项中选择"),
        ({"drawn_risk": None}, "drawn_risk", "请"),
        ({"drawn_files": "许多"}, "drawn_files", "整数"),
        ({"outcome": "refuse"}, "outcome", "请在所列的选项中选择"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_kept(desk, fault, field, sentence):
    form = posted(desk, **fault)

    assert [name for name, found in form.errors.items() if found] == [field]
    assert sentence in str(form.errors[field][0])
    assert desk.open_task().name == "法制审核"
    assert form["opinion"].data == "同意"


def test_the_case_goes_on_over_the_step_to_its_certificate(desk):
    assert not posted(desk).errors

    desk.db.flush()
    desk.take(["wait", "grant"])
    assert (desk.case.ended or "").startswith("granted")
    told = [one for one in minutes_of(desk.office(), desk.case) if one.title == "法制审核"]
    assert [(one.outcome, dict(one.facts)) for one in told] == [
        (
            "审核通过",
            {
                "意见": "同意",
                "审核依据": "行政许可法第三十四条",
                "法律风险": "低",
                "核对文件数": "12",
            },
        )
    ]


def test_the_loop_of_the_step_goes_back_to_the_reviewer(desk):
    assert not posted(desk, outcome="return").errors
    assert desk.open_task().name == "经办审查"


def test_the_step_is_due_by_its_own_limit_and_follows_the_calendar(desk):
    # Opened on Friday 20 November 2026: three working days end with Wednesday the 25th.
    assert desk.open_task().due_at == end_of_day(date(2026, 11, 25))

    holiday = {"day": "2026-11-24", "worked": False, "name": "示例", "source": "示例通知"}
    change = propose_change(desk.office(), "示例", [holiday])
    for confirm in (False, True):
        if confirm:
            confirm_change(desk.office(), change.id)
        while look_on(desk.office(), change.id):
            desk.db.flush()
    desk.db.expire_all()
    assert desk.open_task().due_at == end_of_day(date(2026, 11, 26))


def test_nothing_drawn_can_stand_for_an_answer_that_an_operation_reads(desk):
    assert not posted(desk).errors
    version = desk.db.scalars(
        select(DiagramVersion).where(DiagramVersion.id == desk.case.diagram_version_id)
    ).one()
    fields = casework.load_diagram(desk.office(), version.id).words.user_tasks
    drawn = {field.name for task in fields.values() for field in task.fields}
    assert drawn == {"basis", "risk", "files"}
    kept = desk.db.scalars(
        select(Task.submission).where(Task.name == "法制审核", Task.closed_by.is_not(None))
    ).one()
    assert not drawn & kept.keys()
