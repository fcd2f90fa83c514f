"""The officers' work list: what waits for my roles at my organ, and what I have done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, g, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from bpmn.casework import load_diagram
from bpmn.casework.worklist import COUNT_LIMIT, Wanted, counters, done_tasks, open_tasks
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import DiagramVersion
from webapp.offices import reading
from webapp.security import OFFICERS, allow

blueprint = Blueprint("worklist", __name__)

VIEWS = ("all", "mine", "free")
DUES = ("", "overdue", "near", "none")
FILTERS = ("text", "element", "due", "view", "page")


@blueprint.get("/worklist")
@allow(*OFFICERS, "expert")
def index() -> Any:
    """待办任务: filters stay in the address, so that a visit to a task brings them back."""
    element = request.args.get("element", "")[:64]
    with reading() as office:
        g.now = office.now
        steps = _steps(office)
        wanted = replace(read_wanted(request.args), elements=_called_like(element, steps))
        return render_template(
            "worklist/index.html",
            page=open_tasks(office, wanted),
            wanted=wanted,
            counts={name: capped(count) for name, count in counters(office).items()},
            steps=steps,
            element=element,
            matters=MATTERS,
            kinds=office.standard.certificate_types,
            me=office.actor_id,
            here=urlencode(kept(request.args)),
            url_of=_url_of("worklist.index"),
            views=_views(wanted),
        )


@blueprint.get("/worklist/done")
@allow(*OFFICERS)
def done() -> Any:
    """已办: what I have completed, with what I decided."""
    with reading() as office:
        g.now = office.now
        page = done_tasks(office, request.args.get("page", 1, type=int))
        labels = {row.task_id: _outcome_label(office, row) for row in page.rows}
        return render_template(
            "worklist/done.html",
            page=page,
            labels=labels,
            matters=MATTERS,
            kinds=office.standard.certificate_types,
            url_of=_url_of("worklist.done"),
        )


def read_wanted(args: MultiDict[str, str]) -> Wanted:
    """The filters of an address; whatever it does not know counts as not asked."""
    text = args.get("text", "").strip()[:100]
    view, due = args.get("view", "all"), args.get("due", "")
    return Wanted(
        text=text,
        matters=tuple(m.key for m in MATTERS.values() if text and text in m.name),
        due=due if due in DUES else "",
        view=view if view in VIEWS else "all",
        page=args.get("page", 1, type=int),
    )


def kept(args: MultiDict[str, str]) -> dict[str, Any]:
    """The filters that are set, to be carried along."""
    return {key: args[key] for key in FILTERS if args.get(key)}


def worklist_url(carried: str) -> str:
    """The list as it was left; `carried` is its query, from a page of our own or from anybody."""
    known: dict[str, Any] = dict(parse_qsl(carried[:500]))
    return url_for("worklist.index", **{k: known[k] for k in FILTERS if k in known})


def capped(count: int) -> str:
    return f"{COUNT_LIMIT}+" if count > COUNT_LIMIT else str(count)


def _views(wanted: Wanted) -> list[dict[str, str]]:
    labels = {"all": _("全部待办"), "mine": _("我的"), "free": _("未认领")}
    asked = {key: value for key, value in kept(request.args).items() if key not in ("view", "page")}
    return [
        {"key": view, "label": labels[view], "url": url_for("worklist.index", view=view, **asked)}
        for view in VIEWS
    ]


def _url_of(endpoint: str) -> Any:
    asked = {key: value for key, value in kept(request.args).items() if key != "page"}
    return lambda page: url_for(endpoint, **asked, page=page)


def _steps(office: Office) -> dict[str, list[str]]:
    """Name -> elements of the steps of my roles, as the newest diagrams name them.

    Officers choose a step by its name: 复核 is one choice, whatever diagrams have one.
    """
    roles = office.actor.roles if office.actor else frozenset()
    newest: dict[str, tuple[int, str]] = {}
    query = select(DiagramVersion.matter, DiagramVersion.id, DiagramVersion.sha256)
    query = query.where(DiagramVersion.deployed_at.is_not(None)).order_by(DiagramVersion.number)
    for matter, version_id, sha256 in office.db.execute(query):
        newest[matter] = (version_id, sha256)
    found: dict[str, list[str]] = {}
    for version in newest.values():
        for task in load_diagram(office, *version).words.user_tasks.values():
            if task.role in roles and task.element not in found.setdefault(task.name, []):
                found[task.name].append(task.element)
    return found


def _called_like(element: str, steps: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The steps that an address asks for: the one it names and those of the same name."""
    alike = {one for elements in steps.values() if element in elements for one in elements}
    return tuple(sorted({element, *alike})) if element else ()


def _outcome_label(office: Office, row: Any) -> str:
    task = load_diagram(office, row.version_id).words.user_tasks.get(row.element)
    known = {outcome.value: outcome.label for outcome in task.outcomes} if task else {}
    return known.get(row.outcome, "")
