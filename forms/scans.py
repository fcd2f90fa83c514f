"""Why an image is refused: damaged, too many pixels, or more in the file than the image."""

import io
import struct
from gettext import gettext as _

from PIL import Image, JpegImagePlugin, PngImagePlugin

MAX_PIXELS = 40_000_000  # an A4 page at 600 dpi has 35 million
_MAX_TRAILER = 512 * 1024  # telephones append a preview or a depth map to a JPEG
_MAX_EDGE = 30_000
_PADDING = b"\0\r\n "


def image_problem(content: bytes, media: str) -> str | None:
    """What is wrong with a JPEG or PNG file, in words; None when it opens whole.

    The plug-ins are used directly, so that the size is read from the header before a pixel is
    unpacked: ``Image.open`` would only warn of a decompression bomb.
    """
    content = content.rstrip(_PADDING)
    if media == "image/png" and _bytes_after_png(content) != 0:
        return _("PNG 图片不完整或夹带了别的内容，请重新导出后再上传。")
    try:
        image = _open(content, media)
        width, height = image.size
        if width * height > MAX_PIXELS or max(width, height) > _MAX_EDGE:
            sentence = _("图片有 %(width)d×%(height)d 像素，过大，请缩小后再上传。")
            return sentence % {"width": width, "height": height}
        image.draft("L", (width // 8 or 1, height // 8 or 1))  # JPEG: unpack at an eighth
        image.load()
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError):
        return _("图片已损坏，无法打开，请重新扫描或导出后再上传。")
    if media == "image/jpeg" and len(content) - content.rfind(b"\xff\xd9") > _MAX_TRAILER:
        return _("JPG 图片不完整或夹带了别的内容，请重新导出后再上传。")
    return None


def _open(content: bytes, media: str) -> Image.Image:
    stream = io.BytesIO(content)
    if media == "image/jpeg":
        return JpegImagePlugin.JpegImageFile(stream)
    return PngImagePlugin.PngImageFile(stream)


def _bytes_after_png(content: bytes) -> int:
    """How many bytes follow the end of a PNG; -1 when it has no end."""
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return len(content) - at
    return -1
