"""What is done with several rows at once, those that were ticked (R074, R088, R165)."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, request
from sqlalchemy import select

from bpmn import casework
from models import DossierRow
from webapp.addresses import is_record_number
from webapp.confirming import ask_first, is_confirmed
from webapp.folders import row_folder
from webapp.grids import WORDS
from webapp.offices import reading, transaction
from webapp.security import allow

blueprint = Blueprint("ticked", __name__)

NAMED = 10
"""How many rows are named in the question; of the others only the number is told."""


@blueprint.post("/tasks/<int:task_id>/<page>/ticked/remove")
@allow("applicant")
def remove(task_id: int, page: str) -> Any:
    """Take the ticked rows out together, once it was asked whether that is meant."""
    ticked = [int(one) for one in _ticked() if is_record_number(one)]
    with reading() as office:
        folder = row_folder(office, task_id, page)
        here = (DossierRow.dossier_id == folder.case.dossier_id, DossierRow.page == page)
        query = select(DossierRow.label).where(*here, DossierRow.id.in_(ticked))
        labels = list(office.db.scalars(query.order_by(DossierRow.position)))
    back = folder.address(page, sheet=request.args.get("sheet"))
    if not labels:
        flash(_("请先勾选要%s的行。") % WORDS[page]["remove"], "warning")
        return redirect(back)
    if not is_confirmed():
        fields = {"rows": ",".join(map(str, ticked))}
        return ask_first(_question(page, labels), WORDS[page]["remove"], back, fields)
    with transaction() as office:
        case = row_folder(office, task_id, page).case
        count = casework.remove_rows(office, case, page, ticked)
    told = {"act": WORDS[page]["remove"], "count": count, "unit": WORDS[page]["unit"]}
    flash(_("已%(act)s %(count)d %(unit)s。") % told, "success")
    return redirect(back)


def _ticked() -> list[str]:
    return [*request.form.getlist("row"), *request.form.get("rows", "").split(",")][:5000]


def _question(page: str, labels: list[str]) -> str:
    names = "、".join(labels[:NAMED])
    rest = _("等") if len(labels) > NAMED else ""
    return _("%(act)s %(names)s%(rest)s，共 %(count)d %(unit)s？") % {
        "act": WORDS[page]["remove"],
        "names": names,
        "rest": rest,
        "count": len(labels),
        "unit": WORDS[page]["unit"],
    }
