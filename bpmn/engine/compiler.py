"""Diagrams compiled once per version and process, and kept."""

import threading
from collections import OrderedDict
from collections.abc import Mapping

from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.joins import accelerate
from bpmn.engine.parser import digest_of, parse
from bpmn.engine.specs import OperationTask, reconnect

MAX_KEPT = 64
_kept: OrderedDict[bytes, CompiledDiagram] = OrderedDict()
_lock = threading.Lock()


def compile_diagram(files: Mapping[str, bytes], *, keep: bool = True) -> CompiledDiagram:
    """Check and compile a set of files (name → XML), `diagram.bpmn` being the top level.

    The others are called diagrams (.bpmn) and decision tables (.dmn). The same files give the same
    object, unless it is not to be kept: a draft that is only checked must not drive out what
    cases run on. Raises DiagramRejected with everything that is wrong.
    """
    digest = digest_of(files)
    with _lock:
        known = _kept.get(digest)
        if known is not None:
            _kept.move_to_end(digest)
            return known
    diagram = _compile(digest, files)
    if not keep:
        return diagram
    with _lock:
        _kept[digest] = diagram
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    return diagram


def _compile(digest: bytes, files: Mapping[str, bytes]) -> CompiledDiagram:
    parsed = parse(files)
    specs = [parsed.spec, *parsed.subprocess_specs.values()]
    reconnect(specs)
    accelerate(specs)
    operations = {
        task_spec.operation_name
        for spec in specs
        for task_spec in spec.task_specs.values()
        if isinstance(task_spec, OperationTask)
    }
    return CompiledDiagram(
        digest, dict(files), parsed.spec, parsed.subprocess_specs, frozenset(operations)
    )
