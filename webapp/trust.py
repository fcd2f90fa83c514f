"""The certificates by which anyone knows our papers, in public: for Adobe, openssl and the like."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Blueprint, Response, render_template
from sqlalchemy import Select, select

from certificates.signatures import fingerprint, name_in
from models import Authority, SigningCertificate
from webapp.offices import reading
from webapp.paging import page_of
from webapp.security import PUBLIC, allow

blueprint = Blueprint("trust", __name__, url_prefix="/trust")
PEM = "application/x-pem-file"
MAX_AGE = 300
MOST = 5_000
"""More organs than there are; a file of them has 5 MB."""


@blueprint.get("")
@allow(PUBLIC)
def index() -> Any:
    """What the files are, how to use them, and every organ's fingerprint to compare."""
    with reading() as office:
        page = page_of(office.db, _used())
        names = dict(office.db.execute(select(Authority.code, Authority.name)).all())
        shown = [
            (names.get(row.organ_code, row.organ_code), _read(row), row.fingerprint)
            for row in page.rows
        ]
        return render_template("trust/index.html", shown=shown, page=page, name_in=name_in)


@blueprint.get("/organs.pem")
@allow(PUBLIC)
def organs() -> Response:
    """Every certificate that ever signed a paper here: to be trusted itself."""
    with reading() as office:
        rows = list(office.db.scalars(_used().limit(MOST)))
    return _pem("".join(_labelled(_read(row)) for row in rows))


@blueprint.get("/authorities.pem")
@allow(PUBLIC)
def authorities() -> Response:
    """The authorities above them, each once: for viewers that want a chain."""
    with reading() as office:
        kept = set(office.db.scalars(select(SigningCertificate.issuers).distinct().limit(MOST)))
    found = {one for text in kept if text for one in x509.load_pem_x509_certificates(text.encode())}
    return _pem("".join(_labelled(one) for one in sorted(found, key=fingerprint)))


def _used() -> Select[Any]:
    return select(SigningCertificate).order_by(SigningCertificate.organ_code, SigningCertificate.id)


def _read(row: SigningCertificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(row.certificate)


def _labelled(certificate: x509.Certificate) -> str:
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return f"# {name_in(certificate.subject)} SHA-256 {fingerprint(certificate)}\n{pem}"


def _pem(text: str) -> Response:
    response = Response(text, mimetype=PEM)
    response.cache_control.public, response.cache_control.max_age = True, MAX_AGE
    return response
