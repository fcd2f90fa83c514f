"""Checking one CMS structure (RFC 5652) with one signer, as PAdES and time stamps use it.

Strict on purpose: what the signature does not cover must stand exactly as we would write it, so
that no byte of a paper can be changed unnoticed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class CmsRejected(ValueError):
    """The structure is none that this program could have made, or cannot be read at all."""


@dataclass(frozen=True)
class Signed:
    """What a CMS structure says: by which certificate, over which digest."""

    data: Any
    """The asn1crypto SignedData."""
    certificate: x509.Certificate
    """The signer's, by its issuer and serial number."""
    others: tuple[x509.Certificate, ...]
    algorithm: str
    """sha256, sha384 or sha512."""

    @property
    def info(self) -> Any:
        return self.data["signer_infos"][0]

    def attribute(self, name: str) -> Any:
        """The only value of a signed attribute; raises CmsRejected when there is none."""
        found = [one["values"] for one in self.info["signed_attrs"] if one["type"].native == name]
        if len(found) != 1 or len(found[0]) != 1:
            raise CmsRejected(name)
        return found[0][0]

    def time_stamp(self) -> bytes | None:
        """The DER of the time stamp on the signature, where there is one."""
        attributes = self.info["unsigned_attrs"]
        found = [
            one for one in attributes or () if one["type"].native == "signature_time_stamp_token"
        ]
        token: bytes | None = found[0]["values"][0].dump() if found else None
        return token


def read_signed(der: bytes) -> Signed:
    """Raises CmsRejected; nothing of it is believed before `speaks_for`."""
    try:
        content = cms.ContentInfo.load(der, strict=True)
        found = _signed_of(content) if content["content_type"].native == "signed_data" else None
    except Exception as error:  # asn1crypto 1.5 raises whatever a broken structure leads it to
        raise CmsRejected(str(error)) from error
    if found is None or found.algorithm not in HASHES:
        raise CmsRejected("content or hash")
    return found


def _signed_of(content: Any) -> Signed | None:
    """None unless there is exactly one signer, whose certificate is in it."""
    data = content["content"]
    info = data["signer_infos"][0]
    signer = _named(info["sid"].chosen.dump(), data["certificates"])
    if signer is None or len(data["signer_infos"]) != 1:
        return None
    known = [x509.load_der_x509_certificate(one.chosen.dump()) for one in data["certificates"]]
    others = tuple(one for index, one in enumerate(known) if index != signer)
    algorithm = str(info["digest_algorithm"]["algorithm"].native)
    return Signed(data, known[signer], others, algorithm)


def speaks_for(signed: Signed, digest: bytes) -> bool:
    """Whether the certificate's key signed that digest."""
    try:
        if signed.attribute("message_digest").native != digest:
            return False
        attributes = signed.info["signed_attrs"].untag().dump()
        _verify(signed, bytes(attributes))
    except Exception:  # asn1crypto 1.5 raises whatever a broken structure leads it to
        return False
    return True


def is_as_written(signed: Signed, der: bytes) -> bool:
    """Whether what lies outside the signature is as this program writes it."""
    try:
        return _rebuilt(signed) == der and _are_a_chain([signed.certificate, *signed.others])
    except Exception:  # asn1crypto 1.5 raises whatever a broken structure leads it to
        return False


def _rebuilt(signed: Signed) -> bytes:
    info = signed.info
    algorithm = algos.DigestAlgorithm({"algorithm": signed.algorithm})
    mechanism = {"algorithm": info["signature_algorithm"]["algorithm"].native}
    rebuilt = {
        "version": "v1",
        "sid": info["sid"],
        "digest_algorithm": algorithm,
        "signed_attrs": info["signed_attrs"],
        "signature_algorithm": algos.SignedDigestAlgorithm(mechanism),
        "signature": info["signature"],
    }
    if info["unsigned_attrs"]:
        rebuilt["unsigned_attrs"] = info["unsigned_attrs"]
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((algorithm,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": signed.data["certificates"],
            "signer_infos": [cms.SignerInfo(rebuilt)],
        }
    )
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    return whole


def _are_a_chain(certificates: Sequence[x509.Certificate]) -> bool:
    """Whether each certificate beside the signer's vouches for another one, so none is changed."""
    issuers = list(certificates[1:])
    vouched, open_ones = [certificates[0]], issuers
    while open_ones:
        found = [one for one in open_ones if any(_issued(below, one) for below in vouched)]
        if not found:
            return False
        vouched += found
        open_ones = [one for one in open_ones if one not in found]
    return all(_is_kept_by(one, certificates) for one in issuers)


def _is_kept_by(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> bool:
    """A root keeps itself; another's own signature is checked by its issuer, when that is here."""
    above = [one for one in known if one.subject == certificate.issuer]
    return not above or any(_issued(certificate, one) for one in above)


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _named(sid: bytes, certificates: Any) -> int | None:
    for index, one in enumerate(certificates):
        certificate = one.chosen
        named = cms.IssuerAndSerialNumber(
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        )
        if named.dump() == sid:
            return index
    return None


def _verify(signed: Signed, content: bytes) -> None:
    key, signature = signed.certificate.public_key(), signed.info["signature"].native
    mechanism = signed.info["signature_algorithm"]
    kind, hashed = mechanism.signature_algo, HASHES[signed.algorithm]
    if kind == "ecdsa" and mechanism.hash_algo != signed.algorithm:
        raise CmsRejected("hash")
    if isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
        key.verify(signature, content, ec.ECDSA(hashed))
    elif isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pkcs1v15":
        key.verify(signature, content, padding.PKCS1v15(), hashed)
    else:
        raise CmsRejected(str(kind))
