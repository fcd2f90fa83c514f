"""The diagrams the engine's tests walk: a permit with every element the grammar allows."""

from tests.bpmn.engine.drawing import (
    boundary,
    bpmn,
    call,
    catch,
    dmn,
    end,
    flows,
    gateway,
    message,
    multiple,
    rule,
    service,
    start,
    sub,
    timer,
    user,
)

_ACCEPTANCE = bpmn(
    "acceptance",
    start()
    + service("start_acceptance_clock", "start_clock", kind='"acceptance"', working_days="5")
    + gateway("again")
    + user("check", role="window", form="acceptance")
    + boundary("deadline", "check", timer("working_days(5)"))
    + service("deem", "deem_accepted")
    + gateway("result")
    + user("correct", role="applicant")
    + boundary("too_late", "correct", timer("'P30D'", "timeDuration"))
    + service("let_lapse", "lapse")
    + gateway("accepted")
    + service("finish", "finish_clock", kind='"acceptance"')
    + end("checked")
    + end("refused")
    + end("lapsed")
    + flows(
        "start > start_acceptance_clock > again > check > result",
        'result > accepted : acceptance == "accept"',
        'result > correct : acceptance == "return"',
        'result > refused : acceptance == "refuse"',
        "correct > again",
        "deadline > deem > accepted > finish > checked",
        "too_late > let_lapse > lapsed",
    ),
)
_TECHNICAL = bpmn(
    "technical",
    start()
    + user("technical_review", role="reviewer")
    + service("write_note", "note_review")
    + end()
    + flows("start > technical_review > write_note > end"),
)
_NOTICE = (
    start("notice_start")
    + gateway("fork", "parallel")
    + call("technical_part", "technical")
    + user("opinion", multiple("experts", "expert", "opinions", "advice"), role="expert")
    + catch("notice_over", timer("notice_until"))
    + gateway("join", "parallel")
    + end("notice_end")
    + flows(
        "notice_start > fork > technical_part > join > notice_end",
        "fork > opinion > join",
        "fork > notice_over > join",
    )
)
_TOP = bpmn(
    "permit",
    start()
    + user("fill", role="applicant", form="application")
    + rule("route", "routing")
    + service("publish", "publish_notice")
    + call("accept", "acceptance")
    + boundary("stop_accept", "accept", message("stop"))
    + gateway("accepted")
    + gateway("enter_review")
    + sub("review", _NOTICE)
    + boundary("stop_review", "review", message("stop"))
    + boundary("objection", "review", message("objection"))
    + boundary("reminder", "review", timer("'P10D'", "timeDuration"), interrupting=False)
    + user("remind", role="checker")
    + user("handle_objection", role="reviewer")
    + gateway("by_level")
    + user("decide_city", role="approver")
    + user("decide_province", role="approver")
    + user("decide_ministry", role="approver")
    + gateway("decided")
    + service("issue", "issue_document", kind='"grant_decision"', level="level")
    + service("close", "close_case", reason="stop")
    + gateway("stopped")
    + end("granted")
    + end("refused")
    + end("not_accepted")
    + end("reminded")
    + end("closed")
    + flows(
        "start > fill > route > publish > accept > accepted",
        'accepted > enter_review : acceptance == "accept"',
        'accepted > not_accepted : acceptance in ["refuse", "lapse"]',
        "enter_review > review > by_level",
        "reminder > remind > reminded",
        "objection > handle_objection > enter_review",
        'by_level > decide_city : level == "city"',
        'by_level > decide_province : level == "province"',
        'by_level > decide_ministry : level == "ministry"',
        "decide_city > decided",
        "decide_province > decided",
        "decide_ministry > decided",
        'decided > issue : decision == "grant"',
        'decided > refused : decision == "refuse"',
        'decided > enter_review : decision == "return"',
        "issue > granted",
        "stop_accept > stopped",
        "stop_review > stopped > close > closed",
    ),
    messages="stop objection",
)
_ROUTING = dmn(
    "routing",
    "certificate_type",
    "level",
    {
        '"class_a_navigation"': '"ministry"',
        '"class_a"': '"province"',
        "in ['class_b', 'class_c']": '"city"',
    },
    "UNIQUE",
)

PERMIT = {
    "diagram.bpmn": _TOP,
    "shared/acceptance.bpmn": _ACCEPTANCE,
    "shared/technical.bpmn": _TECHNICAL,
    "decisions/routing.dmn": _ROUTING,
}
"""Lanes are absent: the engine loses them, so nothing may depend on them."""

ANSWERS = {
    "check": [{"acceptance": value} for value in ("accept", "accept", "return", "refuse")],
    "decide_city": [{"decision": value} for value in ("grant", "return", "return", "refuse")],
    "opinion": [{"advice": "yes"}, {"advice": "no"}],
}
ANSWERS["decide_province"] = ANSWERS["decide_ministry"] = ANSWERS["decide_city"]

PARALLEL = {
    "diagram.bpmn": bpmn(
        "parallel",
        start()
        + gateway("fork", "parallel")
        + gateway("again")
        + user("inspect")
        + gateway("inspected")
        + user("opinion", multiple("experts", "expert", "opinions", "advice"), role="expert")
        + gateway("join", "parallel")
        + gateway("split", "parallel")
        + user("sign_city")
        + user("sign_province")
        + boundary("late", "sign_province", timer("'P2D'", "timeDuration"))
        + gateway("signed")
        + gateway("merge", "parallel")
        + end("granted")
        + flows(
            "start > fork > again > inspect > inspected",
            'inspected > again : acceptance == "return"',
            'inspected > join : acceptance != "return"',
            "fork > opinion > join > split > sign_city > merge > granted",
            "split > sign_province > signed > merge",
            "late > signed",
        ),
    )
}
"""Loops and timers in the branches of a fork; a fork inside a loop is refused."""

ANSWERS["inspect"] = ANSWERS["check"]
