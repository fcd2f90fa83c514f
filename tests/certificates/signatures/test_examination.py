"""What is said of a file: genuine only when every byte of it is as it was signed."""

import subprocess
from io import BytesIO
from pathlib import Path
from random import Random
from shutil import which

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.signatures import Trusted, examine, read_trusted
from certificates.signatures.examination import MOST_BYTES
from certificates.signatures.signing import sign
from tests.certificates.signatures.signers import (
    NAME,
    NOW,
    a_key,
    organ_key,
    printed,
    signed,
    trust,
    trusted,
)


@pytest.mark.requirement("R299")
def test_a_signed_paper_is_genuine() -> None:
    report = examine(signed(), trusted())

    assert report.is_genuine
    assert (report.organ, report.trusted, report.intact, report.whole) == (NAME, True, True, True)
    assert report.signed_at == NOW
    assert "演示" in report.subject
    assert report.sentences == (
        "文件由陕西省自然资源厅签名，签名覆盖全文，签发后未被改动。",
        f"签名证书：{report.subject}，序列号 {report.serial}。",
        "签名时间：2026年11月20日 10:00:00（签名机关的时钟）。",
    )


def test_every_changed_byte_is_told() -> None:
    """A bit in each 64th byte, and in each byte of the signature's own entries."""
    pdf = signed()
    entry = pdf.rindex(b"/Contents <")
    space = pdf.index(b">", entry + 12)
    places = {*range(0, len(pdf), 64), *range(entry - 40, entry + 2200), *range(space, len(pdf))}

    unnoticed = [place for place in sorted(places) if _flipped(pdf, place)]

    assert unnoticed == []


def _flipped(pdf: bytes, place: int) -> bool:
    changed = bytearray(pdf)
    changed[place] ^= 1 << Random(place).randrange(8)
    return examine(bytes(changed), trusted()).is_genuine


@pytest.mark.parametrize("more", [b"\n", b"%", b"\n%%EOF\n"])
def test_appended_bytes_are_told(more: bytes) -> None:
    report = examine(signed() + more, trusted())

    assert report.verdict == "extended"
    assert "签名之后，文件又被追加了内容" in report.sentences[0]


def test_an_incremental_update_is_told() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed()))
    writer.root[pdf_name("/Lang")] = pdf_string("en")
    writer.update_root()
    changed = BytesIO()
    writer.write(changed)

    report = examine(changed.getvalue(), trusted())

    assert report.verdict == "extended"
    assert not report.whole


def test_a_shortened_file_is_told() -> None:
    for length in (1, 20, 800, 30_000):
        assert not examine(signed()[:-length], trusted()).is_genuine


def test_a_removed_signature_is_told() -> None:
    with pikepdf.open(BytesIO(signed())) as pdf:
        del pdf.Root.AcroForm
        del pdf.Root.Perms
        del pdf.pages[0].Annots
        bare = BytesIO()
        pdf.save(bare)

    report = examine(bare.getvalue(), trusted())

    assert report.verdict == "unsigned"
    assert report.sentences == ("文件没有电子签名，不能由签名判断真伪。",)


def test_a_foreign_certificate_with_the_same_names_is_told() -> None:
    foreign = a_key(like=organ_key().certificate)

    report = examine(sign(printed("acceptance_notice"), foreign, NAME, NOW), trusted())

    assert report.verdict == "stranger"
    assert (report.organ, report.trusted, report.intact) == ("", False, True)
    assert report.subject == organ_key().certificate.subject.rfc4514_string()
    assert "不在本系统各机关的证书之列" in report.sentences[0]


def test_a_foreign_key_under_our_certificate_is_told() -> None:
    forged = a_key()
    ours = organ_key()
    forged.signer._signing_cert = ours.signer.signing_cert

    report = examine(sign(printed("acceptance_notice"), forged, NAME, NOW), trusted())

    assert report.verdict == "altered"


def test_rsa_keys_are_verified_too() -> None:
    key = a_key(key=rsa.generate_private_key(65537, 2048))

    assert examine(sign(printed("acceptance_notice"), key, NAME, NOW), [trust(key)]).is_genuine


@pytest.mark.parametrize(
    ("file", "verdict"),
    [
        (b"", "unreadable"),
        (b"%PDF-1.7\n", "unsigned"),
        (b"PK\x03\x04 a picture", "unreadable"),
        (b"%PDF-1.7 /ByteRange [0 1 2 3] ", "unreadable"),
        (b"%PDF-1.7 /ByteRange [0 999999999 999999999 999999999] ", "unreadable"),
        (b"%PDF-1.7 <3003020100> /ByteRange [0 9 21 4] ", "unreadable"),
        (b"%PDF-1.7 " + b"/ByteRange [0 9 9 9]" * 50_000, "unreadable"),
        (b"%PDF-1.7 " + b"/ByteRange [" + b" " * 1_000_000, "unreadable"),
        (b"%PDF-1.7 " + b"[" * 1_000_000, "unsigned"),
        (b"%PDF-1.7" + bytes(MOST_BYTES), "unreadable"),
    ],
)
def test_a_hostile_file_is_told_in_words(file: bytes, verdict: str) -> None:
    report = examine(file, trusted())

    assert report.verdict == verdict
    assert report.sentences


def test_any_mess_in_the_signature_is_told() -> None:
    pdf, dice = signed(), Random(7)
    begin = pdf.rindex(b"/Contents <") + 11
    for _turn in range(300):
        broken = bytearray(pdf)
        place = begin + dice.randrange(2000)
        broken[place : place + dice.randrange(1, 40)] = (
            dice.randbytes(dice.randrange(60)).hex().encode()
        )

        assert not examine(bytes(broken), trusted()).is_genuine


def test_certificates_are_read_from_a_published_file() -> None:
    pem = b"# organs\n" + organ_key().certificate.public_bytes(Encoding.PEM)

    (found,) = read_trusted(pem)

    assert found == Trusted(NAME + "（演示）", trusted()[0].certificate)
    assert examine(signed(), [found]).is_genuine
    assert read_trusted(b"nothing") == ()


def test_others_agree(tmp_path: Path) -> None:
    """pyHanko's own validation, and poppler's where it is installed."""
    with_trust = ValidationContext(trust_roots=[organ_key().signer.signing_cert], moment=NOW)
    (embedded,) = PdfFileReader(BytesIO(signed())).embedded_signatures
    status = validate_pdf_signature(embedded, with_trust)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok

    if which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) is not installed")
    file = tmp_path / "paper.pdf"
    file.write_bytes(signed())
    told = subprocess.run(["pdfsig", file], capture_output=True, check=False).stdout
    assert b"Signature is Valid" in told
    assert b"Total document signed" in told
