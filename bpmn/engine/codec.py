"""A case in memory ⇄ a few kB: changes only, msgpack, zstd, led by the hash of its diagram.

Rows stand in the order the tasks were created, so a parent comes before its children and ids,
parents and times are small differences. A finished sub-process stays packed until the trace asks.
"""

import secrets
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgpack
import zstandard
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.specs import OfficeScriptEngine
from bpmn.engine.speed import SwiftSubWorkflow, SwiftTask, SwiftWorkflow
from bpmn.engine.values import Host
from bpmn.errors import StateMismatch

FORMAT = b"C1"
MAX_BYTES = 16_000_000
_HEAD = len(FORMAT) + 32
_NO_DATA = TaskState.PREDICTED_MASK | TaskState.FUTURE
_compressors = threading.local()


@dataclass(frozen=True, eq=False)
class CompiledDiagram:
    """A checked set of files, ready to run; `sha256` is the identity of the version.

    `operations` are the operation names its service tasks call, `files` what it was made of.
    """

    digest: bytes
    files: dict[str, bytes]
    spec: Any
    subprocess_specs: dict[str, Any]
    operations: frozenset[str]

    @property
    def sha256(self) -> str:
        """The hash of the files as hexadecimal text."""
        return self.digest.hex()

    @cached_property
    def numbering(self) -> dict[str, tuple[list[Any], dict[str, int]]]:
        """For each process: its task specs in the order of their names, and each name's place."""
        return {spec.name: _numbered(spec) for spec in [self.spec, *self.subprocess_specs.values()]}


def _numbered(spec: Any) -> tuple[list[Any], dict[str, int]]:
    names = sorted(spec.task_specs)
    places = {name: place for place, name in enumerate(names)}
    return [spec.task_specs[name] for name in names], places


def new_case(diagram: CompiledDiagram, host: Host) -> SwiftWorkflow:
    """A case that has not begun yet."""
    case = SwiftWorkflow(
        diagram.spec,
        diagram.subprocess_specs,
        OfficeScriptEngine(host),
        int((host.seen_at or host.now).timestamp() * 1_000_000),
    )
    case.prefix = secrets.token_hex(8)
    return case


def encode(diagram: CompiledDiagram, case: SwiftWorkflow) -> bytes:
    """The bytes to store. They can be decoded with the same diagram only."""
    active = []
    for parent_id, scope in list(case.subprocesses.items()):
        packed = _pack_scope(diagram, scope)
        if scope.completed:
            case.frozen[parent_id] = msgpack.packb(packed)
        else:
            active.append((parent_id, packed))
    frozen = list(case.frozen.items())
    whole = (case.prefix, case.last_id, case.now_us, _pack_scope(diagram, case), active, frozen)
    return FORMAT + diagram.digest + _compress(msgpack.packb(whole))


def decode(diagram: CompiledDiagram, state: bytes, host: Host) -> SwiftWorkflow:
    """The case as it was stored. Raises StateMismatch for another diagram's state."""
    if state[:_HEAD] != FORMAT + diagram.digest:
        raise StateMismatch
    try:
        packed = _decompress(state[_HEAD:])
        prefix, last_id, at, top, active, frozen = msgpack.unpackb(packed, strict_map_key=False)
    except (zstandard.ZstdError, ValueError) as fault:
        raise StateMismatch from fault
    case = new_case(diagram, host)
    case.prefix, case.last_id, case.frozen = prefix, last_id, dict(frozen)
    # Two steps at one moment, or a clock put back, must not mix their order in the trace.
    case.now_us = max(case.now_us, at)
    _unpack_scope(diagram, case, top)
    for parent_id, scope in active:
        _add_scope(diagram, case, parent_id, scope)
    return case


def thaw(diagram: CompiledDiagram, case: SwiftWorkflow) -> None:
    """Unpack the finished sub-processes too: for the trace, never for a step."""
    for parent_id in sorted(case.frozen):
        _add_scope(diagram, case, parent_id, msgpack.unpackb(case.frozen[parent_id]))
    case.frozen = {}


def _compress(data: bytes) -> bytes:
    if not hasattr(_compressors, "out"):
        _compressors.out = zstandard.ZstdCompressor(level=3, write_content_size=True)
        _compressors.back = zstandard.ZstdDecompressor()
    packed: bytes = _compressors.out.compress(data)
    return packed


def _decompress(data: bytes) -> bytes:
    _compress(b"")
    if zstandard.frame_content_size(data) > MAX_BYTES:
        raise StateMismatch
    unpacked: bytes = _compressors.back.decompress(data, max_output_size=MAX_BYTES)
    return unpacked


def _pack_scope(diagram: CompiledDiagram, scope: Any) -> list[Any]:
    places = diagram.numbering[scope.spec.name][1]
    tasks = list(scope.tasks.values())
    rows = {task.id: row for row, task in enumerate(tasks)}
    last_id = last_at = 0
    ids, parents, specs, states, times = [], [], [], [], []
    odd: list[tuple[int, int, Any, Any]] = []
    for row, task in enumerate(tasks):
        ids.append(task.id - last_id)
        times.append(task.last_state_change - last_at)
        last_id, last_at = task.id, task.last_state_change
        parents.append(row - rows[task._parent] if row else 0)
        specs.append(places[task.task_spec.name])
        states.append(task._state)
        _note_odd(odd, row, task)
    data = True if _is_last(scope) else scope.data
    last = rows[scope.last_task.id] if scope.last_task is not None else None
    return [scope.completed, scope.success, last, data, ids, parents, specs, states, times, odd]


def _is_last(scope: Any) -> bool:
    return scope.last_task is not None and bool(scope.data == scope.last_task.data)


def _note_odd(odd: list[tuple[int, int, Any, Any]], row: int, task: Any) -> None:
    """Add a row for a task that is triggered, has internal data, or data unlike its parent's."""
    expected = {} if task._state & _NO_DATA or not row else task.parent.data
    change = None if task.data is expected else _difference(expected, task.data)
    if change is not None or task.internal_data or task.triggered:
        odd.append((row, int(task.triggered), task.internal_data or None, change))


def _difference(old: dict[str, Any], new: dict[str, Any]) -> list[Any] | None:
    updates = {
        key: value
        for key, value in new.items()
        if key not in old or (old[key] is not value and not _is_same(old[key], value))
    }
    gone = [key for key in old if key not in new] if len(new) != len(old) + len(updates) else []
    return [updates, gone] if updates or gone else None


def _is_same(left: Any, right: Any) -> bool:
    # True == 1 in Python: without the type, a change of type only would be lost.
    return type(left) is type(right) and bool(left == right)


def _add_scope(diagram: CompiledDiagram, case: Any, parent_id: int, packed: list[Any]) -> None:
    parent = case.get_task_from_id(parent_id)
    spec = case.subprocess_specs[parent.task_spec.spec]
    scope = SwiftSubWorkflow(spec, parent_id, case)
    case.subprocesses[parent_id] = scope
    _unpack_scope(diagram, scope, packed)
    if not scope.completed:
        scope.completed_event.connect(parent.task_spec._on_subworkflow_completed, parent)


def _unpack_scope(diagram: CompiledDiagram, scope: Any, packed: list[Any]) -> None:
    completed, success, last, data, *columns, odd = packed
    specs = diagram.numbering[scope.spec.name][0]
    tasks: list[SwiftTask] = []
    exceptions = {row: rest for row, *rest in odd}
    task_id = at = 0
    for row, (id_step, back, place, state, at_step) in enumerate(zip(*columns, strict=True)):
        task_id += id_step
        at += at_step
        parent = tasks[row - back] if row else None
        task = _restore(scope, specs[place], parent, (task_id, state, at))
        if row in exceptions:
            _apply_odd(task, *exceptions[row])
        _own_data(scope, task)
        tasks.append(task)
    scope.completed, scope.success = completed, success
    scope.task_tree = tasks[0]
    scope.last_task = tasks[last] if last is not None else None
    scope.data = dict(scope.last_task.data) if data is True else data


def _restore(scope: Any, spec: Any, parent: Any, row: tuple[int, int, int]) -> SwiftTask:
    task = SwiftTask.__new__(SwiftTask)
    task.id, task._state, task.last_state_change = row
    task.workflow = scope
    task.task_spec = spec
    task._children = []
    task.triggered = False
    task.internal_data = {}
    task._parent = None
    task.data = {}
    if parent is not None:
        task._parent = parent.id
        parent._children.append(task.id)
        if not task._state & _NO_DATA:
            task.data = parent.data
    scope.tasks[task.id] = task
    return task


def _apply_odd(task: SwiftTask, triggered: int, internal: Any, change: Any) -> None:
    task.triggered = bool(triggered)
    task.internal_data = internal or {}
    if change is not None:
        updates, gone = change
        task.data = {k: v for k, v in task.data.items() if k not in gone} | updates


def _own_data(scope: Any, task: SwiftTask) -> None:
    """Finished tasks share their parent's data; the others get a copy, as the engine makes it."""
    if task._state & TaskState.FINISHED_MASK:
        return
    scope.unfinished[task.id] = task
    task.data = {
        key: value.copy() if isinstance(value, (dict, list)) else value
        for key, value in task.data.items()
    }
    if task._state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
        scope.top_workflow.event_manager.add_task(task)
