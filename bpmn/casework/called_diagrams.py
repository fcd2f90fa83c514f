"""What a diagram may call: the shared diagrams and tables, as shipped and as deployed versions
have them.

A called diagram comes with everything that it calls in turn; two sources that say the same are one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _

from sqlalchemy import select
from sqlalchemy.orm import defer

from bpmn.casework.diagrams import files_digest
from bpmn.diagram import MAIN_FILE, encode_files
from bpmn.diagram.files import called_files, named_in, shared_files
from bpmn.errors import DiagramFileRefused
from bpmn.office import Office
from models import DiagramVersion

SHIPPED = "shipped"
_NUMBER = re.compile("[0-9]{1,18}")
MOST_VERSIONS = 60
"""Only the newest are looked through: they are offered, not searched for."""


@dataclass(frozen=True)
class Called:
    """A process or decision table by its id; `is_table` for the latter."""

    id: str
    name: str
    file: str
    is_table: bool
    digest: str
    """Of its file and all that it calls: the same for sources that say the same."""


@dataclass(frozen=True)
class Source:
    """Where a called diagram may be taken from, as `called_from` takes it and as it is read."""

    key: str
    label: str


def callables(office: Office) -> list[tuple[Called, list[Source]]]:
    """Everything that may be called, by id, each with the different forms it has."""
    found: dict[str, dict[str, tuple[Called, Source]]] = {}
    for source, one in _all(office):
        found.setdefault(one.id, {}).setdefault(one.digest, (one, source))
    return [
        (next(iter(forms.values()))[0], [source for _one, source in forms.values()])
        for _id, forms in sorted(found.items())
    ]


def called_from(office: Office, called: str, source: str) -> dict[str, str]:
    """The files of a called diagram or table from a source. Raises DiagramFileRefused."""
    if source == SHIPPED:
        files: Mapping[str, bytes] = shared_files()
    else:
        version = office.db.get(DiagramVersion, int(source)) if _NUMBER.fullmatch(source) else None
        files = encode_files(version.files) if version else {}
    needed = called_files({n: c for n, c in files.items() if n != MAIN_FILE}, called)
    if not needed:
        words = _("在所选的来源里没有“{name}”。")
        raise DiagramFileRefused(words.format(name=called[:80]))
    return {name: content.decode() for name, content in needed.items()}


def _all(office: Office) -> Iterator[tuple[Source, Called]]:
    shipped = Source(SHIPPED, _("随程序提供"))
    yield from ((shipped, one) for one in _shipped())
    query = select(DiagramVersion).options(defer(DiagramVersion.files))
    newest = query.order_by(DiagramVersion.id.desc()).limit(MOST_VERSIONS)
    for version in office.db.scalars(newest):
        words = _("{matter} 第 {number} 版")
        matter = office.matters.get(version.matter, version.matter)
        label = words.format(matter=matter, number=version.number)
        for one in _of_version(office, version):
            yield Source(str(version.id), label), one


_read: dict[str, tuple[Called, ...]] = {}
"""By the digest of a version, which never changes."""


def _of_version(office: Office, version: DiagramVersion) -> tuple[Called, ...]:
    if version.sha256 not in _read:
        files = encode_files(version.files)
        _read[version.sha256] = tuple(_callables_in(files))
    return _read[version.sha256]


@lru_cache(maxsize=1)
def _shipped() -> tuple[Called, ...]:
    return tuple(_callables_in(shared_files()))


def _callables_in(files: Mapping[str, bytes]) -> Iterator[Called]:
    shared = {name: content for name, content in files.items() if name != MAIN_FILE}
    for name, content in sorted(shared.items()):
        for id, words in named_in(content).items():
            digest = files_digest(called_files(shared, id))
            yield Called(id, words, name, name.endswith(".dmn"), digest)
