"""Objections and statements (异议、陈述) received while a notice is open to all, and answered."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from gettext import gettext as _

from sqlalchemy import Select, select

from bpmn import engine
from bpmn.casework.attachments import StoredFile
from bpmn.casework.rights import APPLICANT, OFFICER_ROLES, may_see_case, require_role
from bpmn.casework.running import LoadedDiagram, advance, lock_case
from bpmn.errors import (
    AttachmentNotFound,
    CaseNotFound,
    MessageNotExpected,
    NoticeClosed,
    ObjectionNotFound,
)
from bpmn.office import Office
from bpmn.operations.notices import end_of_period
from bpmn.operations.objections import answer_objection, open_objections
from bpmn.operations.trail import record, tell
from models import Account, Authority, Case, Notice, Objection, ObjectionFile
from models.calendar import office_date
from models.settings import next_number

OBJECTION, STATEMENT = "objection", "statement"
MOST_FILES = 5
KIND_WORDS = {OBJECTION: _("异议"), STATEMENT: _("陈述")}
_CODES = {OBJECTION: _("异"), STATEMENT: _("陈")}


@dataclass(frozen=True)
class Answer:
    """What was found out about one objection: upheld or dismissed, and why."""

    verdict: str
    text: str


def object_to_notice(
    office: Office,
    notice_id: int,
    *,
    name: str,
    contact: str,
    content: str,
    files: Sequence[StoredFile] = (),
) -> Objection:
    """Receive an objection by anyone and let the diagram turn to it, unless it does already.

    The same words and files of the same person once more, not yet answered, are the same
    objection. Raises NoticeClosed after the period.
    """
    notice, case = _open_notice(office, notice_id)
    return _receive(
        office,
        notice,
        case,
        Objection(kind=OBJECTION, name=name, contact=contact, content=content),
        files,
    )


def state_in_notice(
    office: Office, notice_id: int, content: str, files: Sequence[StoredFile] = ()
) -> Objection:
    """Receive a statement (陈述) by the unit that applies (R305).

    Raises NotPermitted for everyone else, NoticeClosed after the period.
    """
    notice, case = _open_notice(office, notice_id)
    actor = require_role(office, case, APPLICANT)
    own = Objection(
        kind=STATEMENT,
        unit_id=case.unit_id,
        name=case.unit.name,
        contact=_contact_of(actor),
        content=content,
    )
    return _receive(office, notice, case, own, files)


def answer_objections(office: Office, case: Case, answers: Mapping[int, Answer]) -> None:
    """Give open objections of the case, by their ids, their answers, and tell who objected."""
    for objection in open_objections(office, case.id):
        given = answers.get(objection.id)
        if given is not None:
            answer_objection(office, case, objection, given.verdict, given.text)
    office.db.flush()  # the diagram's next step reads whether all are answered


def find_objection(office: Office, number: str, contact: str) -> Objection:
    """An objection by its number and the mobile number or address it was received with.

    Raises ObjectionNotFound, whichever of the two is wrong.
    """
    objection = office.db.scalar(select(Objection).where(Objection.number == number.strip()))
    typed = contact.strip().lower()
    if objection is None or typed not in objection.contact.lower().split("、"):
        raise ObjectionNotFound
    return objection


def objections_of(case: Case) -> Select[Objection]:
    """All objections and statements of a case, the newest first; for its own officers."""
    query = select(Objection).join(Notice).where(Notice.case_id == case.id)
    return query.order_by(Objection.id.desc())


def find_objection_file(office: Office, file_id: int) -> ObjectionFile:
    """A file that came with an objection, for the officers of the organ that handles it.

    Raises AttachmentNotFound for everyone else.
    """
    file = office.db.get(ObjectionFile, file_id)
    actor = office.actor
    if file is not None and actor is not None and actor.roles & OFFICER_ROLES:
        query = select(Case).join(Notice).join(Objection).where(Objection.id == file.objection_id)
        case = office.db.scalars(query).one()
        if may_see_case(actor, case):
            return file
    raise AttachmentNotFound(str(file_id))


def _open_notice(office: Office, notice_id: int) -> tuple[Notice, Case]:
    """The notice with its locked case. Raises NoticeClosed, or CaseNotFound."""
    notice = office.db.get(Notice, notice_id)
    if notice is None or notice.kind != "notice":
        raise CaseNotFound(str(notice_id))
    case = lock_case(office, notice.case_id)
    office.db.refresh(notice)
    if notice.closed_at is not None or office.now >= end_of_period(office, case, notice):
        raise NoticeClosed(notice.title)
    return notice, case


def _receive(
    office: Office, notice: Notice, case: Case, given: Objection, files: Sequence[StoredFile]
) -> Objection:
    known = _same(office, notice, given, files)
    if known is not None:
        return known
    given.notice_id, given.received_at = notice.id, office.now
    given.number = _number(office, notice, given.kind)
    given.files = [
        ObjectionFile(
            filename=file.filename, media_type=file.media_type, size=file.size, digest=file.digest
        )
        for file in files[:MOST_FILES]
    ]
    office.db.add(given)
    record(office, case, f"{given.kind}_received", number=given.number)
    _tell_organ(office, case, given)
    # Where one is being handled already, whoever handles it sees this one too.
    with suppress(MessageNotExpected):
        advance(office, case, _objection)
    return given


def _objection(loaded: LoadedDiagram, state: bytes, host: engine.Host) -> engine.Step:
    return engine.send(loaded.compiled, state, "objection", {}, host)


def _same(
    office: Office, notice: Notice, given: Objection, files: Sequence[StoredFile]
) -> Objection | None:
    """A double click, or the page sent once more."""
    typed = {field: getattr(given, field) for field in ("kind", "name", "contact", "content")}
    query = select(Objection).filter_by(notice_id=notice.id, answered_at=None, **typed)
    digests = sorted(file.digest for file in files)
    found = office.db.scalars(query.order_by(Objection.id))
    return next((one for one in found if sorted(f.digest for f in one.files) == digests), None)


def _number(office: Office, notice: Notice, kind: str) -> str:
    authority = office.db.get_one(Authority, notice.authority_id)
    year = office_date(office.now).year
    order = next_number(office.db, f"{kind}:{authority.code}:{year}")
    return f"{authority.short_name}测资{_CODES[kind]}〔{year}〕{order}号"


def _tell_organ(office: Office, case: Case, given: Objection) -> None:
    word = KIND_WORDS[given.kind]
    told = _("办件 {case} 的公示收到{word} {number}，请逐件核实答复。")
    tell(
        office,
        case,
        _("收到{word}").format(word=word),
        told.format(case=case.number, word=word, number=given.number),
        authority_id=case.authority_id,
    )


def _contact_of(actor: Account) -> str:
    """The account's own number and address, by which the unit's statement can be looked up."""
    ways = (getattr(actor, "mobile", ""), getattr(actor, "email", ""))
    return "、".join(way for way in ways if way) or actor.username
