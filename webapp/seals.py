"""The organs' seals for the administrator: which certificates sign, until when, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from typing import Any

from cryptography import x509
from flask import Blueprint, g, render_template
from sqlalchemy import select

from bpmn.office import Office
from certificates.signatures import WARNED_BEFORE, OrganKey, name_in
from models import Authority, Document, SigningCertificate
from webapp import signing
from webapp.offices import premises, reading
from webapp.paging import page_of
from webapp.security import allow

blueprint = Blueprint("seals", __name__)
KINDS: Mapping[str, str] = {"file": _("文件"), "device": _("设备"), "demo": _("演示")}


@dataclass(frozen=True)
class ShownSeal:
    """A certificate of an organ; without one, the organ alone."""

    organ: str
    code: str
    state: str
    """One of those that the chip macro knows."""
    words: str
    subject: str = ""
    serial: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    days_left: int | None = None
    kind: str = ""
    signed_at: datetime | None = None
    """When it signed the newest of its papers."""


@blueprint.get("/admin/seals")
@allow("admin")
def index() -> Any:
    """Every organ with its certificates, those in use first."""
    settings = premises().settings.signing
    with reading() as office:
        g.now = office.now
        page = page_of(office.db, select(Authority).order_by(Authority.code))
        return render_template(
            "admin/seals.html",
            seals=_seals(office, page.rows),
            page=page,
            kinds=KINDS,
            warnings=list(signing.key_warnings(office, settings)),
            nav_here="admin.authorities",
        )


def _seals(office: Office, organs: Sequence[Authority]) -> list[ShownSeal]:
    held = signing.organ_keys(premises().settings.signing).keys_by_organ()
    codes = [organ.code for organ in organs]
    query = select(SigningCertificate).where(SigningCertificate.organ_code.in_(codes))
    used: dict[str, list[SigningCertificate]] = {}
    for one in office.db.scalars(query.order_by(SigningCertificate.id.desc())):
        used.setdefault(one.organ_code, []).append(one)
    return [
        seal
        for organ in organs
        for seal in _of_organ(office, organ, held.get(organ.code, []), used.get(organ.code, []))
    ]


def _of_organ(
    office: Office, organ: Authority, held: list[OrganKey], used: list[SigningCertificate]
) -> Iterator[ShownSeal]:
    if not held and not used:
        yield ShownSeal(organ.name, organ.code, "problem", _("没有密钥"))
        return
    rows = {one.fingerprint: one for one in used}
    valid = [key for key in held if key.is_valid_at(office.now)]
    in_use = max(valid, key=lambda key: key.certificate.not_valid_before_utc, default=None)
    for key in sorted(held, key=lambda key: key.certificate.not_valid_before_utc, reverse=True):
        state, words = _state(key, in_use, office.now)
        row = rows.pop(key.fingerprint, None)
        yield _shown(office, organ, key.certificate, key.kind, row, (state, words))
    for row in rows.values():
        certificate = x509.load_der_x509_certificate(row.certificate)
        gone = ("closed", _("只用于核验"))
        yield _shown(office, organ, certificate, row.kind, row, gone)


def _state(key: OrganKey, in_use: OrganKey | None, now: datetime) -> tuple[str, str]:
    if key is in_use:
        left = key.days_left(now)
        near = left < WARNED_BEFORE.days
        return ("near", _("{days} 天后到期").format(days=left)) if near else ("done", _("正在使用"))
    if key.certificate.not_valid_before_utc > now:
        return "todo", _("尚未生效")
    return ("skipped", _("备用")) if key.is_valid_at(now) else ("overdue", _("已到期"))


def _shown(
    office: Office,
    organ: Authority,
    certificate: x509.Certificate,
    kind: str,
    row: SigningCertificate | None,
    state: tuple[str, str],
) -> ShownSeal:
    ends = certificate.not_valid_after_utc
    return ShownSeal(
        organ.name,
        organ.code,
        *state,
        subject=name_in(certificate.subject),
        serial=f"{certificate.serial_number:x}",
        begins=certificate.not_valid_before_utc,
        ends=ends,
        days_left=(ends - office.now).days,
        kind=kind,
        signed_at=_last_signed(office, row.id) if row else None,
    )


def _last_signed(office: Office, certificate_id: int) -> datetime | None:
    query = select(Document.issued_at).where(Document.certificate_id == certificate_id)
    return office.db.scalar(query.order_by(Document.id.desc()).limit(1))
