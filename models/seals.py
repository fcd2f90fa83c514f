"""The certificates with which organs have signed papers: kept for as long as papers are verified.

The keys are not here: they are in files or on a device, with the workers alone.
"""

from sqlalchemy import LargeBinary, String, Text, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Code, PrimaryKey, Time


class SigningCertificate(Base):
    """A certificate that has signed a paper. Written with the first such paper, never changed."""

    __tablename__ = "signing_certificate"

    id: Mapped[PrimaryKey]
    organ_code: Mapped[str] = mapped_column(String(12), index=True)
    """Authority.code."""
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the certificate, in hexadecimal."""
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    """In DER."""
    issuers: Mapped[str] = mapped_column(Text)
    """The authorities above it in PEM, as far as they came with the key; maybe empty."""
    kind: Mapped[Code]
    """file, device or demo: where its key was kept."""
    first_used_at: Mapped[Time]


def certificate_id_of(db: Session, fingerprint: str) -> int | None:
    query = select(SigningCertificate.id).where(SigningCertificate.fingerprint == fingerprint)
    return db.scalar(query)


def keep_certificate(db: Session, row: dict[str, object]) -> int:
    """The id of the certificate's row, written now unless it is there. Safe to race."""
    fingerprint = str(row["fingerprint"])
    known = certificate_id_of(db, fingerprint)
    if known is not None:
        return known
    try:
        with db.begin_nested():
            db.execute(insert(SigningCertificate), row)
    except IntegrityError:  # another worker signed with it a moment ago
        pass
    found = certificate_id_of(db, fingerprint)
    if found is None:
        raise LookupError(fingerprint)
    return found
