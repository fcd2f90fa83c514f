"""The packaged fonts: what they can print, and whether this machine can print with them.

Importable on a machine without Pango; only `press` needs the libraries.
"""

import ctypes.util
import os
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
BODY_FACES = (
    "NotoSerifSC-Regular.ttf",
    "CartoucheRare-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
)
FACES = (*BODY_FACES, "NotoSerifSC-Bold.ttf", "NotoSansSC-Medium.ttf")

_LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    # Without this one WeasyPrint 70 subsets by fontTools: 12 times slower with full fonts.
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def use_only_packaged_fonts() -> None:
    """Hide the machine's fonts from this process; must run before WeasyPrint is imported."""
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")  # noqa: TID251 — set, not read


def missing_characters(text: str) -> str:
    """Return the characters of the text that no paper can show, each once, in their order.

    A line break can be shown; other control and invisible characters cannot.
    """
    printable = _printable()
    return "".join(c for c in dict.fromkeys(text) if c != "\n" and not _shows(c, printable))


def prints_bold(text: str) -> bool:
    """Tell whether the bold face has all of the text; a name half bold would look mended."""
    return all(ord(character) in _bold() for character in text)


def name_characters(characters: str) -> str:
    """Return e.g. “😀”（U+1F600） for each character, so that a person can find it."""
    return "、".join(
        f"“{c}”（U+{ord(c):04X}）"
        if unicodedata.category(c) not in _INVISIBLE
        else f"U+{ord(c):04X}"
        for c in characters
    )


def startup_problems() -> list[str]:
    """Return what keeps this machine from printing papers, in Chinese; empty when nothing does."""
    return [
        *(
            _("缺少或无法读取随程序安装的字体 {face}：请重新安装本程序。").format(face=face)
            for face in FACES
            if not _opens(FONTS / face)
        ),
        *(
            _("缺少系统库 {library}，无法生成文书：请运行 apt-get install {package}").format(
                library=library, package=package
            )
            for library, package in _LIBRARIES.items()
            if not _loads(library)
        ),
    ]


def _opens(path: Path) -> bool:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            return "cmap" in font
    except (OSError, TTLibError):
        return False


def _loads(library: str) -> bool:
    if not sys.platform.startswith("linux"):
        return ctypes.util.find_library(library.removeprefix("lib").split(".so")[0]) is not None
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _shows(character: str, printable: frozenset[int]) -> bool:
    return ord(character) in printable and unicodedata.category(character) not in _INVISIBLE


@lru_cache(maxsize=1)
def _printable() -> frozenset[int]:
    return _code_points(BODY_FACES)


@lru_cache(maxsize=1)
def _bold() -> frozenset[int]:
    return _code_points(("NotoSerifSC-Bold.ttf",))


def _code_points(faces: Iterable[str]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    code_points: set[int] = set()
    for face in faces:
        with TTFont(FONTS / face, lazy=True) as font:
            code_points.update(font.getBestCmap())
    return frozenset(code_points)
