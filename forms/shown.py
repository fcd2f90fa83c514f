"""Fields that tell what the office knows: shown among the others, never taken from a post."""

from gettext import gettext as _
from typing import Any

import wtforms
from markupsafe import Markup
from wtforms.widgets import html_params

_NOTHING = _("（空）")


class ShownField(wtforms.StringField):
    """What is known already, as the form was given it."""

    def __init__(self, label: str, *, help: str = "", **kwargs: Any) -> None:
        super().__init__(label, widget=_show, description=help, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Leave what was posted alone."""


def _show(field: Any, **attributes: Any) -> Markup:
    attributes = {**attributes, "class": "form-control-plaintext", "id": field.id}
    return Markup("<output {}>{}</output>").format(
        Markup(html_params(**attributes)),  # noqa: S704 - html_params escapes
        field.data or _NOTHING,
    )
