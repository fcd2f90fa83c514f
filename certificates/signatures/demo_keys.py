"""Keys for demonstrations: an authority of the installation's own, and a key for each organ.

Named 演示 wherever anyone could see them. They prove that a file comes from this installation and
nothing else.
"""

import os
import secrets
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    load_pkcs12,
    serialize_key_and_certificates,
)
from cryptography.x509.oid import NameOID

from certificates.signatures.key_files import SUFFIX

AUTHORITY_FILE = "demo-authority.pfx"
"""Not `.p12`: it signs certificates, never papers."""
_MARK = _("（演示）")
# The demo clock may stand anywhere in this time.
_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)


def ensure_demo_key(folder: Path, organ: str, organ_name: str) -> None:
    """Make the organ's key, and the authority before it, unless they are there. Safe to race."""
    place = folder / f"{organ}{SUFFIX}"
    if place.exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority_key, authority = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(organ_name.removesuffix(_MARK) + _MARK)
    certificate = (
        _builder(name, authority.subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_papers=True), critical=True)
        .sign(authority_key, SHA256())
    )
    _keep(place, key, certificate, [authority])


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    place = folder / AUTHORITY_FILE
    if not place.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(_("测资通演示证书机构"))
        certificate = (
            _builder(name, name, key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_papers=False), critical=True)
            .sign(key, SHA256())
        )
        _keep(place, key, certificate, [])
    # Read back: another process may have been faster.
    parts = load_pkcs12(place.read_bytes(), None)
    if parts.cert is None or not isinstance(parts.key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{place} holds no key")
    return parts.key, parts.cert.certificate


def _name(common: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, _("测资通演示")),
        (NameOID.COMMON_NAME, common[:64]),
    )
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
    )


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(
    place: Path,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    chain: list[x509.Certificate],
) -> None:
    """Write for the owner's eyes only, whole or not at all; whoever was first is kept."""
    content = serialize_key_and_certificates(None, key, certificate, chain, NoEncryption())
    partial = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        os.link(partial, place)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
