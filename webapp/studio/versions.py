"""The versions of a matter's diagram as the administrator sees them: a list, and one drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer

from bpmn.casework import load_diagram
from bpmn.comparison import speech_of
from bpmn.diagram import Diagram
from bpmn.drawing import draw
from bpmn.office import Office
from models import Account, Case, DiagramVersion
from webapp.studio.labels import LABELS
from webapp.studio.table_grids import Grid, grid_of


@dataclass(frozen=True)
class Version:
    """A version with the names of its people; empty for what shipped with the program.

    `running` are cases not yet ended; `restores` is the number of the version it brought back.
    """

    row: DiagramVersion
    author: str
    consenter: str
    restores: int | None
    running: int


@dataclass(frozen=True)
class Drawn:
    """A process of a version as a picture, or a decision table of it as a grid."""

    key: str
    title: str
    picture: Markup | None = None
    grid: Grid | None = None


def versions_query(matter: str) -> Select[DiagramVersion]:
    """The newest first, without their files."""
    query = select(DiagramVersion).where(DiagramVersion.matter == matter)
    return query.order_by(DiagramVersion.number.desc()).options(defer(DiagramVersion.files))


def shown(office: Office, rows: Sequence[DiagramVersion]) -> list[Version]:
    """The rows with what the page says of them, in a fixed number of queries."""
    people = _named(office, {one for row in rows for one in (row.author_id, row.consented_by)})
    restored = select(DiagramVersion.id, DiagramVersion.number).where(
        DiagramVersion.id.in_({row.restores_id for row in rows})
    )
    numbers: dict[int, int] = dict(office.db.execute(restored).all())
    running = _running(office, [row.id for row in rows])
    return [
        Version(
            row,
            author=people.get(row.author_id, ""),
            consenter=people.get(row.consented_by, ""),
            restores=numbers.get(row.restores_id or 0),
            running=running.get(row.id, 0),
        )
        for row in rows
    ]


def drawn(office: Office, version_id: int, roles: Mapping[str, str]) -> list[Drawn]:
    """Each process of a version, the top level first, then its decision tables.

    A step that calls another process leads to it: `#drawn-<key>` on the page.
    """
    words = load_diagram(office, version_id).words
    top = [words.main, *(key for key in words.processes if key != words.main)]
    pictures = [Drawn(key, words.processes[key].name, _picture(words, key, roles)) for key in top]
    speech = speech_of(words, LABELS)
    return pictures + [
        Drawn(key, table.name or key, grid=grid_of(speech, table))
        for key, table in words.tables.items()
    ]


def _picture(words: Diagram, key: str, roles: Mapping[str, str]) -> Markup:
    # The drawing escapes every word of the diagram itself.
    return Markup(draw(words, key, {}, roles=roles, links=_links(words)))  # noqa: S704


def _links(words: Diagram) -> dict[str, str]:
    """From what calls a process to its drawing."""
    return {
        node.id: f"#drawn-{node.calls}"
        for process in words.processes.values()
        for node in process.nodes.values()
        if node.calls in words.processes
    }


def _named(office: Office, ids: set[int | None]) -> Mapping[int | None, str]:
    query = select(Account.id, Account.name).where(Account.id.in_(ids - {None}))
    return dict(office.db.execute(query).all())


def _running(office: Office, ids: Sequence[int]) -> dict[int, int]:
    """Open cases by version."""
    query = select(Case.diagram_version_id, func.count()).where(
        Case.diagram_version_id.in_(ids), Case.closed_at.is_(None)
    )
    return dict(office.db.execute(query.group_by(Case.diagram_version_id)).all())
