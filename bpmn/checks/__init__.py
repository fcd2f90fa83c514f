"""What must hold of a diagram before it may go live: names, graph, soundness, law and tables.

Whether the engine can run the files at all is for `bpmn.engine.compile_diagram` to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bpmn.checks.exploring import explore
from bpmn.checks.graph import check_branches, check_graph
from bpmn.checks.law import LongestPath, Organ, check_law, check_staffing, longest_paths
from bpmn.checks.names import check_names
from bpmn.checks.soundness import check_soundness
from bpmn.checks.space import NOT_PLAYED, Space
from bpmn.checks.tables import check_tables
from bpmn.checks.vocabulary import OperationWords, Vocabulary
from bpmn.diagram import Diagram
from bpmn.errors import MOST_TOLD, Problem, first_told

__all__ = [
    "LongestPath",
    "OperationWords",
    "Organ",
    "Proof",
    "Vocabulary",
    "check_diagram",
    "check_graph",
    "check_law",
    "check_names",
    "check_soundness",
    "check_staffing",
    "explore",
    "longest_paths",
    "prove",
    "check_tables",
]


@dataclass(frozen=True)
class Proof:
    """What was found of a diagram, and what it was found in.

    `problems` are by file and line, and empty when the diagram may go live; of very many the first
    ones, and that there are more. `diagram` is None where the files are none that could be
    looked at.
    """

    problems: tuple[Problem, ...]
    diagram: Diagram | None = None
    space: Space = NOT_PLAYED


def prove(diagram: Diagram, words: Vocabulary) -> Proof:
    """Every problem of the diagram, and all that can happen in it: it is played once for both."""
    named, graph = tuple(check_names(diagram, words)), tuple(check_graph(diagram, words))
    found = {*named, *graph, *check_branches(diagram), *check_tables(diagram, words)}
    playable = not graph and _can_be_played(diagram, named)
    space = explore(diagram, words) if playable else NOT_PLAYED
    if playable:
        found.update(check_soundness(diagram, space, words.labels))
    found.update(check_law(diagram, space))
    return Proof(first_told(sorted(found, key=_place)), diagram, space)


def check_diagram(diagram: Diagram, words: Vocabulary) -> tuple[Problem, ...]:
    """Every problem of the diagram, by file and line; empty when it may go live."""
    return prove(diagram, words).problems


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.file or "", problem.line or 0, problem.element or "", problem.message


def _can_be_played(diagram: Diagram, named: Sequence[Problem]) -> bool:
    """Whether a run means something: a name wrong at a person's step or a gateway spoils none."""
    if len(named) > MOST_TOLD:
        return False  # Not all of them are known.
    ids = [id for process in diagram.processes.values() for id in (*process.nodes, *process.flows)]
    machine = {*diagram.service_tasks, *diagram.rule_tasks}
    machine |= {n.id for p in diagram.processes.values() for n in p.nodes.values() if n.calls}
    return len(ids) == len(set(ids)) and not any(problem.element in machine for problem in named)
