"""The kinds of work: make a document, send a message, wake a case, move cases on.

Each says which rows want it and does it for one of them. Doing it twice changes nothing: the end
is an update guarded by what the row still wants.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, literal, select, update

from bpmn import casework
from bpmn.casework import migrations, revocations
from bpmn.casework.recalculation import changes_under_way, look_on
from bpmn.casework.replay_asking import replays_under_way
from bpmn.casework.replay_runs import keep_batch, next_batch
from bpmn.casework.step_counting import count_next_day, days_to_count
from bpmn.office import Office
from models import (
    Account,
    Authority,
    CalendarChange,
    Case,
    Document,
    Message,
    Migration,
    Objection,
    Replay,
)
from models.jobs import may_try
from models.papers import PENDING
from webapp.jobs.attempts import finish
from webapp.jobs.mail import send_mail
from webapp.jobs.papers import issue_paper
from webapp.offices import Premises
from webapp.storage import FileStore

QUEUED, SENT, KEPT = "queued", "sent", "kept"
AT_A_TIME = 10.0
"""Seconds of one long piece of work before the worker looks at what else is wanted."""
BREATH = 0.02
"""Seconds between two batches in which another writer takes its turn (SQLite has one at a time)."""


@dataclass(frozen=True)
class JobKind:
    """`wanted` gives the ids of the rows, the oldest first; `perform` does one of them."""

    name: str
    wanted: Callable[[Office], Select[int]]
    perform: Callable[[Premises, FileStore, int], None]


def _pending_documents(office: Office) -> Select[int]:
    wanted = Document.status == PENDING, may_try("document", Document.id, office.now)
    return select(Document.id).where(*wanted).order_by(Document.id)


def _queued_messages(office: Office) -> Select[int]:
    wanted = Message.status == QUEUED, may_try("message", Message.id, office.now)
    return select(Message.id).where(*wanted).order_by(Message.id)


def send_message(premises: Premises, _store: FileStore, message_id: int) -> None:
    """Mail a message where the unit has an address; it can be read in the account either way.

    Mail cannot be undone: a worker killed between mailing and noting it mails again, under the
    same Message-ID, which mail programs show once.
    """
    with premises.reading() as office:
        message = office.db.get(Message, message_id)
        address = _address_of(office, message) if message is not None else ""
    if message is None or message.status != QUEUED:
        return
    mailed = send_mail(premises.settings, message_id, address, message.subject, message.body)
    with premises.transaction() as office:
        office.db.execute(
            update(Message)
            .where(Message.id == message_id, Message.status == QUEUED)
            .values(status=SENT if mailed else KEPT)
        )
        finish(office, "message", message_id)


def _address_of(office: Office, message: Message) -> str:
    if message.objection_id is not None:
        contact = office.db.get_one(Objection, message.objection_id).contact
        return next((way for way in contact.split("、") if "@" in way), "")
    if message.authority_id is not None:
        return office.db.get_one(Authority, message.authority_id).email
    query = select(Account.email).where(
        Account.unit_id == message.unit_id, Account.active, Account.email != ""
    )
    return office.db.scalar(query.order_by(Account.id).limit(1)) or ""


def _due_cases(office: Office) -> Select[int]:
    wanted = Case.wake_at <= office.now, may_try("case", Case.id, office.now)
    return select(Case.id).where(*wanted).order_by(Case.wake_at)


def wake_case(premises: Premises, _store: FileStore, case_id: int) -> None:
    """Let a case's due timers fire, in one transaction."""
    with premises.transaction() as office:
        casework.wake_case(office, case_id)
        finish(office, "case", case_id)


def _idle_conflicts(office: Office) -> Select[int]:
    wanted = may_try("conflict", Case.id, office.now)
    return casework.idle_conflicts().where(wanted).order_by(Case.id)


def settle_conflict(premises: Premises, _store: FileStore, case_id: int) -> None:
    """Let a conflict that lost its object come to its end, in one transaction."""
    with premises.transaction() as office:
        casework.settle_idle_conflict(office, case_id)
        finish(office, "conflict", case_id)


def _calendar_changes(office: Office) -> Select[int]:
    wanted = may_try("calendar", CalendarChange.id, office.now)
    return changes_under_way().where(wanted).order_by(CalendarChange.id)


def move_dates(premises: Premises, _store: FileStore, change_id: int) -> None:
    """Go on with a change of the calendar for a while, a batch of cases in each transaction."""
    _for_a_while(premises, lambda office: look_on(office, change_id))
    with premises.transaction() as office:
        finish(office, "calendar", change_id)


def _for_a_while(premises: Premises, go_on: Callable[[Office], bool]) -> None:
    """One transaction after another, until there is nothing left or others want their turn."""
    end = time.monotonic() + AT_A_TIME
    goes_on = True
    while goes_on and time.monotonic() < end:
        with premises.transaction() as office:
            goes_on = go_on(office)
        time.sleep(BREATH)


def _migrations(office: Office) -> Select[int]:
    wanted = may_try("migration", Migration.id, office.now)
    return migrations.migrations_under_way().where(wanted).order_by(Migration.id)


def move_cases(premises: Premises, _store: FileStore, migration_id: int) -> None:
    """Look at the cases of a migration, a batch at a time, or move them, each in a transaction."""
    _for_a_while(premises, lambda office: migrations.go_on(office, migration_id))
    with premises.transaction() as office:
        finish(office, "migration", migration_id)


def _replays(office: Office) -> Select[int]:
    wanted = may_try("replay", Replay.id, office.now)
    return replays_under_way().where(wanted).order_by(Replay.id)


def play_on(premises: Premises, _store: FileStore, replay_id: int) -> None:
    """Go on with a replay for a while: play a batch holding nothing, then add it to the figures."""
    end = time.monotonic() + AT_A_TIME
    goes_on = True
    while goes_on and time.monotonic() < end:
        with premises.reading() as office:
            batch = next_batch(office, replay_id)
        if batch is None:
            break
        with premises.transaction() as office:
            goes_on = keep_batch(office, batch)
    with premises.transaction() as office:
        finish(office, "replay", replay_id)


def _baseless_cases(office: Office) -> Select[int]:
    wanted = may_try("baseless", Case.id, office.now)
    return revocations.baseless_cases().where(wanted).order_by(Case.id)


def stop_baseless(premises: Premises, _store: FileStore, case_id: int) -> None:
    """Terminate an application whose certificate has ended, in one transaction."""
    with premises.transaction() as office:
        revocations.stop_baseless_case(office, case_id)
        finish(office, "baseless", case_id)


def _days_to_count(office: Office) -> Select[int]:
    held = may_try("steps", literal(1), office.now)
    return days_to_count(office).where(held)


def count_steps(premises: Premises, _store: FileStore, subject: int) -> None:
    """Count the steps of days that are over, for a while, a day in each transaction."""
    end = time.monotonic() + AT_A_TIME
    goes_on = True
    while goes_on and time.monotonic() < end:
        with premises.transaction() as office:
            goes_on = count_next_day(office)
    with premises.transaction() as office:
        finish(office, "steps", subject)


KINDS: Mapping[str, JobKind] = {
    kind.name: kind
    for kind in (
        JobKind("calendar", _calendar_changes, move_dates),
        JobKind("baseless", _baseless_cases, stop_baseless),
        JobKind("case", _due_cases, wake_case),
        JobKind("conflict", _idle_conflicts, settle_conflict),
        JobKind("migration", _migrations, move_cases),
        JobKind("document", _pending_documents, issue_paper),
        JobKind("message", _queued_messages, send_message),
        JobKind("steps", _days_to_count, count_steps),
        JobKind("replay", _replays, play_on),
    )
}
"""In the order of a sweep: what a woken case wants is found by the next one."""
