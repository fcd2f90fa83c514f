"""Which of a matter's own flows no walk goes along: every path of a diagram is to be walked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bpmn import engine
from bpmn.diagram import load_files, read_diagram
from tests.bpmn.diagrams.walking import Walk

GIVEN = {"case_id": "1", "certificate_type": "class_b", "province": "61", "city": "6101"}


def flows_never_walked(
    key: str, walks: Iterable[Sequence[str]], **found: Mapping[str, Any]
) -> set[str]:
    """`found` is what the diagram's operations find out, by their names: variables they set."""
    files = load_files(key)
    compiled, diagram = engine.compile_diagram(files), read_diagram(files)
    walked: set[str] = set()
    for decisions in walks:
        walk = Walk(compiled, diagram, {**GIVEN, "matter": key}, found)
        walk.take(decisions)
        walked.update(walk.walked())
    return set(diagram.processes[diagram.main].flows) - walked
