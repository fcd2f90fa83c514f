"""Two versions of a diagram side by side: their differences in words, pictures and tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from bpmn.comparison import Change, Comparison, Speech, compare_versions, speech_of
from bpmn.diagram import Diagram, Process, encode_files, read_diagram
from bpmn.drawing import Mark, State, draw
from webapp.roles import ROLE_NAMES
from webapp.studio.labels import LABELS
from webapp.studio.table_grids import Grid, grid_of

Files = Mapping[str, str]
OLD, NEW = "old-", "new-"
"""The ids of marked elements in the two pictures begin so."""


@dataclass(frozen=True)
class Side:
    """One process or table as one of the versions has it: a picture or a grid, or neither."""

    picture: Markup | None = None
    grid: Grid | None = None

    def __bool__(self) -> bool:
        return bool(self.picture or self.grid)


@dataclass(frozen=True)
class _Version:
    """A diagram with the words that its tables are shown in: those of the sentences beside them."""

    diagram: Diagram
    speech: Speech


@dataclass(frozen=True)
class Part:
    """A process or decision table with what changed in it; of an unchanged one `old` is empty."""

    id: str
    title: str
    changes: tuple[Change, ...]
    old: Side
    new: Side


def changes_between(old: Files, new: Files) -> Comparison:
    """What differs in meaning, in the office's words."""
    return compare_versions(encode_files(old), encode_files(new), LABELS)


def parts_of(comparison: Comparison, old: Files, new: Files) -> list[Part]:
    """Every process, then every table; what changed first, each in the order of the new version."""
    before, after = read_diagram(encode_files(old)), read_diagram(encode_files(new))
    was, now = speech_of(before, LABELS), speech_of(after, LABELS)
    told = _Version(before, was.helped_by(now)), _Version(after, now.helped_by(was))
    parts = [
        _part(comparison, *told, key)
        for key in dict.fromkeys(
            (*after.processes, *before.processes, *after.tables, *before.tables)
        )
        if key not in _renamed(comparison)
    ]
    return sorted(parts, key=lambda part: not part.changes)


def link_to(change: Change) -> str:
    """The address of the change's element on the page: in the new picture, or in the old one."""
    return f"#{OLD}{change.was}" if change.kind == "removed" else f"#{NEW}{change.element}"


def _renamed(comparison: Comparison) -> set[str]:
    """Old ids of processes and tables that go on under another one."""
    renamed = (one for one in comparison.changes if one.element == one.process)
    return {one.was for one in renamed if one.was not in ("", one.element)}


def _part(comparison: Comparison, before: _Version, after: _Version, key: str) -> Part:
    changes = comparison.of(key)
    old_key = next((one.was for one in changes if one.element == key and one.was), key)
    old = _side(before, old_key, OLD, dict(_marks(changes, before.diagram, is_new=False)))
    new = _side(after, key, NEW, dict(_marks(changes, after.diagram, is_new=True)))
    return Part(key, _title(after.diagram, key) or _title(before.diagram, key), changes, old, new)


def _title(diagram: Diagram, key: str) -> str:
    known = diagram.processes.get(key) or diagram.tables.get(key)
    return (known.name or key) if known else ""


def _side(version: _Version, key: str, prefix: str, marks: Mapping[str, State]) -> Side:
    diagram = version.diagram
    if key in diagram.tables:
        return Side(grid=grid_of(version.speech, diagram.tables[key], marks, prefix))
    process = diagram.processes.get(key)
    if process is None or not process.shapes:
        return Side()
    shown = {element: Mark(state) for element, state in marks.items()}
    # The drawing escapes every word of the diagram itself.
    svg = draw(diagram, key, shown, roles=ROLE_NAMES, prefix=prefix)
    return Side(picture=Markup(svg))  # noqa: S704


def _marks(
    changes: tuple[Change, ...], diagram: Diagram, *, is_new: bool
) -> Iterator[tuple[str, State]]:
    """How each element is marked; a cell of a table is named `rule/what`."""
    for change in changes:
        element = change.element if is_new else change.was
        if change.what:
            yield element, "changed"
            yield f"{element}/{change.what}", "changed"
        elif (change.kind == "added") == is_new:
            state: State = "added" if is_new else "removed"
            whole = diagram.processes.get(element)
            yield from ((one, state) for one in (_all_of(whole) if whole else [element]))


def _all_of(process: Process) -> list[str]:
    return [process.id, *process.nodes, *process.flows]
