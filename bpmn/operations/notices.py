"""Operations on public notices (公示) and announcements (公告): published once, as it was.

What is published stands in its paper too, which anyone may download.
"""

from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import func, select

from bpmn.office import Office
from bpmn.operations.answers import specialties_of
from bpmn.operations.clocks import finish_clock, ledger_of, start_clock
from bpmn.operations.documents import issue_paper
from bpmn.operations.facts import case_authority, names_of, paper_facts, valid_qualification
from bpmn.operations.objections import drop_open_objections, require_answers
from bpmn.operations.registry import ANY, Variables, operation
from bpmn.operations.trail import record, tell_unit
from models import Case, Notice, Objection
from models.clock import Clock, read_clock

CLOCK = "notice"
PASSED, UPHELD = "passed", "upheld"
_ENDS = {"dismissed": PASSED, "upheld": UPHELD}
"""How a notice ends, by what became of the objections to it."""
_WHY = {"dismissed": _("公示期满，没有成立的异议"), "upheld": _("异议成立，撤下公示")}
"""Why its period ends, as the ledger tells it."""


@operation(_("发布公示"), notice_until=ANY)
def publish_notice(office: Office, case: Case, *, working_days: int) -> Variables:
    """Publish what is intended to be approved; objections are received until it ends.

    Raises PaperRefused.
    """
    clock = period_of(office, case)
    if clock is None or clock.finished_at is not None:  # a diagram from before there was one
        start_clock(office, case, kind=CLOCK, working_days=working_days)
        clock = period_of(office, case)
    assert clock is not None
    told = paper_facts(office, case, "public_notice")
    review = _reviewed(told, _("经审查，符合规定条件，拟予批准：{what}。"), "proposed")
    notice = publish(
        office,
        case,
        "notice",
        _("关于拟批准{unit}测绘资质的公示").format(unit=case.unit.name),
        {**told, "review": review},
        "public_notice",
    )
    notice.until = clock.due_at
    tell_unit(
        office,
        case,
        _("进入公示"),
        _("办件 {number} 的审查意见开始公示，为期 {days} 个工作日。公示期内可以在线陈述。").format(
            number=case.number, days=working_days
        ),
    )
    return {"notice_until": clock.due_at.isoformat()}


@operation(_("继续公示"))
def resume_notice(office: Office, case: Case) -> Variables:
    """Let the notice run on. Raises ObjectionsOpen while one has no answer."""
    require_answers(office, case)
    record(office, case, "notice_resumed")
    return {}


@operation(_("结束公示"), objection=("=objection",))
def close_notice(office: Office, case: Case, *, objection: str) -> Variables:
    """End the case's open notice, objections upheld or dismissed; later ones come too late.

    Raises ObjectionsOpen while one has no answer.
    """
    require_answers(office, case)
    for notice in _open_notices(office, case):
        notice.closed_at = _legal_end(office, notice)
        notice.ended = _ENDS.get(objection, objection)
        record(office, case, "notice_closed", title=notice.title, objection=objection)
    finish_clock(office, case, kind=CLOCK, reason=_WHY.get(objection, ""))
    return {"objection": objection}


@operation(_("发布公告"))
def publish_announcement(office: Office, case: Case) -> Variables:
    """Announce what was granted: decisions to grant are public (行政许可法 Art. 40)."""
    qualification = valid_qualification(office, case)
    told = paper_facts(office, case, "announcement")
    publish(
        office,
        case,
        "announcement",
        _("关于准予{unit}测绘资质的公告").format(unit=case.unit.name),
        {
            **told,
            "review": _reviewed(told, _("经审查，准予批准：{what}。"), "granted"),
            "granted": names_of(office, [part.specialty for part in qualification.specialties]),
            "certificate_number": qualification.number,
            "valid_until": qualification.valid_until.isoformat(),
        },
        "announcement",
    )
    return {}


def end_notices(office: Office, case: Case, ended: str) -> None:
    """End what is still published for comment: the case was withdrawn or terminated."""
    drop_open_objections(office, case, ended)
    for notice in _open_notices(office, case):
        notice.closed_at, notice.ended = office.now, ended


def period_of(office: Office, case: Case) -> Clock | None:
    """The notice's clock as the ledger has it; None before there was one."""
    return read_clock(CLOCK, ledger_of(office, case), office.calendar)


def end_of_period(office: Office, case: Case, notice: Notice) -> datetime:
    """When the period ends: as the ledger and the calendar have it now; aware UTC."""
    clock = period_of(office, case)
    return clock.due_at if clock else notice.until or notice.published_at


def public_facts(office: Office, case: Case) -> dict[str, Any]:
    """What the public may know of an application: no persons."""
    return {
        "unit_name": case.unit.name,
        "case_number": case.number,
        "organ": case_authority(case).name,
        "class_name": office.standard.certificate_types[case.certificate_type].name,
        "specialties": names_of(office, specialties_of(office, case)),
    }


def publish(
    office: Office, case: Case, kind: str, title: str, facts: dict[str, Any], paper: str
) -> Notice:
    """Publish the facts, frozen, and issue the paper of them under the notice's number."""
    notice = Notice(
        case_id=case.id,
        authority_id=case_authority(case).id,
        kind=kind,
        number=issue_paper(office, case, paper),
        title=title,
        facts={**facts, **public_facts(office, case)},
        published_at=office.now,
    )
    office.db.add(notice)
    record(office, case, f"{kind}_published", title=title)
    return notice


def _reviewed(told: dict[str, Any], words: str, column: str) -> str:
    """The opinion that may be public (R304, R307): what is approved, and of nobody."""
    return words.format(what="；".join(row[column] for row in told["listed"]))


def _open_notices(office: Office, case: Case) -> list[Notice]:
    query = select(Notice).where(
        Notice.case_id == case.id, Notice.kind == "notice", Notice.closed_at.is_(None)
    )
    return list(office.db.scalars(query.order_by(Notice.id)))


def _legal_end(office: Office, notice: Notice) -> datetime:
    """The end of the period, or of the answering that went beyond it, whenever a worker came."""
    query = select(func.max(Objection.answered_at)).where(Objection.notice_id == notice.id)
    answered = office.db.scalar(query)
    return max(office.legal_now, answered) if answered else office.legal_now
