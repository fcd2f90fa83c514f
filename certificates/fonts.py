"""The packaged fonts: what they can print, and whether this machine can print with them.

Importable on a machine without Pango; only `press` needs the libraries.
"""

import ctypes.util
import os
import unicodedata
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
BODY_FACES = (
    "NotoSerifSC-Regular.ttf",
    "CartoucheRare-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
)
FACES = (*BODY_FACES, "NotoSerifSC-Bold.ttf", "NotoSansSC-Medium.ttf")

_LIBRARIES = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
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


def name_characters(characters: str) -> str:
    """Return e.g. “😀”（U+1F600） for each character, so that a person can find it."""
    return "、".join(
        f"“{c}”（U+{ord(c):04X}）" if unicodedata.category(c) not in _INVISIBLE else f"U+{ord(c):04X}"
        for c in characters
    )


def startup_problems() -> list[str]:
    """Return what keeps this machine from printing papers, in Chinese; empty when nothing does."""
    absent = [face for face in FACES if not (FONTS / face).is_file()]
    problems = [f"缺少随程序安装的字体 {face}：请重新安装本程序。" for face in absent]
    for library, package in _LIBRARIES.items():
        if ctypes.util.find_library(library) is None:
            problems.append(f"缺少系统库 {library}，无法生成文书：请运行 apt-get install {package}")
    return problems or _press_problems()


def _press_problems() -> list[str]:
    use_only_packaged_fonts()
    try:
        from weasyprint.pdf import fonts as pdf_fonts
    except (ImportError, OSError) as error:
        return [f"WeasyPrint 无法启动（{error}）：请运行 apt-get install libpangoft2-1.0-0"]
    if pdf_fonts.harfbuzz_subset is None:
        # Without it WeasyPrint 70 falls back to fontTools: 12 times slower with full fonts.
        return ["缺少 HarfBuzz 子集库：请运行 apt-get install libharfbuzz-subset0"]
    return []


def _shows(character: str, printable: frozenset[int]) -> bool:
    return ord(character) in printable and unicodedata.category(character) not in _INVISIBLE


@lru_cache(maxsize=1)
def _printable() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    code_points: set[int] = set()
    for face in BODY_FACES:
        with TTFont(FONTS / face, lazy=True) as font:
            code_points.update(font.getBestCmap())
    return frozenset(code_points)
