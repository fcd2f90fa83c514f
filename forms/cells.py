"""One cell of a spreadsheet as text, with its address and what spoils it; no file is opened."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from gettext import gettext as _
from typing import Any

MAX_COLUMNS = 100
_BLANKS = " \t\r\n\u00a0\u3000\u200b\u200e\u200f\u2060\ufeff"
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_POWER = re.compile(r"[1-9](?:\.\d+)?[Ee]\+(\d{2,3})")


class SpreadsheetRefused(ValueError):
    """The whole file cannot be read; the message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Cell:
    """The text of a cell, its address (C7), and a sentence when the text cannot be trusted."""

    address: str
    text: str
    problem: str = ""


def column_name(number: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def text_cell(address: str, text: str, typed: bool = True) -> Cell:
    """A cell of text. ``typed`` text that begins with = is a formula: shown, never worked out."""
    if typed and text.lstrip(_BLANKS).startswith("="):
        return formula_cell(address, text)
    plain = tidy(text)
    power = _POWER.fullmatch(plain)
    if power and int(power[1]) > 10:
        return Cell(address, plain, _lost_digits(plain))
    return Cell(address, plain)


def formula_cell(address: str, formula: str) -> Cell:
    """A formula as it is written; whatever result the file claims for it is not trusted."""
    sentence = _("是公式 %s，不计算也不采用其结果；请复制后“粘贴为数值”再导入。")
    return Cell(address, tidy(formula), sentence % _shortened(tidy(formula)))


def value_cell(address: str, value: Any) -> Cell:
    """A cell of a value that the file holds as a number, a day or a yes or no."""
    if isinstance(value, bool):
        return Cell(address, _("是") if value else _("否"))
    if isinstance(value, datetime):
        whole = value.time() == time.min
        return Cell(address, value.date().isoformat() if whole else value.isoformat(" ", "seconds"))
    if isinstance(value, date):
        return Cell(address, value.isoformat())
    if isinstance(value, int | float):
        return _number(address, value)
    return text_cell(address, str(value), typed=False)


def tidy(text: str) -> str:
    """Without blanks around it, nor the apostrophe that tells a spreadsheet: this is text."""
    plain = text.strip(_BLANKS)
    return plain[1:].strip(_BLANKS) if plain.startswith("'") else plain


def _number(address: str, value: float) -> Cell:
    if value != value or abs(value) == float("inf"):
        return Cell(address, str(value), _("不是有效的数字。"))
    text = str(int(value)) if value == int(value) else repr(value)
    return Cell(address, text, _lost_digits(text) if abs(value) >= _EXACT else "")


def _lost_digits(text: str) -> str:
    sentence = _(
        "号码被表格软件当作数字，只保留了前 15 位（读到 %s），后面的位数已经丢失；"
        "请先把这一列设为“文本”格式，再重新填写。"
    )
    return sentence % text


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
