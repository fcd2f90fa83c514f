"""The forms of a case's pages with everything handed in that they choose from."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from gettext import gettext as _
from typing import Any

from bpmn.office import Office
from bpmn.operations.answers import held_specialties, specialties_of
from bpmn.operations.held import held_of_type
from bpmn.operations.standards import standard_of
from bpmn.operations.submission import ADOPTED
from forms import TaskForm
from forms.pages import PAGES
from forms.staff import RECOGNISED
from models import Case
from models.calendar import office_date

Values = Mapping[str, Any]
MakeForm = Callable[[Values | None, Values | None], TaskForm]


def page_form(
    office: Office,
    case: Case,
    page: str,
    formdata: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> TaskForm:
    """The form of a page, or of one row of a page of rows, for this case."""
    return page_forms(office, case, page)(formdata, data)


def page_forms(office: Office, case: Case, page: str) -> MakeForm:
    """What makes forms of a page: for many rows everything to choose from is read only once."""
    standard = standard_of(office, case)
    choices: dict[str, Any] = {
        "equipment_kinds": standard.equipment_choices(),
        "held_specialties": _held(office, case),
        "business_types": standard.business_type_choices(specialties_of(office, case)),
    }
    return partial(_make_form, office, case, page, known_facts(office, case, page), choices)


def _make_form(
    office: Office,
    case: Case,
    page: str,
    known: Values,
    choices: Mapping[str, Any],
    formdata: Values | None = None,
    data: Values | None = None,
) -> TaskForm:
    legacy = bool((data or {}).get("legacy"))
    regions = {} if PAGES[page].row else _regions(office, case, formdata, data)
    form = PAGES[page].form(
        formdata,
        {**known, **(data or {})},  # locked fields keep these when posted
        today=office_date(office.now),
        specialties=office.standard.specialty_choices(case.certificate_type),
        approved=case.unit.approved_at is not None,
        locked=RECOGNISED if legacy else (),
        choices={**regions, **choices},
    )
    if "legacy" in form and not legacy:
        del form["legacy"]  # only who comes from the old system counts by its rules (R065)
    return form


def _held(office: Office, case: Case) -> list[tuple[str, str]]:
    """What the certificate carries now, for the page that asks what it is to carry."""
    if case.scope != "changed":
        return []
    known = office.standard.specialties
    return [(code, known[code].name) for code in held_specialties(office, case)]


def _regions(
    office: Office,
    case: Case,
    formdata: Mapping[str, Any] | None,
    data: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Every province, and the cities and counties of the one that was chosen.

    All of the country's three thousand would make a list that nobody can choose from.
    """
    chosen = (formdata or {}).get("province") or (data or {}).get("province") or case.unit.province
    inside: dict[str, Any] = {"provinces": office.region_choices["provinces"]}
    for name in ("cities", "counties"):
        groups = {
            group: [(code, label) for code, label in pairs if code.startswith(str(chosen))]
            for group, pairs in office.region_choices[name].items()
        }
        inside[name] = {group: pairs for group, pairs in groups.items() if pairs}
    return inside


def as_formdata(values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers as if they were posted: to check again what was saved before."""
    return {
        name: value if isinstance(value, list) else str(value)
        for name, value in values.items()
        if value not in (None, False, "")
    }


def known_facts(office: Office, case: Case, page: str) -> dict[str, Any]:
    """What the office knows already, offered on a page that was never saved (R151)."""
    unit = case.unit
    actor = office.actor if office.actor and office.actor.unit_id == unit.id else None
    facts = {fact: getattr(unit, column) for column, fact in ADOPTED.items()}
    contact = {"contact_name": actor.name, "contact_mobile": actor.mobile} if actor else {}
    known: dict[str, dict[str, Any]] = {
        "unit_basics": {**facts, "email": actor.email if actor else ""},
        "unit_changes": {f"present_{fact}": facts[fact] for fact in facts},
        "leaders": {"legal_name": unit.legal_representative},
    }
    looked_up = _LOOKED_UP[page](office, case) if page in _LOOKED_UP else {}
    return {**contact, **known.get(page, {}), **looked_up}


def _present(office: Office, case: Case) -> dict[str, Any]:
    """The certificate's specialties, ticked before anything is chosen."""
    return {"chosen_specialties": held_specialties(office, case)}


def _term(office: Office, case: Case) -> dict[str, Any]:
    """The certificate's present and next term, for the page that asks for the next."""
    held = held_of_type(office, case.unit, case.certificate_type)
    if held is None:
        return {}
    begins = held.valid_until + timedelta(days=1)
    ends = office.standard.renewal.renewed_until(held.valid_until)
    return {
        "certificate_number": held.number,
        "present_term": held.valid_until.isoformat(),
        "next_term": _("%(begins)s 至 %(ends)s") % {"begins": begins, "ends": ends},
    }


_LOOKED_UP: Mapping[str, Callable[[Office, Case], dict[str, Any]]] = {
    "specialty_change": _present,
    "renewal": _term,
}
"""What is read from the certificate, only for the page that shows it."""
