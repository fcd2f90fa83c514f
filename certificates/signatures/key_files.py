"""Keys from PKCS#12 files: `<organ code>.p12`, or `<organ code>-<anything>.p12` when it changes."""

from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.signatures.cms import HASHES
from certificates.signatures.keys import KeyKind, OrganKey

SUFFIX = ".p12"
BESIDE = ".passphrase"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class KeyFolder:
    """Where the files lie; a file's passphrase is in `<its name>.passphrase`, or this one."""

    path: Path
    passphrase: str = field(default="", repr=False)
    kind: KeyKind = "file"


class KeyUnreadable(ValueError):
    """A file is there and cannot be used; its text says why, in Chinese."""


class KeptKey(Signer):
    """Signs with a key that stays loaded."""

    def __init__(self, key: Key, certificate: x509.Certificate, chain: list[x509.Certificate]):
        self._key = key
        store = SimpleCertificateStore()
        store.register_multiple([_as_asn1(one) for one in chain])
        # A root is the verifier's to know; one that is sent along proves nothing.
        super().__init__(signing_cert=_as_asn1(certificate), cert_registry=store, embed_roots=False)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        hashed = HASHES[digest_algorithm]
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(hashed))
        return self._key.sign(data, padding.PKCS1v15(), hashed)


def organ_of(path: Path) -> str:
    """The organ code in a file's name."""
    return path.name.removesuffix(SUFFIX).partition("-")[0]


def key_files(folder: Path) -> list[Path]:
    """The files that look like keys, in their order; none when there is no folder."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def load_key(path: Path, folder: KeyFolder) -> OrganKey:
    """Raises KeyUnreadable."""
    try:
        content, passphrase = path.read_bytes(), _passphrase(path, folder)
        parts = load_pkcs12(content, passphrase.encode() or None)
    except OSError as error:
        raise KeyUnreadable(_told(path, error.strerror or "")) from error
    except UnsupportedAlgorithm as error:  # cryptography 50 knows neither SM2 nor SM4
        words = _("其中的算法不受支持（如国密 SM2），请使用 ECDSA 或者 RSA 的密钥")
        raise KeyUnreadable(_told(path, words)) from error
    except ValueError as error:
        raise KeyUnreadable(_told(path, _("口令不对，或者不是 PKCS#12 文件"))) from error
    if parts.cert is None or not isinstance(parts.key, Key):
        raise KeyUnreadable(_told(path, _("其中没有证书，或者没有 ECDSA、RSA 私钥")))
    certificate = parts.cert.certificate
    chain = [one.certificate for one in parts.additional_certs]
    signer = KeptKey(parts.key, certificate, chain)
    return OrganKey(organ_of(path), certificate, folder.kind, signer, path.name, tuple(chain))


def _passphrase(path: Path, folder: KeyFolder) -> str:
    own = path.with_suffix(BESIDE)
    return own.read_text("utf-8").rstrip("\r\n") if own.exists() else folder.passphrase


def _told(path: Path, reason: str) -> str:
    return _("签名密钥 {name} 无法使用：{reason}。").format(name=path.name, reason=reason)


def _as_asn1(certificate: x509.Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
