"""What to say of an expression that does not parse, and of what its writer probably meant."""

import ast
import re
from collections.abc import Iterable
from difflib import get_close_matches
from gettext import gettext as _

from bpmn.errors import ExpressionError

HINT = _('条件写成 变量 == "取值"；文字加引号；时间写成 due("时限") 或者 working_days(5)')
_SIGNS = str.maketrans(
    {"＝": "=", "“": '"', "”": '"', "‘": "'", "’": "'", "（": "(", "）": ")", "！": "!"}
)
"""What a Chinese keyboard writes instead."""
_EQUALS = re.compile(r"(?<![=!<>])={1,3}(?!=)")

_MOST_LETTERS = 60
"""Of names that are compared: the time grows with the product of their lengths."""


def close_to(name: str, known: Iterable[str]) -> list[str]:
    """Up to three of the known names that a wrong one may stand for; none for an endless one."""
    if len(name) > _MOST_LETTERS:
        return []
    return get_close_matches(name, [one for one in known if len(one) <= _MOST_LETTERS], n=3)


def misspelt(text: str, place: int | None) -> ExpressionError:
    """The refusal of `text`, whose syntax is wrong at a place (from 1), where that is known."""
    if not text.strip():
        return ExpressionError(text, _("没有内容"), HINT)
    reason = _("第 {place} 个字符附近语法错误").format(place=place) if place else _("语法错误")
    meant = _meant(text.strip())
    mend = _("写成：{meant}").format(meant=meant) if meant else HINT
    return ExpressionError(text, reason, mend)


def _meant(text: str) -> str:
    """The same with the signs of this language, where that alone was wrong; else empty."""
    meant = _EQUALS.sub("==", text.translate(_SIGNS))
    try:
        ast.parse(meant, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return meant
