"""A signed paper: archival still, certified against any change, its seal over organ and date."""

import subprocess
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from certificates import KINDS, render
from certificates.seal import seal_operators, seal_svg
from certificates.sheets import SHEETS
from certificates.signatures import examine
from certificates.signatures.signing import sign
from tests.certificates.papers import LONG, SHORT
from tests.certificates.signatures.signers import NAME, NOW, organ_key, printed, signed, trusted

PRINTED_AND_LOCKED = 132


@lru_cache
def paper(kind: str, long: bool = False) -> bytes:
    facts = (LONG if long else SHORT)[kind]
    return sign(render(kind, facts), organ_key(), facts["organ"], NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_paper_is_archival_still(kind: str) -> None:
    """What PDF/A-2u asks and can be looked up; a validator (veraPDF) was not to be had."""
    with pikepdf.open(BytesIO(paper(kind))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted
        assert pdf.open_metadata().pdfa_status == "2U"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert {"/Names", "/OpenAction", "/AA", "/Requirements"}.isdisjoint(pdf.Root.keys())
        assert not any("/JS" in one or "/JavaScript" in one for one in _dictionaries(pdf))
        fonts = [one for one in _dictionaries(pdf) if one.get("/Type") == "/FontDescriptor"]
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
        for note in [one for page in pdf.pages for one in page.get("/Annots", [])]:
            assert note.Subtype in ("/Widget", "/Link")
            assert note.Subtype == "/Link" or note.F == PRINTED_AND_LOCKED
            assert note.Subtype == "/Link" or list(note.AP.keys()) == ["/N"]
            assert {"/A", "/AA"}.isdisjoint(note.keys()) or note.Subtype == "/Link"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("long", [False, True])
def test_every_paper_has_one_seal_that_is_its_signature(kind: str, long: bool) -> None:
    facts = (LONG if long else SHORT)[kind]
    with pikepdf.open(BytesIO(paper(kind, long))) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        left, bottom, right, top = (float(corner) for corner in field.Rect)
        assert right - left == pytest.approx(top - bottom, abs=0.01)
        assert 110 < right - left < 130
        assert seal_operators(facts["organ"]) in field.AP.N.read_bytes()
        assert field.AP.N.Resources.ExtGState.Ink.BM == "/Multiply"
        assert str(field.V.Name) == facts["organ"]
        assert (str(field.V.Reason), str(field.V.Location)) == ("签发文书", "中国")
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
        assert {"/DigestMethod", "/DigestValue"}.isdisjoint(field.V.Reference[0].keys())

    assert examine(paper(kind, long), trusted()).is_genuine


def test_title_and_author_are_left_as_they_were_printed() -> None:
    files = BytesIO(printed("acceptance_notice")), BytesIO(signed())
    with pikepdf.open(files[0]) as before, pikepdf.open(files[1]) as after:
        assert {**after.docinfo} == {**before.docinfo}


def test_what_is_printed_bears_no_seal_yet() -> None:
    with pikepdf.open(BytesIO(printed("acceptance_notice"))) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert "/V" not in field
        assert field.AP.N.read_bytes() == b""


def test_a_file_without_a_place_is_not_signed() -> None:
    empty = pikepdf.new()
    empty.add_blank_page()
    bare = BytesIO()
    empty.save(bare)

    with pytest.raises(ValueError, match="seal"):
        sign(bare.getvalue(), organ_key(), NAME, NOW)


@pytest.mark.parametrize("kind", [*SHEETS, "acceptance_notice", "correction_notice"])
def test_the_seal_is_seen_over_the_date_and_the_date_through_it(kind: str, tmp_path: Path) -> None:
    before, after = (_picture(one, tmp_path) for one in (render(kind, SHORT[kind]), paper(kind)))

    with pikepdf.open(BytesIO(paper(kind))) as pdf:
        box = [float(corner) for corner in pdf.Root.AcroForm.Fields[0].Rect]
    height = before.height / 72 * 72
    place = tuple(round(n) for n in (box[0], height - box[3], box[2], height - box[1]))
    under, over = before.crop(place), after.crop(place)  # type: ignore[arg-type]
    red = [_is_red(pixel) for pixel in over.get_flattened_data()]
    dark = [index for index, pixel in enumerate(under.get_flattened_data()) if max(pixel) < 60]
    assert 0.08 < sum(red) / len(red) < 0.4
    assert not any(_is_red(pixel) for pixel in under.get_flattened_data())
    assert len(dark) > 50
    seen = list(over.get_flattened_data())
    assert all(max(seen[index]) < 70 for index in dark)


@pytest.mark.parametrize("kind", ["receipt", "grant_decision", "revocation_announcement"])
def test_the_seal_lies_over_no_words_of_the_body(kind: str) -> None:
    facts = SHORT[kind]

    day = "2026年11月20日"
    assert _words_under_the_seal(render(kind, facts)) == facts["organ"] + day


def test_the_drawing_on_a_page_is_the_same_as_in_a_file() -> None:
    in_file = seal_operators(NAME).decode()
    in_page = seal_svg(NAME)

    assert in_file.count(" c\n") == in_page.count("C") + 4
    assert in_page.count("<path") == in_page.count("<circle") == 1


def _picture(pdf: bytes, folder: Path) -> Image.Image:
    """The last page, which bears the seal, at 72 pixels an inch."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        last = str(len(opened.pages))
    subprocess.run(
        ["pdftoppm", "-r", "72", "-f", last, "-png", "-singlefile", "-", str(folder / "page")],
        input=pdf,
        check=True,
    )
    return Image.open(folder / "page.png").convert("RGB").copy()


def _words_under_the_seal(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as opened:
        last, height = str(len(opened.pages)), float(opened.pages[-1].mediabox[3])
        left, bottom, right, top = map(float, opened.Root.AcroForm.Fields[0].Rect)
    sizes = {"-x": left, "-y": height - top, "-W": right - left, "-H": top - bottom}
    crop = [part for name, size in sizes.items() for part in (name, str(int(size)))]
    ran = subprocess.run(
        ["pdftotext", "-r", "72", "-f", last, *crop, "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return "".join(ran.stdout.decode().split())


def _is_red(pixel: tuple[int, int, int]) -> bool:
    return pixel[0] > 120 and pixel[1] < 130 and pixel[2] < 130 and pixel[0] - pixel[1] > 60


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    return (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream))
