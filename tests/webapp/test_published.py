"""What was published: its paper, its place in the case and the list, and how it is said to end."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from models import Case, Document, Notice
from tests.conftest import Login
from tests.webapp.public_case import TO_NOTICE, PublicCase
from webapp.offices import Premises


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def case(premises: Premises) -> PublicCase:
    case = PublicCase(premises)
    case.take(TO_NOTICE)
    return case


def address(case: PublicCase) -> str:
    return f"/notices/{case.notice().id}"


@pytest.mark.requirement("R304")
@pytest.mark.requirement("R307")
def test_the_case_and_its_trace_lead_to_notice_and_announcement(
    client: FlaskClient, login: Login, case: PublicCase
) -> None:
    case.take(["wait", "grant"])
    login(client, "unit_ready")
    trace = client.get(f"/cases/{case.number}/trace").get_data(as_text=True)
    for words in ("流程跟踪-公示", "流程跟踪-公告", "公示审查意见", "公示结束，没有异议成立"):
        assert words in trace
    for page in (trace, client.get(f"/cases/{case.number}").get_data(as_text=True)):
        for kind in ("notice", "announcement"):
            assert f'href="/notices/{case.notice(kind).id}"' in page


def test_anyone_downloads_the_paper_of_a_notice_and_no_other(
    app: Flask, client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    path = f"{address(case)}.pdf"
    assert client.get(path).status_code == 202
    with premises.transaction() as office:
        query = select(Document).where(Document.number == case.notice().number)
        paper = office.db.scalars(query).one()
        digest = app.extensions["files"].put(b"%PDF-1.7 paper")
        paper.status, paper.digest, paper.issued_at = "issued", digest, office.now
        other = case.document("acceptance_notice").number
    answer = client.get(path)
    assert answer.data == b"%PDF-1.7 paper"
    assert answer.mimetype == "application/pdf"
    with premises.transaction() as office:
        office.db.get_one(Notice, case.notice().id).number = other
    assert client.get(path).status_code == 404
    assert client.get("/notices/999.pdf").status_code == 404


def test_the_paper_of_a_notice_names_no_person(case: PublicCase, premises: Premises) -> None:
    with premises.reading() as office:
        query = select(Document).where(Document.number == case.notice().number)
        told = str(office.db.scalars(query).one().facts) + str(case.notice().facts)
    for secret in ("秘密人", "内部意见", "示例路", "市乙"):
        assert secret not in told


@pytest.mark.requirement("R306")
def test_the_list_is_narrowed_by_organ_matter_and_year(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    title, organ = case.notice().title, case.notice().authority_id
    for query, shown in {
        f"organ={organ}": True,
        f"organ={organ + 1}": False,
        "matter=qualification_application": True,
        "matter=renewal": False,
        "year=2026": True,
        "year=2025": False,
        "year=99999": False,
        f"organ={organ}&matter=qualification_application&year=2026&q=周原": True,
    }.items():
        assert (title in client.get(f"/notices?{query}").get_data(as_text=True)) == shown, query


def test_a_withdrawn_case_says_that_its_notice_ended_and_why(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    with premises.transaction(case.applicant_id) as office:
        found = office.db.get_one(Case, case.id)
        casework.stop_case(office, found, "withdrawn", "内部原因不公开")
    page = client.get(address(case)).get_data(as_text=True)
    assert "公示终止：申请单位撤回申请" in page
    assert "内部原因" not in page


def test_the_shown_end_follows_the_ledger(
    client: FlaskClient, case: PublicCase, premises: Premises
) -> None:
    """A notice published for another day than the calendar says now tells both."""
    with premises.transaction() as office:
        notice = office.db.get_one(Notice, case.notice().id)
        assert notice.until is not None
        notice.until -= timedelta(days=1)
    assert "截止日期随之调整" in client.get(address(case)).get_data(as_text=True)
