"""Objections and statements as operations see them: answered, dropped with their case, told."""

from gettext import gettext as _

from sqlalchemy import func, select

from bpmn.errors import ObjectionsOpen
from bpmn.office import Office
from bpmn.operations.trail import tell
from models import Case, Notice, Objection

_DROPPED = {
    "withdrawn": _("申请单位已撤回申请，公示终止，不再作出审批决定。"),
    "terminated": _("审批机关已终止办理，公示终止，不再作出审批决定。"),
}


def open_objections(office: Office, case_id: int) -> list[Objection]:
    """What was received on the case's notices and has no answer yet, the oldest first."""
    query = (
        select(Objection)
        .join(Notice)
        .where(Notice.case_id == case_id, Objection.answered_at.is_(None))
        .order_by(Objection.id)
    )
    return list(office.db.scalars(query))


def require_answers(office: Office, case: Case) -> None:
    """Raise ObjectionsOpen while an objection or statement of the case has no answer."""
    query = (
        select(func.count())
        .select_from(Objection)
        .join(Notice)
        .where(Notice.case_id == case.id, Objection.answered_at.is_(None))
    )
    count = office.db.scalar(query)
    if count:
        raise ObjectionsOpen(count)


def answer_objection(office: Office, case: Case, found: Objection, verdict: str, text: str) -> None:
    """Write the answer down and tell whoever objected, without what they wrote."""
    found.verdict, found.answer = verdict, text
    found.answered_at, found.answered_by = office.now, office.actor_id
    words = _("您提交的{number}已有答复：{answer}\n也可以在“公示公告”栏目凭编号和联系方式查询。")
    _tell(office, case, found, words.format(number=found.number, answer=text))


def drop_open_objections(office: Office, case: Case, ended: str) -> None:
    """The case ended before its decision: nothing is left to object to."""
    answer = _DROPPED.get(ended, _("办件已经结束，公示终止。"))
    for found in open_objections(office, case.id):
        answer_objection(office, case, found, "", answer)


def _tell(office: Office, case: Case, found: Objection, body: str) -> None:
    """To the unit's account, or by mail to an address that was left; nobody else reads it."""
    if found.unit_id is None and "@" not in found.contact:
        return
    objection_id = None if found.unit_id else found.id
    subject = _("异议、陈述的答复")
    tell(office, case, subject, body[:2000], unit_id=found.unit_id, objection_id=objection_id)
