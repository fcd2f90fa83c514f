"""Passwords: argon2id, and the same work for an unknown user as for a known one."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def check_password(known: str | None, typed: str) -> bool:
    """Whether the typed password is right; `known` is None for an unknown user."""
    try:
        return _hasher.verify(known or _nobody(), typed) and known is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    # Verified in place of a missing account, so that the time of the answer tells nothing.
    return _hasher.hash("nobody has this password")
