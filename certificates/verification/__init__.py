"""Verification without the office: signed codes, published keys, and the list of what is void.

Nothing here asks a database. What is signed and how is told in docs/decisions/0023.
"""

from certificates.verification.keys import (
    KeyFileBroken,
    KeyRing,
    SigningKeyMissing,
    make_key,
    read_keys,
)
from certificates.verification.tokens import (
    CertificateFields,
    TokenRefused,
    is_signed_token,
    read_token,
    sign_token,
)

__all__ = [
    "CertificateFields",
    "KeyFileBroken",
    "KeyRing",
    "SigningKeyMissing",
    "TokenRefused",
    "is_signed_token",
    "make_key",
    "read_keys",
    "read_token",
    "sign_token",
]
