"""Operations that issue papers: facts are frozen here, a job renders them after the commit."""

import secrets
from collections.abc import Mapping
from datetime import date
from gettext import gettext as _
from typing import Any

from sqlalchemy import func, select

from bpmn.errors import PaperRefused
from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.facts import (
    case_authority,
    certificate_facts,
    issuing_organ,
    paper_facts,
    valid_qualification,
)
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell, tell_unit
from bpmn.operations.wording import wording_in_force
from bpmn.operations.writing import add_row
from certificates import KINDS, FactsRejected, check_facts, document_number
from certificates.verification import CertificateFields, sign_token
from models import Authority, Case, Correction, Document, Qualification
from models.calendar import office_date
from models.settings import next_number


@operation(_("出具文书"))
def issue_document(office: Office, case: Case, *, kind: str) -> Variables:
    """Freeze a paper's facts, under its own or its certificate's number. Raises PaperRefused."""
    is_numbered = bool(KINDS[kind].code)
    (issue_paper if is_numbered else _issue_certificate)(office, case, kind)
    return {}


@operation(_("退回补正"))
def return_for_correction(office: Office, case: Case) -> Variables:
    """Note every item that the window listed, and tell the unit all of them at once (Art. 32)."""
    previous = select(func.max(Correction.round)).where(Correction.case_id == case.id)
    turn = (office.db.scalar(previous) or 0) + 1
    for item in latest_answers(office, case, "items")["items"]:
        office.db.add(_correction(office, case, turn, item))
    office.db.flush()  # the paper's facts are read from these rows
    return issue_document(office, case, kind="correction_notice")


def issue_paper(office: Office, case: Case, kind: str) -> str:
    """Freeze a numbered paper's facts; its number. Raises PaperRefused."""
    number = _document_number(office, case, kind)
    token = secrets.token_urlsafe(16)
    facts = {
        **paper_facts(office, case, kind),
        "document_number": number,
        "verify_url": f"{office.base_url}/verify/{token}",
    }
    _freeze(office, case, kind, number, token, facts, case_authority(case))
    return number


def _issue_certificate(office: Office, case: Case, kind: str) -> None:
    qualification = valid_qualification(office, case)
    facts: dict[str, Any] = certificate_facts(office, case, qualification)
    facts["verify_url"] = f"{office.base_url}/verify/{_signed_code(office, qualification, facts)}"
    if any(fact.key == "copy_number" for fact in KINDS[kind].facts):
        facts["copy_number"] = 1
    version = f"/{qualification.copy_version}" if qualification.copy_version else ""
    number = f"{qualification.number}/{KINDS[kind].title}{version}"
    organ = issuing_organ(office, office.db.get_one(Authority, qualification.authority_id))
    _freeze(office, case, kind, number, qualification.token, facts, organ, qualification.id)


def _signed_code(office: Office, qualification: Qualification, facts: Mapping[str, Any]) -> str:
    """What the certificate says, signed, so that anyone can verify it without the office."""
    held = {part.specialty for part in qualification.specialties}
    fields = CertificateFields(
        number=facts["certificate_number"],
        unit=facts["unit_name"],
        class_name=facts["class_name"],
        specialties=tuple(code for code in office.standard.specialties if code in held),
        issued_on=date.fromisoformat(facts["issued_on"]),
        valid_from=date.fromisoformat(facts["valid_from"]),
        valid_until=date.fromisoformat(facts["valid_until"]),
        copy_version=qualification.copy_version,
    )
    return sign_token(office.key_ring, fields)


def _correction(office: Office, case: Case, turn: int, item: Mapping[str, str]) -> Correction:
    page, _slash, row = item["place"].partition("/")
    return Correction(
        case_id=case.id,
        round=turn,
        page=page,
        row_id=int(row) if row else None,
        place=item["place_name"],
        problem=item["problem"],
        requirement=item["requirement"],
        created_at=office.now,
        created_by=office.actor_id,
    )


def _freeze(
    office: Office,
    case: Case,
    kind: str,
    number: str,
    token: str,
    facts: Mapping[str, Any],
    organ: Authority,
    qualification_id: int | None = None,
) -> None:
    title = KINDS[kind].title
    try:
        check_facts(kind, facts)
    except FactsRejected as error:
        raise PaperRefused(title, error.problems) from error
    add_row(
        office,
        Document,
        case_id=case.id,
        qualification_id=qualification_id,
        kind=kind,
        title=title,
        number=number,
        token=token,
        facts=dict(facts),
        organ_code=organ.code,
        wording_id=wording_in_force(office, case, kind),
        created_at=office.now,
    )
    happened = "paper_filed" if KINDS[kind].internal else "document_issued"
    record(office, case, happened, title=title, number=number)
    if KINDS[kind].told:
        _tell(office, case, kind, number)


def _tell(office: Office, case: Case, kind: str, number: str) -> None:
    title = KINDS[kind].title
    words = _("办件 {case} 的{title}（{number}）已出具，请在办件页面下载。")
    shown = number.partition("/")[0]
    told = words.format(case=case.number, title=title, number=shown)
    tell_unit(office, case, title, told)
    if KINDS[kind].for_respondent:
        tell(office, case, title, told, unit_id=case.respondent_id)


def _document_number(office: Office, case: Case, kind: str) -> str:
    """Numbered per organ, kind and year without gaps: 陕测资受〔2026〕15号."""
    authority, year = case_authority(case), office_date(office.now).year
    code = KINDS[kind].code
    number = next_number(office.db, f"document:{authority.code}:{code}:{year}")
    return document_number(authority.short_name, code, year, number)
