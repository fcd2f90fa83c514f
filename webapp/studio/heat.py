"""热力图: the diagram in force, with how often each step was taken and how long it lasted."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from bpmn.casework import load_diagram, newest_version
from bpmn.casework.heat import (
    Heat,
    HeatWanted,
    called_levels,
    heat_of,
    levels_of,
    months_of,
    organs_of,
)
from bpmn.casework.step_counting import counted_until
from bpmn.diagram import Diagram
from bpmn.drawing import Mark, State, draw
from bpmn.matters import MATTERS
from bpmn.office import Office
from models.step_counts import EVERY_ORGAN
from webapp.addresses import is_record_number
from webapp.offices import reading
from webapp.roles import ROLE_NAMES
from webapp.security import allow

blueprint = Blueprint("studio_heat", __name__)
USUAL = 2
"""Months of the period that is shown first, beside the newest."""
_STATES: tuple[State, ...] = ("heat1", "heat2", "heat3", "heat4", "heat5")


@blueprint.get("/admin/diagrams/<key>/heat")
@allow("admin")
def show(key: str) -> Any:
    """The steps that were closed in a period, by organ: on the diagram and in a list."""
    if key not in MATTERS:
        abort(404)
    with reading() as office:
        months = months_of(office, key)
        wanted = _wanted(office, key, months)
        heats = heat_of(office, wanted)
        words = load_diagram(office, newest_version(office, key).id).words
        return render_template(
            "studio/heat.html",
            matter=MATTERS[key],
            wanted=wanted,
            months=months,
            until=counted_until(office),
            organs=organs_of(office, key),
            heats=heats,
            on_diagram=words.user_tasks.keys(),
            pictures=_pictures(words, heats),
            roles=ROLE_NAMES,
            nav_here="admin.diagrams",
        )


def _wanted(office: Office, key: str, months: list[str]) -> HeatWanted:
    """What is asked for; the last months that have figures where nothing else is."""
    organ = request.args.get("organ", "")
    usual = months[: USUAL + 1]
    last = _month("last", months, usual[0] if usual else "")
    first = _month("first", months, usual[-1] if usual else "")
    number = int(organ) if is_record_number(organ) else EVERY_ORGAN
    return HeatWanted(key, min(first, last), max(first, last), number)


def _month(name: str, months: list[str], otherwise: str) -> str:
    chosen = request.args.get(name, "")
    return chosen if chosen in months else otherwise


def _pictures(words: Diagram, heats: list[Heat]) -> list[tuple[str, str, Markup]]:
    """(id, title, SVG) of each process that was entered, the top level first."""
    levels = called_levels(words, levels_of(heats))
    found = {heat.element: heat for heat in heats}
    marks = {
        element: Mark(_STATES[level - 1], badge=_badge(found.get(element)))
        for element, level in levels.items()
    }
    entered = [key for key, one in words.processes.items() if marks.keys() & one.nodes.keys()]
    shown = [words.main, *(key for key in entered if key != words.main)]
    links = {
        node.id: f"#heat-{node.calls}"
        for key in shown
        for node in words.processes[key].nodes.values()
        if node.calls in shown
    }
    return [(key, words.processes[key].name, _drawn(words, key, marks, links)) for key in shown]


def _drawn(
    words: Diagram, process: str, marks: Mapping[str, Mark], links: Mapping[str, str]
) -> Markup:
    # The drawing escapes every word of the diagram itself.
    return Markup(draw(words, process, marks, roles=ROLE_NAMES, links=links))  # noqa: S704


def _badge(heat: Heat | None) -> str:
    if heat is None:
        return ""
    words = _("{count} 次，九成 {ninetieth} 天")
    return words.format(count=heat.count, ninetieth=heat.ninetieth)
