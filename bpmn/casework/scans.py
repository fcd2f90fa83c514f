"""批量上传扫描件: files laid at the rows that their names tell; the rest lie in a tray.

A file of the tray is an attachment of its page that no row and no kind has yet.
"""

from collections.abc import Mapping
from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.attachments import StoredFile, attach_file
from bpmn.casework.dossiers import find_row, refresh_problems, require_open_dossier
from bpmn.errors import AttachmentNotFound
from bpmn.office import Office
from forms.attachments import kind_of
from forms.pages import PAGES
from forms.scan_names import Match, match
from models import Attachment, Case, DossierRow

TRAY = "unmatched"


def lay_scan(office: Office, case: Case, page: str, stored: StoredFile) -> Attachment | None:
    """Lay a file at the row that its name tells, or into the tray; None when it is there already.

    Sent again, after a lost connection or by two clicks, a file is still laid once.
    """
    require_open_dossier(office, case)
    told = match(PAGES[page].row, stored.filename, _named(office, case, page))
    is_told = told.row is not None and bool(told.kind)
    row_id, kind = (told.row, told.kind) if is_told else (None, TRAY)
    if _is_there(office, case, page, row_id, kind, stored):
        return None
    laid = attach_file(office, case, page, row_id, kind, stored)
    office.db.flush()  # the same file may be sent twice in one post
    return laid


def place_scan(
    office: Office, case: Case, page: str, attachment_id: int, row_id: int, kind: str
) -> Attachment:
    """Lay a file of the tray at the row and as the kind that the unit chose.

    Raises AttachmentNotFound, also when it was placed or removed meanwhile, and RowNotFound.
    """
    require_open_dossier(office, case)
    scan = office.db.get(Attachment, attachment_id)
    row = find_row(office, case.dossier_id, row_id)
    if scan is None or scan.dossier_id != case.dossier_id or scan.page != row.page:
        raise AttachmentNotFound(str(attachment_id))
    if scan.page != page or scan.kind != TRAY or kind_of(PAGES[page].row, kind) is None:
        raise AttachmentNotFound(str(attachment_id))
    scan.row_id, scan.kind = row.id, kind
    office.db.flush()  # the row's problems are read from its files
    refresh_problems(office, row)
    return scan


def tray_of(office: Office, case: Case, page: str) -> list[tuple[Attachment, Match]]:
    """The files of the tray, each with what its name tells now: rows may have been added since."""
    query = select(Attachment).where(
        Attachment.dossier_id == case.dossier_id,
        Attachment.page == page,
        Attachment.row_id.is_(None),
        Attachment.kind == TRAY,
    )
    rows = _named(office, case, page)
    place = PAGES[page].row
    files = office.db.scalars(query.order_by(Attachment.id))
    return [(file, match(place, file.filename, rows)) for file in files]


def tray_words(page: str) -> str:
    """What is said of a page whose tray is not empty."""
    return _("有批量上传的文件尚未指定到%s的某一行，请指定或删除。") % PAGES[page].title


def _named(office: Office, case: Case, page: str) -> Mapping[int, Mapping[str, object]]:
    query = select(DossierRow.id, DossierRow.values).where(
        DossierRow.dossier_id == case.dossier_id, DossierRow.page == page
    )
    return {row_id: values for row_id, values in office.db.execute(query)}  # noqa: C416


def _is_there(
    office: Office, case: Case, page: str, row_id: int | None, kind: str, stored: StoredFile
) -> bool:
    """Whether the page has the file: at this very place, or wherever the unit laid it by hand."""
    query = select(Attachment.row_id, Attachment.kind, Attachment.filename).where(
        Attachment.dossier_id == case.dossier_id,
        Attachment.page == page,
        Attachment.digest == stored.digest,
    )
    return any(
        file.filename == stored.filename
        or (row_id is not None and (file.row_id, file.kind) == (row_id, kind))
        for file in office.db.execute(query)
    )
