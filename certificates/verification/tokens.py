"""The signed code of a certificate: its facts and an Ed25519 signature over them, as text.

Layout (big endian): version 1, algorithm 1 (Ed25519), key id 4 bytes, copy version 2, issued on,
valid from and valid until 2 each (days since 2000-01-01); then, each behind one byte of length,
number and class (UTF-16) and the specialties' codes (ASCII, a blank between); the unit's name
(UTF-16) takes the rest. The last 64 bytes are the signature. Written in base32 without padding:
a QR code holds its capitals and digits in less room than base64, see docs/decisions/0023.
"""

import re
import struct
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _

from certificates.verification.keys import KEY_ID_BYTES, KeyRing

VERSION, ED25519 = 1, 1
PURPOSE = b"cartouche certificate 1\n"
SIGNATURE_BYTES = 64
SHORTEST_SIGNED = 65
"""Codes of up to 64 signs are the random ones that papers without signed facts carry."""
LONGEST = 2048
_DAY_ZERO = date(2000, 1, 1)
_HEAD = struct.Struct(f">BB{KEY_ID_BYTES}sHHHH")
_SPECIALTY = re.compile(r"[A-Z0-9]{1,16}")


class TokenRefused(ValueError):
    """The code proves nothing; its message says why, in Chinese."""


@dataclass(frozen=True)
class CertificateFields:
    """What a certificate's code says, as it stood when the certificate was issued."""

    number: str
    unit: str
    class_name: str
    specialties: tuple[str, ...]
    """Codes of the standard, such as GCCL."""
    issued_on: date
    valid_from: date
    valid_until: date
    copy_version: int
    """0 at first, one more each time the certificate is made anew."""


def is_signed_token(text: str) -> bool:
    """Whether the text is meant as a signed code: by its length alone."""
    return len(text) >= SHORTEST_SIGNED


def sign_token(ring: KeyRing, fields: CertificateFields) -> str:
    """The same fields and key give the same code. Raises SigningKeyMissing, ValueError."""
    packed = _pack(fields, ring.signing_id)
    return _text(packed + ring.sign(PURPOSE, packed))


def read_token(ring: KeyRing, text: str) -> CertificateFields:
    """What the code says, once its signature is known to be good. Raises TokenRefused."""
    packed, signature = _parts(text)
    version, algorithm = packed[0], packed[1]
    if version != VERSION or algorithm != ED25519:
        raise TokenRefused(_("核验码的格式或签名算法不是本系统使用的。"))
    key_id = packed[2 : 2 + KEY_ID_BYTES]
    if key_id not in ring.public:
        raise TokenRefused(_("核验码的签名密钥不在本系统公布的密钥之列。"))
    if not ring.is_signed(PURPOSE, packed, key_id, signature):
        raise TokenRefused(_("核验码的签名不对：内容被改动过，或者没有扫描完整。"))
    fields = _unpack(packed)
    if _pack(fields, key_id) != packed:
        raise TokenRefused(_("核验码的写法不规范。"))
    return fields


def _parts(text: str) -> tuple[bytes, bytes]:
    if len(text) > LONGEST:
        raise TokenRefused(_("核验码过长，不是本系统的核验码。"))
    try:
        raw = b32decode(text + "=" * (-len(text) % 8))
    except (NotBase32, ValueError) as error:
        raise TokenRefused(_("核验码含有不该有的字符，或者没有扫描完整。")) from error
    if _text(raw) != text or len(raw) < _HEAD.size + SIGNATURE_BYTES:
        raise TokenRefused(_("核验码不完整，请重新扫描。"))
    return raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]


def _text(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=")


def _pack(fields: CertificateFields, key_id: bytes) -> bytes:
    if not all(_SPECIALTY.fullmatch(code) for code in fields.specialties):
        raise ValueError(f"codes of specialties: {fields.specialties!r}")
    days = (fields.issued_on, fields.valid_from, fields.valid_until)
    counted = ((day - _DAY_ZERO).days for day in days)
    try:
        head = _HEAD.pack(VERSION, ED25519, key_id, fields.copy_version, *counted)
    except struct.error as error:
        raise ValueError(str(error)) from error
    number, class_name, unit = (
        text.encode("utf-16-be") for text in (fields.number, fields.class_name, fields.unit)
    )
    codes = " ".join(fields.specialties).encode()
    return head + _measured(number) + _measured(class_name) + _measured(codes) + unit


def _measured(part: bytes) -> bytes:
    if len(part) > 255:
        raise ValueError("a part of more than 255 bytes")
    return bytes([len(part)]) + part


def _unpack(packed: bytes) -> CertificateFields:
    """Only ever called on what one of the office's own keys has signed."""
    _version, _algorithm, _key_id, copy_version, *counted = _HEAD.unpack_from(packed)
    parts, place = [], _HEAD.size
    for _part in range(3):
        length = packed[place]
        parts.append(packed[place + 1 : place + 1 + length])
        place += 1 + length
    issued_on, valid_from, valid_until = (_DAY_ZERO + timedelta(days=n) for n in counted)
    return CertificateFields(
        number=parts[0].decode("utf-16-be"),
        unit=packed[place:].decode("utf-16-be"),
        class_name=parts[1].decode("utf-16-be"),
        specialties=tuple(parts[2].decode("ascii").split(" ")) if parts[2] else (),
        issued_on=issued_on,
        valid_from=valid_from,
        valid_until=valid_until,
        copy_version=copy_version,
    )
