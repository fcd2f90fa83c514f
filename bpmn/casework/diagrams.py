"""Versions of diagrams: a version is checked, numbered and never changed again."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from bpmn.casework.vocabulary import diagram_problems
from bpmn.diagram import encode_files
from bpmn.errors import DiagramRejected
from bpmn.office import Office
from models import DiagramVersion


def deploy_diagram(
    office: Office, matter: str, files: Mapping[str, bytes], *, replace: bool = False
) -> DiagramVersion:
    """Make the shipped files the matter's newest version; the same files again change nothing.

    For the program's own diagrams, by its operator: what an administrator draws is deployed by a
    proposal, and stays in force unless it is to be `replace`d. Raises DiagramRejected with every
    problem found.
    """
    if problems := diagram_problems(files):
        raise DiagramRejected(problems)
    newest = hold_newest(office, matter)
    is_drawn_here = newest is not None and newest.consented_by is not None and not replace
    if newest is not None and (is_drawn_here or newest.sha256 == files_digest(files)):
        return newest
    return add_version(
        office, matter, {name: content.decode() for name, content in files.items()}, newest
    )


def add_version(
    office: Office,
    matter: str,
    files: Mapping[str, str],
    newest: DiagramVersion | None,
    **why: Any,
) -> DiagramVersion:
    """Number the files as the version after `newest`; `why` has the further columns."""
    version = DiagramVersion(
        matter=matter,
        number=newest.number + 1 if newest else 1,
        files=dict(files),
        sha256=files_digest(encode_files(files)),
        checked_at=office.now,
        deployed_at=office.now,
        **{"author_id": office.actor_id, **why},
    )
    office.db.add(version)
    return version


def hold_newest(office: Office, matter: str) -> DiagramVersion | None:
    """The newest version, without its files; others who would deploy wait until this one is done.

    Cases may be opened on it meanwhile.
    """
    versions = select(DiagramVersion).where(DiagramVersion.matter == matter)
    newest = versions.order_by(DiagramVersion.number.desc()).limit(1)
    newest = newest.options(defer(DiagramVersion.files))
    held = office.db.scalar(newest.with_for_update(key_share=True))
    # Asked again: while this one waited, another may have put a newer version behind it.
    return office.db.scalar(newest) if held is not None else None


def files_digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over all files, sorted by name."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name] + b"\0")
    return digest.hexdigest()
