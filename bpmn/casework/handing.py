"""What the form of a task chooses from, read from its case: people of the organ, days, experts."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from bpmn.casework.rights import EXPERT, OFFICER_ROLES
from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.clocks import ledger_of
from bpmn.operations.objections import open_objections
from certificates.law import law
from forms import form_for
from forms.base import Choices
from models import Account, AccountRole, Case, Task
from models.calendar import office_date
from models.clock import read_clock


def choices_for(office: Office, case: Case, wanted: Collection[str]) -> dict[str, Choices]:
    """Each of the wanted choices by its name; values are account ids or names of days."""
    return {name: _CHOICES[name](office, case) for name in wanted}


def _officers(office: Office, case: Case) -> Choices:
    """Who works at the case's organ."""
    grants = select(AccountRole.account_id).where(AccountRole.role.in_(OFFICER_ROLES))
    query = select(Account).where(
        Account.authority_id == case.authority_id, Account.active, Account.id.in_(grants)
    )
    return _people(office, query)


def _reviewers(office: Office, case: Case) -> Choices:
    """Who has examined this application, and who is at it now."""
    query = select(Task.closed_by, Task.form).where(
        Task.case_id == case.id, Task.closed_by.is_not(None)
    )
    found = {
        by
        for by, form in office.db.execute(query)
        if by is not None and getattr(form_for(form), "examines", False)
    }
    return [(str(by), "") for by in sorted(found | {office.actor_id or 0})]


def _experts(office: Office, case: Case) -> Choices:
    grants = select(AccountRole.account_id).where(AccountRole.role == EXPERT)
    return _people(office, select(Account).where(Account.active, Account.id.in_(grants)))


def _hearing_days(office: Office, case: Case) -> Choices:
    """The first and the last day on which the hearing may be held, in ISO form (Art. 47, 48)."""
    notice = int(law()["hearing_notice_working_days"]["value"])
    first = office.calendar.deadline(office.now, notice)
    clock = read_clock("hearing", ledger_of(office, case), office.calendar)
    last = clock.last_moment if clock else first
    return [("first", _day_before(first)), ("last", office_date(last).isoformat())]


def _hearing_arranged(office: Office, case: Case) -> Choices:
    """The day of which the unit was told, in ISO form; a hearing is not held before it."""
    day = latest_answers(office, case, "hearing_on").get("hearing_on")
    return [("day", str(day))] if day else []


def _objections(office: Office, case: Case) -> Choices:
    """What was received on the case's notices and has no answer yet."""
    return [(str(one.id), one.number) for one in open_objections(office, case.id)]


def _day_before(midnight: datetime) -> str:
    """The day that a deadline ends."""
    return office_date(midnight - timedelta(seconds=1)).isoformat()


def _people(office: Office, query: Select[Account]) -> Choices:
    found = office.db.scalars(query.order_by(Account.id))
    return [(str(account.id), account.name) for account in found]


_CHOICES: dict[str, Callable[[Office, Case], Choices]] = {
    "officers": _officers,
    "reviewers": _reviewers,
    "experts": _experts,
    "hearing_days": _hearing_days,
    "hearing_arranged": _hearing_arranged,
    "objections": _objections,
}
