"""What the studio's JSON addresses say: drafts, editors, problems, refusals."""

import time
from collections.abc import Iterable, Mapping
from gettext import gettext as _
from typing import Any

from bpmn.casework.drawing_up import Editor
from bpmn.casework.fitness import fitness_problems
from bpmn.casework.places import Places
from bpmn.errors import Move, Problem
from bpmn.office import Office
from webapp.filters import moment_iso
from webapp.offices import reading

RULES = {
    "files": _("文件"),
    "names": _("名称"),
    "graph": _("图形"),
    "soundness": _("走通性"),
    "law": _("法定要求"),
    "tables": _("决策表"),
}
"""What the families of problems are called."""


def problems_of(office: Office, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everything that keeps the files from going live, as JSON."""
    places = Places(files)
    return [_problem(one, places) for one in fitness_problems(office, files)]


def checked(files: Mapping[str, str]) -> dict[str, Any]:
    """The problems, and how many milliseconds it took to find them; for after a transaction."""
    begun = time.perf_counter()
    with reading() as office:
        problems = problems_of(office, files)
    return {"problems": problems, "checked_ms": round((time.perf_counter() - begun) * 1000)}


def editors_in_json(editors: Iterable[Editor]) -> list[dict[str, Any]]:
    return [{"name": one.name, "seen_at": moment_iso(one.seen_at), "me": one.me} for one in editors]


def _problem(one: Problem, places: Places) -> dict[str, Any]:
    process, drawn_in = places.of(one.element)
    file = one.file or drawn_in
    return {
        "rule": one.rule,
        "rule_label": RULES.get(one.rule, RULES["files"]),
        "element": one.element,
        "process": process,
        "file": file,
        "place": places.words(file, one.element),
        "line": one.line,
        "message": one.message,
        "mend": one.mend,
        "undecided": one.undecided,
        "run": [_move(move, places) for move in one.run],
    }


def _move(one: Move, places: Places) -> dict[str, Any]:
    process, file = places.of(one.element)
    return {
        "element": one.element,
        "process": process,
        "file": file,
        "flow": one.flow,
        "words": one.words,
        "tokens": list(one.tokens),
    }
