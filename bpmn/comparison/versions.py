"""One version of a diagram as the comparison sees it, and which of its parts meet which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bpmn.comparison.tables import names_of, table_things
from bpmn.comparison.things import Thing, things_of
from bpmn.comparison.words import Speech
from bpmn.diagram import Diagram, Flow, Lane, Node, Table, read_diagram
from bpmn.diagram.labels import Labels
from bpmn.diagram.spoken import Named, named_in, named_of, spoken_in
from bpmn.diagram.tables import read_tables
from bpmn.diagram.titles import titles_of
from bpmn.diagram.xml import find, parse_xml

Kept = TypeVar("Kept")
Group = Sequence[Thing]
"""The things of one process or one table, itself the first."""
_NAMED = ("bpmn:process", "bpmn:process//bpmn:userTask")


@dataclass(frozen=True)
class Version:
    """The groups by id, the top level first; `speech` says its names."""

    groups: Mapping[str, Group]
    speech: Speech


@dataclass(frozen=True)
class Skimmed:
    """The names in files that are not read: titles and tables by id, the others by file."""

    titles: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    named: Mapping[str, Named] = field(default_factory=dict)


def read_version(files: Mapping[str, bytes], unread: set[str], labels: Labels) -> Version:
    """What the files say; of those that need not be read only the names."""
    diagram = read_diagram({name: files[name] for name in files if name not in unread})
    groups = {key: tuple(things_of(diagram, one)) for key, one in diagram.processes.items()}
    tables = {key: tuple(table_things(one)) for key, one in diagram.tables.items()}
    skimmed = _skim({name: files[name] for name in files if name in unread})
    return Version({**groups, **tables}, speech_of(diagram, labels, skimmed))


def speech_of(diagram: Diagram, labels: Labels, skimmed: Skimmed | None = None) -> Speech:
    """How the names of a diagram are said, and those of files that were only skimmed."""
    others = skimmed or Skimmed()
    tables = {**diagram.tables, **others.tables}
    named = {**named_of(diagram), **others.named}
    titles, said = {one.id: one.name for one in tables.values()}, titles_of(diagram)
    titles |= others.titles
    for process in diagram.processes.values():
        drawn: list[Lane | Node | Flow] = [*process.lanes, *process.nodes.values()]
        for one in (*drawn, *process.flows.values()):
            titles[one.id] = one.name or said.title(one.id)
        titles[process.id] = process.name
    columns = {
        name: column
        for table in tables.values()
        for part in (table.inputs, table.outputs)
        for name, column in zip(names_of(part), part, strict=True)
    }
    # in one order, whichever of the files were read: the first word for a thing is the one said
    spoken = spoken_in(_in_order(named), _in_order(tables), labels)
    own = {file: spoken_in([one], (), labels) for file, one in named.items()}
    return Speech(titles, labels, spoken, columns, own)


def _in_order(known: Mapping[str, Kept]) -> list[Kept]:
    return [known[key] for key in sorted(known)]


def pairs_of(old: Version, new: Version) -> Iterator[tuple[Group, Group]]:
    """The groups that meet, in the order of the new version; then those that are gone.

    A process or table of another id is the same one where it is alone in a file of that name.
    """
    renamed = _renamed_groups(old, new)
    left = dict(old.groups)
    for key, group in new.groups.items():
        yield left.pop(renamed.get(key, key), ()), group
    for group in left.values():
        yield group, ()


def _renamed_groups(old: Version, new: Version) -> dict[str, str]:
    """New id → old id."""
    gone = _by_file(group for key, group in old.groups.items() if key not in new.groups)
    come = _by_file(group for key, group in new.groups.items() if key not in old.groups)
    return {come[file]: gone[file] for file in come.keys() & gone.keys()}


def _by_file(groups: Iterator[Group]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = {}
    for head, *_others in groups:
        found.setdefault((head.kind, head.holds["file"]), []).append(head.element)
    return {file: elements[0] for file, elements in found.items() if len(elements) == 1}


def _skim(files: Mapping[str, bytes]) -> Skimmed:
    roots = {name: parse_xml(content) for name, content in files.items()}
    named = [one for root in roots.values() for path in _NAMED for one in find(root, path)]
    return Skimmed(
        titles={one.get("id", ""): one.get("name", "") for one in named},
        tables=read_tables({name: root for name, root in roots.items() if name.endswith(".dmn")}),
        named={name: named_in(root) for name, root in roots.items()},
    )
