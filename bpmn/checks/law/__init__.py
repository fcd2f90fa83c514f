"""What the law asks of a diagram, whatever its elements are called.

What the operations, papers and roles of the office do in law is data: rules.yml.
"""

from collections.abc import Iterable, Iterator

from bpmn.checks.law.clocks import check_clocks
from bpmn.checks.law.durations import LongestPath, check_durations
from bpmn.checks.law.durations import longest_paths as _longest_paths
from bpmn.checks.law.milestones import check_milestones
from bpmn.checks.law.objections import check_objections
from bpmn.checks.law.outcomes import check_outcomes
from bpmn.checks.law.returns import check_loops, check_returns
from bpmn.checks.law.rules import the_rules
from bpmn.checks.law.staffing import Organ
from bpmn.checks.law.staffing import check_staffing as _check_staffing
from bpmn.checks.space import Space
from bpmn.diagram import Diagram
from bpmn.errors import Problem

__all__ = ["LongestPath", "Organ", "check_law", "check_staffing", "longest_paths"]


def check_law(diagram: Diagram, space: Space) -> Iterator[Problem]:
    """Everything that the law has against the diagram, each with a run where there is one."""
    rules = the_rules()
    yield from check_outcomes(diagram, rules, space)
    yield from check_milestones(diagram, rules, space)
    yield from check_objections(diagram, space)
    yield from check_returns(diagram, rules, space)
    yield from check_loops(diagram, space)
    yield from check_clocks(diagram, rules)
    yield from check_durations(diagram, rules, space)


def longest_paths(diagram: Diagram, space: Space) -> list[LongestPath]:
    """For each statutory clock its longest path, also when all is well."""
    return _longest_paths(diagram, the_rules(), space)


def check_staffing(diagram: Diagram, space: Space, organs: Iterable[Organ]) -> Iterator[Problem]:
    """Organs whose people cannot take every path of the diagram with its duties kept apart."""
    return _check_staffing(diagram, the_rules(), space, organs)
