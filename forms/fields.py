"""The fields our forms are made of: each knows its Chinese errors, its help and its keyboard."""

import re
from collections.abc import Mapping
from datetime import date
from gettext import gettext as _
from typing import Any

import wtforms
from wtforms import widgets
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2

from forms import validators
from forms.base import Choices, HandedChoices
from forms.texts import (
    CodeField,
    EmailField,
    IdNumberField,
    LongTextField,
    MobileField,
    MoneyField,
    PhoneField,
    PostalCodeField,
    QuantityField,
    TextField,
    UsccField,
    halfwidth,
)

__all__ = [
    "ChecklistField",
    "ChoiceField",
    "CodeField",
    "DateField",
    "EmailField",
    "IdNumberField",
    "LongTextField",
    "MobileField",
    "MoneyField",
    "PhoneField",
    "PostalCodeField",
    "QuantityField",
    "RadioField",
    "TextField",
    "TickField",
    "UsccField",
    "flat",
    "read_date",
]

# Once: gettext looks for a catalogue on the disk at every call, and a page makes many fields.
_NOT_LISTED, _CHOOSE = _("请在所列的选项中选择%s。"), _("请选择")
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


class DateField(wtforms.Field):
    """A day. Kept as a date; 2026-11-20, 2026/11/20, 20261120 and 2026年11月20日 are read."""

    widget = widgets.DateInput()

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        past: bool = False,
        help: str = "",
        **kwargs: Any,
    ) -> None:
        rules: list[Any] = [validators.Presence(required)]
        if past:
            rules.append(validators.HoldsToday(validators.past_problem))
        super().__init__(label, rules, description=help, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_data(self, value: Any) -> None:
        """Take a date or its ISO text."""
        self.data = date.fromisoformat(value) if isinstance(value, str) and value else value or None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; raises ValueError with a sentence."""
        if valuelist:
            self.data = None
            self.data = read_date(str(valuelist[0]))


class ChoiceField(wtforms.SelectField):
    """One of several; ``choices_from`` names the choices that the caller hands in."""

    told_as = "SelectField"

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        choices: Choices = (),
        choices_from: str = "",
        help: str = "",
        **kwargs: Any,
    ) -> None:
        self.choices_from = choices_from
        super().__init__(
            label,
            [validators.Presence(required)],
            choices=_options(choices, blank=True),
            description=help,
            **kwargs,
        )
        self.type = self.told_as  # templates tell fields apart by WTForms' own names
        self.invalid_choice_message = _NOT_LISTED % label

    def take(self, choices: HandedChoices) -> None:
        """Use the choices handed in, grouped when they come as a mapping."""
        self.choices = _options(choices, blank=True)


class RadioField(ChoiceField):
    """One of a few, all of them seen at once."""

    told_as = "RadioField"
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.RadioInput()

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.choices = _options(kwargs.get("choices", ()))

    def take(self, choices: HandedChoices) -> None:
        self.choices = _options(flat(choices))


class ChecklistField(wtforms.SelectMultipleField):
    """Any of several, as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        choices_from: str = "",
        help: str = "",
        **kwargs: Any,
    ) -> None:
        self.choices_from = choices_from
        super().__init__(
            label,
            [validators.Presence(required)],
            choices=[],
            description=help,
            **kwargs,
        )
        self.type = "SelectMultipleField"
        self.invalid_choice_message = _("%s中有不能选择的选项，请重新勾选。") % label

    def take(self, choices: HandedChoices) -> None:
        """Use the choices handed in."""
        self.choices = _options(flat(choices))


class TickField(wtforms.BooleanField):
    """A box to tick; with ``must`` it has to be ticked, and that is what is said otherwise."""

    def __init__(
        self,
        label: str,
        *,
        must: str = "",
        help: str = "",
        **kwargs: Any,
    ) -> None:
        rules = [validators.Ticked(must)] if must else []
        super().__init__(label, rules, description=help, **kwargs)
        self.type = "BooleanField"


def read_date(text: str) -> date | None:
    """The day that was typed, None for nothing; raises ValueError with a sentence."""
    plain = halfwidth(text).strip()
    if not plain:
        return None
    parts = _DATE.fullmatch(plain)
    if parts is None:
        raise ValueError(_("日期应写成 2026-11-20 的形式。"))
    year, month, day = (int(part) for part in parts.groups())
    if not 1900 <= year <= 2100:
        raise ValueError(_("年份应在 1900 至 2100 之间。"))
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("没有这一天，请核对日期。")) from None


def flat(choices: HandedChoices) -> Choices:
    """The choices without their groups."""
    if isinstance(choices, Mapping):
        return [pair for pairs in choices.values() for pair in pairs]
    return choices


def _options(choices: HandedChoices, blank: bool = False) -> list[Any]:
    """Choices as WTForms wants them, after the one that stands for none."""
    groups = choices if isinstance(choices, Mapping) else {None: choices}
    first = [SelectChoice("", _CHOOSE)] if blank else []
    return first + [
        SelectChoice(value, label, optgroup=group)
        for group, pairs in groups.items()
        for value, label in pairs
    ]
