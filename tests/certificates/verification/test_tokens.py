"""Signed codes: what is encoded is read again, and whatever else is presented is refused."""

from base64 import b32decode, b32encode
from dataclasses import replace
from datetime import date, timedelta
from string import ascii_uppercase
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from certificates.verification import (
    CertificateFields,
    KeyRing,
    TokenRefused,
    is_signed_token,
    read_token,
    sign_token,
)
from certificates.verification.keys import ring_of
from certificates.verification.tokens import LONGEST, PURPOSE

RING = ring_of([], Ed25519PrivateKey.from_private_bytes(bytes(32)))
OTHER = ring_of([], Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
FIELDS = CertificateFields(
    number="甲测资字61100013",
    unit="西安秦岭测绘有限公司",
    class_name="甲级",
    specialties=("GCCL", "DLXX"),
    issued_on=date(2026, 11, 20),
    valid_from=date(2026, 11, 20),
    valid_until=date(2031, 11, 19),
    copy_version=0,
)
TOKEN = sign_token(RING, FIELDS)
DAYS = st.integers(0, 65535).map(lambda days: date(2000, 1, 1) + timedelta(days=days))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CODES = st.from_regex(r"[A-Z0-9]{1,16}", fullmatch=True)


def bytes_of(token: str) -> bytes:
    return b32decode(token + "=" * (-len(token) % 8))


def text_of(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=")


@given(
    number=WORDS,
    unit=WORDS,
    class_name=WORDS,
    specialties=st.lists(CODES, max_size=12).map(tuple),
    issued_on=DAYS,
    valid_from=DAYS,
    valid_until=DAYS,
    copy_version=st.integers(0, 65535),
)
def test_what_was_signed_is_read_again(**given_fields: Any) -> None:
    fields = CertificateFields(**given_fields)
    try:
        token = sign_token(RING, fields)
    except ValueError as error:
        assume("more than 255 bytes" not in str(error))
        raise
    assert is_signed_token(token)
    assert read_token(RING, token) == fields
    assert sign_token(RING, fields) == token


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_any_changed_sign_is_told(place: int) -> None:
    for sign in ascii_uppercase + "234567" + "0189-_.=a":
        if sign != TOKEN[place]:
            with pytest.raises(TokenRefused):
                read_token(RING, TOKEN[:place] + sign + TOKEN[place + 1 :])


@pytest.mark.parametrize(
    "change",
    [
        {"number": "甲测资字61100021"},
        {"unit": "西安秦岭测绘有限公司 "},
        {"class_name": "乙级"},
        {"specialties": ("GCCL",)},
        {"issued_on": date(2026, 11, 19)},
        {"valid_from": date(2026, 11, 21)},
        {"valid_until": date(2031, 11, 20)},
        {"copy_version": 1},
    ],
)
@pytest.mark.requirement("R003")
def test_a_changed_field_under_the_old_signature_is_told(change: dict[str, Any]) -> None:
    forged = bytes_of(sign_token(OTHER, replace(FIELDS, **change)))
    real = bytes_of(TOKEN)
    with pytest.raises(TokenRefused, match="签名不对"):
        read_token(RING, text_of(real[:2] + real[2:6] + forged[6:-64] + real[-64:]))


def test_the_key_of_another_office_is_told() -> None:
    with pytest.raises(TokenRefused, match="不在本系统公布的密钥之列"):
        read_token(RING, sign_token(OTHER, FIELDS))


def test_a_known_key_id_over_anothers_signature_is_told() -> None:
    theirs = bytes_of(sign_token(OTHER, FIELDS))
    with pytest.raises(TokenRefused, match="签名不对"):
        read_token(RING, text_of(theirs[:2] + RING.signing_id + theirs[6:]))


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("byte", [0, 2, 255])
def test_another_version_or_algorithm_is_refused_even_well_signed(place: int, byte: int) -> None:
    packed = bytearray(bytes_of(TOKEN)[:-64])
    packed[place] = byte
    signed = bytes(packed) + RING.sign(PURPOSE, bytes(packed))
    with pytest.raises(TokenRefused, match="格式或签名算法"):
        read_token(RING, text_of(signed))


def test_a_signature_for_another_purpose_is_refused() -> None:
    packed = bytes_of(TOKEN)[:-64]
    with pytest.raises(TokenRefused, match="签名不对"):
        read_token(RING, text_of(packed + RING.sign(b"cartouche status list 1\n", packed)))


@pytest.mark.parametrize("length", [0, 1, 16, 64, 65, 128, len(TOKEN) - 1])
def test_a_truncated_code_is_refused(length: int) -> None:
    with pytest.raises(TokenRefused):
        read_token(RING, TOKEN[:length])


@pytest.mark.parametrize(
    "text",
    [
        TOKEN + "A",
        TOKEN + "AAAAAAAA",
        TOKEN + "=",
        TOKEN.lower(),
        " " + TOKEN,
        TOKEN + "\n",
        "测" * 100,
        "A" * (LONGEST + 1),
        "A" * 10_000_000,
        "\x00" * 100,
    ],
)
def test_a_code_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(TokenRefused):
        read_token(RING, text)


@given(st.text(max_size=400))
def test_no_text_is_taken_for_a_code(text: str) -> None:
    with pytest.raises(TokenRefused):
        read_token(RING, text)


@given(st.binary(max_size=400))
def test_no_bytes_are_taken_for_a_code(raw: bytes) -> None:
    with pytest.raises(TokenRefused):
        read_token(RING, text_of(b"\x01\x01" + RING.signing_id + raw))


@pytest.mark.parametrize("code", ["", "GC CL", "gccl", "工程"])
def test_a_code_of_a_specialty_that_could_be_read_otherwise_is_not_signed(code: str) -> None:
    with pytest.raises(ValueError, match="specialties"):
        sign_token(RING, replace(FIELDS, specialties=(code,)))


def test_a_ring_without_keys_verifies_nothing() -> None:
    with pytest.raises(TokenRefused):
        read_token(KeyRing({}), TOKEN)
