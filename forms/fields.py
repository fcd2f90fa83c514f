"""The fields our forms are made of: each knows its Chinese errors, its help and its keyboard."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import wtforms
from wtforms import widgets
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2

from forms import identifiers, validators
from forms.base import Choices, HandedChoices

_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")


class TextField(wtforms.StringField):
    """A line of text of at most ``limit`` characters; ``attributes`` go to the widget."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        limit: int = 100,
        checks: Sequence[Any] = (),
        help: str = "",  # noqa: A002 - the word the page uses
        attributes: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        rules = [validators.Presence(required), validators.Printable(), validators.AtMost(limit)]
        super().__init__(
            label,
            [*rules, *checks],
            filters=[self.tidy],
            description=help,
            render_kw={"autocomplete": "off", **(attributes or {})},
            **kwargs,
        )

    @staticmethod
    def tidy(text: str | None) -> str | None:
        """The text as it is kept."""
        return None if text is None else text.strip()


class LongTextField(TextField):
    """Several lines of text."""

    widget = widgets.TextArea()

    def __init__(self, label: str, *, limit: int = 2000, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(label, limit=limit, attributes={"rows": str(rows)}, **kwargs)

    @staticmethod
    def tidy(text: str | None) -> str | None:
        return None if text is None else text.replace("\r\n", "\n").strip()


class CodeField(TextField):
    """A code: full-width signs become half-width, spaces go, letters rise."""

    @staticmethod
    def tidy(text: str | None) -> str | None:
        return None if text is None else re.sub(r"\s", "", halfwidth(text)).upper()


class IdNumberField(CodeField):
    """A citizen's number (GB 11643)."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        checks = [validators.HoldsToday(identifiers.id_number_problem)]
        super().__init__(label, required=required, limit=18, checks=checks, **kwargs)


class UsccField(CodeField):
    """A unified social credit code (GB 32100)."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        checks = [validators.Holds(identifiers.uscc_problem)]
        super().__init__(label, required=required, limit=18, checks=checks, **kwargs)


class MobileField(TextField):
    """A mobile number; +86, blanks and dashes are taken off."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(
            label,
            required=required,
            limit=20,
            checks=[validators.Holds(identifiers.mobile_problem)],
            attributes={"inputmode": "tel", "autocomplete": "tel-national"},
            **kwargs,
        )

    @staticmethod
    def tidy(text: str | None) -> str | None:
        if text is None:
            return None
        return re.sub(r"^(\+?86)(?=\d{11}$)", "", re.sub(r"[\s-]", "", halfwidth(text)))


class PhoneField(TextField):
    """A landline with its area code, or a mobile number."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(
            label,
            required=required,
            limit=20,
            checks=[validators.Holds(identifiers.phone_problem)],
            attributes={"inputmode": "tel", "autocomplete": "tel-national"},
            **kwargs,
        )

    @staticmethod
    def tidy(text: str | None) -> str | None:
        return None if text is None else re.sub(r"\s", "", halfwidth(text))


class PostalCodeField(CodeField):
    """A postal code."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(
            label,
            required=required,
            limit=6,
            checks=[validators.Holds(identifiers.postal_code_problem)],
            attributes={"inputmode": "numeric", "autocomplete": "postal-code"},
            **kwargs,
        )


class EmailField(TextField):
    """An e-mail address, kept in lower case."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(
            label,
            required=required,
            limit=254,
            checks=[validators.Holds(identifiers.email_problem)],
            attributes={"inputmode": "email", "autocomplete": "email"},
            **kwargs,
        )

    @staticmethod
    def tidy(text: str | None) -> str | None:
        return None if text is None else halfwidth(text).strip().lower()


class MoneyField(TextField):
    """An amount in yuan, kept as text with two decimals."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(
            label,
            required=required,
            limit=20,
            checks=[validators.Holds(money_problem)],
            attributes={"inputmode": "decimal"},
            **kwargs,
        )

    @staticmethod
    def tidy(text: str | None) -> str | None:
        if text is None:
            return None
        plain = re.sub(r"[\s,，¥￥元]", "", halfwidth(text))
        return str(Decimal(plain).quantize(Decimal("0.01"))) if _MONEY.fullmatch(plain) else plain


class QuantityField(TextField):
    """A whole number from ``least`` to ``most``, kept as an int."""

    def __init__(self, label: str, *, least: int = 1, most: int = 9999, **kwargs: Any) -> None:
        def problem(value: Any) -> str | None:
            if isinstance(value, int) and least <= value <= most:
                return None
            return _("请填写 %(least)d 至 %(most)d 之间的整数。") % {"least": least, "most": most}

        super().__init__(label, checks=[], attributes={"inputmode": "numeric"}, limit=9, **kwargs)
        self.validators = [self.validators[0], validators.Holds(problem)]

    @staticmethod
    def tidy(text: Any) -> Any:
        plain = halfwidth(str(text)).strip() if text is not None else ""
        return int(plain) if re.fullmatch(r"[0-9]{1,9}", plain) else text


class DateField(wtforms.Field):
    """A day. Kept as a date; 2026-11-20, 2026/11/20, 20261120 and 2026年11月20日 are read."""

    widget = widgets.DateInput()

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        past: bool = False,
        help: str = "",  # noqa: A002
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

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        choices: Choices = (),
        choices_from: str = "",
        help: str = "",  # noqa: A002
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
        self.invalid_choice_message = _("请在所列的选项中选择%s。") % label

    def take(self, choices: HandedChoices) -> None:
        """Use the choices handed in, grouped when they come as a mapping."""
        self.choices = _options(choices, blank=True)


class RadioField(ChoiceField):
    """One of a few, all of them seen at once."""

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
        help: str = "",  # noqa: A002
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
        **kwargs: Any,  # noqa: A002
    ) -> None:
        rules = [validators.Ticked(must)] if must else []
        super().__init__(label, rules, description=help, **kwargs)


def money_problem(amount: str) -> str | None:
    """What is wrong with an amount in yuan."""
    if amount.startswith("-"):
        return _("金额不能为负数。")
    if _MONEY.fullmatch(amount):
        return None
    return _("金额应为数字，单位为元，最多两位小数，例如 600000.00。")


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
    first = [SelectChoice("", _("请选择"))] if blank else []
    return first + [
        SelectChoice(value, label, optgroup=group)
        for group, pairs in groups.items()
        for value, label in pairs
    ]


def halfwidth(text: str) -> str:
    """Full-width letters, digits and signs as their half-width forms."""
    return unicodedata.normalize("NFKC", text)
