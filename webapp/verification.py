"""Anyone verifies a certificate or a paper: by the address in its QR code, or by number."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, render_template

from bpmn.casework import verification
from certificates.numbers import WrongNumber
from webapp.offices import reading
from webapp.paging import asked_words
from webapp.security import PUBLIC, allow

blueprint = Blueprint("verification", __name__, url_prefix="/verify")


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    """By the number printed on a certificate; a number with a slip in it says so."""
    number = asked_words("number", 40)
    if not number:
        return render_template("verification/index.html", number="")
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
    """What the register knows of the paper that carries this address."""
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


def _not_found(number: str, sentence: str, status: int) -> Any:
    page = render_template("verification/index.html", number=number, sentence=sentence)
    return page, status
