"""A PDF file judged without the office: genuine, changed, not ours, no longer good, undecided."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
import pytest

from certificates import render
from certificates.signatures.signing import sign
from certificates.verification import reading
from certificates.verification.papers import Known, PaperVerdict, verify_paper
from certificates.verification.reading import MOST_BYTES, PaperUnreadable, read_paper
from certificates.verification.status_list import StatusList, VoidCertificate
from tests.certificates.papers import SHORT
from tests.certificates.signatures.signers import NAME, NOW, a_key, organ_key, signed, trusted
from tests.certificates.verification.papers import FIELDS, NAMES, coded, issued
from tests.certificates.verification.test_tokens import OTHER, RING

TODAY = date(2027, 1, 4)
KNOWN = Known(RING, trusted(), NAMES)


def judged(pdf: bytes, known: Known = KNOWN, today: date = TODAY) -> PaperVerdict:
    return verify_paper(pdf, known, today)


@pytest.mark.requirement("R003")
def test_an_issued_certificate_is_genuine_and_says_what_it_says() -> None:
    verdict = judged(issued())
    assert (verdict.good, verdict.title) == (True, "由本系统出具，未被改动")
    assert verdict.fields == FIELDS
    assert "没有状态清单" in verdict.sentences[-1]


def test_a_paper_without_a_code_is_genuine_by_its_signature() -> None:
    verdict = judged(signed())
    assert (verdict.good, verdict.fields) == (True, None)


@pytest.mark.parametrize("place", sorted(Random(7).sample(range(len(issued())), 16)))
def test_any_changed_byte_is_told(place: int) -> None:
    pdf = issued()
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert judged(changed).good is not True


def test_what_is_appended_is_told() -> None:
    assert judged(issued() + b"\n").title == "文件被改动过"


@pytest.mark.parametrize(
    "printed",
    [
        {"certificate_number": "甲测资字61100021"},
        {"unit_name": "西安秦岭测绘股份有限公司"},
        {"class_name": "乙级"},
        {"specialties": ["工程测量"]},
        {"specialties": ["工程测量", "地理信息系统工程", "大地测量"]},
        {"issued_on": "2026-11-19"},
        {"valid_from": "2026-11-19"},
        {"valid_until": "2032-11-19"},
    ],
)
def test_a_page_that_says_something_else_than_its_code_is_told(printed: dict[str, Any]) -> None:
    verdict = judged(coded(printed=printed))
    assert (verdict.good, verdict.title) == (False, "文件被改动过")
    assert "不一致" in "".join(verdict.sentences)


def test_a_code_that_another_office_signed_is_not_ours() -> None:
    verdict = judged(coded(ring=OTHER))
    assert (verdict.good, verdict.title, verdict.is_ours) == (False, "不是本系统出具的文件", False)


def test_a_signature_of_a_stranger_does_not_help() -> None:
    forged = sign(coded(ring=OTHER), a_key(), NAME, NOW)
    assert judged(forged).title == "不是本系统出具的文件"


def test_a_strangers_signature_around_our_code_is_a_change() -> None:
    assert judged(sign(coded(), a_key(), NAME, NOW)).title == "文件被改动过"


def test_a_paper_of_others_is_not_ours() -> None:
    plain = render("acceptance_notice", SHORT["acceptance_notice"])
    assert judged(plain).title == "不是本系统出具的文件"


def test_a_code_alone_may_have_been_copied() -> None:
    verdict = judged(coded())
    assert (verdict.good, verdict.is_ours) == (None, True)
    assert "复制" in "".join(verdict.sentences)


def test_without_the_organs_certificates_the_signer_is_unknown() -> None:
    assert judged(issued(), replace(KNOWN, trusted=())).good is None


def test_two_codes_in_one_file_are_told() -> None:
    with pikepdf.open(BytesIO(coded())) as first, pikepdf.open(BytesIO(coded(unit="乙"))) as second:
        page = second.pages[0]
        page.Annots = pikepdf.Array([one for one in page.Annots if one.Subtype == "/Link"])
        first.pages.append(page)
        merged = BytesIO()
        first.save(merged)
    assert "不止一个核验码" in "".join(judged(merged.getvalue()).sentences)


@pytest.mark.parametrize(
    ("status", "version", "good", "words"),
    [
        ("cancelled", 0, False, "注销"),
        ("replaced", 0, False, "新的证书替换"),
        ("reissued", 1, False, "换发"),
        ("reissued", 0, True, "清单中没有"),
    ],
)
def test_the_list_tells_what_the_file_cannot(
    status: str, version: int, good: bool, words: str
) -> None:
    entry = VoidCertificate(FIELDS.number, status, date(2026, 12, 1), version)
    listed = StatusList("x", 1, datetime(2027, 1, 4, tzinfo=UTC), {FIELDS.number: entry})
    verdict = judged(issued(), replace(KNOWN, listed=listed))
    assert verdict.good is good
    assert words in verdict.sentences[-1]


def test_an_ended_validity_is_told() -> None:
    assert judged(issued(), today=FIELDS.valid_until).good is True
    ended = judged(issued(), today=date(2031, 11, 20))
    assert (ended.good, ended.title) == (False, "证书不再有效")


@lru_cache
def hostile() -> dict[str, bytes]:
    """Files that are made to break a reader."""
    bomb = zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)
    stream = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(bomb) + bomb
    pages = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"endobj 3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj"
    loop = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>"
    return {
        "empty": b"%PDF-1.7",
        "cut": issued()[: len(issued()) // 2],
        "bomb": b"%PDF-1.7\n"
        + pages
        + page
        + stream
        + b"\nendstream endobj trailer<</Root 1 0 R>>",
        "loop": b"%PDF-1.7\n" + loop + b"endobj trailer<</Root 1 0 R>>",
        "deep": b"%PDF-1.7\n1 0 obj" + b"[" * 500_000,
        "zeros": b"%PDF-1.7\n" + bytes(100_000),
        "not pdf": b"PK\x03\x04" + issued(),
        "large": b"%PDF-1.7" + bytes(MOST_BYTES),
    }


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_file_is_judged_within_its_time(name: str) -> None:
    assert judged(hostile()[name]).good is not True


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(PaperUnreadable):
        read_paper(issued())


def test_the_words_of_a_page_are_read_as_another_reader_reads_them() -> None:
    from pypdf import PdfReader

    theirs = "".join(PdfReader(BytesIO(issued())).pages[0].extract_text().split())
    ours = read_paper(issued()).text
    assert ours
    assert set(ours) <= set(theirs)
    assert FIELDS.unit in ours


def test_a_certificate_links_to_its_code_once() -> None:
    assert len(read_paper(sign(coded(), organ_key(), NAME, NOW)).tokens) == 1


def test_endless_addresses_do_not_come_back_from_the_reader() -> None:
    file, written = pikepdf.new(), BytesIO()
    file.add_blank_page()
    links = [b"https://a/" + b"A" * 3_000_000, b"https://a/" + b"B" * 100]
    file.pages[0].Annots = pikepdf.Array(
        pikepdf.Dictionary(A=pikepdf.Dictionary(URI=pikepdf.String(link))) for link in links
    )
    file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert read_paper(written.getvalue()).tokens == ("B" * 100,)
