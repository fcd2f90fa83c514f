"""Certificates and papers as anyone may verify them: by the printed address or the number."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bpmn.casework.history import ended_on, void_since
from bpmn.casework.validity import EXPIRED, status_on, words_of_status
from bpmn.office import Office
from bpmn.operations.facts import issuing_organ, names_of
from certificates import KINDS
from certificates.numbers import parse_certificate_number
from models import Authority, Document, Qualification, QualificationChange, Unit
from models.calendar import office_date
from models.papers import ISSUED
from models.qualifications import REPLACED, VALID


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
    """What was scanned or asked for, and the certificate itself, as they stand today.

    `status` and `standing` are valid, expired, replaced or cancelled. They differ when a paper was
    made anew: the scanned one is replaced while the certificate goes on.
    """

    status: str
    status_words: str
    standing: str
    standing_words: str
    number: str
    class_name: str
    unit: str
    organ: str
    specialties: tuple[tuple[str, date], ...]
    """Name of each specialty and the day it was first approved."""
    issued_on: date
    valid_until: date
    papers: tuple[VerifiedPaper, ...]
    """Those that are good now: of the newest version."""
    paper_void_since: date | None
    """Set when the paper that was scanned has been made anew since; the certificate may stand."""
    ended_on: date | None
    """The day on which the certificate was cancelled or replaced."""
    successor: str
    """The number of the unit's valid certificate of the same kind, when this one was replaced."""


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
    return certificate_of(office, found, found.token)


def certificate_by_token(office: Office, token: str) -> VerifiedCertificate | None:
    """By the code of any version of its papers, also of those that are void by now."""
    query = select(QualificationChange.qualification_id).where(QualificationChange.token == token)
    older = office.db.scalar(query.limit(1))
    known = Qualification.token == token if older is None else Qualification.id == older
    found = office.db.scalar(select(Qualification).where(known))
    return certificate_of(office, found, token) if found else None


def paper_by_token(office: Office, token: str) -> VerifiedPaper | None:
    found = office.db.scalar(select(Document).where(Document.token == token))
    # What stays in the organ is not shown to whom a copy was passed either.
    return _paper(found) if found and not KINDS[found.kind].internal else None


@dataclass(frozen=True)
class VerifiedFile:
    """A file that the office issued, byte by byte; with its certificate if it is one."""

    paper: VerifiedPaper
    certificate: VerifiedCertificate | None


def paper_by_digest(office: Office, digest: str) -> VerifiedFile | None:
    """By the SHA-256 of a whole file, in hexadecimal."""
    found = office.db.scalar(select(Document).where(Document.digest == digest).limit(1))
    if found is None:
        return None
    certificate = certificate_by_token(office, found.token) if found.qualification_id else None
    return VerifiedFile(_paper(found), certificate)


def certificate_of(office: Office, found: Qualification, token: str) -> VerifiedCertificate:
    """The certificate, and whether the paper that carries the code is still a good one."""
    standing = status_on(found, office_date(office.now))
    void = None if token in ("", found.token) else void_since(found, token)
    status = REPLACED if void and standing in (VALID, EXPIRED) else standing
    approved = {part.specialty: part.approved_on for part in found.specialties}
    organ = issuing_organ(office, office.db.get_one(Authority, found.authority_id))
    return VerifiedCertificate(
        status=status,
        status_words=words_of_status(found, status),
        standing=standing,
        standing_words=words_of_status(found, standing),
        number=found.number,
        class_name=office.standard.certificate_types[found.certificate_type].name,
        unit=office.db.get_one(Unit, found.unit_id).name,
        organ=organ.name,
        specialties=tuple((names_of(office, [code])[0], day) for code, day in approved.items()),
        issued_on=found.issued_on,
        valid_until=found.valid_until,
        papers=_good_papers(office, found),
        paper_void_since=void,
        ended_on=ended_on(found),
        successor=_successor(office, found),
    )


def _good_papers(office: Office, found: Qualification) -> tuple[VerifiedPaper, ...]:
    query = select(Document).where(
        Document.qualification_id == found.id,
        Document.status == ISSUED,
        Document.token == found.token,
    )
    return tuple(_paper(one) for one in office.db.scalars(query.order_by(Document.id)))


def _successor(office: Office, found: Qualification) -> str:
    if found.status != REPLACED:
        return ""
    query = select(Qualification.number).where(
        Qualification.unit_id == found.unit_id,
        Qualification.certificate_type == found.certificate_type,
        Qualification.status == VALID,
    )
    return office.db.scalar(query) or ""


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
