"""The use cases of the office. Each takes an Office, checks who may, and writes what came of it."""

import bpmn.casework.approval_form  # noqa: F401 — it gathers the facts of its paper
from bpmn.casework.attachments import StoredFile, attach_file, detach_file, find_attachment
from bpmn.casework.cases import (
    cases_to_wake,
    delete_case,
    find_case,
    next_wake,
    open_case,
    stop_case,
    wake_case,
)
from bpmn.casework.conflicts import idle_conflicts, open_conflict, settle_idle_conflict
from bpmn.casework.corrections import answer_correction, open_corrections
from bpmn.casework.diagrams import deploy_diagram
from bpmn.casework.dossiers import (
    add_row,
    applicant_task,
    change_row,
    find_page,
    find_row,
    remove_row,
    save_page,
)
from bpmn.casework.drafts import (
    NEW,
    Typing,
    UnsavedPlace,
    drop_draft,
    find_draft,
    keep_draft,
    place_of,
    unsaved_places,
)
from bpmn.casework.filling import known_facts, page_form
from bpmn.casework.former import held_before
from bpmn.casework.former_staff import (
    Transfer,
    former_staff_of,
    listed_digests,
    transfer_former_staff,
    why_not_shown,
)
from bpmn.casework.imports import (
    ReadRow,
    accept_import,
    correct_import,
    drop_import,
    find_import,
    keep_import,
    open_imports,
    read_import,
)
from bpmn.casework.many_rows import RowChange, remove_rows, write_rows
from bpmn.casework.objections import (
    Answer,
    answer_objections,
    find_objection,
    find_objection_file,
    object_to_notice,
    objections_of,
    state_in_notice,
)
from bpmn.casework.opening import newest_version
from bpmn.casework.papers import papers_of
from bpmn.casework.prerequisites import Offer, is_offered, offers_of, unmet_prerequisite
from bpmn.casework.progress import PageProgress, progress_of
from bpmn.casework.promotion import projects_left_out, promotion_problems_of
from bpmn.casework.rights import is_respondent, may_act, may_see_case, may_see_paper
from bpmn.casework.running import forget_diagrams, load_diagram
from bpmn.casework.scans import TRAY, lay_scan, place_scan, tray_of
from bpmn.casework.staffing_check import staffing_problems
from bpmn.casework.standing import Standing, standings_of
from bpmn.casework.submission import find_problems, submit
from bpmn.casework.tasks import (
    claim_task,
    complete_task,
    find_task,
    release_task,
    save_draft,
)
from bpmn.casework.verdicts import equipment_verdict_of, rows_of, staff_verdict_of
from bpmn.casework.vocabulary import diagram_limits, diagram_problems
from bpmn.operations.objections import open_objections

__all__ = [
    "NEW",
    "tray_of",
    "place_scan",
    "lay_scan",
    "TRAY",
    "write_rows",
    "remove_rows",
    "read_import",
    "open_imports",
    "keep_import",
    "find_import",
    "drop_import",
    "correct_import",
    "accept_import",
    "RowChange",
    "ReadRow",
    "Answer",
    "Offer",
    "PageProgress",
    "Standing",
    "StoredFile",
    "Transfer",
    "Typing",
    "UnsavedPlace",
    "add_row",
    "answer_correction",
    "answer_objections",
    "find_objection",
    "find_objection_file",
    "objections_of",
    "state_in_notice",
    "applicant_task",
    "attach_file",
    "cases_to_wake",
    "change_row",
    "claim_task",
    "complete_task",
    "delete_case",
    "deploy_diagram",
    "detach_file",
    "diagram_limits",
    "diagram_problems",
    "drop_draft",
    "equipment_verdict_of",
    "find_attachment",
    "find_case",
    "find_draft",
    "find_page",
    "find_problems",
    "find_row",
    "find_task",
    "forget_diagrams",
    "former_staff_of",
    "idle_conflicts",
    "is_offered",
    "is_respondent",
    "keep_draft",
    "known_facts",
    "listed_digests",
    "load_diagram",
    "may_act",
    "may_see_case",
    "may_see_paper",
    "newest_version",
    "next_wake",
    "object_to_notice",
    "held_before",
    "offers_of",
    "unmet_prerequisite",
    "open_case",
    "open_conflict",
    "open_corrections",
    "open_objections",
    "page_form",
    "papers_of",
    "progress_of",
    "place_of",
    "projects_left_out",
    "promotion_problems_of",
    "release_task",
    "remove_row",
    "rows_of",
    "save_draft",
    "save_page",
    "settle_idle_conflict",
    "staff_verdict_of",
    "staffing_problems",
    "standings_of",
    "stop_case",
    "submit",
    "transfer_former_staff",
    "why_not_shown",
    "unsaved_places",
    "wake_case",
]
