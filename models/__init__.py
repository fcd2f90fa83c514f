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
from models.moves import CaseMove, Migration
from models.papers import Document, Message, Notice, Objection, ObjectionFile
from models.qualifications import (
    Qualification,
    QualificationChange,
    QualificationSpecialty,
)
from models.ratings import Rating, RatingCount
from models.replays import Replay
from models.sanctions import Sanction
from models.seals import SigningCertificate
from models.settings import OfficeSetting, Sequence
from models.standard_versions import StandardCell, StandardVersion
from models.step_counts import StepCount, StepDay
from models.studio import DiagramDraft, DiagramProposal, DraftEditor
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
    "CaseMove",
    "Claim",
    "ClaimPeriod",
    "ClockEntry",
    "Contact",
    "Contest",
    "Correction",
    "Delivery",
    "DiagramDraft",
    "DiagramProposal",
    "DiagramVersion",
    "Document",
    "Dossier",
    "DossierPage",
    "DossierRow",
    "Draft",
    "DraftEditor",
    "Event",
    "Feedback",
    "FormerLoad",
    "FormerPerson",
    "FormerQualification",
    "JobAttempt",
    "LoginFailure",
    "Message",
    "Migration",
    "Notice",
    "Objection",
    "ObjectionFile",
    "OfficeSetting",
    "Qualification",
    "QualificationChange",
    "QualificationSpecialty",
    "Rating",
    "RatingCount",
    "StepCount",
    "StepDay",
    "Replay",
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
