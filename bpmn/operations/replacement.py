"""Operations and papers of 补领证书: the certificate is made anew, number and expiry stay."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from bpmn.office import Office
from bpmn.operations.answers import page_of, reasons_given
from bpmn.operations.facts import Facts, facts_for, names_of, paper_facts, remedies
from bpmn.operations.held import certificate_in_force, held_certificate, number_told
from bpmn.operations.notice_facts import class_of, organ_contacts
from bpmn.operations.notices import publish
from bpmn.operations.qualifications import make_anew
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record
from certificates.law import cite
from forms.replacement import REASONS
from models import Case

PAGE = "replacement"


@operation(_("补发证书"))
def replace_certificate(office: Office, case: Case) -> Variables:
    """Raise the copy version: what was printed before is void from now on (R131)."""
    qualification = certificate_in_force(office, case)
    make_anew(office, case, qualification, "replaced", _reason(office, case))
    record(
        office,
        case,
        "certificate_replaced",
        number=qualification.number,
        version=qualification.copy_version,
    )
    return {}


@operation(_("公告补发"))
def announce_replacement(office: Office, case: Case) -> Variables:
    """Publish the loss, as the unit declared it, with the new issue (遗失声明, policy §9, 18)."""
    told = paper_facts(office, case, "loss_announcement")
    publish(
        office,
        case,
        "announcement",
        _("关于{unit}补领测绘资质证书的公告").format(unit=case.unit.name),
        {
            **told,
            "review": _("经核查属实，已经补发。"),
            "certificate_number": held_certificate(office, case).number,
            "statement": _("原证书正本、副本自补发之日起作废，任何单位和个人不得使用。"),
        },
        "loss_announcement",
    )
    return {}


@facts_for("loss_announcement")
def _announced(office: Office, case: Case) -> Facts:
    held, page = held_certificate(office, case), page_of(office, case, PAGE)
    known = "、".join(names_of(office, [part.specialty for part in held.specialties]))
    return {
        **organ_contacts(case),
        "listed": [
            {
                "order": "1",
                "unit_name": case.unit.name,
                "certificate_number": held.number,
                "specialties": f"{class_of(office, case)}：{known}",
                "reason": f"{_reason(office, case)}，{page['happened_on']}",
                "statement": _statement(page, "{medium}，{day}") or _("—"),
            }
        ],
        "articles": [cite("qualification_rules")],
    }


@facts_for("replacement_notice")
def _notice(office: Office, case: Case) -> Facts:
    qualification, page = held_certificate(office, case), page_of(office, case, PAGE)
    replaced = [change for change in qualification.history if change.kind == "replaced"]
    return {
        "certificate_number": qualification.number,
        "reason": _reason(office, case),
        "happened_on": page["happened_on"],
        "statement": _statement(page),
        "version": len(replaced),
        "valid_until": qualification.valid_until.isoformat(),
    }


@facts_for("replacement_refusal")
def _refusal(office: Office, case: Case) -> Facts:
    return {
        **remedies(case),
        "certificate_number": number_told(office, case),
        "reasons": reasons_given(office, case),
        "articles": [cite("qualification_rules")],
    }


def _reason(office: Office, case: Case) -> str:
    return dict(REASONS).get(page_of(office, case, PAGE).get("reason", ""), _("遗失"))


def _statement(page: Mapping[str, Any], words: str = "{medium}（{day}）") -> str:
    """Where and when the unit declared the loss; empty for what was damaged."""
    medium, day = page.get("statement_medium"), page.get("statement_on")
    return words.format(medium=medium, day=day) if medium else ""
