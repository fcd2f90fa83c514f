"""The clocks that timers follow. How a time is written is for the engine to say."""

import ast
from collections.abc import Iterator
from gettext import gettext as _

from bpmn.checks.names.near import Finding, unknown
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import Node
from bpmn.diagram.expressions import parse_expression

_CLOCK = _("时限")


def check_timer(node: Node, words: Vocabulary) -> Iterator[Finding]:
    """A clock that the office does not have never runs, and the case would wait for ever."""
    try:
        tree = parse_expression(node.timer or "None")
    except ValueError:
        return
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            clock = call.args[0] if call.func.id == "due" and call.args else None
            if isinstance(clock, ast.Constant):
                yield from unknown(_CLOCK, str(clock.value), words.clocks, words.labels.clocks)
