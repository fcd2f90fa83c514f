"""The paper of what was handed in (申请材料接收凭证): counted by page, never row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from sqlalchemy import func, select

from bpmn.office import Office
from bpmn.operations.facts import Facts, case_authority, facts_for, to_the_minute
from forms.pages import PAGES
from models import Attachment, Case, Correction, DossierPage, DossierRow

_MEGABYTE = 1024 * 1024


@dataclass
class _Handed:
    """What lies on one page: how many rows, and of each kind of file how many and how large."""

    rows: int = 0
    files: dict[str, int] = field(default_factory=dict)
    size: int = 0


@facts_for("receipt")
def _receipt(office: Office, case: Case) -> Facts:
    answered = select(func.max(Correction.round)).where(Correction.case_id == case.id)
    return {
        "submitted_at": to_the_minute(office.now),
        "round": office.db.scalar(answered),
        "materials": list(_materials(office, case)),
        "receiver": _("{organ}（通过测资通自动接收）").format(organ=case_authority(case).name),
    }


def _materials(office: Office, case: Case) -> Iterator[Mapping[str, str]]:
    handed = _handed_in(office, case.dossier_id)
    for page in _pages_of(office, case):
        if page not in handed:
            continue
        found, known = handed[page], PAGES[page]
        labels = {kind.key: kind.label for kind in known.attachments}
        yield {
            "name": known.title,
            "copies": _("%s 条") % found.rows if known.row else _("1 份"),
            "files": "、".join(
                _("{label} {count} 件").format(label=labels.get(kind, kind), count=count)
                for kind, count in found.files.items()
            )
            or _("无"),
            "size": _size_words(found.size),
        }


def _pages_of(office: Office, case: Case) -> Sequence[str]:
    """The pages of the application; a dossier holds others that were approved before."""
    return office.pages.get(case.matter) or tuple(PAGES)


def _handed_in(office: Office, dossier_id: int) -> dict[str, _Handed]:
    """What is on each page, in three queries however many people and instruments there are."""
    saved = select(DossierPage.page).where(DossierPage.dossier_id == dossier_id)
    handed = {page: _Handed() for page in office.db.scalars(saved)}
    rows = select(DossierRow.page, func.count()).where(DossierRow.dossier_id == dossier_id)
    for page, count in office.db.execute(rows.group_by(DossierRow.page)):
        handed.setdefault(page, _Handed()).rows = count
    files = (
        select(Attachment.page, Attachment.kind, func.count(), func.sum(Attachment.size))
        .where(Attachment.dossier_id == dossier_id)
        .group_by(Attachment.page, Attachment.kind)
        .order_by(Attachment.page, Attachment.kind)
    )
    for page, kind, count, size in office.db.execute(files):
        found = handed.setdefault(page, _Handed())
        found.files[kind] = count
        found.size += int(size)
    return handed


def _size_words(size: int) -> str:
    if not size:
        return "—"
    if size < _MEGABYTE:
        return _("{n} KB").format(n=max(1, round(size / 1024)))
    return _("{n} MB").format(n=round(size / _MEGABYTE, 1))
