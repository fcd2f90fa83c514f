"""Anyone verifies a certificate or a paper: by the address in its QR code, or by number."""

from datetime import UTC, datetime
from gettext import gettext as _
from typing import Any

from flask import Blueprint, current_app, g, render_template
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import SQLAlchemyError

from bpmn.casework import signed_codes, verification
from certificates.numbers import WrongNumber
from certificates.verification import (
    CertificateFields,
    TokenRefused,
    is_signed_token,
    read_token,
)
from models.calendar import office_date
from webapp.offices import premises, reading
from webapp.paging import asked_words
from webapp.security import PUBLIC, allow

blueprint = Blueprint("verification", __name__, url_prefix="/verify")


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    """By the number printed on a certificate; a number with a slip in it says so."""
    number = asked_words("number", 40)
    if not number:
        return render_template("verification/index.html", number="", ring=premises().key_ring())
    with reading() as office:
        try:
            found = verification.certificate_by_number(office, number)
        except WrongNumber as error:
            return _not_found(number, str(error), 422)
        if found is None:
            told = _(
                "没有编号为“{number}”的测绘资质证书。请核对编号；仍查不到的，请向发证机关核实。"
            )
            return _not_found(number, told.format(number=verification.tidy_number(number)), 404)
        return render_template("verification/certificate.html", found=found, asked=number)


@blueprint.get("/<token>")
@allow(PUBLIC)
def show(token: str) -> Any:
    """What the signature in the address proves, and what the register knows of the paper."""
    if is_signed_token(token):
        return _signed(token)
    with reading() as office:
        wanted = token if token.isprintable() else ""
        certificate = verification.certificate_by_token(office, wanted)
        if certificate is not None:
            return render_template("verification/certificate.html", found=certificate, asked="")
        paper = verification.paper_by_token(office, wanted)
        if paper is not None:
            return render_template("verification/paper.html", found=paper)
    told = _("这个核验码不存在：扫描到的地址可能不完整，或者文书不是本系统出具的，请谨慎采信。")
    return _not_found("", told, 404)


def _signed(token: str) -> Any:
    """The signature first, without the database; then the register, if it can be asked."""
    try:
        fields = read_token(premises().key_ring(), token)
    except TokenRefused as refused:
        return _framed("verification/forged.html", reason=str(refused)), 422
    shown: dict[str, Any] = {"fields": fields, "names": _specialty_names(fields)}
    try:
        with reading() as office:
            held = signed_codes.hold_against(office, fields)
            if held is not None:
                shown |= {"found": held.certificate, "differences": held.differences, "asked": ""}
                return render_template("verification/certificate.html", **shown)
    except SQLAlchemyError:
        current_app.logger.warning("register not asked", exc_info=True)
        ended = fields.valid_until < office_date(datetime.now(UTC))
        return _framed("verification/signature_only.html", **shown, ended=ended), 503
    return render_template("verification/unregistered.html", **shown), 404


def _framed(template: str, **shown: Any) -> str:
    """A page that needs no database, in a frame that would like to ask it who reads and when."""
    try:
        return render_template(template, **shown)
    except SQLAlchemyError:
        g.now, g._login_user = datetime.now(UTC), AnonymousUserMixin()
        return render_template(template, **shown)


def _specialty_names(fields: CertificateFields) -> list[str]:
    known = premises().shipped.specialties
    return [known[code].name if code in known else code for code in fields.specialties]


def _not_found(number: str, sentence: str, status: int) -> Any:
    page = render_template(
        "verification/index.html", number=number, ring=premises().key_ring(), sentence=sentence
    )
    return page, status
