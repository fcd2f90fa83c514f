"""The facts of the papers of a review's procedures: extension, hearing, site check, experts."""

from gettext import gettext as _
from typing import Any

from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.clocks import ledger_of
from bpmn.operations.facts import Facts, accepted_on, facts_for, names_of, provisional_note
from certificates.law import cite
from models import Case
from models.calendar import office_date
from models.clock import EXTEND, Clock, read_clock

_SIGNED = {
    "confirm": _("申请单位于{day}阅读本笔录，确认无误。"),
    "dispute": _("申请单位于{day}阅读本笔录，提出异议：{objections}"),
}
_FOUND = _("经审查申请材料，不符合法定条件，具体情况见下列理由。")
_UNSIGNED = _("本笔录已送申请单位确认，期限内没有答复。")


@facts_for("extension_notice")
def _extension(office: Office, case: Case) -> Facts:
    ledger = [entry for entry in ledger_of(office, case) if entry.clock == "decision"]
    before = ledger[: max(n for n, entry in enumerate(ledger) if entry.kind == EXTEND)]
    extended = next(entry for entry in reversed(ledger) if entry.kind == EXTEND)
    return {
        "accepted_on": accepted_on(office, case),
        "reason": str(latest_answers(office, case, "opinion")["opinion"]),
        "former_due_on": _last_day(_read(office, case, "decision", before)),
        "working_days": extended.working_days,
        "due_on": _last_day(_read(office, case, "decision")),
        "due_note": provisional_note(office, _read(office, case, "decision")),
        "articles": [cite("permit_extend"), cite("qualification_rules")],
    }


@facts_for("hearing_right_notice")
def _hearing_right(office: Office, case: Case) -> Facts:
    return {
        "accepted_on": accepted_on(office, case),
        "subject": _asked(office, case),
        **_answer_by(office, case),
        "articles": [cite("permit_hearing_right"), cite("permit_hearing_request")],
    }


@facts_for("hearing_notice")
def _hearing(office: Office, case: Case) -> Facts:
    arranged = latest_answers(office, case, "hearing_on")
    return {
        "subject": _asked(office, case),
        "hearing_on": arranged["hearing_on"],
        "hearing_time": arranged["hearing_time"],
        "place": arranged["hearing_place"],
        "chair": arranged["chair_name"],
        "participants": arranged["hearing_participants"],
        "articles": [cite("permit_hearing_held")],
    }


@facts_for("hearing_record")
def _hearing_record(office: Office, case: Case) -> Facts:
    arranged = latest_answers(office, case, "hearing_on")
    held = latest_answers(office, case, "held_on")
    return {
        "subject": _asked(office, case),
        "held_on": held["held_on"],
        "place": arranged["hearing_place"],
        "chair": arranged["chair_name"],
        "participants": held["attended"],
        "organ_points": _lines(held["organ_points"]),
        "unit_points": _lines(held["unit_points"]),
        "evidence": held["evidence_shown"] or "",
        "signature": _signature(office, case, "held_on"),
    }


@facts_for("statement_notice")
def _statement_notice(office: Office, case: Case) -> Facts:
    known = office.standard.specialties
    intended = latest_answers(office, case, "refused")
    refused = {code: why for code, why in intended.get("refused", {}).items() if why}
    reviewed = latest_answers(office, case, "proposals")
    said = str(intended.get("reasons") or intended.get("opinion") or "")
    by_specialty = [f"{known[code].name}：{why}" for code, why in refused.items() if code in known]
    reasons = _lines(said) or by_specialty
    opinion = str(reviewed.get("opinion") or "")
    found = opinion if opinion and opinion not in (said, *reasons) else _FOUND
    return {
        "accepted_on": accepted_on(office, case),
        "findings": [found],
        "reasons": reasons,
        **_answer_by(office, case),
        "intended": names_of(office, [code for code in refused if code in known]),
        "articles": [cite("permit_refuse"), cite("qualification_rules")],
    }


@facts_for("statement_record")
def _statement_record(office: Office, case: Case) -> Facts:
    return {
        "made_on": office_date(office.now).isoformat(),
        "content": _lines(latest_answers(office, case, "statement_made")["statement_made"]),
    }


@facts_for("site_check_notice")
def _site_check_notice(office: Office, case: Case) -> Facts:
    arranged = latest_answers(office, case, "planned_on")
    return {
        "planned_on": arranged["planned_on"],
        "place": arranged["check_place"],
        "scope": arranged["check_scope"],
        "working_days": arranged["check_days"],
        "institution": arranged["institution"] or None,
        "articles": [cite("permit_site_check")],
        "excluded_by": cite("permit_excluded_time") if arranged["institution"] else None,
    }


@facts_for("site_check_record")
def _site_check_record(office: Office, case: Case) -> Facts:
    checked = latest_answers(office, case, "checked_on")
    arranged = latest_answers(office, case, "planned_on")
    return {
        "checked_on": checked["checked_on"],
        "place": checked["checked_place"],
        "scope": arranged["check_scope"],
        "officers": [
            {"name": checked["officer_one"], "number": checked["number_one"]},
            {"name": checked["officer_two"], "number": checked["number_two"]},
        ],
        "findings": _lines(checked["findings"]),
        "signature": _signature(office, case, "checked_on"),
    }


@facts_for("expert_review_notice")
def _expert_review(office: Office, case: Case) -> Facts:
    arranged = latest_answers(office, case, "review_days")
    return {
        "questions": arranged["questions"],
        "working_days": arranged["review_days"],
        "articles": [cite("permit_excluded_time")],
    }


def _answer_by(office: Office, case: Case) -> Facts:
    """How long the unit has, counted by the clock that the diagram has just started."""
    clock = _read(office, case, "answer")
    return {
        "working_days": clock.working_days,
        "deadline": _last_day(clock),
        "deadline_note": provisional_note(office, clock),
    }


def _asked(office: Office, case: Case) -> str:
    """What the reviewer asked for, and why."""
    return str(latest_answers(office, case, "request").get("request") or "")


def _signature(office: Office, case: Case, minutes: str) -> str:
    """What the unit said to the newest minutes: an older answer was to older ones."""
    newest = latest_answers(office, case, minutes, "objections")
    if "objections" not in newest:
        return _UNSIGNED
    day = office_date(office.now)
    words = _SIGNED[str(newest["outcome"])]
    return words.format(
        day=_("{d.year}年{d.month}月{d.day}日").format(d=day), objections=newest["objections"]
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _read(office: Office, case: Case, name: str, ledger: Any = None) -> Clock:
    entries = ledger_of(office, case) if ledger is None else ledger
    clock = read_clock(name, entries, office.calendar)
    if clock is None:
        raise LookupError(f"clock {name} of case {case.number} never started")
    return clock


def _last_day(clock: Clock) -> str:
    return office_date(clock.last_moment).isoformat()
