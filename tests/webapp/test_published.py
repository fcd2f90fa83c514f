"""What anyone takes home: keys, the signed status list, and the page that works alone."""

import gzip
import json
from datetime import date

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn.operations.qualifications import make_anew, note_change
from certificates.verification import read_token
from certificates.verification.keys import replace_key
from certificates.verification.published import read_published
from certificates.verification.status_list import StatusList, read_status_list
from models import Case, Qualification
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp.offices import Premises


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def granted(premises: Premises) -> PublicCase:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    return case


def list_of(client: FlaskClient) -> StatusList:
    keys = read_published(client.get("/verify/keys.json").get_data(as_text=True))
    return read_status_list(keys.ring, client.get("/verify/status-list.json").data)


def test_the_published_keys_verify_a_certificate(
    client: FlaskClient, premises: Premises, granted: PublicCase
) -> None:
    keys = read_published(client.get("/verify/keys.json").get_data(as_text=True))
    ring, names = keys.ring, keys.specialties
    token = granted.document("certificate_copy").facts["verify_url"].rpartition("/")[2]
    fields = read_token(ring, token)
    assert [names[code] for code in fields.specialties] == ["工程测量"]
    pem = client.get("/verify/keys.pem").data
    assert b"PRIVATE" not in pem
    assert load_pem_public_key(pem).public_bytes_raw() == (  # type: ignore[union-attr]
        ring.public[premises.key_ring().signing_id].public_bytes_raw()
    )


def test_after_a_new_key_both_are_published_and_old_codes_verify(
    client: FlaskClient, premises: Premises, granted: PublicCase
) -> None:
    url = granted.document("certificate_copy").facts["verify_url"]
    path = premises.settings.verification_key
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    try:
        replace_key(path)
        premises.forget_keys()
        assert len(json.loads(client.get("/verify/keys.json").data)["keys"]) == 2
        assert client.get(url.removeprefix(premises.settings.base_url)).status_code == 200
    finally:
        for file in path.parent.iterdir():
            file.unlink()
        for file, content in before.items():
            file.write_bytes(content)
        premises.forget_keys()


@pytest.mark.requirement("R003")
def test_the_list_names_what_was_ended_or_made_anew(
    client: FlaskClient, premises: Premises, granted: PublicCase
) -> None:
    number = granted.qualification().number
    first = list_of(client)
    assert number not in first.entries

    with premises.transaction() as office:
        held = office.db.scalars(select(Qualification).filter_by(number=number)).one()
        make_anew(office, office.db.get_one(Case, granted.id), held, "replaced")
    second = list_of(client)
    assert (second.entries[number].status, second.entries[number].newest_version) == ("reissued", 1)
    assert second.sequence > first.sequence

    with premises.transaction() as office:
        held = office.db.scalars(select(Qualification).filter_by(number=number)).one()
        held.status = "cancelled"
        case = office.db.get_one(Case, granted.id)
        note_change(office, case, held, "cancelled", on_day=date(2027, 1, 4))
    third = list_of(client)
    assert (third.entries[number].status, third.entries[number].since) == (
        "cancelled",
        date(2027, 1, 4),
    )


def test_the_list_is_fetched_once_and_then_asked_after(
    client: FlaskClient, granted: PublicCase
) -> None:
    plain = client.get("/verify/status-list.json", headers={"Accept-Encoding": "identity"})
    packed = client.get("/verify/status-list.json", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "max-age" in plain.headers["Cache-Control"]
    again = client.get("/verify/status-list.json", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_offline_page_is_saved_and_fetches_nothing(client: FlaskClient) -> None:
    response = client.get("/verify/offline")
    assert response.headers["Content-Disposition"].startswith("attachment")
    page = response.get_data(as_text=True)
    for outside in (' src="', " href=", "@import", "url("):
        assert outside not in page
    for key in json.loads(client.get("/verify/keys.json").data)["keys"]:
        assert key["fingerprint"] in page


def test_the_list_names_no_unit_and_no_person(client: FlaskClient, granted: PublicCase) -> None:
    text = client.get("/verify/status-list.json").get_data(as_text=True)
    assert "周原" not in text
