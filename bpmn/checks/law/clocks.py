"""The clocks of a diagram: which steps start, hold and end them, and what a limit may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from bpmn.checks.law.meaning import days_given, fault, values_given
from bpmn.checks.law.rules import Limit, Rules
from bpmn.diagram import Diagram, ServiceTask
from bpmn.errors import Problem

START, SUSPEND, RESUME, EXTEND, FINISH = "start", "suspend", "resume", "extend", "finish"
EVERY = "*"
"""In place of a clock: all that run."""


@dataclass(frozen=True)
class Sign:
    """What a step does to a clock; `fewest` and `most` are working days, None where unknown.

    `since` names the clock from whose start this one counts: its days are over when it starts.
    """

    what: str
    clock: str
    fewest: int | None = None
    most: int | None = None
    since: str = ""


def read_clocks(diagram: Diagram, rules: Rules) -> dict[str, Sign]:
    """What each service task does to a clock, by element."""
    found = {task.element: _sign(diagram, rules, task) for task in diagram.service_tasks.values()}
    return {element: sign for element, sign in found.items() if sign is not None}


def _sign(diagram: Diagram, rules: Rules, task: ServiceTask) -> Sign | None:
    held = rules.held_clocks.get(task.operation)
    if held is not None:
        ((what, clock),) = held.items()
        return Sign(what, clock)
    for what, operations in rules.clock_acts.items():
        if task.operation in operations:
            clock = _text(diagram, task.parameters.get("kind", ""))
            since = _text(diagram, task.parameters.get("since", ""))
            fewest, most = days_given(diagram, task.parameters.get("working_days", ""))
            return Sign(what, clock, fewest, most, since)
    return None


def _text(diagram: Diagram, expression: str) -> str:
    values = [value for value in values_given(diagram, expression) if isinstance(value, str)]
    return values[0] if len(values) == 1 else ""


def check_clocks(diagram: Diagram, rules: Rules) -> Iterator[Problem]:
    """Clocks that are given more than the law allows, or less than it grants."""
    for element, sign in read_clocks(diagram, rules).items():
        limit = rules.limits.get(sign.clock)
        message = _fault_of(sign, limit) if limit is not None else ""
        if limit is not None and message:
            yield fault(diagram, element, message, _mend(sign, limit))


def _fault_of(sign: Sign, limit: Limit) -> str:
    words: Mapping[str, object] = {"name": limit.name, "article": limit.cited, "days": sign.most}
    if sign.what == EXTEND and (sign.most is None or sign.most > limit.extension):
        text = _("{name}最多延长 {most} 个工作日，这里延长 {days} 个（{article}）")
        return text.format(most=limit.extension, **words)
    if sign.what != START:
        return ""
    if limit.most is not None and sign.most is None:
        return _("{name}没有写成确定的工作日数（{article}）").format(**words)
    if limit.most is not None and sign.most is not None and sign.most > limit.most:
        text = _("{name}不得超过 {most} 个工作日，这里是 {days} 个（{article}）")
        return text.format(most=limit.most, **words)
    if limit.least is not None and sign.fewest is not None and sign.fewest < limit.least:
        text = _("{name}不得少于 {least} 个工作日，这里是 {days} 个（{article}）")
        return text.format(least=limit.least, **{**words, "days": sign.fewest})
    return ""


def _mend(sign: Sign, limit: Limit) -> str:
    if sign.what == EXTEND:
        return _("把延长的工作日数改为不超过 {days}。").format(days=limit.extension)
    if limit.most is not None:
        return _("把工作日数改为不超过 {days}。").format(days=limit.most)
    return _("把工作日数改为不少于 {days}。").format(days=limit.least)
