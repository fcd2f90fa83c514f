"""What a drawing tells of one case: the state of each element, and how a state looks.

A state is told by colour, by line style and by a sign, so that none of them is needed alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from gettext import gettext as _
from typing import Literal

from bpmn.diagram import Diagram, Process

State = Literal[
    "done", "current", "returned", "skipped", "waiting",
    "heat1", "heat2", "heat3", "heat4", "heat5",
    "added", "removed", "changed",
]  # fmt: skip
"""What became of an element of a case; heat1 to heat5 how long it takes over many cases; added,
removed and changed what another version of the diagram has otherwise."""
Answers = Set[tuple[str | None, str | None]]
"""(variable, value) of what the steps of a case ended with."""
CHANGES: Mapping[State, str] = {
    "added": _("增加"),
    "removed": _("删去"),
    "changed": _("改动"),
}


@dataclass(frozen=True)
class Mark:
    """What happened to an element, and the words of its badge (may be empty).

    `count` is how often it was passed; of a returned one, how often it was returned to.
    """

    state: State
    count: int = 1
    badge: str = ""


@dataclass(frozen=True)
class Look:
    """Colours and lines of a state. `sign` is a path in a box from -5 to 5."""

    fill: str
    stroke: str
    text: str
    width: float
    dashes: str
    sign: str


PLAIN = Look("#ffffff", "#5b6673", "#1f2933", 1.5, "", "")

_BARS = ("M-4 3.5V1", "M-2 3.5V-.5", "M0 3.5V-2", "M2 3.5V-3", "M4 3.5V-4")


def _heat(bars: int, fill: str, stroke: str, text: str) -> Look:
    """The hotter, the thicker the line and the more bars the sign has."""
    return Look(fill, stroke, text, 1.3 + 0.35 * bars, "", "".join(_BARS[:bars]))


LOOKS: Mapping[State, Look] = {
    "done": Look("#eaf6ee", "#1f7a3d", "#12331d", 1.8, "", "M-4 0L-1 3.2L4 -3.2"),
    "current": Look("#e6f0fb", "#0b4f9e", "#082c58", 3, "", "M-2.6 -4L3.6 0L-2.6 4Z"),
    "waiting": Look("#fdf6df", "#7a5b00", "#3f3000", 2.2, "2 3", "M-3 -4H3L-3 4H3Z"),
    "returned": Look(
        "#fdefe4",
        "#b34700",
        "#5a2400",
        2.2,
        "7 3",
        "M4 3.5V-1A3 3 0 0 0 -2 -1V2M-4.4 -0.4L-2 2.6L0.4 -0.4",
    ),
    "skipped": Look("#f5f6f8", "#98a2ae", "#5f6975", 1.2, "3 4", "M-3.5 0H3.5"),
    "heat1": _heat(1, "#fffbe6", "#8a6d00", "#3f3000"),
    "heat2": _heat(2, "#ffefc2", "#8a5a00", "#3f2a00"),
    "heat3": _heat(3, "#ffdcae", "#9a4600", "#452000"),
    "heat4": _heat(4, "#ffc4ab", "#a33000", "#4a1600"),
    "heat5": _heat(5, "#ffaba8", "#a10f1f", "#4a0710"),
    "added": Look("#e3f4e8", "#17663a", "#0e3a21", 2.6, "", "M-4 0H4M0 -4V4"),
    "removed": Look(
        "#fbe6e4", "#a3201a", "#5c120e", 2.6, "7 3", "M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2"
    ),
    "changed": Look("#fff3d6", "#874800", "#4a2700", 2.6, "2 3", "M-4 1.2Q-2 -3.4 0 0T4 -1.2"),
}


def look_of(mark: Mark | None) -> Look:
    return PLAIN if mark is None else LOOKS[mark.state]


def state_words(mark: Mark) -> str:
    """The state in words: 已完成, 办理中（第 2 次）, 退回 1 次 …"""
    if mark.state == "returned":
        return _("退回 {count} 次").format(count=mark.count)
    words = {
        "done": _("已完成"),
        "current": _("办理中"),
        "waiting": _("等待中"),
        "skipped": _("未经过"),
        **CHANGES,
    }.get(mark.state) or _heat_words(mark)
    again = _("{words}（第 {count} 次）").format(words=words, count=mark.count)
    return again if mark.count > 1 and mark.state == "current" else words


def _heat_words(mark: Mark) -> str:
    return mark.badge or _("耗时第 {level} 级").format(level=mark.state[-1])


def sign_words(mark: Mark) -> str:
    """The number beside the sign of a returned step, where the badge says something else."""
    if mark.state != "returned" or not mark.badge:
        return ""
    return _("{count}次").format(count=mark.count)


def badge_words(mark: Mark) -> str:
    """What the badge under an element says; nothing for what is simply done or skipped."""
    if mark.badge:
        return mark.badge
    if mark.state == "current" and mark.count > 1:
        return _("再次办理")
    is_plain = mark.state in ("done", "skipped", *CHANGES) or mark.state.startswith("heat")
    return "" if is_plain else state_words(mark)


def flow_marks(
    diagram: Diagram, steps: Iterable[tuple[str, str]], answers: Answers = frozenset()
) -> dict[str, Mark]:
    """Marks for the sequence flows walked, from (element before, element after) pairs.

    Of several flows between the same two elements those count that lead on by an answer given:
    `answers` has the values that steps gave to variables.
    """
    walked, answered = set(steps), {variable for variable, _value in answers}
    flows = [flow for process in diagram.processes.values() for flow in process.flows.values()]
    between = Counter((flow.source, flow.target) for flow in flows)
    return {
        flow.id: Mark("done")
        for flow in flows
        if (pair := (flow.source, flow.target)) in walked
        and (
            between[pair] == 1
            or flow.variable not in answered
            or (flow.variable, flow.value) in answers
        )
    }


def summary(process: Process, marks: Mapping[str, Mark]) -> str:
    """One sentence per state for those who hear the drawing instead of seeing it."""
    told: dict[str, list[str]] = {}
    for node in process.nodes.values():
        mark = marks.get(node.id)
        if mark is not None and node.name and mark.state != "skipped":
            told.setdefault(state_words(mark), []).append(node.name)
    return "".join(f"{state}：{'、'.join(names)}。" for state, names in told.items())
