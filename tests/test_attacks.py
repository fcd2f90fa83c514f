"""Hostile addresses, fields and files, on both databases: never a fault, never another's record."""

import re
from collections.abc import Iterator, Mapping
from multiprocessing.pool import ThreadPool
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from bpmn.casework.standards import draft_standard
from forms import FORMS
from forms.accounts import ChangePasswordForm, LoginForm, RegisterForm
from forms.administration import AuthorityForm, RolesForm, StaffForm
from forms.cases import AnswerForm, OpenCaseForm, StopForm
from forms.delivery import ConsentForm, DeliveryForm
from forms.help import ContactForm, FeedbackForm, HandledForm
from forms.objections import LookupForm, ObjectionForm, StatementForm
from forms.ratings import AdditionForm, RatingForm
from forms.standards import CELL_FORMS, PublishForm
from forms.wordings import WordingForm
from models import Account, Attachment, Case, Document, DossierRow, Notice, Qualification, Task
from tests.attacked import attacked_app, visit_as
from tests.conftest import POSTGRES_ANSWERS
from tests.studio_records import MATTER, studio_records
from tests.webapp.folder import id_number
from webapp import accounts
from webapp.demo_accounts import DEMO_PASSWORD
from webapp.errors import show_fault
from webapp.offices import Premises
from webapp.passwords import check_password
from webapp.throttle import MOST_BY_NAME, MOST_OBJECTIONS

PEOPLE = ("", "unit_b", "city_window", "admin")
HUGE = (str(2**63), "9" * 5000, "-1")
WORDS = ("x\x00y", "'; DROP TABLE unit; --")
ARGUMENTS = (
    *("page", "sheet", "panel", "saved", "row", "file", "version", "year", "text", "q", "number"),
    *("list", "tab", "status", "element", "due", "view", "stream", "actor", "kind", "since"),
    *("until", "show", "next", "download", "specialty", "within", "own", "organ", "matter"),
    *("period", "province", "old", "new", "like", "draft", "base"),
)
OTHER_FORMS = (
    *(ChangePasswordForm, LoginForm, RegisterForm, AuthorityForm, RolesForm, StaffForm),
    *(ContactForm, FeedbackForm, HandledForm, ConsentForm, DeliveryForm, WordingForm),
    *(AnswerForm, OpenCaseForm, StopForm, PublishForm, *CELL_FORMS.values()),
    *(LookupForm, ObjectionForm, StatementForm, AdditionForm, RatingForm),
)
FORM = "application/x-www-form-urlencoded"
DAYS = ("9999-12-31", "0001-01-01", "2026-02-30", "2026-W01-1")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    if request.param == "postgresql" and not POSTGRES_ANSWERS:
        pytest.skip("PostgreSQL does not answer")
    with attacked_app(request.param, tmp_path_factory.mktemp("attacked")) as app:
        yield app


def premises_of(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture(scope="module")
def samples(attacked: Flask) -> Mapping[str, Any]:
    """What addresses are built of: an open case of the city and what belongs to it."""
    with premises_of(attacked).transaction() as office:
        version = draft_standard(office).number
        case_id = office.db.scalars(
            select(Case.id).where(Case.matter == MATTER, Case.closed_at.is_(None))
        ).first()
        assert case_id is not None
        studio = studio_records(office, case_id)
    with premises_of(attacked).reading() as office:
        db = office.db
        task = db.scalars(
            select(Task)
            .join(Case)
            .where(
                Task.closed_at.is_(None), Task.role == "window", Case.certificate_type == "class_b"
            )
        ).first()
        assert task is not None
        case = db.get_one(Case, task.case_id)
        return {
            "number": case.number,
            "task_id": task.id,
            "attachment_id": db.scalars(
                select(Attachment.id).where(Attachment.dossier_id == case.dossier_id)
            ).first(),
            "document_id": db.scalars(select(Document.id)).first(),
            "notice_id": db.scalars(
                select(Notice.id).where(Notice.kind == "notice").order_by(Notice.id.desc())
            ).first(),
            "account_id": db.scalars(select(Account.id).order_by(Account.id.desc())).first(),
            "file_id": 1,
            "row_id": db.scalars(
                select(DossierRow.id).where(DossierRow.dossier_id == case.dossier_id)
            ).first(),
            "qualification_id": db.scalars(select(Qualification.id)).first(),
            "unit_id": case.unit_id,
            "slug": "faq",
            "province": "61",
            "feedback_id": 1,
            "key": "qualification_application",
            "code": "61",
            "version": version,
            "cell": "specialties.GCCL.B.staff",
            "page": "staff",
            "correction_id": 1,
            "subject_id": 1,
            "contest_id": 1,
            "load_id": 1,
            "import_id": 1,
            "delivery_id": 1,
            "change_id": 1,
            "paper": "grant_decision",
            "kind": "document",
            "token": "unknown",
            "filename": "manifest.json",
            **studio,
            "name": "diagram.bpmn",
        }


def addresses(app: Flask, samples: Mapping[str, Any], method: str) -> list[tuple[str, str]]:
    with app.test_request_context():
        return [
            (rule.endpoint, app.url_for(rule.endpoint, **{n: samples[n] for n in rule.arguments}))
            for rule in app.url_map.iter_rules()
            if method in (rule.methods or ()) and rule.endpoint not in ("static", "health.ready")
        ]


def hostile(app: Flask, samples: Mapping[str, Any], method: str) -> Iterator[str]:
    """Each address with one part after another replaced by something absurd."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            for name in rule.arguments:
                for bad in (*HUGE, *WORDS, ".."):
                    yield _written(rule.rule, {**samples, name: bad})


def _written(rule: str, values: Mapping[str, Any]) -> str:
    """The address of a rule, whatever the rule thinks of the values."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda hit: quote(str(values[hit[1]]), safe=""), rule)


@pytest.mark.parametrize("person", PEOPLE)
def test_no_absurd_address_is_a_fault(
    attacked: Flask, samples: Mapping[str, Any], person: str
) -> None:
    browser = visit_as(attacked, person)
    faults = []
    for method in ("GET", "POST"):
        for path in hostile(attacked, samples, method):
            with browser.open(path, method=method) as answer:
                if answer.status_code >= 500:
                    faults.append((method, path[:80], answer.status_code))
    assert not faults, "\n".join(sorted({str(one) for one in faults}))


@pytest.mark.parametrize("person", PEOPLE)
def test_no_absurd_question_is_a_fault(
    attacked: Flask, samples: Mapping[str, Any], person: str
) -> None:
    browser = visit_as(attacked, person)
    faults = []
    for endpoint, path in addresses(attacked, samples, "GET"):
        for bad in (*HUGE, *WORDS, *DAYS):
            query = "&".join(f"{name}={quote(bad)}" for name in ARGUMENTS)
            with browser.get(f"{path}?{query}") as answer:
                if answer.status_code >= 500:
                    faults.append((endpoint, bad[:30], answer.status_code))
    assert not faults, "\n".join(sorted({str(one) for one in faults}))


ALL_FORMS: Any = (*FORMS.values(), *OTHER_FORMS)
FIELDS = sorted({name for form in ALL_FORMS for name in form()._fields})
BUTTONS = ("answer", "reveal", "case", "list", "remove", "active", "confirmed", "id", "held")
BAD_TEXT = ("长" * 3000, "a\x00b", "9" * 400, "9999-12-31")


@pytest.mark.parametrize("person", ["unit_b", "city_window", "admin"])
@pytest.mark.parametrize("bad", BAD_TEXT, ids=range(len(BAD_TEXT)))
def test_no_absurd_field_is_a_fault(
    attacked: Flask, samples: Mapping[str, Any], person: str, bad: str
) -> None:
    """Every form of the house at once, all of its fields wrong, to every address that takes one."""
    fields = dict.fromkeys((*FIELDS, *BUTTONS), bad)
    fields |= {f"items-0-{name}": bad for name in ("place", "problem", "requirement")}
    fields |= {f"proposals-0-{name}": bad for name in ("specialty", "proposal", "reason")}
    fields |= {f"handled-0-{name}": bad for name in ("objection", "verdict", "reasons")}
    bodies = {one: _body({**fields, one: bad}) for one in ("outcome", "draft", "add")}
    faults = []
    for endpoint, path in addresses(attacked, samples, "POST"):
        browser = visit_as(attacked, person)
        for button in bodies if endpoint == "tasks.decide" else ("outcome",):
            answer = browser.post(path, data=bodies[button], content_type=FORM)
            if answer.status_code >= 500:
                faults.append((endpoint, button, answer.status_code))
    assert not faults, "\n".join(sorted({str(one) for one in faults}))


def _body(fields: Mapping[str, str]) -> bytes:
    """Plain UTF-8: megabytes of %E9%95%BF take longer to write and to read than any answer."""
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode()


MINE = {
    *("accounts.logout", "accounts.password", "messages.read", "work.new", "work.delete"),
    *("accounts.login", "accounts.register", "notices.object", "drafts.resume"),
    *("messages.organ_read", "help.feedback", "deliveries.consent", "objections.find"),
    "paper_checks.check",
    *("wordings.save", "wordings.preview", "wordings.leave"),
}
"""Posts that concern the poster or their own organ alone, or everybody."""


@pytest.mark.parametrize("person", ["unit_b", "ministry_window", "ministry_approver", "expert_1"])
def test_records_of_others_look_absent_to_every_post(
    attacked: Flask, samples: Mapping[str, Any], person: str
) -> None:
    """Forbidden and absent have one face: the same status and, but for the number, page."""
    absent = {name: 987654321 if str(value).isdigit() else value for name, value in samples.items()}
    absent = {**absent, "number": "CH2026987654"}
    browser = visit_as(attacked, person)
    there = dict(addresses(attacked, samples, "POST"))
    for endpoint, path in addresses(attacked, absent, "POST"):
        if endpoint not in MINE:
            found = browser.post(there[endpoint], data={"confirmed": "yes"})
            missed = browser.post(path, data={"confirmed": "yes"})
            assert found.status_code in (403, 404), (endpoint, found.status_code)
            assert found.status_code == missed.status_code, endpoint


def test_of_many_objections_at_once_no_more_come_in_than_one_after_another(
    attacked: Flask, samples: Mapping[str, Any]
) -> None:
    typed = {"name": "王某", "mobile": "13800138000"}

    def send(turn: int) -> int:
        browser = attacked.test_client()
        browser.environ_base = {"REMOTE_ADDR": "192.0.2.1"}
        path = f"/notices/{samples['notice_id']}"
        return browser.post(path, data={**typed, "content": f"第 {turn} 件"}).status_code

    with ThreadPool(10) as pool:
        answers = pool.map(send, range(10))
    assert sorted(answers) == [302] * MOST_OBJECTIONS + [429] * (10 - MOST_OBJECTIONS)


def test_of_many_guesses_at_once_no_more_are_looked_at_than_one_after_another(
    attacked: Flask, samples: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each guess counts before its password is looked at, which takes long."""
    looked_at = []

    def look(known: str | None, typed: str) -> bool:
        looked_at.append(typed)
        sleep(0.3)
        return check_password(known, typed)

    monkeypatch.setattr(accounts, "check_password", look)

    def guess(turn: int) -> int:
        browser = attacked.test_client()
        browser.environ_base = {"REMOTE_ADDR": f"192.0.2.{turn + 1}"}
        typed = {"username": "city_checker", "password": f"guess {turn}"}
        return browser.post("/login", data=typed).status_code

    with ThreadPool(MOST_BY_NAME + 3) as pool:
        answers = pool.map(guess, range(MOST_BY_NAME + 3))
    assert set(answers) <= {422, 429}
    assert answers.count(422) == len(looked_at) <= MOST_BY_NAME
    right = {"username": "city_reviewer", "password": DEMO_PASSWORD}
    for _turn in range(MOST_BY_NAME + 1):  # Who is right is counted for nothing.
        assert attacked.test_client().post("/login", data=right).status_code == 302


def test_a_fault_of_the_database_tells_the_log_no_parameters(
    attacked: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    secret = id_number(1)
    with attacked.test_request_context("/"):
        try:
            with premises_of(attacked).reading() as office:
                office.db.execute(text("SELECT * FROM nowhere WHERE x = :x"), {"x": secret})
        except DatabaseError as error:
            show_fault(error)
    assert "nowhere" in caplog.text
    assert secret not in caplog.text
