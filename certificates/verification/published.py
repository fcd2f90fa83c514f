"""The public keys as anyone downloads them, with the names that the codes in a token stand for."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates.signatures import Trusted
from certificates.verification.keys import KeyRing, fingerprint_of, pem_of, ring_of

FORMAT = "cartouche-verification-keys/1"
LONGEST = 4 * 1024 * 1024


class KeysUnreadable(ValueError):
    """The text is no list of published keys; its message says so in Chinese."""


@dataclass(frozen=True)
class Published:
    """What the file of published keys gives a verifier."""

    ring: KeyRing
    specialties: Mapping[str, str]
    trusted: tuple[Trusted, ...]


def published_keys(
    ring: KeyRing, issuer: str, specialties: Mapping[str, str], trusted: Sequence[Trusted]
) -> dict[str, Any]:
    """Ready for JSON: every public key, base64 of its 32 bytes, the one that signs now first;
    and the certificates (base64 of DER) with which organs sign whole files.
    """
    return {
        "format": FORMAT,
        "issuer": issuer,
        "keys": [
            {
                "key_id": key_id.hex(),
                "algorithm": "Ed25519",
                "public_key": b64encode(key.public_bytes_raw()).decode(),
                "fingerprint": f"SHA-256 {fingerprint_of(key)}",
                "pem": pem_of(key),
            }
            for key_id, key in ring.public.items()
        ],
        "specialties": dict(specialties),
        "organs": [
            {"name": one.organ, "certificate": b64encode(one.certificate).decode()}
            for one in trusted
        ],
    }


def read_published(text: str) -> Published:
    """A ring that verifies, names and certificates. Raises KeysUnreadable."""
    if len(text) > LONGEST:
        raise KeysUnreadable(_("密钥文件过大。"))
    refusal = KeysUnreadable(_("不是本系统公布的密钥文件（keys.json）。"))
    try:
        found = json.loads(text)
        raw = [b64decode(key["public_key"], validate=True) for key in found["keys"]]
        keys = [Ed25519PublicKey.from_public_bytes(one) for one in raw]
        names = {str(code): str(name) for code, name in found["specialties"].items()}
        trusted = tuple(
            Trusted(str(one["name"]), b64decode(one["certificate"], validate=True))
            for one in found["organs"]
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise refusal from error
    if found.get("format") != FORMAT:
        raise refusal
    return Published(ring_of(keys), names, trusted)
