"""The work of the workers as the administrator sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import func, select

from bpmn.office import Office
from models import NO_LIMIT, Case, Document, JobAttempt, Message
from models.settings import read_setting
from webapp.jobs.kinds import KINDS
from webapp.jobs.worker import WORKER_SEEN

LISTED = 100
KIND_NAMES = {
    "calendar": _("重新计算期限"),
    "baseless": _("失去对象"),
    "case": _("到期唤醒"),
    "conflict": _("协调失效"),
    "document": _("生成文书"),
    "message": _("发送消息"),
    "steps": _("统计环节用时"),
    "migration": _("迁移办件"),
    "replay": _("推演办结件"),
}


@dataclass(frozen=True)
class Troubled:
    """A piece of work that failed at least once; `number` is its case's."""

    kind: str
    subject_id: int
    number: str
    attempts: int
    error: str
    retry_at: datetime
    given_up: bool


def overview(office: Office) -> dict[str, Any]:
    """The variables of the page."""
    seen = read_setting(office.db, WORKER_SEEN)
    return {
        "waiting": {KIND_NAMES[kind.name]: _count(office, kind.name) for kind in KINDS.values()},
        "troubled": _troubled(office),
        "names": KIND_NAMES,
        "worker_seen": datetime.fromisoformat(seen) if seen else None,
    }


def _count(office: Office, kind: str) -> int:
    query = KINDS[kind].wanted(office).order_by(None).limit(10_000)
    return office.db.scalar(select(func.count()).select_from(query.subquery())) or 0


def _troubled(office: Office) -> list[Troubled]:
    query = (
        select(JobAttempt)
        .where(JobAttempt.error != "")
        .order_by(JobAttempt.retry_at.desc(), JobAttempt.subject_id)
        .limit(LISTED)
    )
    found = list(office.db.scalars(query))
    numbers = {kind: _numbers(office, kind, found) for kind in KINDS}
    return [
        Troubled(
            kind=one.kind,
            subject_id=one.subject_id,
            number=numbers[one.kind].get(one.subject_id, ""),
            attempts=one.attempts,
            error=one.error,
            retry_at=one.retry_at,
            given_up=one.retry_at == NO_LIMIT,
        )
        for one in found
    ]


def _numbers(office: Office, kind: str, found: list[JobAttempt]) -> Mapping[int, str]:
    """The case numbers of the subjects, in one query for each kind."""
    ids = [one.subject_id for one in found if one.kind == kind]
    if not ids or kind in ("calendar", "migration", "replay", "steps"):
        return {}
    if kind in ("baseless", "case", "conflict"):
        query = select(Case.id, Case.number).where(Case.id.in_(ids))
    else:
        table = Document if kind == "document" else Message
        query = select(table.id, Case.number).join(Case, Case.id == table.case_id)
        query = query.where(table.id.in_(ids))
    return dict(office.db.execute(query).all())
