"""What must hold of a diagram before it may go live: names, graph and law.

Whether the engine can run the files at all is for `bpmn.engine.compile_diagram` to say.
"""

from bpmn.checks.graph import check_graph
from bpmn.checks.law import check_law
from bpmn.checks.names import check_names
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Diagram
from bpmn.errors import Problem

__all__ = ["Vocabulary", "check_diagram", "check_graph", "check_law", "check_names"]


def check_diagram(diagram: Diagram, words: Vocabulary) -> tuple[Problem, ...]:
    """Every problem of the diagram, by file and line; empty when it may go live."""
    problems = {
        *check_names(diagram, words),
        *check_graph(diagram, words),
        *check_law(diagram),
    }
    return tuple(
        sorted(problems, key=lambda p: (p.file or "", p.line or 0, p.element or "", p.message))
    )
