"""What the tables of one-fault diagrams share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpmn.checks import OperationWords, Vocabulary
from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    end,
    gateway,
    message,
    start,
    timer,
)

WORDS = Vocabulary(
    forms=frozenset(),
    roles=frozenset(),
    operations={
        "note": OperationWords({}, {}),
        "toss": OperationWords({}, {"side": ("heads", "tails")}),
        "say": OperationWords({"what": ("str", True)}, {"said": ("=what",)}),
        "fetch": OperationWords({}, {"text": ()}),
    },
    clocks=frozenset({"answer"}),
    lanes={},
    given={"kind": ("small", "large"), "people": (), "free": ()},
    messages={"stop": {"stop": ("withdrawn", "ended")}, "call": {}},
)
FORK, MEET = gateway("fork", "parallel"), gateway("meet", "parallel")
ENDS = start() + end()
REMINDER = boundary("remind", "a", timer('due("answer")'), interrupting=False)
LATE = boundary("late", "a", timer('due("answer")'))
STOPPED = boundary("stopped", "a", message("stop"))


@dataclass(frozen=True)
class Fault:
    """A body with one fault; `run` are the elements that act in the run that shows it."""

    body: str
    element: str
    said: str
    run: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def files_of(body: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"diagram.bpmn": bpmn("main", body, "stop call"), **files}
