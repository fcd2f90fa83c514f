"""What became of a certificate, line by line: the change, its case, its papers, its note."""

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.rights import may_see_case
from bpmn.office import Office
from models import Case, Document, Qualification, QualificationChange
from models.papers import ISSUED
from models.qualifications import CANCELLED, REPLACED

CHANGE_WORDS = {
    "granted": _("颁发证书"),
    "changed": _("变更登记事项，换发证书"),
    "reissued": _("随其他证书的变更换发"),
    "replaced": _("补领证书"),
    "renewed": _("延续"),
    "superseded": _("换领新证，本证失效"),
    "cancelled": _("注销"),
    "revoked": _("撤销"),
    "recalled": _("撤回"),
}
ENDINGS = {
    "superseded": REPLACED,
    "cancelled": CANCELLED,
    "revoked": CANCELLED,
    "recalled": CANCELLED,
}
"""The kinds after which the certificate is no longer good, with the status each leaves."""


@dataclass(frozen=True)
class HistoryLine:
    """One line; papers and the case's link are left out for those who may not see the case."""

    change: QualificationChange
    words: str
    case_number: str
    may_open: bool
    papers: tuple[Document, ...]
    ends: bool
    """The certificate is no longer good from this line on."""
    void_since: date | None
    """The day from which the papers of this line's version are void; none while they are good."""


def history_of(office: Office, held: Qualification) -> list[HistoryLine]:
    """The whole history, the newest first; three queries however long it is."""
    changes = list(held.history)
    cases = _cases(office, changes)
    papers = _papers(office, held)
    return [
        _line(office, held, change, cases.get(change.case_id or 0), papers.get(change.token, []))
        for change in reversed(changes)
    ]


def void_since(held: Qualification, token: str) -> date | None:
    """The day on which papers with this token were made anew or ended; none while they are good."""
    version = max((one.version for one in held.history if one.token == token), default=None)
    if version is None:
        return None
    later = (one for one in held.history if one.version > version or one.kind in ENDINGS)
    return min((one.on_day for one in later), default=None)


def ended_on(held: Qualification) -> date | None:
    """The day on which the certificate itself was cancelled or given up for a new one."""
    days = (one.on_day for one in held.history if ENDINGS.get(one.kind) == held.status)
    return max(days, default=None)


def _line(
    office: Office,
    held: Qualification,
    change: QualificationChange,
    case: Case | None,
    papers: list[Document],
) -> HistoryLine:
    may_open = bool(case and office.actor and may_see_case(office.actor, case))
    ends = change.kind in ENDINGS
    return HistoryLine(
        change=change,
        words=CHANGE_WORDS.get(change.kind, change.kind),
        case_number=case.number if case else "",
        may_open=may_open,
        papers=tuple(papers) if may_open and not ends else (),
        ends=ends,
        void_since=None if ends else void_since(held, change.token),
    )


def _cases(office: Office, changes: list[QualificationChange]) -> dict[int, Case]:
    ids = {change.case_id for change in changes if change.case_id is not None}
    return {case.id: case for case in office.db.scalars(select(Case).where(Case.id.in_(ids)))}


def _papers(office: Office, held: Qualification) -> dict[str, list[Document]]:
    """The certificate's issued papers by the token they carry."""
    query = select(Document).where(Document.qualification_id == held.id, Document.status == ISSUED)
    found: dict[str, list[Document]] = {}
    for paper in office.db.scalars(query.order_by(Document.id)):
        found.setdefault(paper.token, []).append(paper)
    return found
