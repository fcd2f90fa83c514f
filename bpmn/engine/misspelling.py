"""What to say of an expression that does not parse, and of what its writer probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from gettext import gettext as _

from bpmn.errors import ExpressionError

HINT = _('条件写成 变量 == "取值"；时间写成 due("decision") 或者 working_days(5)；文字加引号')

_SIGNS = {
    "＝": _("把全角的“＝”改成半角的“==”"),
    "“": _('把中文引号“”改成半角的 "'),
    "”": _('把中文引号“”改成半角的 "'),
    "===": _("相等写两个等号：=="),
}


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
        return ExpressionError(text, _("没有内容"), _('写上内容，如 decision == "grant"'))
    reason = _("第 {place} 个字符附近语法错误").format(place=place) if place else _("语法错误")
    mend = next((words for sign, words in _SIGNS.items() if sign in text), "")
    return ExpressionError(text, reason, mend or HINT)
