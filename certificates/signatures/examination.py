"""What a PDF file's signature says of it: whose it is, whether it is whole, in Chinese sentences.

Pure: bytes in, report out. Never raises on a file, however hostile; costs a few milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from gettext import gettext as _
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.signatures.cms import (
    Signed,
    is_as_written,
    read_signed,
    speaks_for,
)
from certificates.signatures.envelope import Envelope, envelopes, names_a_signature
from certificates.signatures.stamps import TimeStamp, read_time_stamp
from certificates.signatures.trust import Trusted, fingerprint
from certificates.signatures.words import moment_of

MOST_BYTES = 20_000_000
Verdict = Literal["genuine", "extended", "altered", "stranger", "unsigned", "unreadable"]


@dataclass(frozen=True)
class Examination:
    """The report. `organ` is set for trusted certificates alone; times are aware.

    Verdicts: genuine (ours, not a byte changed); extended (ours, but something was appended);
    altered (signed, but its bytes are not those that were signed); stranger (whole, but signed by
    a certificate that is none of the organs'); unsigned; unreadable (no PDF, too large, or a
    signature that cannot be read).
    """

    verdict: Verdict
    sentences: tuple[str, ...] = ()
    organ: str = ""
    subject: str = ""
    """The signer's distinguished name as its certificate has it: a claim, when not trusted."""
    issuer: str = ""
    serial: str = ""
    fingerprint: str = ""
    """SHA-256 of the certificate, in hexadecimal."""
    trusted: bool = False
    intact: bool = False
    """The signed bytes are those that were signed."""
    whole: bool = False
    """The signature speaks for the whole file."""
    signed_at: datetime | None = None
    """By the signer's own clock."""
    stamped_at: datetime | None = None
    """By a time-stamp service, and `stamped_by` whom."""
    stamped_by: str = ""

    @property
    def is_genuine(self) -> bool:
        return self.verdict == "genuine"


def examine(pdf: bytes, trusted: Sequence[Trusted]) -> Examination:
    """Tell what is known of a file. Its signer must be one of the certificates given."""
    if len(pdf) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        return _plain("unreadable", _("文件超过 {most} MB，不核验。").format(most=most))
    if b"%PDF-" not in pdf[:1024]:
        return _plain("unreadable", _("这不是 PDF 文件。"))
    found = [_examined(envelope, trusted) for envelope in envelopes(pdf)]
    if found:
        return _told(min(found, key=lambda one: _RANK[one.verdict]))
    if names_a_signature(pdf):
        return _plain("unreadable", _("文件中的电子签名已损坏，无法读取，请勿采信。"))
    return _plain("unsigned", _("文件没有电子签名，不能由签名判断真伪。"))


_RANK: dict[Verdict, int] = {
    "genuine": 0, "extended": 1, "altered": 2, "stranger": 3, "unreadable": 4, "unsigned": 5,
}  # fmt: skip


def _plain(verdict: Verdict, sentence: str) -> Examination:
    return Examination(verdict, (sentence,))


def _examined(envelope: Envelope, trusted: Sequence[Trusted]) -> Examination:
    try:
        return _reported(envelope, trusted)
    except Exception:  # asn1crypto 1.5 and certificates are read as they are asked, and break then
        return Examination("unreadable")


def _reported(envelope: Envelope, trusted: Sequence[Trusted]) -> Examination:
    signed = read_signed(envelope.der)
    certificate = signed.certificate
    der = certificate.public_bytes(Encoding.DER)
    organ = next((one.organ for one in trusted if one.certificate == der), None)
    intact = speaks_for(signed, envelope.digest(signed.algorithm))
    as_written = envelope.is_tidy and is_as_written(signed, envelope.der)
    report = Examination(
        _verdict(envelope, organ, intact=intact, as_written=as_written),
        organ=organ or "",
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        fingerprint=fingerprint(certificate),
        trusted=organ is not None,
        intact=intact,
        whole=envelope.is_whole,
        signed_at=envelope.claimed_moment() if intact else None,
    )
    return _with_stamp(report, signed, certificate) if intact else report


def _verdict(envelope: Envelope, organ: str | None, *, intact: bool, as_written: bool) -> Verdict:
    if not intact:
        return "altered"
    if organ is None:
        return "stranger"
    if not envelope.is_whole:
        return "extended"
    return "genuine" if as_written else "altered"


def _with_stamp(report: Examination, signed: Signed, signer: x509.Certificate) -> Examination:
    """Add the time stamp; one that does not fit the signature spoils a genuine file."""
    token = signed.time_stamp()
    if token is None:
        return report
    stamp: TimeStamp | None = read_time_stamp(token, signed.info["signature"].native)
    if stamp is None:
        return replace(report, verdict="altered") if report.is_genuine else report
    return replace(report, stamped_at=stamp.at, stamped_by=stamp.by)


def _told(report: Examination) -> Examination:
    """The report with its sentences: the verdict first, then who and when."""
    organ, subject = report.organ, report.subject
    first = {
        "genuine": _("文件由{organ}签名，签名覆盖全文，签发后未被改动。"),
        "extended": _("{organ}签名之后，文件又被追加了内容：现在看到的不一定是签发时的内容。"),
        "altered": _("文件的内容与签名不符：签名后被改动过，请勿采信。"),
        "stranger": _("签名证书不在本系统各机关的证书之列（证书自称“{subject}”），请勿采信。"),
        "unreadable": _("文件中的电子签名已损坏，无法读取，请勿采信。"),
    }[report.verdict].format(organ=organ, subject=subject)
    return replace(report, sentences=(first, *_details(report)))


def _details(report: Examination) -> list[str]:
    if not report.intact:
        return []
    told = [
        _("签名证书：{subject}，序列号 {serial}。").format(
            subject=report.subject, serial=report.serial
        )
    ]
    if report.signed_at:
        told.append(
            _("签名时间：{moment}（签名机关的时钟）。").format(moment=moment_of(report.signed_at))
        )
    if report.stamped_at:
        told.append(
            _("时间戳：{moment}，由 {by} 加盖。").format(
                moment=moment_of(report.stamped_at), by=report.stamped_by
            )
        )
    return told
