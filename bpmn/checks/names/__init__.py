"""Every name in a diagram must mean something: forms, roles, operations, clocks, lanes, calls."""

from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _
from itertools import islice

from bpmn.checks.names.hands import check_hands
from bpmn.checks.names.near import Finding
from bpmn.checks.names.nodes import check_node
from bpmn.checks.names.parameters import check_parameters
from bpmn.checks.names.properties import check_properties
from bpmn.checks.names.timers import check_timer
from bpmn.checks.names.values import check_values
from bpmn.checks.speech import Speech
from bpmn.checks.vocabulary import Vocabulary, problem_at
from bpmn.diagram import Diagram, Node
from bpmn.errors import MOST_TOLD, Problem


def check_names(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    """What is unnamed, named twice, or names nothing that the office has.

    One more than MOST_TOLD at most: to look for what was meant instead takes its time.
    """
    for element, message, mend in islice(_found(diagram, words), MOST_TOLD + 1):
        yield problem_at(diagram, element, message, rule="names", mend=mend)


def _found(diagram: Diagram, words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    yield from _check_unique(diagram)
    yield from _check_given(diagram, words)
    yield from check_values(diagram, words)
    for process in diagram.processes.values():
        for node in process.nodes.values():
            yield from ((node.id, *finding) for finding in _check_node(diagram, node, words))


def _check_unique(diagram: Diagram) -> Iterator[tuple[str, str, str]]:
    ids = Counter(id for p in diagram.processes.values() for id in (*p.nodes, *p.flows))
    for element, count in ids.items():
        if count > 1:
            message = _("标识“{id}”用了 {count} 次").format(id=element, count=count)
            yield element, message, _("在其中一个文件里换一个没有用过的标识")


def _check_given(diagram: Diagram, words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """What the office says of a case, its number or its matter, no step may say otherwise."""
    speech = Speech(diagram, words.labels)
    for name in words.given.keys() & diagram.sets.keys():
        for element in diagram.sets[name]:
            message = _("{name}在办件新建时由系统给定，流程不能改写")
            yield element, message.format(name=speech.variable(name)), _("换一个变量名")


def _check_node(diagram: Diagram, node: Node, words: Vocabulary) -> Iterator[Finding]:
    yield from check_node(diagram, node, words)
    yield from check_properties(node)
    yield from check_timer(node, words)
    if node.id in diagram.user_tasks:
        yield from check_hands(diagram.user_tasks[node.id], words)
    if node.id in diagram.service_tasks:
        yield from check_parameters(diagram.service_tasks[node.id], words)
