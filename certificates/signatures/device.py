"""Keys on a PKCS#11 device: certificate and private key of an organ under the same label or id.

The label is `<prefix><organ code>`, or `<prefix><organ code>-<anything>` when the key changes.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from gettext import gettext as _
from threading import RLock
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from certificates.signatures.keys import OrganKey


class DeviceUnavailable(Exception):
    """The device does not answer, or refuses; its text says so in Chinese. Try again later."""


@dataclass(frozen=True)
class DevicePlace:
    """Where the device is: the maker's module, and a token by its label or a slot by its number."""

    module: str
    token: str = ""
    slot: int | None = None
    pin: str = field(default="", repr=False)
    prefix: str = ""


class _OneAtATime(PKCS11Signer):
    """A session serves one caller at a time."""

    lock = RLock()

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        from pkcs11.exceptions import PKCS11Error

        with self.lock:
            try:
                signed: bytes = await super().async_sign_raw(data, digest_algorithm, dry_run)
            except PKCS11Error as error:
                raise unavailable(error) from error
        return signed


class Device:
    """One token with its session kept open."""

    def __init__(self, place: DevicePlace) -> None:
        self._place = place
        self._session: Any = None
        self._keys: Sequence[OrganKey] | None = None

    def keys(self) -> Sequence[OrganKey]:
        """The organs' keys on it; read once while the session lives. Raises DeviceUnavailable."""
        from pkcs11.exceptions import PKCS11Error

        if self._keys is None:
            try:
                self._keys = self._read()
            except (PKCS11Error, OSError, RuntimeError) as error:
                self.close()
                raise unavailable(error) from error
        return self._keys

    def close(self) -> None:
        """End the session; the next question opens another."""
        session, self._session, self._keys = self._session, None, None
        if session is not None:
            with suppress(Exception):  # it may be gone already
                session.close()

    def _read(self) -> list[OrganKey]:
        from pkcs11 import Attribute, ObjectClass

        place = self._place
        criteria = _token_criteria(place.token)
        self._session = open_pkcs11_session(
            place.module, slot_no=place.slot, token_criteria=criteria, user_pin=place.pin or None
        )
        found = list(self._session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
        return [
            self._key(one) for one in found if str(one[Attribute.LABEL]).startswith(place.prefix)
        ]

    def _key(self, found: Any) -> OrganKey:
        from pkcs11 import Attribute

        label, identity, der = (
            found[one] for one in (Attribute.LABEL, Attribute.ID, Attribute.VALUE)
        )
        signer = _OneAtATime(
            self._session,
            signing_cert=asn1_x509.Certificate.load(der),
            key_id=identity or None,
            key_label=None if identity else label,
            embed_roots=False,
            use_raw_mechanism=not self._hashes(),
        )
        organ = str(label).removeprefix(self._place.prefix).partition("-")[0]
        return OrganKey(organ, x509.load_der_x509_certificate(der), "device", signer, str(label))

    def _hashes(self) -> bool:
        """Whether it hashes for ECDSA itself; some sign a finished hash only."""
        from pkcs11 import Mechanism

        return Mechanism.ECDSA_SHA256 in self._session.token.slot.get_mechanisms()


def unavailable(error: Exception) -> DeviceUnavailable:
    """What to raise for a failure of the device."""
    reason = type(error).__name__
    return DeviceUnavailable(_("签名设备没有回应或拒绝签名（{reason}）。").format(reason=reason))


def _token_criteria(label: str) -> Any:
    from pyhanko.config.pkcs11 import TokenCriteria

    return TokenCriteria(label=label) if label else None
