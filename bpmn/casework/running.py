"""Moving a case: load its diagram and state, take one engine step, write down what came of it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from gettext import gettext as _
from threading import Lock

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import undefer

from bpmn import engine
from bpmn.casework.claims import release_unused_claims
from bpmn.casework.drafts import forget_drafts
from bpmn.casework.opening import new_case, routing_variables
from bpmn.casework.owning import owner_of
from bpmn.casework.timing import follow_clocks, host_for, task_due, wake_at
from bpmn.diagram import Diagram, UserTask, encode_files, read_diagram
from bpmn.errors import CaseNotFound, DiagramFault, TaskNotFound
from bpmn.office import Office
from bpmn.operations.clocks import ledger_of
from bpmn.operations.following import take_requests
from bpmn.operations.ratings import ask_for_rating
from bpmn.operations.trail import opening_facts, record
from bpmn.operations.writing import add_row, together
from models import Case, ClockEntry, DiagramVersion, Task
from models.calendar import legal_date

CACHED_VERSIONS = 64
MOST_TIMERS = 200
"""Timers that fire one after another before anyone acts; more means a loop of the diagram."""

Stepper = Callable[["LoadedDiagram", bytes, engine.Host], engine.Step]


@dataclass(frozen=True)
class LoadedDiagram:
    """A deployed version, parsed: once per version and process."""

    version_id: int
    compiled: engine.CompiledDiagram
    words: Diagram


_loaded: OrderedDict[int, tuple[str, LoadedDiagram]] = OrderedDict()
_lock = Lock()


def _locking(query: Select[Case]) -> Select[Case]:
    # key_share: whoever writes a row that names this case need not wait for it.
    return (
        query.options(undefer(Case.state))
        .with_for_update(key_share=True, of=Case)
        .execution_options(populate_existing=True)
    )


# Built once: building a statement costs more than running it.
_CASE = _locking(select(Case).where(Case.id == bindparam("case_id")))
_CASE_OF_TASK = _locking(
    select(Case).where(Task.id == bindparam("task_id"), Task.case_id == Case.id)
)


def load_diagram(office: Office, version_id: int, sha256: str | None = None) -> LoadedDiagram:
    """The parsed diagram of a version; versions never change, so the cache never goes stale."""
    with _lock:
        found = _loaded.get(version_id)
        if found is not None and sha256 in (None, found[0]):
            _loaded.move_to_end(version_id)
            return found[1]
    version = office.db.get_one(DiagramVersion, version_id)
    compiled = engine.compile_diagram(encode_files(version.files))
    loaded = LoadedDiagram(version_id, compiled, words_of(compiled))
    with _lock:
        _loaded[version_id] = (version.sha256, loaded)
        while len(_loaded) > CACHED_VERSIONS:
            _loaded.popitem(last=False)
    return loaded


@lru_cache(maxsize=CACHED_VERSIONS)
def words_of(compiled: engine.CompiledDiagram) -> Diagram:
    """What a compiled diagram says; the engine gives one object for the same files."""
    return read_diagram(compiled.files)


def forget_diagrams() -> None:
    """Forget which version has which number: another database may give it to another one."""
    with _lock:
        _loaded.clear()


def lock_case(office: Office, case_id: int) -> Case:
    """The case with its engine state, held against other writers until the transaction ends."""
    case = office.db.scalar(_CASE, {"case_id": case_id})
    if case is None:
        raise CaseNotFound(str(case_id))
    return case


def lock_case_of(office: Office, task_id: int) -> Case:
    """The same, by one of its tasks. Raises TaskNotFound."""
    case = office.db.scalar(_CASE_OF_TASK, {"task_id": task_id})
    if case is None:
        raise TaskNotFound(str(task_id))
    return case


def start_case(office: Office, case: Case) -> None:
    """Take a written case to its first tasks."""
    loaded = load_diagram(office, case.diagram_version_id)
    with together(office):
        record(office, case, "opened", **opening_facts(office, case))
        step = engine.start(loaded.compiled, routing_variables(case), host_for(office, case))
        project(office, case, loaded.words, step)


def advance(office: Office, case: Case, take: Stepper) -> engine.Step:
    """Take one engine step on a locked case, after the timers that are due, and project it."""
    fire_due(office, case)
    return _advance(office, case, take)


def fire_due(office: Office, case: Case) -> bool:
    """Let the timers that are due fire in their order, each at its own legal moment.

    So nothing that a late worker does, or a person before it, changes a date of the law. False
    when none was due.
    """
    fired = False
    for _round in range(MOST_TIMERS):
        case.wake_at = wake_at(office, case)
        if case.wake_at is None or case.wake_at > office.now:
            return fired
        then = replace(office, actor=None, legal_at=case.wake_at)
        with together(office):
            record(then, case, "woken", due=legal_date(case.wake_at).isoformat())
            _advance(then, case, lambda one, state, host: engine.wake(one.compiled, state, host))
        fired = True
    raise DiagramFault(None, _("定时器不停触发"))


def _advance(office: Office, case: Case, take: Stepper) -> engine.Step:
    loaded = load_diagram(office, case.diagram_version_id)
    # All that the step's operations write goes out together at its end, in few statements; an
    # operation that reads what another has just written flushes first.
    with office.db.no_autoflush, together(office):
        step = take(loaded, case.state, host_for(office, case))
        project(office, case, loaded.words, step)
        _start_requested(office, case)
    return step


def _start_requested(office: Office, origin: Case) -> None:
    """Open the cases that the step's operations asked for, in the same transaction."""
    for facts in take_requests(office):
        case = new_case(office, unit=origin.unit, origin_id=origin.id, **facts)
        office.db.add(case)
        office.db.flush()  # its number is a routing variable, its id is named by its rows
        start_case(office, case)


def project(office: Office, case: Case, diagram: Diagram, step: engine.Step) -> None:
    """Write the step's state on the case and its open and closed tasks on the worklist."""
    case.state, case.wake_at = step.state, step.wake_at
    case.wake_fixed_at, case.wake_clocks = step.fixed_at, " ".join(step.clocks)
    if step.ended is not None:
        case.closed_at, case.ended = office.now, step.ended
        office.db.flush()  # a closed case's dossier no longer holds anything
        release_unused_claims(office, case.unit_id)
        ask_for_rating(office, case)
    _withdraw_tasks(office, case, step)
    follow_clocks(office, case)
    opened = [(diagram.user_tasks[task.element], task.id) for task in step.opened]
    ledger = ledger_of(office, case) if any(words.clock for words, _id in opened) else []
    for words, engine_id in opened:
        _open_task(office, case, words, engine_id, ledger)


def _withdraw_tasks(office: Office, case: Case, step: engine.Step) -> None:
    gone = [closed.id for closed in step.closed if not closed.completed]
    if not gone:
        return
    closed = office.db.scalars(
        update(Task)
        .where(Task.case_id == case.id, Task.engine_id.in_(gone), Task.closed_at.is_(None))
        .values(closed_at=office.now)
        .returning(Task.id)
    )
    forget_drafts(office, closed)


def _open_task(
    office: Office, case: Case, words: UserTask, engine_id: str, ledger: list[ClockEntry]
) -> None:
    add_row(
        office,
        Task,
        case_id=case.id,
        engine_id=engine_id,
        element=words.element,
        name=words.name,
        form=words.form,
        role=words.role,
        **owner_of(office, case, words),
        clock=words.clock or "",
        days=words.days,
        opened_at=office.now,
        due_at=task_due(office, words.clock or "", words.days, office.now, ledger),
    )
