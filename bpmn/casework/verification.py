"""Certificates and papers as anyone may verify them: by the printed address or the number."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.facts import issuing_organ, names_of
from certificates.numbers import parse_certificate_number
from models import Authority, Document, Qualification, QualificationChange, Unit
from models.calendar import office_date
from models.papers import ISSUED
from models.qualifications import REPLACED, VALID

EXPIRED = "expired"


@dataclass(frozen=True)
class VerifiedPaper:
    """One paper: what it is, from whom to whom, and the SHA-256 of its file once it is made."""

    title: str
    number: str
    organ: str
    unit: str
    issued_on: str
    digest: str


@dataclass(frozen=True)
class VerifiedCertificate:
    """A certificate as it stands today; `status` is valid, expired, replaced or cancelled."""

    status: str
    status_words: str
    number: str
    class_name: str
    unit: str
    organ: str
    specialties: tuple[tuple[str, date], ...]
    """Name of each specialty and the day it was first approved."""
    issued_on: date
    valid_until: date
    papers: tuple[VerifiedPaper, ...]


def tidy_number(text: str) -> str:
    """A number as it is kept: full-width digits and blanks out of what was typed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def certificate_by_number(office: Office, number: str) -> VerifiedCertificate | None:
    """None when the number is right but was never given out; raises WrongNumber."""
    wanted = tidy_number(number)
    found = office.db.scalar(select(Qualification).where(Qualification.number == wanted))
    if found is None:
        parse_certificate_number(wanted)
        return None
    return _certificate(office, found, found.token)


def certificate_by_token(office: Office, token: str) -> VerifiedCertificate | None:
    """The certificate on whose papers the token stands; papers of an older version are void."""
    issued = select(Qualification).join(QualificationChange)
    found = office.db.scalar(issued.where(QualificationChange.token == token).limit(1))
    return _certificate(office, found, token) if found else None


def paper_by_token(office: Office, token: str) -> VerifiedPaper | None:
    found = office.db.scalar(select(Document).where(Document.token == token))
    return _paper(found) if found else None


def _certificate(office: Office, found: Qualification, token: str) -> VerifiedCertificate:
    status = _status(office, found, token)
    approved = {part.specialty: part.approved_on for part in found.specialties}
    organ = issuing_organ(office, office.db.get_one(Authority, found.authority_id))
    papers = select(Document).where(
        Document.qualification_id == found.id,
        Document.token == token,
        Document.status == ISSUED,
    )
    return VerifiedCertificate(
        status=status,
        status_words=_WORDS[status],
        number=found.number,
        class_name=office.standard.certificate_types[found.certificate_type].name,
        unit=office.db.get_one(Unit, found.unit_id).name,
        organ=organ.name,
        specialties=tuple((names_of(office, [code])[0], day) for code, day in approved.items()),
        issued_on=found.issued_on,
        valid_until=found.valid_until,
        papers=tuple(_paper(one) for one in office.db.scalars(papers.order_by(Document.id))),
    )


_WORDS = {
    VALID: _("有效"),
    EXPIRED: _("已过期"),
    REPLACED: _("已被替换"),
    "cancelled": _("已注销"),
}


def _status(office: Office, found: Qualification, token: str) -> str:
    if found.status == VALID and found.token != token:
        return REPLACED
    if found.status == VALID and found.valid_until < office_date(office.now):
        return EXPIRED
    return found.status


def _paper(document: Document) -> VerifiedPaper:
    facts = document.facts
    return VerifiedPaper(
        title=document.title,
        number=facts.get("document_number") or facts.get("certificate_number") or document.number,
        organ=facts.get("organ", ""),
        unit=facts.get("unit_name", ""),
        issued_on=facts.get("issued_on", ""),
        digest=document.digest or "",
    )
