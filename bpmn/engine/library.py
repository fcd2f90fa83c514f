"""Two functions of SpiffWorkflow 3.2.0 done otherwise, with the same results.

* It compiles the text of an XPath anew at every element that it asks: a third of the time of
  parsing. Here each is compiled once.
* It foresees what may come by recursion, a call for each step: a diagram of 1,000 steps one after
  another could be compiled, and its cases not be opened.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.node_parser import DEFAULT_NSMAP, NodeParser
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.spiff.parser import task_spec
from SpiffWorkflow.util.task import TaskState

from bpmn.engine.size import MAX_ELEMENTS

MOST_KEPT = 512
"""Some paths hold an id of the diagram, so that there is no end of them."""


def install() -> None:
    """Put them in the place of the library's own; doing it again changes nothing."""
    NodeParser._xpath = _of_parser
    task_spec.xpath_eval = _evaluator
    TaskSpec._predict = _predict


def _of_parser(self: Any, node: Any, xpath: str) -> Any:
    return _evaluate(node, self.nsmap, xpath)


def _evaluator(node: Any, extra_ns: Mapping[str, str] | None = None) -> Callable[[str], Any]:
    return partial(_evaluate, node, {**DEFAULT_NSMAP, **(extra_ns or {})})


def _evaluate(node: Any, namespaces: Mapping[str, str], path: str) -> Any:
    return _compiled(path, tuple(namespaces.items()))(node)


@lru_cache(maxsize=MOST_KEPT)
def _compiled(path: str, namespaces: tuple[tuple[str, str], ...]) -> etree.XPath:
    return etree.XPath(path, namespaces=dict(namespaces))


def _predict(
    self: Any,
    my_task: Any,
    _seen: object = None,
    looked_ahead: int = 0,
    mask: int = TaskState.PREDICTED_MASK,
) -> None:
    """In the library's order, so that its tasks get the same numbers.

    What it has `seen` it never finds again: it looks for tasks in a list of their specs. No way
    without a circle is longer than all elements; `grammar` refuses what would circle.
    """
    waiting = [(my_task, looked_ahead)]
    while waiting:
        task, ahead = waiting.pop()
        if ahead > MAX_ELEMENTS:
            raise RecursionError(task.task_spec.name)
        spec = task.task_spec
        if task.has_state(mask):
            spec._predict_hook(task)
        if task.has_state(TaskState.DEFINITE_MASK) or ahead + 1 < spec.lookahead:
            children = (child for child in reversed(task.children) if child.has_state(mask))
            waiting += [(child, ahead + 1) for child in children]
