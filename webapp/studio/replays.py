"""推演: a matter's closed cases played on another diagram, and what would have been different."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from bpmn.casework.heat import organs_of
from bpmn.casework.replay_asking import (
    MOST,
    ask_what_if,
    assumptions_of,
    drop_replay,
    wanted_of,
)
from bpmn.casework.replay_course import Course
from bpmn.casework.replay_figures import read_figures
from bpmn.casework.replay_paths import PathStep, first_difference
from bpmn.casework.replay_runs import compare_case
from bpmn.casework.replaying import (
    CLOSED,
    ClosedCase,
    course_of_files,
    course_of_version,
    read_closed,
)
from bpmn.diagram import UserTask
from bpmn.errors import DiagramRejected
from bpmn.matters import MATTERS
from bpmn.office import Office
from models import Case, Replay
from models.replays import WHAT_IF
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.roles import ROLE_NAMES
from webapp.security import allow
from webapp.studio.replay_form import (
    Asked,
    assumed_by,
    files_of,
    new_steps,
    targets_of,
    wanted_by,
)
from webapp.studio.replay_words import assumed_of, procedures_of, steps_by_role

blueprint = Blueprint("studio_replays", __name__)


@blueprint.get("/admin/diagrams/<key>/replay")
@allow("admin")
def index(key: str) -> Any:
    """What can be asked, and what was asked before."""
    _require_matter(key)
    with reading() as office:
        draft = request.args.get("draft", "")  # as the editor's pages address it
        typed = {"target": f"draft-{draft}"} if draft else {}
        return _index(office, key, Asked({**request.args.to_dict(), **typed}))


@blueprint.post("/admin/diagrams/<key>/replay")
@allow("admin")
def begin(key: str) -> Any:
    """开始推演."""
    _require_matter(key)
    asked = Asked(request.form)
    with transaction() as office:
        found = files_of(office, key, asked.text("target"))
        if found is None:
            asked.wrong["target"] = _("请选择要推演的流程图。")
            return _index(office, key, asked), 422
        files, sha256 = found
        try:
            course_of_files(files)
        except DiagramRejected as rejected:
            first = rejected.problems[0].message if rejected.problems else str(rejected)
            told = _("这张流程图还不能运行：{problem}先在“编辑”里改好再推演。")
            asked.wrong["target"] = told.format(problem=first)
            return _index(office, key, asked), 422
        wanted = wanted_by(office, key, asked)
        assumptions = assumed_by(asked, new_steps(office, key, files))
        if asked.wrong:
            return _index(office, key, asked), 422
        named = {"source": asked.text("target"), "sha256": sha256}
        title = _title(office, key, named["source"])
        replay = ask_what_if(office, wanted, files, assumptions, title=title, **named)
        return redirect(url_for("studio_replays.show", key=key, replay_id=replay.id), 303)


@blueprint.get("/admin/diagrams/<key>/replays/<int:replay_id>")
@allow("admin")
def show(key: str, replay_id: int) -> Any:
    """How far it has come, and what it has found."""
    with reading() as office:
        replay = _find(office, key, replay_id)
        words = course_of_files(replay.files or {}).words
        return render_template(
            "studio/replay.html",
            matter=MATTERS[key],
            replay=replay,
            wanted=wanted_of(replay),
            answer=read_figures(replay.found),
            organ=dict(organs_of(office, key)).get(replay.asked["authority_id"], ""),
            assumed=assumed_of(replay, words),
            steps=steps_by_role(words),
            roles=ROLE_NAMES,
            nav_here="admin.diagrams",
        )


@blueprint.post("/admin/diagrams/<key>/replays/<int:replay_id>/stop")
@allow("admin")
def stop(key: str, replay_id: int) -> Any:
    """停止推演; what was found so far stays."""
    with transaction() as office:
        _find(office, key, replay_id)
        drop_replay(office, replay_id)
    flash(_("推演已停止，已有的结果仍可查看。"), "success")
    return redirect(url_for("studio_replays.show", key=key, replay_id=replay_id), 303)


@blueprint.get("/admin/diagrams/<key>/replays/<int:replay_id>/cases/<number>")
@allow("admin")
def compare(key: str, replay_id: int, number: str) -> Any:
    """One case: its path as it was beside its path as replayed."""
    with reading() as office:
        replay = _find(office, key, replay_id)
        known = Case.number == number, Case.matter == key, Case.closed_at.is_not(None)
        rows = office.db.execute(select(*CLOSED).where(*known)).all()
        if not rows:
            abort(404)
        (case,) = read_closed(office, rows)
        target = course_of_files(replay.files or {})
        compared = compare_case(office, case, target, assumptions_of(replay))
        before = compared.before.path
        after = compared.after.path if compared.after else []
        place = first_difference(before, after) if compared.after else None
        return render_template(
            "studio/replay_case.html",
            matter=MATTERS[key],
            replay=replay,
            number=number,
            compared=compared,
            sides=[_told(office, before, place), _told(office, after, place)],
            procedures=_procedures_on(office, case, target),
            roles=ROLE_NAMES,
            nav_here="admin.diagrams",
        )


def _index(office: Office, key: str, asked: Asked) -> str:
    targets = targets_of(office, key)
    chosen = asked.text("target") or (targets[0].source if targets else "")
    found = files_of(office, key, chosen)
    steps, procedures = _steps(office, key, found[0]) if found else ([], {})
    known = select(Replay).where(Replay.matter == key, Replay.kind == WHAT_IF)
    return render_template(
        "studio/replays.html",
        matter=MATTERS[key],
        asked=asked,
        targets=targets,
        chosen=chosen,
        wanted=wanted_by(office, key, Asked({})),
        steps=steps,
        procedures=procedures,
        organs=organs_of(office, key),
        found=page_of(office.db, known.order_by(Replay.id.desc()), 20),
        most=MOST,
        roles=ROLE_NAMES,
        nav_here="admin.diagrams",
    )


def _steps(
    office: Office, key: str, files: dict[str, str]
) -> tuple[list[UserTask], dict[str, str]]:
    """The new steps, and the procedure that each step is part of."""
    try:
        words = course_of_files(files).words
    except DiagramRejected:  # said when it is asked for
        return [], {}
    return new_steps(office, key, files), procedures_of(words)


def _procedures_on(office: Office, case: ClosedCase, target: Course) -> dict[str, str]:
    """The procedure of each step, on the case's own diagram and on the other one."""
    own = course_of_version(office, case.version_id)
    return procedures_of(own.words) | procedures_of(target.words)


def _told(office: Office, path: Any, place: int | None) -> list[tuple[PathStep, int, bool]]:
    """(step, working days, whether the two paths have parted by then)."""
    days = office.calendar.working_days_between
    return [
        (step, days(step.opened_at, step.closed_at), place is not None and number >= place)
        for number, step in enumerate(path)
    ]


def _find(office: Office, key: str, replay_id: int) -> Replay:
    _require_matter(key)
    replay = office.db.get(Replay, replay_id)
    if replay is None or replay.matter != key or replay.kind != WHAT_IF:
        abort(404)
    return replay


def _title(office: Office, key: str, source: str) -> str:
    return next((one.title for one in targets_of(office, key) if one.source == source), source)


def _require_matter(key: str) -> None:
    if key not in MATTERS:
        abort(404)
