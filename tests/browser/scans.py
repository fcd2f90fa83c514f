"""Files to upload, made on the spot: good scans, and those that must be refused."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pikepdf
from PIL import Image

TWO_MB = 2 * 1024 * 1024


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="scans-"))


@cache
def pdf(name: str = "扫描件.pdf") -> Path:
    """A plain one-page PDF."""
    return _drawn(name, "PDF")


@cache
def photo(name: str = "照片.jpg") -> Path:
    """A plain photograph."""
    return _drawn(name, "JPEG")


@cache
def too_large() -> Path:
    """A PDF of 2 MB and one byte."""
    path = _folder() / "过大.pdf"
    content = pdf().read_bytes()
    path.write_bytes(content + b"\n" * (TWO_MB + 1 - len(content)))
    return path


@cache
def just_small_enough() -> Path:
    """A PDF of 2 MB to the byte."""
    path = _folder() / "正好.pdf"
    path.write_bytes(too_large().read_bytes()[:-1])
    return path


@cache
def with_script() -> Path:
    """A PDF that runs JavaScript when it is opened."""
    path = _folder() / "脚本.pdf"
    with pikepdf.open(pdf()) as document:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        document.Root.OpenAction = document.make_indirect(action)
        document.save(path)
    return path


@cache
def wrong_type() -> Path:
    """A GIF that calls itself a JPEG."""
    path = _folder() / "动图.jpg"
    Image.new("RGB", (40, 40), "white").save(path, "GIF")
    return path


def _drawn(name: str, kind: str) -> Path:
    path = _folder() / name
    Image.new("RGB", (600, 800), "#f4f1ea").save(path, kind)
    return path
