"""What anyone takes home to verify without us: keys, status list, a page that works alone."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from bpmn.casework.void_list import list_sequence, void_certificates
from certificates.signatures import Trusted
from certificates.verification import KeyRing, SigningKeyMissing
from certificates.verification.keys import pem_of
from certificates.verification.published import published_keys
from certificates.verification.status_list import write_status_list
from webapp.assets import asset_text
from webapp.offices import Premises, premises, reading
from webapp.security import PUBLIC, allow
from webapp.signing import trusted

blueprint = Blueprint("published", __name__, url_prefix="/verify")
MAX_AGE = 300
"""Seconds for which a copy of the list or the keys may be shown again without asking."""


@dataclass(frozen=True)
class _Shelf:
    """The list as this process wrote it last; written anew when it changed, and every hour."""

    label: str
    content: bytes
    packed: bytes


@blueprint.get("/keys.json")
@allow(PUBLIC)
def keys() -> Any:
    """Every public key and certificate that ever signed, and the names of specialties' codes."""
    with reading() as office:
        return _cached(_keys(premises(), trusted(office)))


@blueprint.get("/keys.pem")
@allow(PUBLIC)
def keys_pem() -> Any:
    """The same keys for openssl and its like."""
    pems = (f"# {i.hex()}\n{pem_of(key)}" for i, key in premises().key_ring().public.items())
    return _cached(Response("".join(pems), mimetype="application/x-pem-file"))


@blueprint.get("/status-list.json")
@allow(PUBLIC)
def status_list() -> Any:
    """The signed list of what is void; 304 as long as a reader's copy is still the newest."""
    ring = premises().key_ring()
    with reading() as office:
        moment = office.now.replace(minute=0, second=0, microsecond=0)
        label = f"{_key_label(ring)}-{list_sequence(office)}-{moment:%Y%m%d%H}"
        shelf = current_app.extensions.get("status_list")
        if shelf is None or shelf.label != label:
            shelf = _written(office, ring, label, moment)
            current_app.extensions["status_list"] = shelf
    return _cached(_sent(shelf))


@blueprint.get("/offline")
@allow(PUBLIC)
def offline() -> Any:
    """One file that verifies codes without any network; saved, never shown by this site."""
    page = render_template(
        "verification/offline.html",
        published=_keys(premises()),
        script=asset_text("offline.js"),
        style=asset_text("offline.css"),
    )
    response = Response(page, mimetype="text/html")
    response.headers["Content-Disposition"] = 'attachment; filename="cartouche-verify.html"'
    return response


def _keys(found: Premises, organs: Sequence[Trusted] = ()) -> dict[str, Any]:
    names = {code: one.name for code, one in found.shipped.specialties.items()}
    return published_keys(found.key_ring(), found.settings.base_url, names, organs)


def _written(office: Any, ring: KeyRing, label: str, moment: datetime) -> _Shelf:
    sequence = int(label.split("-")[1])
    content = write_status_list(ring, office.base_url, sequence, moment, void_certificates(office))
    return _Shelf(label, content, gzip.compress(content, 6, mtime=0))


def _sent(shelf: _Shelf) -> Response:
    packs = request.accept_encodings.quality("gzip") > 0
    response = Response(shelf.packed if packs else shelf.content, mimetype="application/json")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    # Weak: two processes may write the same list in the same hour, packed or not.
    response.set_etag(shelf.label, weak=True)
    return response


def _cached(answer: Any) -> Response:
    response: Response = current_app.make_response(answer)
    response.cache_control.public, response.cache_control.max_age = True, MAX_AGE
    response.headers["Access-Control-Allow-Origin"] = "*"
    if not response.get_etag()[0]:
        response.add_etag()
    response.make_conditional(request)
    return response


def _key_label(ring: KeyRing) -> str:
    try:
        return ring.signing_id.hex()
    except SigningKeyMissing:
        return "none"
