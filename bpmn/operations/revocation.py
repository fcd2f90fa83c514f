"""Operations and papers of 撤销、撤回、注销 by the organ itself (行政许可法 Art. 8, 69, 70, 79)."""

from datetime import date, timedelta
from gettext import gettext as _

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.answers import latest_answers, page_of
from bpmn.operations.cancellation import end_certificate
from bpmn.operations.clocks import ledger_of
from bpmn.operations.facts import (
    Facts,
    facts_for,
    names_of,
    paper_facts,
    remedies,
    valid_qualification,
)
from bpmn.operations.held import held_certificate
from bpmn.operations.notice_facts import class_of, organ_contacts
from bpmn.operations.notices import publish
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell, tell_unit
from bpmn.operations.writing import add_row, pending_rows
from certificates.grounds import Ground, grounds
from models import Case, Document, Qualification, Sanction, Task
from models.calendar import office_date
from models.clock import read_clock

STATEMENT, ANNOUNCEMENT = "revocation_statement", "revocation_announcement"


@operation(_("确定处理方式"), measure=("revoke", "recall", "deregister"))
def find_measure(office: Office, case: Case) -> Variables:
    """Tell by the ground whether to revoke, recall or deregister."""
    return {"measure": ground_of(office, case).measure}


@operation(_("撤销或撤回证书"))
def revoke_certificate(office: Office, case: Case) -> Variables:
    """End the certificate; the organs at work on what rests on it are told."""
    ground, held = ground_of(office, case), held_certificate(office, case)
    end_certificate(office, case, held, ground.change, ground.name)
    words = _("{unit}的证书 {number} 已{measure}，办件 {case} 失去对象，应当终止办理。")
    for other in _resting_on(office, case):
        told = words.format(
            unit=case.unit.name,
            number=held.number,
            measure=ground.measure_name,
            case=other.number,
        )
        tell(office, other, _("证书已失效"), told, authority_id=other.authority_id)
    return {}


@operation(_("公告撤销或撤回"))
def announce_revocation(office: Office, case: Case) -> Variables:
    """Note the bar under the decision's number, and announce the end of the certificate."""
    ground, held = ground_of(office, case), valid_qualification(office, case)
    _note_bar(office, case, ground)
    names = {"unit": case.unit.name, "measure": ground.measure_name, "article": ground.article}
    lead = _("根据{article}的规定，{measure}下列测绘资质，现予公告。")
    publish(
        office,
        case,
        "announcement",
        _("关于{measure}{unit}测绘资质的公告").format(**names),
        {
            **paper_facts(office, case, ANNOUNCEMENT),
            "review": _("依法决定{measure}。").format(**names),
            "certificate_number": held.number,
            "statement": lead.format(**names),
        },
        ANNOUNCEMENT,
    )
    return {}


@operation(_("按不予处理办结"))
def drop_revocation(office: Office, case: Case) -> Variables:
    """The certificate stays as it is; the unit is told."""
    record(office, case, "revocation_dropped")
    words = _("办件 {number}：经复核，对证书 {held} 不予处理，程序终结，证书状态不变。")
    told = words.format(number=case.number, held=held_certificate(office, case).number)
    tell_unit(office, case, _("不予处理"), told)
    return {}


def ground_of(office: Office, case: Case) -> Ground:
    """The ground that was proposed."""
    return grounds()[str(latest_answers(office, case, "ground")["ground"])]


def bar_until(ground: Ground, since: date) -> date:
    """The last day of the bar: three years from 2026-11-21 end on 2029-11-20."""
    last = since - timedelta(days=1)
    try:
        return last.replace(year=last.year + ground.bar_years)
    except ValueError:  # 29 February
        return last.replace(year=last.year + ground.bar_years, day=28)


@facts_for("revocation_notice")
def _notice(office: Office, case: Case) -> Facts:
    clock = read_clock("answer", ledger_of(office, case), office.calendar)
    if clock is None:
        raise LookupError(f"clock answer of case {case.number} never started")
    return {
        **_proposed(office, case, held_certificate(office, case)),
        "answer_until": office_date(clock.last_moment).isoformat(),
        "answer_working_days": clock.working_days,
    }


@facts_for("revocation_decision")
@facts_for("recall_decision")
@facts_for("deregistration_decision")
def _decision(office: Office, case: Case) -> Facts:
    held, ground = valid_qualification(office, case), ground_of(office, case)
    today = office_date(office.now)
    reviewed = str(latest_answers(office, case, "reviewed").get("reviewed") or "")
    said = page_of(office, case, STATEMENT) if _was_stated(office, case) else {}
    return {
        **remedies(case),
        **_proposed(office, case, held),
        "statement": _lines(str(said.get("statement") or "")),
        "reviewed": _lines(reviewed),
        "ended_on": today.isoformat(),
        **({"bar_until": bar_until(ground, today).isoformat()} if ground.bar_years else {}),
    }


@facts_for(ANNOUNCEMENT)
def _announced(office: Office, case: Case) -> Facts:
    held, ground = valid_qualification(office, case), ground_of(office, case)
    row = {
        "order": "1",
        "unit_name": case.unit.name,
        "certificate_number": held.number,
        "specialties": f"{class_of(office, case)}：{'、'.join(_specialties(office, held))}",
        "reason": ground.name,
        "cancelled_on": office_date(office.now).isoformat(),
    }
    return {
        **organ_contacts(case),
        "listed": [row],
        "measure": ground.measure_name,
        "articles": [ground.article],
    }


def _proposed(office: Office, case: Case, held: Qualification) -> Facts:
    ground, proposed = ground_of(office, case), latest_answers(office, case, "ground")
    return {
        "specialties": _specialties(office, held),
        "certificate_number": held.number,
        "measure": ground.measure_name,
        "ground": ground.name,
        "facts": _lines(str(proposed["facts"])),
        "evidence": _lines(str(proposed["evidence"])),
        "article": ground.article,
        **({"bar_years": str(ground.bar_years)} if ground.bar_years else {}),
        **({"bar_article": ground.bar_article} if ground.bar_years else {}),
    }


def _was_stated(office: Office, case: Case) -> bool:
    """Whether the unit handed its statement in: what it only saved is not heard."""
    query = select(Task.id).where(
        Task.case_id == case.id, Task.form == STATEMENT, Task.closed_by.is_not(None)
    )
    return office.db.scalar(query.limit(1)) is not None


def _note_bar(office: Office, case: Case, ground: Ground) -> None:
    if not ground.bar_years:
        return
    since = office_date(office.now)
    until = bar_until(ground, since)
    number = _decision_number(office, case)
    add_row(
        office,
        Sanction,
        unit_id=case.unit_id,
        ground=ground.key,
        since=since,
        until=until,
        article=ground.bar_article,
        document_number=number,
        case_id=case.id,
        created_at=office.now,
    )
    record(office, case, "bar_set", number=number, last=until.isoformat())


def _decision_number(office: Office, case: Case) -> str:
    """The number of the newest paper of the case: the decision just issued."""
    pending = [row["number"] for row in pending_rows(office, Document)]
    query = select(Document.number).where(Document.case_id == case.id)
    written = office.db.scalars(query.order_by(Document.id.desc()).limit(1)).first()
    return str(pending[-1] if pending else written)


def _resting_on(office: Office, case: Case) -> list[Case]:
    """The unit's other open cases about the same certificate, as far as an organ has them."""
    query = select(Case).where(
        Case.unit_id == case.unit_id,
        Case.certificate_type == case.certificate_type,
        Case.scope.in_(("held", "changed")),
        Case.closed_at.is_(None),
        Case.submitted_at.is_not(None),
        Case.authority_id.is_not(None),
        Case.id != case.id,
    )
    return list(office.db.scalars(query.order_by(Case.id)))


def _specialties(office: Office, held: Qualification) -> list[str]:
    return names_of(office, [part.specialty for part in held.specialties])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
