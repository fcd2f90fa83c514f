"""What WTForms asks of a field's value, with sentences of our own."""

import re
from collections.abc import Callable
from datetime import date
from gettext import gettext as _
from typing import Any

from wtforms.validators import StopValidation, ValidationError

# NUL is refused by PostgreSQL; the other controls and lone surrogates print as nothing.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Presence:
    """Stops at an empty field: with a sentence when it is required, in silence when not."""

    def __init__(self, required: bool, message: str | None = None) -> None:
        self.required = required
        self.message = message
        self.field_flags = {"required": True} if required else {"optional": True}

    def __call__(self, form: Any, field: Any) -> None:
        if _is_empty(field):
            field.errors[:] = []
            raise StopValidation(self._sentence(field) if self.required else "")
        if field.process_errors:
            raise StopValidation  # what could not be read was told already

    def _sentence(self, field: Any) -> str:
        if self.message:
            return self.message
        word = _("请选择%s。") if hasattr(field, "choices") else _("请填写%s。")
        return word % str(field.label.text)


class Printable:
    """Refuses characters that can be neither stored nor printed."""

    def __call__(self, form: Any, field: Any) -> None:
        if _UNPRINTABLE.search(field.data or ""):
            raise StopValidation(_("%s含有无法保存的控制字符，请删除后重填。") % field.label.text)


class AtMost:
    """Refuses a text of more than ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.limit:
            sentence = _("%(label)s最多 %(limit)d 个字，现有 %(length)d 个字。")
            raise StopValidation(
                sentence % {"label": field.label.text, "limit": self.limit, "length": length}
            )


class Holds:
    """Says what a pure function of the value says."""

    def __init__(self, problem: Callable[[str], str | None]) -> None:
        self.problem = problem

    def __call__(self, form: Any, field: Any) -> None:
        sentence = self.problem(field.data)
        if sentence:
            raise ValidationError(sentence)


class HoldsToday:
    """Says what a pure function of the value and the office's date says."""

    def __init__(self, problem: Callable[[Any, date], str | None]) -> None:
        self.problem = problem

    def __call__(self, form: Any, field: Any) -> None:
        if form.today is None:
            raise TypeError("this form needs today's date")
        sentence = self.problem(field.data, form.today)
        if sentence:
            raise ValidationError(sentence)


class Ticked:
    """Refuses a box that was not ticked."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            raise ValidationError(self.message)


def past_problem(day: date, today: date) -> str | None:
    """What is wrong with a day that cannot lie ahead."""
    return _("日期不能晚于今天。") if day > today else None


def _is_empty(field: Any) -> bool:
    if field.raw_data:
        return all(isinstance(value, str) and not value.strip() for value in field.raw_data)
    return field.data in (None, "", [])
