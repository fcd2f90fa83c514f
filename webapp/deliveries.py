"""送达: what waits to be served, noting how it was, its slips, and the word of a unit on it."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from gettext import gettext as _
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user
from sqlalchemy import select

from bpmn.casework import deliveries, service_slips
from bpmn.errors import PaperRefused, PaperServed
from bpmn.office import Office
from certificates import KINDS, Slip, print_slip
from forms.delivery import ConsentForm, DeliveryForm, plain_clock
from models import Case, Delivery, Document, ServiceConsent, Unit
from models.calendar import OFFICE_ZONE, office_date
from models.deliveries import ELECTRONIC, WAYS
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import MEMBER, OFFICERS, allow

blueprint = Blueprint("deliveries", __name__)
BY_HAND = [(way, label) for way, label in WAYS.items() if way != ELECTRONIC]


@blueprint.get("/deliveries")
@allow(*OFFICERS)
def index() -> Any:
    """待送达: issued papers of my organ for units that did not agree to electronic service."""
    with reading() as office:
        g.now = office.now
        page = page_of(office.db, deliveries.awaited_at(current_user.authority_id))
        return render_template("deliveries/index.html", page=page, rows=_rows(office, page.rows))


@blueprint.route("/documents/<int:document_id>/delivery", methods=["GET", "POST"])
@allow(*OFFICERS)
def record(document_id: int) -> Any:
    """登记送达: how an officer handed the paper over."""
    with reading() as office:
        g.now = office.now
        document, case = deliveries.paper_to_serve(office, document_id)
        form = _form(office, document, case)
    message = ""
    if request.method == "POST" and form.validate() and _is_possible(office, document, form):
        try:
            return _recorded(document, case, form)
        except PaperRefused as error:
            message = str(error)
    page = render_template(
        "deliveries/record.html",
        form=form,
        document=document,
        case=case,
        message=message,
        nav_here="deliveries.index",
    )
    return page, 422 if form.errors or message else 200


@blueprint.get("/deliveries/<int:delivery_id>/receipt.pdf")
@allow(MEMBER)
def receipt(delivery_id: int) -> Any:
    """送达回证, for who may see the paper."""
    with reading() as office:
        delivery, document, case = deliveries.find_delivery(office, delivery_id)
        slip = service_slips.receipt_of(office, delivery, document)
    return _pdf(slip, case)


@blueprint.get("/deliveries/<int:delivery_id>/slip.pdf")
@allow(MEMBER)
def slip(delivery_id: int) -> Any:
    """领取单 or 邮寄单 of a certificate that was, or is to be, handed out on paper."""
    with reading() as office:
        delivery, document, case = deliveries.find_delivery(office, delivery_id)
        if not service_slips.has_slip(delivery, document):
            abort(404)
        found = service_slips.hand_out_slip(office, delivery, document, case)
    return _pdf(found, case)


@blueprint.route("/deliveries/consent", methods=["GET", "POST"])
@allow("applicant")
def consent() -> Any:
    """电子送达: what my unit says of it, now and before."""
    with reading() as office:
        g.now = office.now
        said = _said(office)
    known = {"agreed": "yes" if said[0].agreed else "no"} if said else {}
    is_post = request.method == "POST"
    form = ConsentForm(request.form) if is_post else ConsentForm(data=known)
    if is_post and form.validate():
        agreed = form.answers()["agreed"] == "yes"
        with transaction() as office:
            deliveries.state_consent(office, agreed)
        words = _("已同意电子送达。") if agreed else _("已登记：不采用电子送达。")
        flash(words, "success")
        return redirect(url_for("deliveries.consent"))
    page = render_template(
        "deliveries/consent.html", form=form, said=said, nav_here="messages.index"
    )
    return page, 422 if form.errors else 200


def service_variables(office: Office, case: Case) -> dict[str, Any]:
    """What deliveries/_state.html shows beside each paper of a case."""
    return {
        "services_of": deliveries.deliveries_of(office, case),
        "service_ways": WAYS,
        "kept_inside": {kind for kind, known in KINDS.items() if not known.is_served},
        "may_serve": deliveries.may_serve(office, case),
    }


def _said(office: Office) -> list[ServiceConsent]:
    """The newest words of my unit, the last one first."""
    query = select(ServiceConsent).where(ServiceConsent.unit_id == current_user.unit_id)
    return list(office.db.scalars(query.order_by(ServiceConsent.id.desc()).limit(20)))


def _form(office: Office, document: Document, case: Case) -> DeliveryForm:
    waiting = [
        (str(unit_id), office.db.get_one(Unit, unit_id).name)
        for unit_id in deliveries.addressees(document, case)
        if deliveries.may_still_serve(document, deliveries.served_ways(office, document, unit_id))
    ]
    if not waiting:
        raise PaperServed(document.title)
    known = {"unit": waiting[0][0], "reached_on": office_date(office.now)}
    return DeliveryForm(
        request.form if request.method == "POST" else None,
        known,
        today=office_date(office.now),
        choices={"units": waiting, "ways": BY_HAND},
    )


def _is_possible(office: Office, document: Document, form: DeliveryForm) -> bool:
    """A paper reaches nobody before it was issued, nor later than now."""
    at = _moment(form)
    if document.issued_at is not None and at < document.issued_at.replace(second=0, microsecond=0):
        form.reached_clock.errors = [_("送达时间早于文书出具的时间，请核对。")]
    elif at > office.now:
        form.reached_clock.errors = [_("送达时间还没有到，请核对。")]
    return not form.reached_clock.errors


def _moment(form: DeliveryForm) -> datetime:
    hour, minute = plain_clock(form.reached_clock.data or "").split(":")
    at = time(int(hour), int(minute), tzinfo=OFFICE_ZONE)
    return datetime.combine(form.reached_on.data, at)


def _recorded(document: Document, case: Case, form: DeliveryForm) -> Any:
    answers = form.answers()
    with transaction() as office:
        delivery = deliveries.record_delivery(
            office, document.id, int(answers["unit"]), _moment(form), answers
        )
        service_slips.require_printable(service_slips.receipt_of(office, delivery, document))
    flash(_("已登记“{title}”的送达。").format(title=document.title), "success")
    return redirect(url_for("cases.show", number=case.number) + "#papers")


def _rows(office: Office, services: Sequence[Delivery]) -> list[dict[str, Any]]:
    """Each service with its paper, case and unit, in as many queries for fifty as for one."""
    papers = _by_id(office, Document, {one.document_id for one in services})
    cases = _by_id(office, Case, {one.case_id for one in services})
    units = _by_id(office, Unit, {one.unit_id for one in services})
    return [
        {
            "delivery": one,
            "document": papers[one.document_id],
            "case": cases[one.case_id],
            "unit": units[one.unit_id],
        }
        for one in services
    ]


def _by_id(office: Office, table: type[Any], wanted: Collection[int]) -> dict[int, Any]:
    return {row.id: row for row in office.db.scalars(select(table).where(table.id.in_(wanted)))}


def _pdf(found: Slip, case: Case) -> Any:
    return send_file(
        BytesIO(print_slip(found)),
        mimetype="application/pdf",
        download_name=f"{found.title}-{case.number}.pdf",
        max_age=0,
    )
