"""The engine room: the only code that imports SpiffWorkflow.

A diagram is compiled once; a case is a few kB of bytes. Each step takes the bytes and returns new
ones with what opened, closed and waits. Nothing here knows a database, a person or a clock.
"""

from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.compiler import compile_diagram
from bpmn.engine.fitting import Finding
from bpmn.engine.known_runs import KnownRuns
from bpmn.engine.migration import Moved, is_at_rest, move
from bpmn.engine.position import Position, Token
from bpmn.engine.recording import (
    MESSAGE,
    OPERATION,
    PERSON,
    TIMER,
    Recorded,
    Recording,
    read_recording,
)
from bpmn.engine.replaying import Opened, Plan, StandIn, replay
from bpmn.engine.steps import cancel, complete, history, send, start, waiting_messages, wake
from bpmn.engine.values import CANCELLED, ClosedTask, Fired, Host, OpenedTask, Step, Visit

__all__ = [
    "CANCELLED",
    "MESSAGE",
    "OPERATION",
    "PERSON",
    "TIMER",
    "ClosedTask",
    "CompiledDiagram",
    "Finding",
    "Fired",
    "Host",
    "KnownRuns",
    "Moved",
    "Opened",
    "OpenedTask",
    "Position",
    "Plan",
    "Recorded",
    "Recording",
    "StandIn",
    "Step",
    "Token",
    "Visit",
    "cancel",
    "compile_diagram",
    "complete",
    "history",
    "is_at_rest",
    "move",
    "read_recording",
    "replay",
    "send",
    "start",
    "waiting_messages",
    "wake",
]
