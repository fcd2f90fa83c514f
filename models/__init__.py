"""Tables, and the pure rules on them. No Flask, no engine, no settings."""

from models.accounts import Account, AccountRole, Authority, LoginFailure
from models.base import NO_LIMIT, Base
from models.calendar import CalendarDay, WorkingCalendar
from models.calendar_changes import CalendarChange, CalendarMove
from models.cases import Case, Correction, DiagramVersion, Draft, Task
from models.clock import ClockEntry
from models.contests import ClaimPeriod, Contest
from models.deliveries import Delivery, ServiceConsent
from models.dossiers import Attachment, Claim, Dossier, DossierPage, DossierRow
from models.events import Event
from models.former import FormerLoad, FormerPerson, FormerQualification
from models.help import Contact, Feedback
from models.imports import RowImport
from models.jobs import JobAttempt
from models.papers import Document, Message, Notice, Objection, ObjectionFile
from models.qualifications import (
    Qualification,
    QualificationChange,
    QualificationSpecialty,
)
from models.ratings import Rating, RatingCount
from models.sanctions import Sanction
from models.seals import SigningCertificate
from models.settings import OfficeSetting, Sequence
from models.standard_versions import StandardCell, StandardVersion
from models.units import Unit
from models.wordings import Wording

__all__ = [
    "NO_LIMIT",
    "Account",
    "AccountRole",
    "Attachment",
    "Authority",
    "Base",
    "CalendarChange",
    "CalendarDay",
    "CalendarMove",
    "Case",
    "Claim",
    "ClaimPeriod",
    "ClockEntry",
    "Contact",
    "Contest",
    "Correction",
    "Delivery",
    "DiagramVersion",
    "Document",
    "Dossier",
    "DossierPage",
    "DossierRow",
    "Draft",
    "Event",
    "Feedback",
    "FormerLoad",
    "FormerPerson",
    "FormerQualification",
    "JobAttempt",
    "LoginFailure",
    "Message",
    "Notice",
    "Objection",
    "ObjectionFile",
    "OfficeSetting",
    "Qualification",
    "QualificationChange",
    "QualificationSpecialty",
    "Rating",
    "RatingCount",
    "RowImport",
    "Sanction",
    "Sequence",
    "ServiceConsent",
    "SigningCertificate",
    "StandardCell",
    "StandardVersion",
    "Task",
    "Unit",
    "Wording",
    "WorkingCalendar",
]
