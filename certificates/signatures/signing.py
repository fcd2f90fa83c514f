"""Signing a printed paper: PAdES, certified against any change, its seal the signature's look.

Takes 10–30 ms with a key in memory; a device and a time-stamp service take their own time. Never
inside a transaction. What comes out may not be touched again: any byte changed is a forgery.
"""

import asyncio
from datetime import datetime
from gettext import gettext as _
from io import BytesIO
from typing import TYPE_CHECKING, Any

from certificates.place import SEAL_FIELD
from certificates.seal import WIDTH, seal_operators
from certificates.signatures.keys import OrganKey

if TYPE_CHECKING:
    from certificates.signatures.services import TimeStampService

_HASH = "sha256"
_SPACE, _SPACE_FOR_STAMP = 2_000, 10_000
"""Bytes for a signature beside its certificates, and for a time stamp on it."""


def sign(
    pdf: bytes,
    key: OrganKey,
    organ: str,
    moment: datetime,
    service: "TimeStampService | None" = None,
) -> bytes:
    """Return the paper with its signature; `organ` is the name printed on it and in the seal.

    `moment` is aware, the signer's clock. Raises StampUnavailable when a service is given and does
    not answer, and ValueError for a file that has no place for a seal.
    """
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers.cms_embedder import (
        PdfCMSEmbedder,
        SigIOSetup,
        SigMDPSetup,
        SigObjSetup,
    )

    writer = _writer(pdf)
    if "/AcroForm" not in writer.root:
        raise ValueError("the paper has no place for a seal")
    steps = PdfCMSEmbedder().write_cms(SEAL_FIELD, writer, existing_fields_only=True)
    field = next(steps).get_object()
    _show_seal(writer, field, organ)
    entry = _entry(organ, moment, _space(key) + (_SPACE_FOR_STAMP if service else 0))
    certified = SigMDPSetup(_HASH, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    steps.send(SigObjSetup(entry, certified))
    prepared, output = steps.send(SigIOSetup(_HASH))
    steps.send(_cms(key, prepared.document_digest, service))
    return bytes(output.getvalue())


def _writer(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Untouched(IncrementalPdfFileWriter):
        """Adds no name or date of its own: title and author stay as they were printed."""

        def _update_meta(self) -> None:
            pass

    return Untouched(BytesIO(pdf))


def _show_seal(writer: Any, field: Any, organ: str) -> None:
    """Make the seal the appearance of the field, multiplied into what is printed under it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name

    left, bottom, right, top = (float(corner) for corner in field["/Rect"])
    width, height = right - left, top - bottom
    scale = min(width, height) / WIDTH
    ink = generic.DictionaryObject({pdf_name("/BM"): pdf_name("/Multiply")})
    states = generic.DictionaryObject({pdf_name("/Ink"): ink})
    look = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(
                generic.FloatObject(round(n, 3)) for n in (0, 0, width, height)
            ),
            pdf_name("/Resources"): generic.DictionaryObject({pdf_name("/ExtGState"): states}),
        },
        stream_data=(
            f"q /Ink gs {scale:.6f} 0 0 {scale:.6f} {width / 2:.3f} {height / 2:.3f} cm\n".encode()
            + seal_operators(organ)
            + b"\nQ"
        ),
    )
    look.compress()
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})


def _space(key: OrganKey) -> int:
    certificates = [key.signer.signing_cert, *key.signer.cert_registry]
    return _SPACE + sum(len(one.dump()) for one in certificates)


def _entry(organ: str, moment: datetime, space: int) -> Any:
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    return SignatureObject(
        timestamp=moment,
        subfilter=SigSeedSubFilter.PADES,
        name=organ,
        reason=_("签发文书"),
        location=_("中国"),
        bytes_reserved=2 * space,  # in hexadecimal
    )


def _cms(key: OrganKey, digest: bytes, service: "TimeStampService | None") -> Any:
    from pyhanko.sign.timestamps import TimestampRequestError

    from certificates.signatures.services import unavailable

    signing = key.signer.async_sign(digest, _HASH, use_pades=True, timestamper=service)
    try:
        return asyncio.run(signing)
    # An answer that is a refusal, or to another question; for a nonce that differs, pyHanko
    # 0.38 fails over its own message.
    except (TimestampRequestError, AttributeError) as error:
        raise unavailable(service.url if service else "") from error
