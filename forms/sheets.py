"""Why a PDF is refused: damaged, locked, a bomb, or more in it than pages to look at."""

import io
import re
import zlib
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

import pikepdf

MAX_UNPACKED = 128 * 1024 * 1024
MAX_OBJECTS = 50_000
MAX_PAGES = 500
MAX_PARTS = 500_000
MAX_STREAMS = 10_000
_MAX_HEAD = 4096  # bytes before a stream in which its dictionary is looked for
_STREAM = re.compile(rb"stream\r?\n")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STRUCTURE = re.compile(rb"/(?:ObjStm|XRef)\b")
_ODD_FILTER = re.compile(rb"/(?:LZW|RL|A85|AHx|LZWDecode|RunLengthDecode|ASCII\w+Decode)\b")
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}
    | {"/Rendition", "/Movie", "/Sound", "/RichMediaExecute"}
)
_ACTIVE_TYPES = frozenset({"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Screen"})


def pdf_problem(content: bytes) -> str | None:
    """What is wrong with a PDF file, in words; None when it holds pages and nothing active."""
    if _is_bomb(content):
        return _("PDF 展开后过大，请重新扫描或导出后再上传。")
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return _document_problem(document)
    except pikepdf.PasswordError:
        return _("PDF 设有密码，请去掉密码后再上传。")
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, KeyError, TypeError):
        return _("PDF 已损坏，无法打开，请重新扫描或导出后再上传。")


def _document_problem(document: pikepdf.Pdf) -> str | None:
    if document.is_encrypted:
        return _("PDF 设有密码或使用限制，请去掉后再上传。")
    if len(document.objects) > MAX_OBJECTS or len(document.pages) > MAX_PAGES:
        return _("PDF 过于复杂，请拆分或重新扫描后再上传。")
    if any(_is_active(part) for part in _dictionaries(document)):
        return _("PDF 里有脚本、启动动作或内嵌文件，请用“打印为 PDF”另存后再上传。")
    if not len(document.pages):
        return _("PDF 里没有页面，请重新扫描或导出后再上传。")
    return None


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the document, direct ones and those of streams too."""
    waiting: list[Any] = [document.trailer, *document.objects]
    for _seen in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            waiting += [value for _key, value in part.items() if _is_direct(value)]
        elif isinstance(part, pikepdf.Array):
            waiting += [value for value in part if _is_direct(value)]
    raise ValueError("a document of too many parts")


def _is_direct(value: Any) -> bool:
    """Whether a value stands where it is; what is referred to is among the objects already."""
    container = isinstance(value, pikepdf.Dictionary | pikepdf.Array)
    return container and not value.is_indirect


def _is_active(part: Any) -> bool:
    """Whether a dictionary runs, starts, sends or carries something (ISO 32000, 12.6)."""
    if _ACTIVE_KEYS & set(part.keys()):
        return True
    marks = {str(part.get(key)) for key in ("/Type", "/Subtype") if key in part}
    if marks & _ACTIVE_TYPES:
        return True
    return "/S" in part and str(part.get("/S")) in _ACTIVE_ACTIONS


def _is_bomb(content: bytes) -> bool:
    """Whether the streams unpack to more than the limit, or hide how much they unpack to.

    pikepdf unpacks object and cross-reference streams when it opens a file, so this comes first.
    """
    left = MAX_UNPACKED
    for number, found in enumerate(_STREAM.finditer(content)):
        if number >= MAX_STREAMS or _hides_size(content, found.start()):
            return True
        left -= _unpacked(memoryview(content)[found.end() :], left)
        if left <= 0:
            return True
    return False


def _hides_size(content: bytes, at: int) -> bool:
    """Whether a stream that gives the file its structure is packed in an unusual way."""
    head = content[max(at - _MAX_HEAD, 0) : at]
    head = head[max(head.rfind(b"obj"), 0) :]
    plain = _NAME_ESCAPE.sub(lambda hit: bytes([int(hit[1], 16)]), head)
    return bool(_STRUCTURE.search(plain) and _ODD_FILTER.search(plain))


def _unpacked(packed: memoryview | bytes, budget: int, depth: int = 3) -> int:
    """How many bytes a deflated stream unpacks to, layer in layer, up to about ``budget``."""
    unpacker = zlib.decompressobj()
    total, chunk, waiting = 0, b"", packed
    try:
        while total <= budget and not unpacker.eof:
            chunk = unpacker.decompress(waiting, 1 << 20)
            if not chunk:
                break
            waiting = unpacker.unconsumed_tail
            if not total and depth and chunk[0] & 0x0F == 8:
                total += _unpacked(chunk, budget, depth - 1)
            total += len(chunk)
    except zlib.error:
        pass
    return total
