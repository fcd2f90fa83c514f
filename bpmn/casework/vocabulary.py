"""The words that diagrams of this office may use, and the check of a diagram against them."""

from collections.abc import Mapping

from bpmn import engine
from bpmn.casework.rights import APPLICANT, EXPERT, OFFICER_ROLES, RESPONDENT
from bpmn.checks import Vocabulary, check_diagram
from bpmn.diagram import read_diagram
from bpmn.errors import DiagramRejected, Problem
from bpmn.operations import OPERATIONS
from forms import FORMS

_OFFICERS = OFFICER_ROLES | {EXPERT}
VOCABULARY = Vocabulary(
    forms=frozenset(FORMS),
    roles=_OFFICERS | {APPLICANT, RESPONDENT},
    operations=frozenset(OPERATIONS),
    clocks=frozenset(
        {
            "acceptance",
            "correction",
            "decision",
            "issue",
            "notice",
            "answer",
            "rating",
            "hearing",
            "expert",
        }
    ),
    lanes={
        "申请单位": frozenset({APPLICANT}),
        "对方单位": frozenset({RESPONDENT}),
        "市级": _OFFICERS,
        "省级": _OFFICERS,
        "部": _OFFICERS,
        "审批机关": _OFFICERS,
    },
    given=frozenset({"case_id", "matter", "certificate_type", "province", "city"}),
)


def diagram_problems(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Everything that keeps the files from going live; empty when nothing does."""
    try:
        engine.compile_diagram(files)
    except DiagramRejected as rejected:
        return rejected.problems
    return check_diagram(read_diagram(files), VOCABULARY)
