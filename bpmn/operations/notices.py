"""Operations on public notices (公示) and announcements (公告): published once, as it was."""

from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.answers import latest_answers, specialties_of
from bpmn.operations.facts import case_authority, names_of, valid_qualification
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell_unit
from models import Case, Notice


@operation
def publish_notice(office: Office, case: Case, *, working_days: int) -> Variables:
    """Publish what is intended to be approved; objections are received until it ends."""
    until = office.calendar.deadline(office.legal_now, working_days)
    proposed = latest_answers(office, case, "granted").get("granted", [])
    notice = publish(
        office,
        case,
        "notice",
        _("关于拟批准{unit}测绘资质的公示").format(unit=case.unit.name),
        {
            **public_facts(office, case),
            "proposed": names_of(office, list(proposed)),
            "working_days": working_days,
        },
    )
    notice.until = until
    tell_unit(
        office,
        case,
        _("进入公示"),
        _("办件 {number} 的审查意见开始公示，为期 {days} 个工作日。").format(
            number=case.number, days=working_days
        ),
    )
    return {"notice_until": until.isoformat()}


@operation
def close_notice(office: Office, case: Case, *, objection: str) -> Variables:
    """End the case's open notice, objections upheld or dismissed; later ones come too late."""
    query = select(Notice).where(
        Notice.case_id == case.id, Notice.kind == "notice", Notice.closed_at.is_(None)
    )
    for notice in office.db.scalars(query):
        notice.closed_at = office.now
        record(office, case, "notice_closed", title=notice.title, objection=objection)
    return {"objection": objection}


@operation
def publish_announcement(office: Office, case: Case) -> Variables:
    """Announce what was granted: decisions to grant are public (行政许可法 Art. 40)."""
    qualification = valid_qualification(office, case)
    publish(
        office,
        case,
        "announcement",
        _("关于准予{unit}测绘资质的公告").format(unit=case.unit.name),
        {
            **public_facts(office, case),
            "granted": names_of(office, [part.specialty for part in qualification.specialties]),
            "certificate_number": qualification.number,
            "valid_until": qualification.valid_until.isoformat(),
        },
    )
    return {}


def public_facts(office: Office, case: Case) -> dict[str, Any]:
    """What the public may know of an application: no persons."""
    return {
        "unit_name": case.unit.name,
        "case_number": case.number,
        "organ": case_authority(case).name,
        "class_name": office.standard.certificate_types[case.certificate_type].name,
        "specialties": names_of(office, specialties_of(office, case)),
    }


def publish(office: Office, case: Case, kind: str, title: str, facts: dict[str, Any]) -> Notice:
    notice = Notice(
        case_id=case.id,
        authority_id=case_authority(case).id,
        kind=kind,
        title=title,
        facts=facts,
        published_at=office.now,
    )
    office.db.add(notice)
    record(office, case, f"{kind}_published", title=title)
    return notice
