"""Keys and signed papers for tests, made once in a process."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from certificates import render
from certificates.signatures import OrganKey, Trusted
from certificates.signatures.demo_keys import ensure_demo_key
from certificates.signatures.key_files import KeptKey, KeyFolder, load_key
from certificates.signatures.signing import sign
from tests.certificates.papers import SHORT

ORGAN, NAME = "61", "陕西省自然资源厅"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@lru_cache
def organ_key() -> OrganKey:
    """A demo key of one organ."""
    folder = Path(mkdtemp(prefix="cartouche-keys-"))
    ensure_demo_key(folder, ORGAN, NAME)
    return load_key(folder / f"{ORGAN}.p12", KeyFolder(folder, kind="demo"))


def trusted() -> tuple[Trusted, ...]:
    return (trust(organ_key()),)


def trust(key: OrganKey) -> Trusted:
    return Trusted(NAME, key.certificate.public_bytes(Encoding.DER))


@lru_cache
def printed(kind: str) -> bytes:
    return render(kind, SHORT[kind])


@lru_cache
def signed(kind: str = "acceptance_notice") -> bytes:
    return sign(printed(kind), organ_key(), NAME, NOW)


def a_key(
    *,
    key: Key | None = None,
    like: x509.Certificate | None = None,
    begins: datetime = NOW - timedelta(days=365),
    ends: datetime = NOW + timedelta(days=365),
    organ: str = ORGAN,
) -> OrganKey:
    """A self-signed key; `like` gives it another certificate's names and serial number."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(like.subject if like else name)
        .issuer_name(like.issuer if like else name)
        .serial_number(like.serial_number if like else x509.random_serial_number())
        .public_key(own.public_key())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .sign(own, SHA256())
    )
    signer = KeptKey(own, certificate, [])
    return OrganKey(organ, certificate, "file", signer, f"{organ}.p12")
