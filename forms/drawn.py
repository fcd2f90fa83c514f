"""Forms that a diagram draws: 自定表单, and fields that a step asks for beside those of its form.

Their answers are kept under names of their own (`drawn_…`), so that nothing a diagram asks for
can stand for an answer that an operation or a paper reads.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from gettext import gettext as _
from typing import Any, Protocol

from wtforms.fields import Field

from forms import fields
from forms.base import TaskForm
from forms.review import OutcomeForm

PREFIX = "drawn_"
STEP = "{task}"
"""What is told of such a step is called after the step itself."""


class Drawn(Protocol):
    """A field as the diagram describes it."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def options(self) -> tuple[str, ...]: ...


class DrawnForm(OutcomeForm):
    """自定表单: the step's outcome and opinion, and whatever the diagram asks for."""

    title = _("自定表单")
    minutes = STEP


def with_drawn(form: type[TaskForm], drawn: Sequence[Drawn]) -> type[TaskForm]:
    """The form with the fields that the diagram draws, in their order; itself without any."""
    return _extended(form, tuple(drawn)) if drawn else form


@lru_cache(maxsize=256)
def _extended(form: type[TaskForm], drawn: tuple[Drawn, ...]) -> type[TaskForm]:
    extra = {PREFIX + one.name: KINDS[one.kind][1](one) for one in drawn}
    return type(form.__name__, (form,), {**extra, "__doc__": form.__doc__})


def _text(one: Drawn) -> Field:
    return fields.TextField(one.label, required=one.required, limit=200)


def _long_text(one: Drawn) -> Field:
    return fields.LongTextField(one.label, required=one.required, limit=3000, rows=4)


def _number(one: Drawn) -> Field:
    return fields.QuantityField(one.label, required=one.required, most=1_000_000_000)


def _date(one: Drawn) -> Field:
    return fields.DateField(one.label, required=one.required)


def _yes_no(one: Drawn) -> Field:
    words = [(word, word) for word in (_("是"), _("否"))]
    return fields.RadioField(one.label, required=one.required, choices=words)


def _choice(one: Drawn) -> Field:
    options = [(word, word) for word in one.options]
    return fields.ChoiceField(one.label, required=one.required, choices=options)


KINDS: Mapping[str, tuple[str, Callable[[Drawn], Any]]] = {
    "text": (_("一行文字"), _text),
    "long_text": (_("多行文字"), _long_text),
    "number": (_("整数"), _number),
    "date": (_("日期"), _date),
    "yes_no": (_("是或否"), _yes_no),
    "choice": (_("单选"), _choice),
}
"""What a drawn field can be: its name for the administrator, and how it is made."""

FORMS: Mapping[str, type[TaskForm]] = {"drawn": DrawnForm}
