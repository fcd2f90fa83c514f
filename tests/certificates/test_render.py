"""Papers as they leave: text, pages, fonts, bytes, and what hostile facts cannot do."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from certificates import KINDS, MissingGlyphs, render
from certificates.press import FetchRefused, print_page
from certificates.sheets import SHEETS
from tests.certificates.papers import LONG, PAGES, SPECIALTIES
from tests.certificates.papers import SHORT as FACTS


@lru_cache
def paper(kind: str, long: bool = False) -> bytes:
    return render(kind, (LONG if long else FACTS)[kind])


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("long", [False, True])
def test_every_fact_is_printed(kind: str, long: bool) -> None:
    text = text_of(paper(kind, long))

    facts = (LONG if long else FACTS)[kind]
    for expected in _printed(facts):
        assert "".join(expected.split()) in text


@pytest.mark.parametrize("kind", KINDS)
def test_length_of_papers(kind: str) -> None:
    counted = tuple(len(PdfReader(BytesIO(paper(kind, long))).pages) for long in (False, True))

    assert counted == PAGES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_an_archival_pdf_with_its_fonts_inside(kind: str) -> None:
    with pikepdf.open(BytesIO(paper(kind))) as pdf:
        metadata = pdf.open_metadata()
        descriptors = [o for o in pdf.objects if _is(o, "/FontDescriptor")]

        assert metadata.pdfa_status == "2U"
        assert "/OutputIntents" in pdf.Root
        assert descriptors
        assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("kind", KINDS)
def test_same_facts_give_the_same_bytes(kind: str) -> None:
    assert render(kind, FACTS[kind]) == paper(kind)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from certificates import render;"
        "from tests.certificates.papers import SHORT as f; k = 'certificate_copy';"
        "print(hashlib.sha256(render(k, f[k])).hexdigest())"
    )

    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert other.stdout.strip() == sha256(paper("certificate_copy")).hexdigest()


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("long", [False, True])
def test_certificate_is_small_and_whole(kind: str, long: bool) -> None:
    pdf = paper(kind, long)

    page = PdfReader(BytesIO(pdf)).pages[0]
    sheet = SHEETS[kind]
    assert len(pdf) <= 200_000
    assert float(page.mediabox.width) == pytest.approx(sheet.width / 25.4 * 72, abs=0.01)


def test_longest_facts_shrink_to_their_place() -> None:
    facts = {"unit": "测" * 100, "address": "绘" * 150, "specialties": "、".join(SPECIALTIES)}

    for sheet in SHEETS.values():
        assert 6 < sheet.type_size([*facts.values(), *"一二三四五"]) < sheet.largest_points


def test_partial_grant_names_what_is_refused_and_why() -> None:
    text = text_of(paper("grant_decision", long=True))

    assert "决定部分准予行政许可" in text
    assert "二、不予批准的专业类别及理由（1）大地测量：" in text


@pytest.mark.parametrize("kind", ["non_acceptance_decision", "refusal_decision"])
def test_refusal_tells_the_remedies(kind: str) -> None:
    text = text_of(paper(kind))

    assert "六十日内向陕西省人民政府申请行政复议" in text
    assert "六个月内依法向西安铁路运输法院提起行政诉讼" in text


def test_correction_numbers_every_item_over_pages() -> None:
    text = text_of(paper("correction_notice", long=True))

    assert all(f"TS{place:05d}" in text for place in range(1, 31))
    assert text.count("材料名称") == 5
    assert "—6—" in text


def test_character_without_a_glyph_stops_the_paper() -> None:
    with pytest.raises(MissingGlyphs, match="单位名称"):
        render("certificate_copy", {**FACTS["certificate_copy"], "unit_name": "测绘😀公司"})


def test_glyph_missing_behind_the_check_stops_the_paper() -> None:
    with pytest.raises(MissingGlyphs, match="U\\+1F600"):
        print_page("<p>😀</p>", "x")


@pytest.mark.parametrize("kind", ["acceptance_notice", "certificate_original"])
def test_markup_in_a_name_is_printed_as_text(kind: str) -> None:
    hostile = '<link rel=attachment href="file:///etc/passwd"><script>&amp;'

    pdf = render(kind, {**FACTS[kind], "unit_name": hostile, "organ": "<b>厅</b>"})

    assert "".join(hostile.split()) in text_of(pdf)
    assert b"/EmbeddedFile" not in pdf


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x", "FILE:///etc"])
@pytest.mark.parametrize(
    "markup",
    [
        '<link rel=attachment href="{}">',
        '<link rel=stylesheet href="{}">',
        '<img src="{}">',
        "<style>@import url({});</style>",
        "<style>@font-face {{ font-family: x; src: url({}) }}</style><p style='font-family: x'>a",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{}"'
        ' width="9" height="9"/></svg>',
    ],
)
def test_nothing_outside_the_page_is_fetched(markup: str, address: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        print_page(markup.format(address), "x")

    assert caught.value.addresses[0].lower() == address.lower()


def _printed(facts: dict[str, Any]) -> Iterator[str]:
    for key, content in facts.items():
        if key == "verify_url" or content is None:
            continue
        if isinstance(content, list):
            for entry in content:
                yield from entry.values() if isinstance(entry, dict) else [entry]
        else:
            yield _words(key, content)


def _words(key: str, content: Any) -> str:
    if key.endswith(("_on", "deadline", "_from", "_until")):
        year, month, day = content.split("-")
        return f"{year}年{int(month)}月{int(day)}日"
    if key.endswith("_at"):
        when = datetime.fromisoformat(content)
        return f"{when.year}年{when.month}月{when.day}日{when.hour}时{when.minute:02d}分"
    return str(content)


def _is(thing: pikepdf.Object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind
