"""The versions of a matter's diagram as the administrator sees them: a list, and one drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bpmn.casework import load_diagram
from bpmn.drawing import draw
from bpmn.office import Office
from models import Account, Case, DiagramVersion


@dataclass(frozen=True)
class Version:
    """`author` is empty for what shipped with the program; `running` are cases not yet ended."""

    id: int
    number: int
    sha256: str
    author: str
    deployed_at: datetime | None
    running: int


def versions_of(office: Office, matter: str) -> list[Version]:
    """The newest first."""
    running = (
        select(func.count())
        .where(Case.diagram_version_id == DiagramVersion.id, Case.closed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            DiagramVersion.id,
            DiagramVersion.number,
            DiagramVersion.sha256,
            func.coalesce(Account.name, ""),
            DiagramVersion.deployed_at,
            running,
        )
        .outerjoin(Account, Account.id == DiagramVersion.author_id)
        .where(DiagramVersion.matter == matter)
        .order_by(DiagramVersion.number.desc())
    )
    return [Version(*row) for row in office.db.execute(query)]


def pictures(office: Office, version_id: int, roles: Mapping[str, str]) -> list[tuple[str, str]]:
    """(title, SVG) of each process of a version, the top level first."""
    words = load_diagram(office, version_id).words
    top = [words.main, *(key for key in words.processes if key != words.main)]
    return [(words.processes[key].name, draw(words, key, {}, roles=roles)) for key in top]
