"""What an uploaded file is, by its content, and why it is refused, in words.

Nothing is stored here and no file is repaired: what does not pass is handed back.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from gettext import gettext as _

from forms.attachments import ACCEPTED_TYPES, MAX_BYTES
from forms.scans import image_problem
from forms.sheets import pdf_problem

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_EXTENSIONS = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
}
_NAMES = {"image/jpeg": _("JPG 图片"), "image/png": _("PNG 图片"), "application/pdf": "PDF"}
_MARKUP = re.compile(rb"<(script|html|iframe|svg\s|\?php|!doctype)", re.IGNORECASE)


@dataclass(frozen=True)
class UploadVerdict:
    """The media type of a file that may be kept, or the sentence that refuses it."""

    media_type: str | None
    problem: str | None


def detect_type(head: bytes) -> str | None:
    """The media type told by a file's first bytes; None when it is none that we take."""
    return next((media for magic, media in _MAGIC if head.startswith(magic)), None)


def check_upload(filename: str, content: bytes) -> UploadVerdict:
    """Look at a whole file (at most 2 MB: R147) and say what it is or why it is refused."""
    problem = _outer_problem(filename, content)
    if problem:
        return UploadVerdict(None, problem)
    media = detect_type(content[:16])
    if media is None:
        return UploadVerdict(None, _("只接受 jpg、png 图片和 pdf 文件，这个文件的内容不是。"))
    problem = _name_problem(filename, media) or _content_problem(content, media)
    return UploadVerdict(None if problem else media, problem)


def safe_filename(filename: str) -> str:
    """The last part of a file's name as it may be shown and sent back; at most 120 characters."""
    last = re.split(r"[\\/]", filename)[-1]
    plain = re.sub(r'[\x00-\x1f\x7f"<>|:*?\u202a-\u202e\u2066-\u2069\ud800-\udfff]', "", last)
    stem, dot, extension = plain.strip(". ").rpartition(".")
    return f"{stem[:110]}{dot}{extension[:8]}" if stem else extension[:120] or "file"


def _outer_problem(filename: str, content: bytes) -> str | None:
    if not filename.strip():
        return _("请选择要上传的文件。")
    if not content:
        return _("文件是空的，请重新选择。")
    if len(content) > MAX_BYTES:
        size = -(-len(content) * 100 // (1024 * 1024)) / 100
        return _("文件有 %.2f MB，超过 2 MB 的限制，请压缩后再上传。") % size
    return None


def _name_problem(filename: str, media: str) -> str | None:
    """A name that promises another type than the content has."""
    _stem, dot, extension = filename.strip().lower().rpartition(".")
    if not dot or _EXTENSIONS.get(extension) == media:
        return None
    sentence = _("文件名以 .%(given)s 结尾，内容却是%(media)s；请改为 %(right)s 后再上传。")
    return sentence % {
        "given": extension[:10],
        "media": _NAMES[media],
        "right": ACCEPTED_TYPES[media],
    }


def _content_problem(content: bytes, media: str) -> str | None:
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _("文件里夹带了压缩包，请重新扫描或导出后再上传。")
    if media == "application/pdf":
        return pdf_problem(content)
    if _MARKUP.search(content) or b"%PDF-" in content:
        return _("图片里夹带了别的内容，请重新扫描或导出后再上传。")
    return image_problem(content, media)
