"""Operations and paper of 补充和修改数据: the changed dossier becomes the approved one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.office import Office
from bpmn.operations.answers import held_certificates
from bpmn.operations.facts import Facts, facts_for, names_of
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record
from forms.pages import PAGES
from models import Attachment, Case, DossierPage, DossierRow

_MOST_NAMES = 8
"""So many are named on the paper; of more, only how many."""


@dataclass(frozen=True)
class Changes:
    """What a case changes on one page, by the names of the rows."""

    page: str
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    altered: Sequence[str] = ()


@dataclass(frozen=True)
class _Content:
    """A page or a row as it stands in a dossier, with the files that belong to it."""

    label: str
    values: Mapping[str, Any]
    files: Set[str]


@operation(_("启用更新的数据"))
def adopt_dossier(office: Office, case: Case) -> Variables:
    """Make the case's dossier the approved one; who was removed is free for other units."""
    case.unit.approved_dossier_id = case.dossier_id
    record(office, case, "dossier_adopted")
    return {}


@facts_for("update_notice")
def _notice(office: Office, case: Case) -> Facts:
    return {
        "changes": change_facts(office, case),
        "certificates": [
            {
                "number": held.number,
                "specialties": "、".join(
                    names_of(office, [part.specialty for part in held.specialties])
                ),
            }
            for held in held_certificates(office, case)
        ],
    }


def change_facts(office: Office, case: Case) -> list[dict[str, str]]:
    """The changes as papers print them: how many on each page, and the first of their names."""
    return [
        {
            "page": PAGES[one.page].title,
            "added": _told(one.added),
            "removed": _told(one.removed),
            "altered": _told(one.altered),
        }
        for one in changes_of(office, case)
    ]


def changes_of(office: Office, case: Case) -> list[Changes]:
    """What the case's dossier changes in the approved one, page by page; nothing left as it was.

    Asked before the dossier is adopted: afterwards the two are one.
    """
    before, after = case.unit.approved_dossier_id, case.dossier_id
    return [*_changed_rows(office, before, after), *_changed_pages(office, before, after)]


def _changed_rows(office: Office, before: int | None, after: int) -> Iterator[Changes]:
    old, new = _rows(office, before), _rows(office, after)
    for page in sorted({page for page, _key in (*old, *new)}):
        was, now = _of_page(old, page), _of_page(new, page)
        both = was.keys() & now.keys()
        found = Changes(
            page,
            added=[now[key].label for key in now if key not in both],
            removed=[was[key].label for key in was if key not in both],
            altered=[now[key].label for key in now if key in both and now[key] != was[key]],
        )
        if found != Changes(page, [], [], []):
            yield found


def _changed_pages(office: Office, before: int | None, after: int) -> Iterator[Changes]:
    old, new = _pages(office, before), _pages(office, after)
    for page in sorted({*old, *new}):
        if not PAGES[page].once and old.get(page) != new.get(page):
            yield Changes(page, altered=[PAGES[page].title])


def _rows(office: Office, dossier_id: int | None) -> dict[tuple[str, str], _Content]:
    """Every row by its page and what it stands for: the person, the instrument, the project."""
    query = select(DossierRow).where(DossierRow.dossier_id == dossier_id)
    files = _files(office, dossier_id)
    return {
        (row.page, row.claim_digest or row.label): _Content(
            row.label, row.values, files[row.page, row.id]
        )
        for row in office.db.scalars(query.order_by(DossierRow.position, DossierRow.id))
    }


def _pages(office: Office, dossier_id: int | None) -> dict[str, _Content]:
    query = select(DossierPage).where(DossierPage.dossier_id == dossier_id)
    files = _files(office, dossier_id)
    return {
        page.page: _Content(page.page, page.values, files[page.page, None])
        for page in office.db.scalars(query)
    }


def _of_page(rows: Mapping[tuple[str, str], _Content], page: str) -> dict[str, _Content]:
    return {key: content for (found, key), content in rows.items() if found == page}


def _files(office: Office, dossier_id: int | None) -> dict[tuple[str, int | None], set[str]]:
    """The files of each page and row, by what they are and what is in them."""
    query = select(Attachment.page, Attachment.row_id, Attachment.kind, Attachment.digest)
    files: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    for page, row_id, kind, digest in office.db.execute(
        query.where(Attachment.dossier_id == dossier_id)
    ):
        files[page, row_id].add(f"{kind}/{digest}")
    return files


def _told(labels: Sequence[str]) -> str:
    if not labels:
        return _("无")
    more = _("等") if len(labels) > _MOST_NAMES else ""
    return f"{len(labels)}：{'、'.join(labels[:_MOST_NAMES])}{more}"
