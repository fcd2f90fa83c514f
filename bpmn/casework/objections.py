"""Objections and statements (异议、陈述) received while a notice is open to all."""

from contextlib import suppress

from sqlalchemy import select

from bpmn import engine
from bpmn.casework.running import LoadedDiagram, advance, lock_case
from bpmn.errors import CaseNotFound, MessageNotExpected, NoticeClosed
from bpmn.office import Office
from bpmn.operations.trail import record
from models import Authority, Notice, Objection
from models.calendar import office_date
from models.settings import next_number


def object_to_notice(
    office: Office, notice_id: int, *, name: str, contact: str, content: str
) -> Objection:
    """Receive an objection and, if none is being handled, let the diagram turn to it.

    The same words of the same person once more, not yet answered, are the same objection.
    Raises NoticeClosed after the period.
    """
    notice = office.db.get(Notice, notice_id)
    if notice is None or notice.kind != "notice":
        raise CaseNotFound(str(notice_id))
    case = lock_case(office, notice.case_id)
    office.db.refresh(notice)
    if notice.closed_at is not None or notice.until is None or office.now >= notice.until:
        raise NoticeClosed(notice.title)
    known = _same(office, notice, name=name, contact=contact, content=content)
    if known is not None:
        return known
    objection = Objection(
        notice_id=notice.id,
        number=_number(office, notice),
        name=name,
        contact=contact,
        content=content,
        received_at=office.now,
    )
    office.db.add(objection)
    record(office, case, "objection_received", number=objection.number)
    # Where one is being handled already, whoever handles it sees this one too.
    with suppress(MessageNotExpected):
        advance(office, case, _objection)
    return objection


def open_objections(office: Office, case_id: int) -> list[Objection]:
    """What was received on the case's notices and has no answer yet."""
    query = (
        select(Objection)
        .join(Notice)
        .where(Notice.case_id == case_id, Objection.answered_at.is_(None))
        .order_by(Objection.id)
    )
    return list(office.db.scalars(query))


def answer_objections(office: Office, case_id: int, answer: str) -> None:
    """Give every open objection of the case the handler's answer with its reasons."""
    for objection in open_objections(office, case_id):
        objection.answer, objection.answered_at = answer, office.now
        objection.answered_by = office.actor_id


def _objection(loaded: LoadedDiagram, state: bytes, host: engine.Host) -> engine.Step:
    return engine.send(loaded.compiled, state, "objection", {}, host)


def _same(office: Office, notice: Notice, **typed: str) -> Objection | None:
    """A double click, or the page sent once more."""
    query = select(Objection).filter_by(notice_id=notice.id, answered_at=None, **typed)
    return office.db.scalars(query.limit(1)).first()


def _number(office: Office, notice: Notice) -> str:
    authority = office.db.get_one(Authority, notice.authority_id)
    year = office_date(office.now).year
    order = next_number(office.db, f"objection:{authority.code}:{year}")
    return f"{authority.short_name}测资异〔{year}〕{order}号"
