"""Many scans at once: each checked like a single one, laid at its row or into the tray."""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bpmn import casework
from bpmn.errors import AttachmentNotFound, RowNotFound
from forms.attachments import ACCEPT_ATTRIBUTE
from forms.pages import PAGES
from webapp import uploads
from webapp.addresses import is_record_number
from webapp.folders import Folder, frame, row_folder
from webapp.grids import WORDS
from webapp.offices import reading, transaction
from webapp.security import allow

blueprint = Blueprint("scans", __name__)

SIZE = 100
MOST_CHOICES = 20_000
"""Of files on one page, and of rows in all their lists: each file has a list of every row."""


@blueprint.get("/tasks/<int:task_id>/<page>/scans")
@allow("applicant")
def tray(task_id: int, page: str) -> Any:
    """批量上传扫描件: the place to choose files, and those whose name told too little."""
    return _show(task_id, page, [])


@blueprint.post("/tasks/<int:task_id>/<page>/scans")
@allow("applicant")
def upload(task_id: int, page: str) -> Any:
    """Check, store and lay the files; a bad one is told by name and keeps no other back."""
    with reading() as office:
        row_folder(office, task_id, page)
    received = uploads.receive_scans()
    with transaction() as office:
        case = row_folder(office, task_id, page).case
        laid = [casework.lay_scan(office, case, page, stored) for _kind, stored in received.kept]
        _tell([one.kind for one in laid if one is not None], len(laid))
    if received.problems:
        return _show(task_id, page, received.problems[""]), received.status
    return redirect(url_for("scans.tray", task_id=task_id, page=page))


@blueprint.post("/tasks/<int:task_id>/<page>/scans/place")
@allow("applicant")
def place(task_id: int, page: str) -> Any:
    """Lay the files of the tray for which a row and a kind were chosen (保存)."""
    placed = gone = 0
    with transaction() as office:
        case = row_folder(office, task_id, page).case
        for scan, row, kind in _chosen():
            try:
                casework.place_scan(office, case, page, scan, row, kind)
                placed += 1
            except (AttachmentNotFound, RowNotFound):
                gone += 1
    if placed:
        flash(_("已归入 %d 个文件。") % placed, "success")
    if gone:
        flash(_("有 %d 个文件或其所选的行已被移除或已处理，没有归入。") % gone, "warning")
    if not placed and not gone:
        flash(_("请为文件选择所属的行和材料种类，再保存。"), "warning")
    return redirect(url_for("scans.tray", task_id=task_id, page=page))


def _chosen() -> Iterator[tuple[int, int, str]]:
    """(file, row, kind) of each file for which both were chosen."""
    for name, kind in request.form.items():
        number = name.removeprefix("kind-")
        row = request.form.get(f"row-{number}", "")
        if name.startswith("kind-") and kind and all(map(is_record_number, (number, row))):
            yield int(number), int(row), kind


def _tell(kinds: list[str], received: int) -> None:
    """What became of the files that were sound."""
    waiting = kinds.count(casework.TRAY)
    if len(kinds) > waiting:
        flash(_("已自动归入 %d 个文件。") % (len(kinds) - waiting), "success")
    if waiting:
        flash(_("有 %d 个文件无法从文件名确定归属，请在下面指定。") % waiting, "warning")
    if received > len(kinds):
        flash(_("有 %d 个文件已上传过，没有重复保存。") % (received - len(kinds)), "info")


def _show(task_id: int, page: str, problems: list[str]) -> str:
    with reading() as office:
        folder = row_folder(office, task_id, page)
        waiting = casework.tray_of(office, folder.case, page)
        rows = casework.rows_of(office, folder.case.dossier_id, page) if waiting else []
        size = min(SIZE, max(1, MOST_CHOICES // (len(rows) or 1)))
        return render_template(
            "dossiers/scans.html",
            **frame(office, folder, page),
            waiting=[_entry(folder, *one) for one in waiting[:size]],
            total=len(waiting),
            choices=[(row.id, f"{at}　{row.label}") for at, row in enumerate(rows, start=1)],
            kinds=[(kind.key, kind.label) for kind in PAGES[page].attachments],
            problems=problems,
            accept=ACCEPT_ATTRIBUTE,
            words=WORDS[page],
            title=_("批量上传扫描件：%s") % PAGES[page].title,
        )


def _entry(folder: Folder, file: Any, told: Any) -> dict[str, Any]:
    return {
        "file": file,
        "told": told,
        "remove_url": url_for("attachments.remove", task_id=folder.task.id, attachment_id=file.id),
    }
