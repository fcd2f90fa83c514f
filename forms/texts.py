"""Fields of text and of codes: what is typed is tidied, checked and given back as it was.

Other kinds of field are in `forms.fields`, which has these too.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import wtforms
from wtforms import widgets

from forms import identifiers, validators

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
        help: str = "",
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


def money_problem(amount: str) -> str | None:
    """What is wrong with an amount in yuan."""
    if amount.startswith("-"):
        return _("金额不能为负数。")
    if _MONEY.fullmatch(amount):
        return None
    return _("金额应为数字，单位为元，最多两位小数，例如 600000.00。")


def halfwidth(text: str) -> str:
    """Full-width letters, digits and signs as their half-width forms."""
    return unicodedata.normalize("NFKC", text)
