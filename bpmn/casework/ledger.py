"""The ledger of a case's clocks in words: what happened, by which article, and what it left.

Reads only. Every number here is a fold over the entries and the calendar as it is now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.clock_words import clock_word, last_day_words
from bpmn.office import Office
from models import CalendarChange, CalendarMove, Case, ClockEntry, Document
from models.calendar import end_of_day, legal_date
from models.clock import EXTEND, FINISH, RESUME, START, SUSPEND, Clock, days_used, fold_run

WORDS: Mapping[str, str] = {
    START: _("起算"),
    SUSPEND: _("中止"),
    RESUME: _("恢复"),
    EXTEND: _("延长"),
    FINISH: _("结束"),
}
LATE = timedelta(hours=1)
"""Written so much later than it happened in law, an entry says when it was written."""


@dataclass(frozen=True)
class LedgerLine:
    """One entry as told. `on` is the legal day, `last_day` what it leaves; empty while it stands.

    `used` and `left` are working days of the run after the entry; None where nothing is counted.
    """

    on: str
    what: str
    article: str
    reason: str
    paper: str
    used: int | None
    left: int | None
    last_day: str
    recorded_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class LedgerRun:
    """One run of one clock, from its start to now. `state` is normal, paused, overdue or closed."""

    name: str
    state: str
    working_days: int
    used: int
    left: int
    last_day: str
    lines: tuple[LedgerLine, ...]


def ledger_runs(office: Office, case: Case) -> list[LedgerRun]:
    """The runs of the case's clocks, in the order of their starts."""
    query = select(ClockEntry).where(ClockEntry.case_id == case.id).order_by(ClockEntry.id)
    runs = runs_in(office.db.scalars(query))
    newest = {run[0].clock: number for number, run in enumerate(runs)}
    papers, moves = _papers(office, case, runs), _moves(office, case)
    return [
        _run(office, run, papers, moves.get(run[0].clock, []) if newest[run[0].clock] == n else [])
        for n, run in enumerate(runs)
    ]


def runs_in(entries: Iterable[ClockEntry]) -> list[list[ClockEntry]]:
    """The entries of a ledger by the run of a clock that they belong to, in order of the starts."""
    runs: list[list[ClockEntry]] = []
    for entry in entries:
        if entry.kind == START:
            runs.append([entry])
            continue
        for run in reversed(runs):
            if run[0].clock == entry.clock:
                run.append(entry)
                break
    return runs


def _run(
    office: Office,
    run: Sequence[ClockEntry],
    papers: Sequence[Document],
    moves: Iterable[LedgerLine],
) -> LedgerRun:
    clock = fold_run(run, office.calendar)
    used = days_used(run, clock.finished_at or office.now, office.calendar)
    lines = [_line(office, run[: place + 1], papers) for place in range(len(run))]
    return LedgerRun(
        name=clock_word(clock.name),
        state=_state(office, clock),
        working_days=clock.working_days,
        used=used,
        left=clock.working_days - used,
        last_day=last_day_words(clock.due_at, office.calendar),
        lines=tuple(sorted([*lines, *moves], key=lambda line: line.at)),
    )


def _state(office: Office, clock: Clock) -> str:
    if clock.finished_at is not None:
        return "closed"
    if clock.due_at <= office.now:
        return "overdue"
    return "paused" if clock.suspended_at is not None else "normal"


def _line(office: Office, run: Sequence[ClockEntry], papers: Sequence[Document]) -> LedgerLine:
    """The last entry of a run so far, with what it left."""
    entry, clock = run[-1], fold_run(run, office.calendar)
    used = days_used(run, entry.at, office.calendar)
    late = entry.recorded_at is not None and entry.recorded_at - entry.at > LATE
    return LedgerLine(
        on=_on(entry.at),
        what=_what(entry, clock),
        article=entry.article,
        reason=entry.reason.rstrip("。"),
        paper=_number(entry, papers),
        used=used,
        left=clock.working_days - used,
        last_day="" if entry.kind == FINISH else last_day_words(clock.due_at, office.calendar),
        recorded_at=entry.recorded_at if late else None,
        at=entry.at,
    )


def _what(entry: ClockEntry, clock: Clock) -> str:
    """A clock that was finished at its end has run out; the work was done before it, or late."""
    if entry.kind != FINISH or entry.at < clock.due_at:
        return WORDS[entry.kind]
    return _("届满") if entry.at == clock.due_at else _("超期结束")


def _on(at: datetime) -> str:
    """The legal day; a moment at midnight is the end of the day before."""
    day = legal_date(at)
    return f"{day.isoformat()} 24:00" if end_of_day(day) == at else day.isoformat()


def _papers(office: Office, case: Case, runs: Iterable[Sequence[ClockEntry]]) -> list[Document]:
    kinds = {entry.paper for run in runs for entry in run if entry.paper}
    query = select(Document).where(Document.case_id == case.id, Document.kind.in_(kinds))
    return list(office.db.scalars(query.order_by(Document.id))) if kinds else []


def _number(entry: ClockEntry, papers: Sequence[Document]) -> str:
    """The number of the paper that told the unit: of its kind the one nearest in time."""
    written = entry.recorded_at or entry.at
    of_kind = [paper for paper in papers if paper.kind == entry.paper]
    nearest = min(of_kind, key=lambda paper: abs(paper.created_at - written), default=None)
    return nearest.number.split("/")[0] if nearest else ""


def _moves(office: Office, case: Case) -> dict[str, list[LedgerLine]]:
    """What changes of the calendar did to the case's clocks."""
    query = (
        select(CalendarMove, CalendarChange.title, CalendarChange.confirmed_at)
        .join(CalendarChange, CalendarChange.id == CalendarMove.change_id)
        .where(CalendarMove.case_id == case.id, CalendarChange.confirmed_at.is_not(None))
        .order_by(CalendarMove.id)
    )
    found: dict[str, list[LedgerLine]] = {}
    for move, title, confirmed_at in office.db.execute(query):
        if confirmed_at is not None:
            line = _moved(office, move, title, confirmed_at)
            found.setdefault(move.clock, []).append(line)
    return found


def _moved(office: Office, move: CalendarMove, title: str, at: datetime) -> LedgerLine:
    old, new = (last_day_words(due, office.calendar) for due in (move.old_due, move.new_due))
    reason = _("工作日历改动（{title}），最后一日由 {old} 改为 {new}")
    return LedgerLine(
        on=legal_date(at).isoformat(),
        what=_("重新计算"),
        article="",
        reason=reason.format(title=title, old=old or _("未定"), new=new or _("未定")),
        paper="",
        used=None,
        left=None,
        last_day=new,
        recorded_at=None,
        at=at,
    )
