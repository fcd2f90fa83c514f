"""/verify/<token> of a certificate: the signature first, then how the register stands today."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from certificates.verification import CertificateFields, read_token
from models import Qualification, QualificationChange, QualificationSpecialty, Unit
from models.papers import Document
from tests.conftest import Login
from tests.webapp.public_case import TO_GRANT, PublicCase
from webapp import database
from webapp.offices import Premises


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


@pytest.fixture
def address(premises: Premises) -> str:
    """Where the QR code of a certificate that was just granted leads, on this site."""
    case = PublicCase(premises)
    case.take(TO_GRANT)
    found: str = case.document("certificate_copy").facts["verify_url"]
    return found.removeprefix(premises.settings.base_url)


def fields_of(premises: Premises, address: str) -> CertificateFields:
    return read_token(premises.key_ring(), address.rpartition("/")[2])


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


@pytest.mark.requirement("R003")
def test_a_certificates_code_carries_what_is_printed(premises: Premises, address: str) -> None:
    fields = fields_of(premises, address)
    assert (fields.unit, fields.class_name) == ("周原测绘有限公司", "乙级")
    assert fields.specialties == ("GCCL",)
    assert fields.copy_version == 0


def test_both_papers_of_a_certificate_carry_the_same_code(premises: Premises, address: str) -> None:
    with premises.reading() as office:
        kinds = ("certificate_original", "certificate_copy")
        number = fields_of(premises, address).number
        carried = {
            paper.facts["verify_url"]
            for paper in office.db.query(Document).filter(Document.kind.in_(kinds))
            if paper.facts["certificate_number"] == number
        }
    assert len(carried) == 1


def test_a_good_certificate_is_signed_and_stands(client: FlaskClient, address: str) -> None:
    text = page(client, address)
    for word in ("签名真实", "与登记簿现在的内容一致", "证书有效", "周原测绘有限公司"):
        assert word in text
    for secret in ("秘密人", "内部意见", "示例路"):
        assert secret not in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "replaced"}, "证书已被替换"),
        ({"status": "cancelled"}, "证书已注销"),
        ({"valid_until": date(2020, 1, 1)}, "证书已过期"),
    ],
)
def test_the_signature_holds_when_the_certificate_does_not(
    client: FlaskClient, premises: Premises, address: str, change: dict[str, object], words: str
) -> None:
    with premises.transaction() as office:
        office.db.execute(update(Qualification).values(**change))
    text = page(client, address)
    assert "签名真实" in text
    assert words in text
    assert "证书有效" not in text


def test_what_changed_since_is_shown_beside_what_was_signed(
    client: FlaskClient, premises: Premises, address: str
) -> None:
    with premises.transaction() as office:
        office.db.execute(update(Unit).values(name=Unit.name + "（更名）"))
        held = office.db.query(Qualification).filter_by(number=fields_of(premises, address).number)
        part = QualificationSpecialty(
            qualification_id=held.one().id, specialty="DDCL", approved_on=date(2026, 1, 1)
        )
        office.db.add(part)
        office.db.execute(update(Qualification).values(valid_until=date(2033, 3, 3)))
    text = page(client, address)
    assert "签发之后登记内容有变化" in text
    table = text[text.index("二维码所载（签发时）") :]
    for word in ("周原测绘有限公司（更名）", "2033-03-03", "专业类别", "有效期起", "有效期止"):
        assert word in table
    assert "一致" not in text[: text.index("登记信息与下列内容")]


def test_a_paper_made_anew_is_void_while_the_certificate_stands(
    client: FlaskClient, premises: Premises, address: str
) -> None:
    with premises.transaction() as office:
        held = (
            office.db.query(Qualification)
            .filter_by(number=fields_of(premises, address).number)
            .one()
        )
        held.copy_version, held.token = 1, "another"
        change = QualificationChange(
            qualification_id=held.id,
            kind="reissued",
            version=1,
            token="another",
            on_day=date(2027, 1, 4),
        )
        office.db.add(change)
    text = page(client, address)
    for word in ("签名真实", "这份纸面证书已作废", "2027-01-04", "证书有效"):
        assert word in text


def test_a_signed_number_that_nobody_registered_is_not_to_be_trusted(
    client: FlaskClient, premises: Premises, address: str
) -> None:
    with premises.transaction() as office:
        number = fields_of(premises, address).number
        office.db.execute(
            update(Qualification).where(Qualification.number == number).values(number="x")
        )
    assert "登记簿中没有这份证书" in page(client, address, 404)


def test_a_version_that_nobody_registered_is_told(
    client: FlaskClient, premises: Premises, address: str
) -> None:
    with premises.transaction() as office:
        office.db.execute(delete(QualificationChange))
    assert "没有这一版本" in page(client, address)


@pytest.mark.parametrize("place", [10, 40, -1, -30])
def test_a_tampered_code_is_called_forged_or_damaged(
    client: FlaskClient, address: str, place: int
) -> None:
    token = address.rpartition("/")[2]
    other = "B" if token[place] == "A" else "A"
    at = place % len(token)
    text = page(client, f"/verify/{token[:at]}{other}{token[at + 1 :]}", 422)
    assert "伪造的，或者已经损坏" in text
    assert "周原" not in text


@pytest.mark.parametrize("token", ["a" * 500, "A" * 100, "A" * 30_000, "测" * 200])
def test_a_long_code_of_nonsense_is_called_forged(client: FlaskClient, token: str) -> None:
    assert "伪造的，或者已经损坏" in page(client, f"/verify/{token}", 422)


@pytest.fixture
def database_away(premises: Premises, address: str) -> Iterator[str]:
    """The address, in an office whose database has just gone away."""
    engine, premises.engine = (
        premises.engine,
        database.connect("postgresql+psycopg://nobody@127.0.0.1:1/none"),
    )
    yield address
    premises.engine.dispose()
    premises.engine = engine


def test_without_the_database_the_page_says_what_the_signature_proves(
    client: FlaskClient, database_away: str
) -> None:
    text = page(client, database_away, 503)
    for word in ("签名真实", "周原测绘有限公司", "工程测量", "暂时查不到证书现在的状态"):
        assert word in text
    assert "证书有效" not in text


def test_without_the_database_a_forged_code_is_still_told(
    client: FlaskClient, database_away: str
) -> None:
    assert "伪造" in page(client, database_away[:-2] + "22", 422)


def test_a_member_reads_the_page_when_the_database_went_away(
    app: Flask, client: FlaskClient, login: Login, premises: Premises, address: str
) -> None:
    login(client, "city_window")
    before = premises.engine
    premises.engine = database.connect("postgresql+psycopg://nobody@127.0.0.1:1/none")
    try:
        assert "签名真实" in page(client, address, 503)
    finally:
        premises.engine.dispose()
        premises.engine = before
