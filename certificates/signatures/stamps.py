"""Time stamps (RFC 3161) on signatures: read here, asked for in `services`."""

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import tsp
from cryptography.hazmat.primitives import hashes

from certificates.signatures.cms import HASHES, CmsRejected, Signed, read_signed, speaks_for
from certificates.signatures.trust import name_in


@dataclass(frozen=True)
class TimeStamp:
    """The time, aware UTC, and the name on the service's certificate."""

    at: datetime
    by: str


def read_time_stamp(token: bytes, signature: bytes) -> TimeStamp | None:
    """None when the token is not for that signature or its own signature does not hold."""
    try:
        signed = read_signed(token)
        content = signed.data["encap_content_info"]["content"]
        if not speaks_for(signed, _hashed(content.contents, signed.algorithm)):
            return None
        stated = tsp.TSTInfo.load(content.contents, strict=True)
        imprint = stated["message_imprint"]
        wanted = _hashed(signature, str(imprint["hash_algorithm"]["algorithm"].native))
        if imprint["hashed_message"].native != wanted:
            return None
        return TimeStamp(stated["gen_time"].native, _holder(signed))
    except (CmsRejected, ValueError, TypeError, KeyError):
        return None


def _hashed(content: bytes, algorithm: str) -> bytes:
    hashed = hashes.Hash(HASHES[algorithm])
    hashed.update(content)
    return hashed.finalize()


def _holder(signed: Signed) -> str:
    return name_in(signed.certificate.subject)
