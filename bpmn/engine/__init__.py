"""The engine room: the only code that imports SpiffWorkflow.

A diagram is compiled once; a case is a few kB of bytes. Each step takes the bytes and returns new
ones with what opened, closed and waits. Nothing here knows a database, a person or a clock.
"""

from bpmn.engine.codec import CompiledDiagram
from bpmn.engine.compiler import compile_diagram
from bpmn.engine.steps import cancel, complete, history, send, start, waiting_messages, wake
from bpmn.engine.values import CANCELLED, ClosedTask, Host, OpenedTask, Step, Visit

__all__ = [
    "CANCELLED",
    "ClosedTask",
    "CompiledDiagram",
    "Host",
    "OpenedTask",
    "Step",
    "Visit",
    "cancel",
    "compile_diagram",
    "complete",
    "history",
    "send",
    "start",
    "waiting_messages",
    "wake",
]
