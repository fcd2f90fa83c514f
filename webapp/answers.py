"""Stored answers as a person reads them: the words of a choice, not its key."""

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from typing import Any

from forms import TaskForm


def words_of(field: Any, value: Any) -> str:
    """The value of one field in words; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    labels = {choice.value: choice.label for choice in getattr(field, "choices", None) or ()}
    if isinstance(value, list):
        return "、".join(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, value))


def facts_of(form: TaskForm, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, words) of every field of a form, from stored answers."""
    return [(field.label.text, words_of(field, values.get(field.name))) for field in form]


def differences(
    form: TaskForm, typed: Mapping[str, Any], saved: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """(label, saved words) of the fields in which the saved value is not the typed one."""
    fields: Iterable[Any] = form
    return [
        (field.label.text, words_of(field, saved.get(field.name)))
        for field in fields
        if _kept(typed.get(field.name)) != _kept(saved.get(field.name))
    ]


def _kept(value: Any) -> Any:
    """A value as it is compared: a field that was never filled in and one left empty are one."""
    return None if value is False or value in ("", []) else value
