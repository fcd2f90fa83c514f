"""Uploaded files: told by content, two megabytes exactly, nothing hidden and nothing active."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from forms.attachments import MAX_BYTES
from forms.uploads import check_upload, detect_type

DAMAGED = "{}已损坏，无法打开，请重新扫描或导出后再上传。"
ACTIVE = "PDF 里有脚本、启动动作或内嵌文件，请用“打印为 PDF”另存后再上传。"
BOMB = "PDF 展开后过大，请重新扫描或导出后再上传。"
HIDDEN = "图片里夹带了别的内容，请重新扫描或导出后再上传。"
ZIPPED = "文件里夹带了压缩包，请重新扫描或导出后再上传。"
TRUNCATED_PNG = "PNG 图片不完整或夹带了别的内容，请重新导出后再上传。"
UNKNOWN = "只接受 jpg、png 图片和 pdf 文件，这个文件的内容不是。"


def image(kind: str, size=(40, 30), mode="RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, 1).save(stream, kind)
    return stream.getvalue()


def pdf(change=None, **options) -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if change:
            change(document)
        document.save(stream, **options)
    return stream.getvalue()


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "b")
    return stream.getvalue()


JPG, PNG, PDF = image("JPEG"), image("PNG"), pdf()


def action(**entries) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**entries)


def opens_with_script(document):
    document.Root.OpenAction = action(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def named_script(document):
    tree = action(Names=pikepdf.Array(["a", action(S=pikepdf.Name.JavaScript, JS="1")]))
    document.Root.Names = action(JavaScript=document.make_indirect(tree))


def launches(document):
    link = action(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link)
    link.A = action(S=pikepdf.Name.Launch, F="cmd.exe")
    document.pages[0].Annots = pikepdf.Array([link])


def page_action(document):
    document.pages[0].AA = action(O=action(S=pikepdf.Name.GoTo))


def embeds(document):
    document.attachments["hidden.exe"] = b"MZ"


def submits(document):
    document.Root.OpenAction = action(S=pikepdf.Name.SubmitForm, F="https://x.example")


def has_xfa(document):
    document.Root.AcroForm = action(Fields=pikepdf.Array([]), XFA=pikepdf.Array([]))


def packed(layers: int):
    def change(document):
        content = b"\0" * 150_000_000
        for _layer in range(layers):
            content = zlib.compress(content)
        stream = pikepdf.Stream(document, b"")
        names = pikepdf.Array([pikepdf.Name.FlateDecode] * layers)
        stream.write(content, filter=names)
        document.pages[0].Contents = document.make_indirect(stream)

    return change


def odd_structure() -> bytes:
    return pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate).replace(
        b"/Filter /FlateDecode", b"/Filter /LZWDecode", 1
    )


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.jpg", JPG, "image/jpeg"),
        ("身份证.JPEG", JPG, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.png", image("PNG", mode="P"), "image/png"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.pdf", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "application/pdf"),
        ("noextension", PNG, "image/png"),
        ("a4-600dpi.jpg", image("JPEG", (4960, 7016), "L"), "image/jpeg"),
    ],
)
def test_good_file_passes_with_its_type(name, content, media):
    verdict = check_upload(name, content)

    assert verdict.problem is None
    assert verdict.media_type == media


@pytest.mark.requirement("R147")
@pytest.mark.parametrize(("name", "content"), [("a.jpg", JPG), ("a.png", PNG), ("a.pdf", PDF)])
def test_two_megabytes_pass_and_one_byte_more_does_not(name, content):
    exact = content + b"\0" * (MAX_BYTES - len(content))

    assert check_upload(name, exact).problem is None
    refused = check_upload(name, exact + b"\0")
    assert refused.media_type is None
    assert refused.problem == "文件有 2.01 MB，超过 2 MB 的限制，请压缩后再上传。"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("", JPG, "请选择要上传的文件。"),
        ("a.jpg", b"", "文件是空的，请重新选择。"),
        ("a.gif", b"GIF89a" + JPG, UNKNOWN),
        ("a.jpg", b"<html><script>1</script>", UNKNOWN),
        ("a.docx", zipped(), UNKNOWN),
        ("a.pdf", b" " + PDF, UNKNOWN),
        ("a.jpg", PNG, "文件名以 .jpg 结尾，内容却是PNG 图片；请改为 .png 后再上传。"),
        ("a.pdf", JPG, "文件名以 .pdf 结尾，内容却是JPG 图片；请改为 .jpg 后再上传。"),
        ("a.exe", PDF, "文件名以 .exe 结尾，内容却是PDF；请改为 .pdf 后再上传。"),
    ],
)
def test_wrong_type_is_told_by_content(name, content, sentence):
    verdict = check_upload(name, content)

    assert verdict.media_type is None
    assert verdict.problem == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (JPG[:200], DAMAGED.format("图片")),
        (JPG[:3] + b"\0" * 100, DAMAGED.format("图片")),
        (JPG + zipped(), ZIPPED),
        (JPG + b"<script>alert(1)</script>", HIDDEN),
        (JPG + b"<?php 1;", HIDDEN),
        (JPG + PDF, HIDDEN),
        (JPG + b"A" * 600_000, "JPG 图片不完整或夹带了别的内容，请重新导出后再上传。"),
        (PNG[:-8], TRUNCATED_PNG),
        (PNG[:60] + PNG[-12:], TRUNCATED_PNG),
        (PNG + b"MZ", TRUNCATED_PNG),
        (image("PNG", (9000, 9000), "1"), "图片有 9000×9000 像素，过大，请缩小后再上传。"),
        (image("PNG", (31000, 10), "1"), "图片有 31000×10 像素，过大，请缩小后再上传。"),
    ],
)
def test_image_with_one_fault(content, sentence):
    verdict = check_upload("scan", content)

    assert verdict.media_type is None
    assert verdict.problem == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (pdf(opens_with_script), ACTIVE),
        (pdf(named_script), ACTIVE),
        (pdf(launches), ACTIVE),
        (pdf(page_action), ACTIVE),
        (pdf(embeds), ACTIVE),
        (pdf(submits), ACTIVE),
        (pdf(has_xfa), ACTIVE),
        (
            pdf(opens_with_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            ACTIVE,
        ),
        (pdf(opens_with_script).replace(b"/JavaScript", b"/J#61vaScript"), ACTIVE),
        (pdf(packed(1)), BOMB),
        (pdf(packed(2)), BOMB),
        (odd_structure(), BOMB),
        (b"%PDF-1.7\n" + b"stream\n" * 290_000, BOMB),
        (
            pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
            "PDF 设有密码，请去掉密码后再上传。",
        ),
        (
            pdf(encryption=pikepdf.Encryption(owner="a", user="")),
            "PDF 设有密码或使用限制，请去掉后再上传。",
        ),
        (b"%PDF-1.4 nonsense", DAMAGED.format("PDF ")),
        (PDF + zipped(), ZIPPED),
    ],
)
def test_pdf_with_one_fault(content, sentence):
    verdict = check_upload("a.pdf", content)

    assert verdict.media_type is None
    assert verdict.problem == sentence


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", JPG, PNG, PDF, JPG[:40], PNG[:40], PDF[:90]]))
def test_no_bytes_break_the_check(tail, head):
    verdict = check_upload("a", head + tail)

    assert (verdict.media_type is None) == (verdict.problem is not None)


@settings(deadline=None)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_no_damage_breaks_the_check(place, byte):
    for content in (JPG, PNG, PDF):
        spot = place % len(content)
        check_upload("a", content[:spot] + bytes([byte]) + content[spot + 1 :])


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (JPG[:3], "image/jpeg"),
        (PNG[:8], "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"", None),
    ],
)
def test_type_is_read_from_the_first_bytes(head, media):
    assert detect_type(head) == media
