"""What people answer in the procedures of a review, by the form they answer."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.walks.desk import Desk

OPENING = frozenset({"extend", "hear", "inspect", "consult"})
ANSWERS: dict[str, dict[str, Any]] = {
    "arrange_hearing": {
        "hearing_on": "2026-12-20",
        "hearing_time": "上午 9:30",
        "hearing_place": "示例路 1 号",
        "chair": "1",
        "chair_name": "主持人",
        "hearing_participants": "双方",
    },
    "record_hearing": {
        "held_on": "2026-12-20",
        "attended": "双方",
        "organ_points": "业绩重复。",
        "unit_points": "两个标段。",
        "evidence_shown": "",
    },
    "sign_hearing_record": {"objections": "记录有误。"},
    "make_statement": {"statement_made": "人员已经入职。"},
    "arrange_site_check": {
        "planned_on": "2026-11-24",
        "check_place": "示例路 8 号",
        "check_scope": "核对全站仪。",
        "check_days": 2,
        "institution": "",
    },
    "record_site_check": {
        "checked_on": "2026-11-24",
        "checked_place": "示例路 8 号",
        "officer_one": "示例甲",
        "number_one": "0001",
        "officer_two": "示例乙",
        "number_two": "0002",
        "findings": "与申报一致。",
    },
    "confirm_site_check": {"objections": ""},
    "arrange_expert_review": {"questions": "方案是否可行。", "review_days": 10},
    "give_expert_opinion": {"expert_opinion": "方案可行。"},
}


def procedure_answers(form: str, word: str, desk: "Desk") -> dict[str, Any]:
    """The answers beside the outcome; empty for a form that belongs to no procedure."""
    if form == "review_application" and word in OPENING:
        return {"request": "外省协查尚未回复。"}
    more = {"expert": str(desk.expert.id)} if form == "arrange_expert_review" else {}
    return {**ANSWERS.get(form, {}), **more}
