"""The office's Ed25519 keys: one signs, all that ever signed are published and keep verifying.

Not for the organs' seals, whose keys and certificates are another matter (PAdES).
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

KEY_ID_BYTES = 4
OTHERS = "verification-*.pem"
"""Public keys of earlier days lie beside the private key that signs now."""


class SigningKeyMissing(LookupError):
    """There is no private key, so nothing can be signed."""


class KeyFileBroken(ValueError):
    """A key file is no Ed25519 key in PEM; its text names the file, in Chinese."""


@dataclass(frozen=True)
class KeyRing:
    """The key that signs, if there is one, and every public key by its id."""

    public: Mapping[bytes, Ed25519PublicKey]
    signing: Ed25519PrivateKey | None = field(default=None, repr=False)

    @property
    def signing_id(self) -> bytes:
        """Raises SigningKeyMissing."""
        return key_id_of(self._private().public_key())

    def fingerprints(self) -> list[tuple[str, str]]:
        """Id and fingerprint of every public key, the one that signs now first."""
        return [(key_id.hex(), fingerprint_of(key)) for key_id, key in self.public.items()]

    def sign(self, purpose: bytes, message: bytes) -> bytes:
        """64 bytes over the purpose and the message; raises SigningKeyMissing.

        The purpose keeps a signed list from ever being taken for a signed certificate.
        """
        return self._private().sign(purpose + message)

    def is_signed(self, purpose: bytes, message: bytes, key_id: bytes, signature: bytes) -> bool:
        """Whether the key with this id made the signature; raises KeyError for an unknown id."""
        try:
            self.public[key_id].verify(signature, purpose + message)
        except InvalidSignature:
            return False
        return True

    def _private(self) -> Ed25519PrivateKey:
        if self.signing is None:
            raise SigningKeyMissing("no verification key")
        return self.signing


def key_id_of(key: Ed25519PublicKey) -> bytes:
    """The first four bytes of the SHA-256 of the key."""
    return sha256(key.public_bytes_raw()).digest()[:KEY_ID_BYTES]


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key's 32 bytes, as 64 hexadecimal digits in groups of four."""
    digits = sha256(key.public_bytes_raw()).hexdigest()
    return " ".join(digits[place : place + 4] for place in range(0, 64, 4))


def pem_of(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def ring_of(keys: list[Ed25519PublicKey], signing: Ed25519PrivateKey | None = None) -> KeyRing:
    """The keys under their ids; the one that signs verifies as well."""
    own = [signing.public_key()] if signing else []
    return KeyRing({key_id_of(key): key for key in [*own, *keys]}, signing)


def read_keys(path: Path) -> KeyRing:
    """The private key at `path` and the public halves of all keys beside it.

    A missing file gives a ring that cannot sign. Raises KeyFileBroken.
    """
    others = sorted(path.parent.glob(OTHERS)) if path.parent.is_dir() else []
    public = [_read_public(file) for file in others if file != path]
    return ring_of(public, _read_private(path) if path.exists() else None)


def make_key(path: Path) -> None:
    """Write a new private key, readable by its owner alone; one that is there stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Not by the number of the process: in containers all are 1, and one that was killed left one.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        # A link, not a renaming: of two processes that start at once, the first one's key stays.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def replace_key(path: Path) -> None:
    """Make a new key; the public half of the one before stays beside it and keeps verifying."""
    before = _read_private(path) if path.exists() else None
    if before is not None:
        old = before.public_key()
        path.with_name(f"verification-{key_id_of(old).hex()}.pem").write_text(pem_of(old))
        path.unlink()
    make_key(path)


def _read_private(path: Path) -> Ed25519PrivateKey:
    try:
        found = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise _broken(path) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise _broken(path)
    return found


def _read_public(path: Path) -> Ed25519PublicKey:
    pem = path.read_bytes()
    if b"PRIVATE KEY" in pem:
        return _read_private(path).public_key()
    try:
        found = load_pem_public_key(pem)
    except ValueError as error:
        raise _broken(path) from error
    if not isinstance(found, Ed25519PublicKey):
        raise _broken(path)
    return found


def _broken(path: Path) -> KeyFileBroken:
    words = _("核验密钥文件 {path} 不是 PEM 格式的 Ed25519 密钥。")
    return KeyFileBroken(words.format(path=path))
