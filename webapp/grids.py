"""A page of rows as it is shown: the rows with the reason why one does not count, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from bpmn import casework
from bpmn.casework import conflicts
from bpmn.casework.former_staff import PAGE as FORMER_PAGE
from bpmn.office import Office
from bpmn.operations.answers import specialties_of
from models import Attachment, DossierRow
from models.verdict import Verdict
from webapp.folders import Folder
from webapp.layouts import cells_of, columns_of, name_column, name_of

SIZE = 100
WORDS: Mapping[str, Mapping[str, str]] = {
    "staff": {
        "add": _("添加技术人员"),
        "change": _("编辑技术人员"),
        "remove": _("移除"),
        "question": _("将 %s 从本单位的技术人员中移除？"),
        "verdict": _("专业技术人员满足情况查看"),
        "met": _("技术人员满足所选专业的标准"),
        "short": _("技术人员尚未满足标准"),
        "empty": _("还没有技术人员"),
        "advice": _("点击“添加”逐个填报；保存后自动继续添加下一名。"),
        "unit": _("人"),
    },
    "equipment": {
        "add": _("添加技术装备"),
        "change": _("编辑技术装备"),
        "remove": _("删除"),
        "question": _("删除技术装备 %s？"),
        "verdict": _("技术装备满足情况查看"),
        "met": _("技术装备满足所选专业的标准"),
        "short": _("技术装备尚未满足标准"),
        "empty": _("还没有技术装备"),
        "advice": _("点击“添加”逐台填报；保存后自动继续添加下一台。"),
        "unit": _("台（套）"),
    },
    "projects": {
        "add": _("添加项目"),
        "change": _("编辑项目"),
        "remove": _("删除"),
        "question": _("删除项目 %s？"),
        "verdict": "",
        "met": _("测绘业绩满足晋升要求"),
        "short": _("测绘业绩或取得乙级的时间尚未满足晋升要求"),
        "empty": _("还没有项目"),
        "advice": _("晋升甲级的，填报近两年相应专业的项目；申请乙级的可以不填。"),
        "unit": _("个"),
    },
}


@dataclass(frozen=True)
class RowView:
    """A row of the grid: its cells, and whether it counts, in a kind of chip and in words."""

    row: DossierRow
    name: str
    cells: Sequence[str]
    state: str
    word: str
    reasons: Sequence[str]
    files: int


def grid_of(office: Office, folder: Folder, page: str, number: int) -> dict[str, Any]:
    """The rows of one sheet of a long page, and the verdict over all of them."""
    rows = casework.rows_of(office, folder.case.dossier_id, page)
    verdict = verdict_of(office, folder, page, rows)
    sheets = max(1, -(-len(rows) // SIZE))
    number = min(max(number, 1), sheets)
    shown = rows[(number - 1) * SIZE : number * SIZE]
    files = _file_counts(office, folder, page)
    reasons = {one.key: one.reason for one in verdict.not_counted} if verdict else {}
    return {
        "words": WORDS[page],
        "columns": [
            name_column(page),
            *columns_of(page),
            (_("附件"), "num is-spare"),
            _("状态"),
            "",
        ],
        "rows": [_view(office, page, row, reasons, files) for row in shown],
        "total": len(rows),
        "sheet": number,
        "sheets": sheets,
        "verdict": verdict,
        "former_url": _former_url(folder, page),
        "has_target": bool(specialties_of(office, folder.case)),
    }


def won_rows(office: Office, folder: Folder, page: str) -> list[tuple[str, str]]:
    """(what, address) of each row that was refused once and that the unit may add now."""
    if not folder.is_open:
        return []
    return [
        (one.label, url_for("conflicts.add", task_id=folder.task.id, page=page, contest_id=one.id))
        for one in conflicts.won_contests(office, folder.case, page)
    ]


def _former_url(folder: Folder, page: str) -> str:
    """Where the unit's people of the old system are, on the page that may take them over (R065)."""
    if page != FORMER_PAGE or not folder.matter.offers_former_staff:
        return ""
    return url_for("former_staff.show", task_id=folder.task.id)


def verdict_of(
    office: Office, folder: Folder, page: str, rows: Sequence[DossierRow]
) -> Verdict | None:
    """What the standard says of the rows; None where it asks for nothing."""
    if page == "staff":
        return casework.staff_verdict_of(office, folder.case, rows)
    if page == "equipment":
        return casework.equipment_verdict_of(office, folder.case, rows)
    if office.standard.certificate_types[folder.case.certificate_type].certificate_class != "A":
        return None
    problems = casework.promotion_problems_of(office, folder.case, rows)
    left_out = casework.projects_left_out(office, folder.case, rows)
    return Verdict(met=not problems, rows=(), shortfalls=problems, not_counted=left_out)


def _view(
    office: Office,
    page: str,
    row: DossierRow,
    reasons: Mapping[str, str],
    files: Mapping[int | None, int],
) -> RowView:
    reason = reasons.get(str(row.id))
    if row.problems:
        state, word, told = "problem", _("不计入"), row.problems
    elif reason:
        state, word, told = "skipped", _("不计入"), [reason]
    else:
        state, word, told = "done", _("计入"), []
    cells = cells_of(page, row, office.standard)
    return RowView(row, name_of(page, row), cells, state, word, told, files.get(row.id, 0))


def _file_counts(office: Office, folder: Folder, page: str) -> dict[int | None, int]:
    query = (
        select(Attachment.row_id, func.count())
        .where(Attachment.dossier_id == folder.case.dossier_id, Attachment.page == page)
        .group_by(Attachment.row_id)
    )
    return {row_id: count for row_id, count in office.db.execute(query)}  # noqa: C416
