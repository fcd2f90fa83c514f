"""法定时限: the longest path of each statutory clock as the pages of a proposal show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.casework.vocabulary import diagram_limits, proof_of
from bpmn.checks import LongestPath
from bpmn.checks.law.rules import Limit, the_rules
from bpmn.diagram import encode_files


@dataclass(frozen=True)
class ShownLimit:
    """A path, the name of the step that starts its clock, and what the law says of the clock."""

    path: LongestPath
    start: str
    law: Limit


def limits_of(files: Mapping[str, str]) -> list[ShownLimit]:
    """For each start of a clock without its loops, and with them where there are any.

    Expects files without problems.
    """
    content = encode_files(files)
    diagram = proof_of(content).diagram
    processes = diagram.processes.values() if diagram else ()
    names = {node.id: node.name for process in processes for node in process.nodes.values()}
    laws = the_rules().limits
    return [
        ShownLimit(path, names.get(path.element, ""), laws[path.clock])
        for path in diagram_limits(content)
    ]
