"""撤销、撤回、注销 by the organ: proposed from the page of the certificate."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bpmn.casework import register, revocations
from bpmn.errors import RevocationRefused
from bpmn.matters.revocation import MATTER
from certificates.grounds import ground_choices
from forms.revocation import ProposeRevocationForm
from models import Unit
from webapp.offices import reading, transaction
from webapp.security import allow

blueprint = Blueprint("revocations", __name__)


@blueprint.route("/certificates/<int:qualification_id>/revocation", methods=["GET", "POST"])
@allow("reviewer")
def propose(qualification_id: int) -> Any:
    """提出: ground, facts, evidence; then the unit is told and asked (陈述申辩)."""
    posted = request.form if request.method == "POST" else None
    form = ProposeRevocationForm(posted, choices={"grounds": ground_choices()})
    if posted is None or not form.validate():
        return _page(qualification_id, form), 422 if form.errors else 200
    try:
        with transaction() as office:
            case = revocations.propose_revocation(office, MATTER, qualification_id, form.answers())
            number = case.number
    except RevocationRefused as refused:
        return _page(qualification_id, form, str(refused)), 409
    flash(_("办件 {number} 已建立，已告知单位陈述申辩。").format(number=number), "success")
    return redirect(url_for("cases.show", number=number))


def _page(qualification_id: int, form: Any, sentence: str = "") -> str:
    with reading() as office:
        held = register.find_certificate(office, qualification_id)
        reason = revocations.why_not_revocable(office, held)
        return render_template(
            "certificates/revocation.html",
            held=held,
            unit=office.db.get_one(Unit, held.unit_id),
            kind=office.standard.certificate_types[held.certificate_type].name,
            form=form,
            sentence=sentence or reason,
            may_propose=not reason,
            nav_here="certificates.index",
        )
