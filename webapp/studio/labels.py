"""The words of the office with those of its matters, for comparisons and tables on a page."""

from dataclasses import replace

from bpmn.casework.labels import LABELS as OFFICE
from bpmn.matters import MATTERS

_NAMES = {key: matter.name for key, matter in MATTERS.items()}
LABELS = replace(OFFICE, values={**OFFICE.values, "matter": _NAMES})
