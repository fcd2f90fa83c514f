"""The story of a case in the words of the page: items for the timeline, and for the data."""

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

from markupsafe import Markup

from bpmn.casework.story import Line
from webapp.filters import due_words, moment, moment_iso


def timeline_items(lines: Sequence[Line], *, anchors: bool = False) -> list[dict[str, Any]]:
    """What the timeline macro wants. With `anchors` the newest line of a step has its id."""
    newest = {line.element: place for place, line in enumerate(lines) if line.element}
    return [
        {
            "state": line.state,
            "title": f"{line.title}：{line.outcome}" if line.outcome else line.title,
            "meta": Markup("　").join(part for part in _meta(line) if part),
            "text": line.text,
            "id": f"step-{line.element}" if anchors and newest.get(line.element) == place else "",
        }
        for place, line in enumerate(lines)
    ]


def data_of(line: Line) -> dict[str, Any]:
    """A line as JSON; times in ISO 8601 with their zone."""
    return {
        "state": line.state,
        "title": line.title,
        "element": line.element,
        "organ": line.organ,
        "person": line.person or None,
        "since": moment_iso(line.since),
        "until": moment_iso(line.until) or None,
        "working_days": line.working_days,
        "outcome": line.outcome or None,
        "text": line.text or None,
        "due": moment_iso(line.due.at) or None if line.due else None,
    }


def _meta(line: Line) -> list[str]:
    who = [line.organ, line.person]
    if line.until is not None:
        used = _("用 {n} 个工作日").format(n=line.working_days) if line.working_days else ""
        return [*who, *map(_whole, (moment(line.until), used))]
    since = _("自 {since} 起").format(since=moment(line.since))
    due = str(due_words(line.due.days_left)) if line.due and line.due.at else ""
    return [*who, *map(_whole, (since, due))]


def _whole(words: str) -> str:
    """Not broken at the end of a line: a date has hyphens."""
    return Markup('<span class="nowrap">{}</span>').format(words) if words else ""
