"""The facts of 审查意见表 (policy §9, 9): who signed what in a case, for the organ alone.

Here and not among the operations, because the words of steps and outcomes are the diagram's.
"""

from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.rights import UNIT_ROLES
from bpmn.casework.story import Line, story_of
from bpmn.office import Office
from bpmn.operations.clocks import ledger_of
from bpmn.operations.facts import Facts, facts_for
from models import Case, Notice, Objection
from models.calendar import OFFICE_ZONE, office_date
from models.clock import days_used, read_clock

_ROLES = {
    "window": _("受理"),
    "reviewer": _("经办"),
    "checker": _("复核"),
    "approver": _("签发"),
    "expert": _("专家"),
}


@facts_for("approval_form")
def _form(office: Office, case: Case) -> Facts:
    signed = [line for line in story_of(office, case, names=True) if _is_signed(line)]
    return {
        "steps": [_step(line) for line in signed],
        "objections": _objections(office, case),
        "used": _used(office, case),
    }


def _is_signed(line: Line) -> bool:
    """A step that a person of the organ completed; what an event took away nobody signed."""
    return bool(line.person and line.until and line.role and line.role not in UNIT_ROLES)


def _step(line: Line) -> dict[str, str]:
    return {
        "step": line.title,
        "role": _ROLES.get(line.role, line.role),
        "signer": line.person,
        "at": _moment(line),
        "result": line.outcome or _("完成"),
        "opinion": line.text or _("无"),
    }


def _moment(line: Line) -> str:
    return (line.until or line.since).astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


def _objections(office: Office, case: Case) -> list[dict[str, str]]:
    """By number and answer: who objected is not the case's business any more."""
    query = select(Objection).join(Notice).where(Notice.case_id == case.id)
    return [
        {
            "number": one.number,
            "received": office_date(one.received_at).isoformat(),
            "answer": one.answer or _("尚未答复"),
        }
        for one in office.db.scalars(query.order_by(Objection.id))
    ]


def _used(office: Office, case: Case) -> str:
    """The working days that the decision took, without those that the law does not count."""
    entries = [entry for entry in ledger_of(office, case) if entry.clock == "decision"]
    clock = read_clock("decision", entries, office.calendar)
    if clock is None:
        return _("未起算决定时限")
    run = [entry for entry in entries if entry.at >= clock.started_at]
    until = clock.finished_at or office.legal_now
    words = _("决定时限 {limit} 个工作日，自 {since} 起算，已用 {used} 个工作日")
    return words.format(
        limit=clock.working_days,
        since=office_date(clock.started_at).isoformat(),
        used=days_used(run, until, office.calendar),
    )
