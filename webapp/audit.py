"""The audit trail, for those who read it and change nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import Select, func, select
from werkzeug.datastructures import MultiDict

from bpmn.casework.running import load_diagram
from bpmn.office import Office
from bpmn.operations.trail import OFFICE_STREAM
from forms.fields import read_date
from models import Authority, Case, Event
from models.calendar import OFFICE_ZONE
from webapp.event_words import detail_words, event_kinds, event_word
from webapp.offices import reading
from webapp.security import allow
from webapp.trail import verify_streams

blueprint = Blueprint("audit", __name__)
PAGE_SIZE = 50
COUNT_LIMIT = 1000
FILTERS = ("stream", "actor", "kind", "since", "until")


@dataclass(frozen=True)
class Wanted:
    """What is asked for; days are the office's, both included."""

    stream: str
    actor: str
    kind: str
    since: date | None
    until: date | None


@blueprint.get("/audit")
@allow("auditor")
def index() -> Any:
    """Events, the newest first, by stream, person, kind and day."""
    wanted = read_wanted(request.args)
    query = _query(wanted)
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    with reading() as office:
        some = query.order_by(None).limit(COUNT_LIMIT).subquery()
        count = office.db.scalar(select(func.count()).select_from(some)) or 0
        pages = max(1, -(-count // PAGE_SIZE))
        page = min(max(request.args.get("page", 1, type=int), 1), pages)
        events = office.db.scalars(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
        return render_template(
            "audit/index.html",
            events=events,
            wanted=wanted,
            count=count,
            cut=count == COUNT_LIMIT,
            page=page,
            pages=pages,
            url_of=lambda number: url_for("audit.index", **kept, page=number),
            word=event_word,
            kinds=event_kinds(),
            details=_details(office, events),
            office_stream=OFFICE_STREAM,
        )


@blueprint.get("/audit/verify")
@allow("auditor")
def verify() -> Any:
    """Check the chain of one stream, or of all."""
    stream = request.args.get("stream", "").strip()[:24]
    with reading() as office:
        checked = verify_streams(office, stream)
    return render_template(
        "audit/verify.html",
        checked=checked,
        stream=stream,
        word=event_word,
        nav_here="audit.index",
    )


def read_wanted(args: MultiDict[str, str]) -> Wanted:
    """The filters of an address; what cannot be read counts as not asked."""

    def text(name: str) -> str:
        return args.get(name, "").strip()[:60]

    return Wanted(
        stream=text("stream"),
        actor=text("actor"),
        kind=text("kind"),
        since=_day(text("since")),
        until=_day(text("until")),
    )


def _query(wanted: Wanted) -> Select[Event]:
    query = select(Event).order_by(Event.id.desc())
    if wanted.stream:
        query = query.where(Event.stream == wanted.stream)
    if wanted.actor:
        query = query.where(Event.actor_name.contains(wanted.actor))
    if wanted.kind:
        query = query.where(Event.kind == wanted.kind)
    if wanted.since:
        query = query.where(Event.at >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(Event.at < _midnight(wanted.until + timedelta(days=1)))
    return query


def _details(office: Office, events: Sequence[Event]) -> Callable[[Event], list[tuple[str, str]]]:
    """What an event says in words: an outcome has the label that its case's diagram gives it."""
    streams = {event.stream for event in events}
    query = select(Case.number, Case.diagram_version_id).where(Case.number.in_(streams))
    versions = {row.number: row.diagram_version_id for row in office.db.execute(query)}
    kinds = {key: kind.name for key, kind in office.standard.certificate_types.items()}
    organs = {organ.code: organ.name for organ in office.db.scalars(select(Authority))}

    def outcomes(event: Event) -> dict[str, str]:
        element = event.detail.get("element")
        if not element or event.stream not in versions:
            return {}
        task = load_diagram(office, versions[event.stream]).words.user_tasks.get(element)
        return {one.value: one.label for one in task.outcomes} if task else {}

    def details(event: Event) -> list[tuple[str, str]]:
        known = {"certificate_type": kinds, "code": organs, "outcome": outcomes(event)}
        return detail_words(event.detail, known)

    return details


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except ValueError:
        return None
