"""The demo's uploaded files: one drawn sheet per kind of material, plainly marked as a demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from certificates.fonts import FONTS
from forms.attachments import ATTACHMENTS
from webapp.storage import FileStore

_FACE = FONTS / "NotoSansSC-Medium.ttf"
_PAPER, _INK, _PALE = "#fbfaf7", "#2b2a28", "#d8d4ca"
_PHOTOS = frozenset({"photo", "id_card", "legal_representative_id"})
"""Kinds that people upload as pictures; the others are PDF files."""


@dataclass(frozen=True)
class Scan:
    filename: str
    media_type: str
    size: int
    digest: str


def draw_scans(store: FileStore) -> Mapping[str, Scan]:
    """A stored file for each kind of material, by its key."""
    labels = {kind.key: kind.label for kinds in ATTACHMENTS.values() for kind in kinds}
    return {key: _stored(store, key, label) for key, label in labels.items()}


def _stored(store: FileStore, key: str, label: str) -> Scan:
    is_photo = key in _PHOTOS
    content = _sheet(label, "JPEG" if is_photo else "PDF")
    suffix, media_type = ("jpg", "image/jpeg") if is_photo else ("pdf", "application/pdf")
    name = _("演示材料 {label}.{suffix}").format(label=label, suffix=suffix)
    return Scan(name, media_type, len(content), store.put(content))


def _sheet(label: str, kind: str) -> bytes:
    size = (960, 640) if kind == "JPEG" else (827, 1169)
    sheet = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(sheet)
    width, height = size
    pen.rectangle((24, 24, width - 25, height - 25), outline=_PALE, width=3)
    pen.text((width / 2, height * 0.36), label, _INK, _font(46), "mm")
    pen.text((width / 2, height * 0.48), _("演示材料，不是真实证件"), _INK, _font(28), "mm")
    for line in range(5):
        y = height * (0.6 + line * 0.06)
        pen.line((width * 0.2, y, width * 0.8, y), fill=_PALE, width=3)
    written = BytesIO()
    sheet.save(written, kind, quality=70)
    return written.getvalue()


@cache
def _font(size: int) -> FreeTypeFont:
    return ImageFont.truetype(str(_FACE), size)
