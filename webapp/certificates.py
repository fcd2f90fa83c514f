"""Certificates at a glance: a unit's own, the register of an organ, and each one's history."""

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request
from flask_login import current_user

from bpmn.casework import register
from bpmn.casework.history import history_of
from bpmn.casework.register import RegisterWanted
from bpmn.casework.revocations import may_propose
from bpmn.casework.validity import STATUS_WORDS, validity_of, words_of_status
from bpmn.office import Office
from models import Authority, Qualification, Unit
from models.calendar import office_date
from webapp.exports import csv_response
from webapp.filters import day
from webapp.offices import reading
from webapp.paging import asked_words, page_of
from webapp.security import MEMBER, OFFICERS, allow

blueprint = Blueprint("certificates", __name__, url_prefix="/certificates")
WITHIN = {30: _("30 天内到期"), 90: _("90 天内到期"), 180: _("180 天内到期")}
EXPORT_MOST = 20_000
"""Rows of one file; a spreadsheet with more is no list to look at."""
_COLUMNS = [
    _("证书编号"),
    _("单位名称"),
    _("统一社会信用代码"),
    _("资质证书"),
    _("专业类别（首次批准日期）"),
    _("发证日期"),
    _("有效期至"),
    _("状态"),
]


@blueprint.get("/mine")
@allow("applicant")
def mine() -> Any:
    """The unit's certificates: what counts, until when, and what to do about it."""
    with reading() as office:
        unit = office.db.get(Unit, current_user.unit_id) or abort(404)
        return _at_a_glance(office, unit, register.certificates_of(office, unit.id))


@blueprint.get("")
@allow(*OFFICERS)
def index() -> Any:
    """证书台账: the certificates of the organ and of its region, the first to end first."""
    wanted = _wanted()
    with reading() as office:
        page = page_of(office.db, register.register_query(office, wanted))
        return render_template(
            "certificates/index.html",
            rows=_rows(office, page.rows),
            page=page,
            wanted=wanted,
            within=WITHIN,
            statuses=STATUS_WORDS,
            kinds=office.standard.certificate_types,
            specialties=office.standard.specialties,
            asked={key: value for key, value in request.args.items() if value and key != "page"},
        )


@blueprint.get("/register.csv")
@allow(*OFFICERS)
def export() -> Response:
    """The same list, with the same conditions, as a file."""
    with reading() as office:
        query = register.register_query(office, _wanted()).limit(EXPORT_MOST)
        found = list(office.db.scalars(query))
        return csv_response(_("证书台账"), _COLUMNS, list(_lines(office, found)))


@blueprint.get("/units/<int:unit_id>")
@allow(*OFFICERS)
def unit(unit_id: int) -> Any:
    """One unit's certificates, as far as the register shows them to the officer."""
    with reading() as office:
        query = register.register_query(office, RegisterWanted())
        found = list(office.db.scalars(query.where(Qualification.unit_id == unit_id)))
        if not found:
            abort(404)
        return _at_a_glance(office, office.db.get_one(Unit, unit_id), found[::-1])


@blueprint.get("/<int:qualification_id>")
@allow(MEMBER)
def show(qualification_id: int) -> Any:
    """One certificate with its specialties and its history (变动记录)."""
    with reading() as office:
        held = register.find_certificate(office, qualification_id)
        return render_template(
            "certificates/show.html",
            unit=office.db.get_one(Unit, held.unit_id),
            one=_entry(office, held),
            organ=office.db.get_one(Authority, held.authority_id),
            lines=history_of(office, held),
            may_propose=may_propose(office, held),
            nav_here=_nav_here(),
        )


def _at_a_glance(office: Office, unit: Unit, found: Sequence[Qualification]) -> str:
    g.now = office.now
    return render_template(
        "certificates/unit.html",
        unit=unit,
        own=current_user.unit_id == unit.id,
        certificates=[_entry(office, held) for held in found],
        nav_here=_nav_here(),
    )


def _rows(office: Office, found: list[Qualification]) -> list[dict[str, Any]]:
    units = register.units_of(office, found)
    return [{**_entry(office, held), "unit": units[held.unit_id]} for held in found]


def _entry(office: Office, held: Qualification) -> dict[str, Any]:
    names = office.standard.specialties
    actor = office.actor
    return {
        "held": held,
        "kind": office.standard.certificate_types[held.certificate_type].name,
        "validity": validity_of(held, office_date(office.now), office.standard.renewal),
        "specialties": [(names[part.specialty].name, part) for part in held.specialties],
        "may_open": bool(actor and register.may_see_history(office, actor, held)),
    }


def _lines(office: Office, found: list[Qualification]) -> Iterator[list[Any]]:
    for row in _rows(office, found):
        held, parts = row["held"], row["specialties"]
        yield [
            held.number,
            row["unit"].name,
            row["unit"].uscc,
            row["kind"],
            "、".join(f"{name}（{day(part.approved_on)}）" for name, part in parts),
            day(held.issued_on),
            day(held.valid_until),
            words_of_status(held, row["validity"].status),
        ]


def _wanted() -> RegisterWanted:
    within = request.args.get("within", 0, type=int)
    status = request.args.get("status", "")
    return RegisterWanted(
        text=asked_words("text", 100),
        kind=request.args.get("kind", "")[:64],
        specialty=request.args.get("specialty", "")[:64],
        status=status if status in STATUS_WORDS else "",
        within=within if within in WITHIN else 0,
        own="own" in request.args,
    )


def _nav_here() -> str:
    return "certificates.mine" if current_user.may("applicant") else "certificates.index"
