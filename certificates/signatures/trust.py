"""The certificates by which papers of this office are known: each pinned, no authority believed.

A chain to some authority would let every other customer of it sign in an organ's name.
"""

import re
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.{1,20000}?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class Trusted:
    """A certificate of an organ: the organ's name and the certificate in DER."""

    organ: str
    certificate: bytes


def read_trusted(pem: bytes) -> tuple[Trusted, ...]:
    """The certificates of a PEM file as published; raises ValueError when one cannot be read.

    The organ's name is the certificate's own: its common name, or else its organization.
    """
    found = [x509.load_pem_x509_certificate(part) for part in _PEM.findall(pem)]
    return tuple(Trusted(name_in(one.subject), one.public_bytes(Encoding.DER)) for one in found)


def name_in(name: x509.Name) -> str:
    """The part of a distinguished name by which people know its holder."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for part in name.get_attributes_for_oid(kind):
            return str(part.value)
    return name.rfc4514_string()


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 in hexadecimal, as viewers show it."""
    return certificate.fingerprint(SHA256()).hex()
