"""Deploying diagrams: a version is checked, numbered and never changed again."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import select

from bpmn.casework.vocabulary import diagram_problems
from bpmn.errors import DiagramRejected
from bpmn.office import Office
from models import DiagramVersion


def deploy_diagram(office: Office, matter: str, files: Mapping[str, bytes]) -> DiagramVersion:
    """Make the files the matter's newest version; the same files again change nothing.

    Raises DiagramRejected with every problem found.
    """
    if problems := diagram_problems(files):
        raise DiagramRejected(problems)
    digest = files_digest(files)
    newest = office.db.scalar(
        select(DiagramVersion)
        .where(DiagramVersion.matter == matter)
        .order_by(DiagramVersion.number.desc())
        .limit(1)
    )
    if newest is not None and newest.sha256 == digest:
        return newest
    version = DiagramVersion(
        matter=matter,
        number=newest.number + 1 if newest else 1,
        files={name: content.decode() for name, content in files.items()},
        sha256=digest,
        author_id=office.actor_id,
        checked_at=office.now,
        deployed_at=office.now,
    )
    office.db.add(version)
    return version


def files_digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over all files, sorted by name."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name] + b"\0")
    return digest.hexdigest()
