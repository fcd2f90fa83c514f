"""Asking about all closed cases of a matter: which cases, on which diagram, assuming what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bpmn.casework.stand_in import Assumption
from bpmn.office import Office
from models import Case, Replay
from models.calendar import end_of_day
from models.replays import CONFORMANCE, DROPPED, RUNNING, WHAT_IF

MOST = 20_000
"""Cases of one question unless the administrator asks for more: the newest."""


@dataclass(frozen=True)
class Wanted:
    """Which closed cases: those closed from `since` to `until`, inclusive; 0 for every organ."""

    matter: str
    since: date
    until: date
    authority_id: int = 0
    most: int = MOST


def ask_what_if(
    office: Office,
    wanted: Wanted,
    files: Mapping[str, str],
    assumptions: Mapping[str, Assumption],
    **named: str,
) -> Replay:
    """Have the closed cases played on a diagram. `named`: its title, source and sha256."""
    assumed = {key: [one.days, one.outcome] for key, one in assumptions.items()}
    return _ask(office, WHAT_IF, wanted, {"assumptions": assumed}, files=dict(files), **named)


def ask_conformance(office: Office, wanted: Wanted) -> Replay:
    """Have each closed case held against its own diagram."""
    return _ask(office, CONFORMANCE, wanted, {})


def _ask(office: Office, kind: str, wanted: Wanted, more: dict[str, Any], **named: Any) -> Replay:
    closed = (
        office.db.scalar(select(func.count()).select_from(Case).where(*closed_cases(wanted))) or 0
    )
    replay = Replay(
        kind=kind,
        matter=wanted.matter,
        asked={
            "since": wanted.since.isoformat(),
            "until": wanted.until.isoformat(),
            "authority_id": wanted.authority_id,
            "most": wanted.most,
            **more,
        },
        total=min(closed, wanted.most),
        closed=closed,
        found={},
        created_at=office.now,
        created_by=office.actor_id,
        **named,
    )
    office.db.add(replay)
    office.db.flush()  # its number is the address of its page
    return replay


def drop_replay(office: Office, replay_id: int) -> None:
    """Stop one that is under way; what it has found stays readable."""
    replay = office.db.get_one(Replay, replay_id, with_for_update=True)
    if replay.status == RUNNING:
        replay.status, replay.finished_at = DROPPED, office.now


def replays_under_way() -> Select[int]:
    """The query for the ids of the replays that want a batch."""
    return select(Replay.id).where(Replay.status == RUNNING)


def wanted_of(replay: Replay) -> Wanted:
    asked = replay.asked
    since, until = (date.fromisoformat(asked[key]) for key in ("since", "until"))
    return Wanted(replay.matter, since, until, asked["authority_id"], asked["most"])


def assumptions_of(replay: Replay) -> dict[str, Assumption]:
    return {key: Assumption(*one) for key, one in replay.asked.get("assumptions", {}).items()}


def closed_cases(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions of these cases."""
    conditions = [
        Case.matter == wanted.matter,
        Case.closed_at > end_of_day(wanted.since - timedelta(days=1)),
        Case.closed_at <= end_of_day(wanted.until),
    ]
    if wanted.authority_id:
        conditions.append(Case.authority_id == wanted.authority_id)
    return conditions
