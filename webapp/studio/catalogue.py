"""What the editor offers to choose from: every word of the office that a diagram may use."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from bpmn.casework.called_diagrams import callables
from bpmn.casework.clock_words import CLOCKS
from bpmn.casework.labels import MESSAGES
from bpmn.casework.parameter_words import parameter_words
from bpmn.casework.role_words import ROLES
from bpmn.casework.vocabulary import VOCABULARY
from bpmn.diagram.labels import FIELD_KINDS
from bpmn.office import Office
from bpmn.operations import DESCRIPTIONS, Description, Parameter
from forms import FORMS

Choice = dict[str, str]

FUNCTIONS = {
    "due": _('时限的届满时刻，如 due("decision")'),
    "working_days": _("若干个工作日之后，如 working_days(5)"),
}


def catalogue(office: Office) -> dict[str, Any]:
    """As the API gives it."""
    called = [(one, sources) for one, sources in callables(office)]
    return {
        "forms": [{"key": key, "label": form.title or key} for key, form in FORMS.items()],
        "roles": [_role(key) for key in ROLES if key in VOCABULARY.roles],
        "clocks": [
            {"key": key, "label": CLOCKS.get(key, key)} for key in sorted(VOCABULARY.clocks)
        ],
        "operations": [_operation(key, one) for key, one in sorted(DESCRIPTIONS.items())],
        "messages": [
            {"name": name, "label": MESSAGES.get(name, name)} for name in VOCABULARY.messages
        ],
        "called": [
            {"process": one.id, "name": one.name, "file": one.file, "sources": _sources(sources)}
            for one, sources in called
            if not one.is_table
        ],
        "tables": [
            {"id": one.id, "name": one.name, "file": one.file, "sources": _sources(sources)}
            for one, sources in called
            if one.is_table
        ],
        "lanes": list(VOCABULARY.lanes),
        "field_kinds": _choices(FIELD_KINDS),
        "functions": _choices(FUNCTIONS),
    }


def _role(key: str) -> dict[str, Any]:
    lanes = [lane for lane, roles in VOCABULARY.lanes.items() if key in roles]
    return {"key": key, "label": ROLES[key], "lanes": lanes}


def _operation(key: str, one: Description) -> dict[str, Any]:
    return {
        "key": key,
        "label": one.label,
        "parameters": [_parameter(key, part) for part in one.parameters],
        "sets": {name: list(values) for name, values in one.sets.items()},
    }


def _parameter(operation: str, one: Parameter) -> dict[str, Any]:
    label, choices = parameter_words(operation, one.name)
    shown = {"name": one.name, "label": label, "kind": one.kind, "required": one.required}
    return {**shown, "choices": _choices(choices)} if choices else shown


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [{"key": key, "label": label} for key, label in words.items()]


def _sources(sources: Any) -> list[Choice]:
    return [{"source": one.key, "label": one.label} for one in sources]
