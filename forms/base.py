"""TaskForm: a WTForms form that is built from plain data and gives plain data back.

It knows no request and no database: choices, outcomes and today's date are handed in.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import Form
from wtforms.fields import Field

Choices = Sequence[tuple[str, str]]
HandedChoices = Choices | Mapping[str, Choices]


class TaskForm(Form):
    """One form of one task or page.

    ``data`` is what was stored (the JSON-able mapping that ``answers`` gave), ``formdata`` what
    was posted: a multidict, or a mapping of name to value or list of values. ``today`` is the
    office's date (Asia/Shanghai). ``outcomes``, ``specialties``, ``places`` and whatever is in
    ``choices`` are (value, label) pairs; a mapping of group to pairs makes groups. ``approved``
    says that the unit's facts were approved already, so that locked fields keep their value (R151);
    ``locked`` names more of them.
    """

    title: ClassVar[str] = ""
    wants: ClassVar[Collection[str]] = ()
    """The choices of a case that a task's form is to be handed, beside what every one gets."""
    minutes: ClassVar[str] = ""
    """What its answers are called where those who decide the case read them; empty: they do not."""
    shows: ClassVar[tuple[str, ...]] = ()
    """The forms of the case whose newest answers are read before this one is filled in."""
    is_reply: ClassVar[bool] = False
    """The unit answers by it, and by no page of its application."""
    locked_once_approved: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self,
        formdata: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        *,
        today: date | None = None,
        outcomes: Choices = (),
        specialties: Choices = (),
        places: HandedChoices = (),
        choices: Mapping[str, HandedChoices] | None = None,
        approved: bool = False,
        locked: Collection[str] = (),
        prefix: str = "",
    ) -> None:
        self.today = today
        self.specialties = dict(specialties)
        self.handed: dict[str, HandedChoices] = {
            **(choices or {}),
            "outcomes": outcomes,
            "specialties": specialties,
            "places": places,
        }
        locked = (self.locked_once_approved if approved else frozenset()) | set(locked)
        self._locked = frozenset(locked)
        posted = None if formdata is None else _Posted(formdata, hidden=locked)
        super().__init__(formdata=posted, data=dict(data or {}), prefix=prefix)
        self._hand_out_choices(self)
        for name in locked:
            _lock(self._fields[name])

    def answer_anew(self, formdata: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        """Take another post over other stored answers, as a form made for it would.

        For many rows after each other: making a form costs more than filling it in.
        """
        self.process(_Posted(formdata, hidden=self._locked), data=dict(data))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether every field is right, and what ``problems`` says of several fields together."""
        sound = super().validate(extra_validators)
        for name, problem in self.problems():
            field = self._fields[name]
            if not field.errors:
                field.errors = [problem]
                sound = False
        return sound

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield (field name, sentence) for what is wrong between fields; for subclasses."""
        yield from ()

    def answers(self) -> dict[str, Any]:
        """What was answered, as JSON-able values: dates as ISO text, amounts in yuan as text."""
        return {name: _plain(field.data) for name, field in self._fields.items()}

    def error_list(self) -> list[tuple[str, str]]:
        """Every (HTML id of the field, sentence), in the order of the page, for the summary."""
        return list(_errors(self))

    def _hand_out_choices(self, fields: Any) -> None:
        for field in fields:
            source = getattr(field, "choices_from", None)
            if source:
                field.take(self.handed.get(source, ()))
            for part in _parts(field):
                self._hand_out_choices(part)


class _Posted(Mapping[str, list[str]]):
    """What was posted, with ``getlist`` as WTForms wants it and without the locked fields."""

    def __init__(self, formdata: Mapping[str, Any], hidden: Collection[str]) -> None:
        lists: Any = getattr(formdata, "getlist", None)
        self._values: dict[str, list[str]] = {
            name: list(lists(name)) if lists else _listed(formdata[name])
            for name in formdata
            if name not in hidden
        }

    def getlist(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def __getitem__(self, name: str) -> list[str]:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __bool__(self) -> bool:
        # An empty post is still a post: every required field is missing.
        return True


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _parts(field: Field) -> Iterator[Any]:
    """The forms inside a list field."""
    for entry in getattr(field, "entries", ()):
        if hasattr(entry, "form"):
            yield entry.form


def _lock(field: Field) -> None:
    field.render_kw = {**(field.render_kw or {}), "readonly": True, "aria-readonly": "true"}
    field.validators = ()
    field.flags.required = False
    choices: Any = getattr(field, "choices", None)
    if choices:  # browsers let a readonly list be changed
        vars(field)["choices"] = [one for one in choices if one.value == field.data]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _errors(fields: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        inner = list(_parts(field))
        for form in inner:
            yield from _errors(form)
        own = field.errors if not inner else [e for e in field.errors if isinstance(e, str)]
        for sentence in own:
            yield field.id, str(sentence)
