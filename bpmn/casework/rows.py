"""What a row of each page means: its name, what it holds, why it does not count."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from bpmn.office import Office
from forms.equipment import equipment_problems
from forms.masking import last_signs, mask_name
from forms.projects import project_problems
from forms.staff import person_problems
from models.calendar import office_date

Values = Mapping[str, Any]


@dataclass(frozen=True)
class RowRules:
    label: Callable[[Values], str]
    problems: Callable[[Office, Values, Collection[str]], list[str]]
    named_by: tuple[str, ...]
    """The fields by which a row is known again; what is wrong with it is told at the first."""
    identity: Callable[[Values], str] = lambda values: ""
    """What no two units may hold; empty for rows that any unit may have."""
    masked: Callable[[Values], str] = lambda values: ""
    """What tells another unit which of its rows is meant, and no stranger who or what it is."""

    def key(self, values: Values) -> str:
        """What the row is known by: the same person, instrument or project has the same."""
        return "/".join(str(values.get(name) or "").upper() for name in self.named_by)


def _person(office: Office, values: Values, kinds: Collection[str]) -> list[str]:
    standard, today = office.standard, office_date(office.now)
    found = person_problems(values, kinds, today) + standard.subject_problems(values)
    return found + standard.insurance_problems(values, today)


def _equipment(office: Office, values: Values, kinds: Collection[str]) -> list[str]:
    return equipment_problems(values, kinds, office_date(office.now))


def _project(office: Office, values: Values, kinds: Collection[str]) -> list[str]:
    return project_problems(values, kinds)


ROW_RULES: Mapping[str, RowRules] = {
    "staff": RowRules(
        label=lambda values: values["name"],
        problems=_person,
        named_by=("id_number",),
        identity=lambda values: values["id_number"],
        masked=lambda values: _("{name}（身份证号末位 {signs}）").format(
            name=mask_name(values["name"]), signs=last_signs(values["id_number"])
        ),
    ),
    "equipment": RowRules(
        label=lambda values: f"{values['kind']} {values['serial_number']}",
        problems=_equipment,
        named_by=("serial_number", "kind"),
        identity=lambda values: f"{values['kind']}/{values['serial_number']}",
        masked=lambda values: _("{kind}（出厂编号末位 {signs}）").format(
            kind=values["kind"], signs=last_signs(values["serial_number"])
        ),
    ),
    "projects": RowRules(
        label=lambda values: values["name"],
        problems=_project,
        named_by=("name", "specialty"),
    ),
}
