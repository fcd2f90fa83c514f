"""预览文书: exactly what the decision would issue, marked as void, and nothing is used up by it."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from bpmn import casework
from bpmn.casework import previewing
from bpmn.errors import NotPermitted, TaskDone
from bpmn.matters import MATTERS
from models import Base, Document, Task
from models.settings import Sequence
from tests.conftest import Login
from tests.webapp.live import LiveOffice
from tests.webapp.officers import open_task, words
from tests.webapp.public_case import PublicCase
from webapp.offices import Premises

TO_DECIDE = ("submit", "accept", "grant", "agree", "wait")
GRANT = {"outcome": "grant", "granted": ["GCCL"], "opinion": "同意。", "reasons": ""}
PAGES = MATTERS["qualification_application"].pages


def everything(premises: Premises) -> Mapping[str, Any]:
    """Every row of every table."""
    with premises.reading() as office:
        return {
            table.name: office.db.execute(select(table).order_by(*table.primary_key)).all()
            for table in Base.metadata.sorted_tables
        }


def open_task_of(premises: Premises, case_id: int) -> Task:
    with premises.reading() as office:
        query = select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
        return office.db.scalars(query).one()


def undecided(live: LiveOffice, applicant: int) -> int:
    case_id = live.open_case(applicant)
    for outcome in (None, "accept", "grant", "agree"):
        live.decide(case_id, outcome)
    live.let_days_pass(10)
    with live.premises.transaction() as office:
        casework.wake_case(office, case_id)
    return case_id


def rehearsed(live: LiveOffice, task: Task, role: str = "approver", **changed: Any) -> Any:
    posted = MultiDict({**GRANT, **changed})
    with live.premises.rehearsal(live.officers[role]) as office:
        return previewing.rehearse(office, task.id, PAGES, posted)


@pytest.mark.requirement("R304")
def test_a_preview_leaves_nothing_behind_and_is_what_is_issued(live: LiveOffice) -> None:
    case_id = undecided(live, live.applicants[0])
    task = open_task_of(live.premises, case_id)
    before = everything(live.premises)

    drafts = rehearsed(live, task, opinion="意见").drafts

    assert everything(live.premises) == before
    live.decide(case_id, "grant")
    with live.premises.reading() as office:
        query = select(Document).where(Document.case_id == case_id).order_by(Document.id)
        known = {row.id for row in before["document"]}
        issued = [one for one in office.db.scalars(query) if one.id not in known]
    assert [draft.kind for draft in drafts] == [document.kind for document in issued]
    for draft, document in zip(drafts, issued, strict=True):
        seen, printed = _to_the_day(draft.facts), _to_the_day(document.facts)
        differ = {key for key, told in printed.items() if seen[key] != told}
        assert differ <= {"document_number", "certificate_number", "verify_url", "listed"}
        assert "5001" not in str(draft.facts)  # of the certificate's number, wherever it stands
    assert drafts[0].facts["document_number"].endswith("〕预览号")
    numbers = {draft.facts.get("certificate_number", "乙测资字预览号") for draft in drafts}
    assert numbers == {"乙测资字预览号"}
    assert all(draft.facts["verify_url"].endswith("/verify/preview") for draft in drafts)


def _to_the_day(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts without the minutes at which steps were signed: a preview is some minutes older."""
    steps = [{**step, "at": step["at"][:10]} for step in facts.get("steps", [])]
    return {**facts, "steps": steps}


def test_a_wrong_form_is_told_and_no_paper_made(live: LiveOffice) -> None:
    task = open_task_of(live.premises, undecided(live, live.applicants[0]))
    before = everything(live.premises)
    found = rehearsed(live, task, outcome="refuse", granted=[])
    assert found.form.errors
    assert found.drafts == ()
    assert everything(live.premises) == before


def test_who_may_not_decide_may_not_preview(live: LiveOffice) -> None:
    case_id = undecided(live, live.applicants[0])
    task = open_task_of(live.premises, case_id)
    with pytest.raises(NotPermitted):
        rehearsed(live, task, role="window")
    live.decide(case_id, "grant")
    with pytest.raises(TaskDone):
        rehearsed(live, task)


def fail_after_numbering(live: LiveOffice, task: Task) -> None:
    with live.premises.transaction(live.officers["approver"]) as office:
        previewing.decide(office, task.id, PAGES, MultiDict(GRANT))
        1 / 0  # noqa: B018


def test_numbers_have_no_gap_after_previews_and_failures(live: LiveOffice) -> None:
    first, second = (undecided(live, applicant) for applicant in live.applicants[:2])
    for _turn in range(3):
        rehearsed(live, open_task_of(live.premises, first))
    with pytest.raises(ZeroDivisionError):
        fail_after_numbering(live, open_task_of(live.premises, first))
    with ThreadPoolExecutor(2) as people:  # both at once
        list(people.map(lambda case_id: live.decide(case_id, "grant"), (second, first)))
    with live.premises.reading() as office:
        query = select(Document.number).where(Document.kind == "grant_decision")
        numbers = sorted(office.db.scalars(query))
        counters = dict(office.db.execute(select(Sequence.name, Sequence.value)).all())
    assert [number.partition("〕")[2] for number in numbers] == ["1号", "2号"]
    assert [value for name, value in counters.items() if ":准:" in name] == [2]


@pytest.fixture
def case(app: Flask) -> PublicCase:
    found = PublicCase(app.extensions["premises"])
    found.take(TO_DECIDE)
    return found


def preview(client: FlaskClient, case: PublicCase, **changed: Any) -> Any:
    task = open_task_of(case.premises, case.id)
    return client.post(f"/tasks/{task.id}/preview", data={**GRANT, **changed})


def test_the_approver_sees_decision_and_certificates_as_one_file(
    client: FlaskClient, login: Login, case: PublicCase
) -> None:
    before = everything(case.premises)
    answer = preview(login(client, "city_approver"), case)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pdf = PdfReader(BytesIO(answer.data))
    titles = {entry.title for entry in pdf.outline}  # type: ignore[union-attr]
    assert titles >= {"准予行政许可决定书", "测绘资质证书（正本）", "测绘资质证书（副本）"}
    for page in pdf.pages:
        assert "预览·未生效" in page.extract_text()
    assert "预览号" in pdf.pages[0].extract_text()
    assert everything(case.premises) == before


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"outcome": "refuse", "granted": []}, 422, "请关闭本页"),
        ({"outcome": "nonsense"}, 422, "请关闭本页"),
        ({"granted": []}, 422, "请关闭本页"),
    ],
)
def test_errors_are_told_beside_the_form_that_stays(
    client: FlaskClient,
    login: Login,
    case: PublicCase,
    changed: dict[str, Any],
    status: int,
    sentence: str,
) -> None:
    answer = preview(login(client, "city_approver"), case, **changed)
    assert answer.status_code == status
    assert sentence in words(answer)


@pytest.mark.parametrize(
    ("username", "status"),
    [("city_window", 403), ("ministry_approver", 404), ("unit_ready", 403), ("admin", 403)],
)
def test_a_preview_is_for_who_may_decide(
    client: FlaskClient, login: Login, case: PublicCase, username: str, status: int
) -> None:
    assert preview(login(client, username), case).status_code == status


def test_only_outcomes_that_lead_to_papers_offer_a_preview(
    app: Flask, client: FlaskClient, login: Login, case: PublicCase
) -> None:
    task = open_task_of(case.premises, case.id)
    assert {"准予", "不予"} <= offered(login(client, "city_approver"), task.id)
    review = open_task(app, "review_application", free=True)
    assert "拟准予" not in offered(login(client, "city_reviewer"), review)


def offered(officer: FlaskClient, task_id: int) -> set[str]:
    """The outcomes that can be previewed on the page of a task."""
    page = officer.get(f"/tasks/{task_id}").get_data(as_text=True)
    button = rf'formaction="/tasks/{task_id}/preview" formtarget="_blank"[^>]*>预览文书：([^<]+)<'
    return set(re.findall(button, page))
