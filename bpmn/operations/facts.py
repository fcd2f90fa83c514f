"""The facts of each kind of paper, read from the case in the deciding transaction."""

from collections.abc import Callable
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.answers import latest_answers, specialties_of
from bpmn.operations.clocks import ledger_of
from certificates.law import cite
from models import Authority, Case, Correction, Qualification, QualificationChange
from models.calendar import OFFICE_ZONE, legal_date, office_date
from models.clock import Clock, read_clock

Facts = dict[str, Any]
Builder = Callable[[Office, Case], Facts]
_BUILDERS: dict[str, Builder] = {}


def facts_for(kind: str) -> Callable[[Builder], Builder]:
    """Make a function the one that gathers a kind of paper's own facts."""

    def keep(builder: Builder) -> Builder:
        _BUILDERS[kind] = builder
        return builder

    return keep


def paper_facts(office: Office, case: Case, kind: str) -> Facts:
    """Everything the paper prints but its own number and address."""
    return {**_common(office, case), **_BUILDERS[kind](office, case)}


def certificate_facts(office: Office, case: Case, qualification: Qualification) -> Facts:
    """What stands on a certificate (policy 3.3); one made anew bears the day that was done."""
    newest = qualification.history[-1]
    authority = office.db.get_one(Authority, qualification.authority_id)
    renewal, valid_until = office.standard.renewal, qualification.valid_until
    return {
        "organ": issuing_organ(office, authority).name,
        "unit_name": case.unit.name,
        "uscc": case.unit.uscc or "",
        "issued_on": newest.on_day.isoformat(),
        "replacement": _("补") if newest.kind == "replaced" else "",
        "class_name": class_name(qualification.number),
        "certificate_number": qualification.number,
        "legal_representative": case.unit.legal_representative,
        "address": case.unit.registered_address,
        "specialties": names_of(office, [part.specialty for part in qualification.specialties]),
        "valid_from": renewal.term_began(qualification.issued_on, valid_until).isoformat(),
        "valid_until": valid_until.isoformat(),
    }


def class_name(number: str) -> str:
    """The class that a certificate's number begins with (R003)."""
    return _("甲级") if number.startswith("甲") else _("乙级")


def issuing_organ(office: Office, authority: Authority) -> Authority:
    """A city decides, but its province is printed on the certificate (policy 2.1)."""
    if authority.level != "city" or authority.superior_id is None:
        return authority
    key = Authority, authority.superior_id
    if key not in office.kept:
        office.kept[key] = office.db.get_one(Authority, authority.superior_id)
    found: Authority = office.kept[key]
    return found


def names_of(office: Office, codes: list[str]) -> list[str]:
    """The names of specialties by their codes, in the order of the standard."""
    known = office.standard.specialties
    return [specialty.name for code, specialty in known.items() if code in codes]


def case_authority(case: Case) -> Authority:
    if case.authority is None:
        raise LookupError(f"case {case.number} has no authority yet")
    return case.authority


def valid_qualification(office: Office, case: Case) -> Qualification:
    """The certificate that this case has brought about or changed last."""
    key = Qualification, case.id
    if key not in office.kept:
        query = (
            select(Qualification)
            .join(QualificationChange)
            .where(QualificationChange.case_id == case.id)
            .order_by(QualificationChange.id.desc())
            .limit(1)
        )
        office.kept[key] = office.db.scalars(query).one()
    found: Qualification = office.kept[key]
    return found


def _common(office: Office, case: Case) -> Facts:
    authority = case_authority(case)
    return {
        "organ": authority.name,
        "unit_name": case.unit.name,
        "uscc": case.unit.uscc or "",
        "issued_on": office_date(office.now).isoformat(),
        "matter": office.matters[case.matter].removesuffix(_("申请")),  # 资质申请 says it itself
        "case_number": case.number,
        "submitted_on": _day(case.submitted_at or office.now),
        "enquiry_phone": authority.phone,
        "class_name": office.standard.certificate_types[case.certificate_type].name,
        "specialties": names_of(office, specialties_of(office, case)),
    }


@facts_for("acceptance_notice")
def _acceptance(office: Office, case: Case) -> Facts:
    clock = _clock(office, case, "decision")
    return {
        **_handler(office),
        "accepted_on": legal_date(clock.started_at).isoformat(),
        **_silence(_clock(office, case, "acceptance")),
        "decision_due_on": _last_day(clock),
        "decision_due_note": provisional_note(office, clock),
        "decision_working_days": clock.working_days,
        "not_counted": [_("听证、检验、检测、鉴定和专家评审")],
    }


@facts_for("correction_notice")
def _corrections(office: Office, case: Case) -> Facts:
    query = select(Correction).where(Correction.case_id == case.id).order_by(Correction.id)
    found = list(office.db.scalars(query))
    newest = max(item.round for item in found)
    return {
        **_handler(office),
        "round": newest,
        "deadline": _last_day(_clock(office, case, "correction")),
        "deadline_note": provisional_note(office, _clock(office, case, "correction")),
        "corrections": [
            {
                "subject": item.place,
                "problem": item.problem,
                "requirement": item.requirement,
                "basis": cite("permit_correct"),
            }
            for item in found
            if item.round == newest
        ],
    }


@facts_for("non_acceptance_decision")
def _non_acceptance(office: Office, case: Case) -> Facts:
    opinion = latest_answers(office, case, "opinion").get("opinion", "")
    return {
        **_handler(office),
        **remedies(case),
        "reason": opinion,
        "articles": [cite("permit_not_accept"), cite("qualification_rules")],
    }


@facts_for("grant_decision")
def _grant(office: Office, case: Case) -> Facts:
    qualification = valid_qualification(office, case)
    decided = latest_answers(office, case, "granted")
    known = office.standard.specialties
    return {
        **remedies(case),
        "accepted_on": accepted_on(office, case),
        "granted": names_of(office, list(decided["granted"])),
        "refused": [
            {"specialty": known[code].name, "reason": reason}
            for code, reason in decided["refused"].items()
        ],
        "certificate_number": qualification.number,
        "valid_from": qualification.issued_on.isoformat(),
        "valid_until": qualification.valid_until.isoformat(),
    }


def _handler(office: Office) -> Facts:
    """经办人 of what the window signs; nobody where the program acts by itself."""
    actor = office.actor
    return {"handler": actor.name} if actor is not None and actor.unit_id is None else {}


def remedies(case: Case) -> Facts:
    authority = case_authority(case)
    return {
        "reconsideration_organ": authority.reconsideration_organ,
        "court": authority.court,
    }


def to_the_minute(when: datetime) -> str:
    """A moment as papers freeze it: ISO with the zone of the office (Asia/Shanghai)."""
    return when.astimezone(OFFICE_ZONE).isoformat(timespec="minutes")


def accepted_on(office: Office, case: Case) -> str:
    """The day on which the case was accepted: the decision's clock runs from it."""
    return legal_date(_clock(office, case, "decision").started_at).isoformat()


def provisional_note(office: Office, clock: Clock) -> str:
    """What is said of a last day in a year whose holidays are not announced yet (policy 7)."""
    last = office_date(clock.last_moment)
    if not office.calendar.is_provisional(last):
        return ""
    told = _("暂按，{year}年节假日公布后重算")
    return told.format(year=last.year)


def _clock(office: Office, case: Case, name: str) -> Clock:
    clock = read_clock(name, ledger_of(office, case), office.calendar)
    if clock is None:
        raise LookupError(f"clock {name} of case {case.number} never started")
    return clock


def _silence(acceptance: Clock) -> Facts:
    """Until when nobody said anything, where silence became acceptance (行政许可法 Art. 32)."""
    finished = acceptance.finished_at
    if finished is None or finished < acceptance.due_at:
        return {}
    return {"silent_until": _last_day(acceptance), "silent_days": acceptance.working_days}


def _day(moment: datetime) -> str:
    return office_date(moment).isoformat()


def _last_day(clock: Clock) -> str:
    """A due time is the midnight after the last day."""
    return office_date(clock.last_moment).isoformat()
