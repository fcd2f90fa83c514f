"""比较: any two versions of a matter's diagram, or a version and what is to take its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, render_template, request
from sqlalchemy import select

from bpmn.casework.drawing_up import find_diagram_draft
from bpmn.comparison import Comparison
from bpmn.drawing import CHANGES
from bpmn.drawing.marks import LOOKS
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import DiagramProposal, DiagramVersion
from webapp.addresses import record_number
from webapp.offices import reading
from webapp.security import allow
from webapp.studio.changes import Part, changes_between, link_to, parts_of

blueprint = Blueprint("studio_comparison", __name__)
VERSIONS_OFFERED = 50
"""The newest; an older one is still found by its number in the address."""


@dataclass(frozen=True)
class _Chosen:
    """What is compared: an old version, and a newer one or the files that somebody drew.

    `drawn` says what these are, empty for a version; `asked` is how the address names them.
    """

    old: DiagramVersion
    new: Mapping[str, str]
    number: int
    drawn: str = ""
    asked: tuple[str, int] | None = None


@blueprint.get("/admin/diagrams/<key>/compare")
@allow("admin")
def show(key: str) -> Any:
    """Both drawn side by side, and every change in words.

    `old` and `new` are numbers of versions; instead of `new` there may be a `draft` or a
    `proposal`, whose base is the old one unless `old` says otherwise.
    """
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        offered = _offered(office, key)
        chosen = _chosen(office, key, offered)
        told = _told(chosen)
        page = render_template(
            "studio/comparison.html",
            matter=MATTERS[key],
            offered=offered,
            chosen=chosen,
            comparison=told[0] if told else None,
            parts=told[1] if told else [],
            link_to=link_to,
            legend=[(state, words, LOOKS[state]) for state, words in CHANGES.items()],
            nav_here="admin.diagrams",
        )
        return page, 200 if told else 422


def _told(chosen: _Chosen) -> tuple[Comparison, list[Part]] | None:
    """What differs; None for a draft whose drawing has places that are no numbers."""
    old = chosen.old.files
    try:
        comparison = changes_between(old, chosen.new)
        return comparison, parts_of(comparison, old, chosen.new)
    except ValueError:
        return None


def _offered(office: Office, key: str) -> Sequence[int]:
    """The numbers of the newest versions."""
    query = select(DiagramVersion.number).where(DiagramVersion.matter == key)
    newest_first = query.order_by(DiagramVersion.number.desc())
    return office.db.scalars(newest_first.limit(VERSIONS_OFFERED)).all() or abort(404)


def _chosen(office: Office, key: str, offered: Sequence[int]) -> _Chosen:
    """What the address asks for; without a word the newest version and the one before it."""
    draft, proposal = (request.args.get(n, type=record_number) for n in ("draft", "proposal"))
    if draft is not None:
        drawn = find_diagram_draft(office, draft)
        return _with_drawn(office, key, drawn, _("草稿“{title}”").format(title=drawn.title),
                           ("draft", draft))  # fmt: skip
    if proposal is not None:
        sent = office.db.get(DiagramProposal, proposal) or abort(404)
        return _with_drawn(office, key, sent, _("部署申请"), ("proposal", proposal))
    new = _version(office, key, request.args.get("new", offered[0], type=record_number))
    before = max((one for one in offered if one < new.number), default=new.number)
    old = _version(office, key, request.args.get("old", before, type=record_number))
    return _Chosen(old, new.files, new.number)


def _with_drawn(
    office: Office, key: str, drawn: Any, words: str, asked: tuple[str, int]
) -> _Chosen:
    """A draft or proposal of the matter beside a version."""
    if drawn.matter != key:
        abort(404)
    base = office.db.get_one(DiagramVersion, drawn.base_version_id)
    old = _version(office, key, request.args.get("old", base.number, type=record_number))
    return _Chosen(old, drawn.files, 0, words, asked)


def _version(office: Office, key: str, number: int) -> DiagramVersion:
    query = select(DiagramVersion).where(
        DiagramVersion.matter == key, DiagramVersion.number == number
    )
    return office.db.scalar(query) or abort(404)
