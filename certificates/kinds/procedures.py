"""The papers of a review's procedures: extension, hearing, statement, site check, experts."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, Fact, Kind

_ACCEPTED = Fact("accepted_on", "受理日期", "day")
_ARTICLES = Fact("articles", "法律依据", "texts")
_SUBJECT = Fact("subject", "听证事项")
_ANSWER = (
    Fact("working_days", "答复工作日数", "count"),
    Fact("deadline", "答复期限", "day"),
    Fact("deadline_note", "暂按说明", required=False),
)
_OFFICERS = (("name", "核查人员"), ("number", "证号"))

KINDS: Mapping[str, Kind] = {
    "extension_notice": Kind(
        "延长审批期限告知书",
        "延期",
        (
            *PAPER,
            _ACCEPTED,
            Fact("reason", "延长的理由"),
            Fact("former_due_on", "原期限", "day"),
            Fact("working_days", "延长工作日数", "count"),
            Fact("due_on", "延长后的期限", "day"),
            Fact("due_note", "暂按说明", required=False),
            _ARTICLES,
        ),
    ),
    "hearing_right_notice": Kind(
        "听证告知书", "听告", (*PAPER, _ACCEPTED, _SUBJECT, *_ANSWER, _ARTICLES)
    ),
    "hearing_notice": Kind(
        "听证通知书",
        "听通",
        (
            *PAPER,
            _SUBJECT,
            Fact("hearing_on", "听证日期", "day"),
            Fact("hearing_time", "听证时间"),
            Fact("place", "听证地点"),
            Fact("chair", "主持人"),
            Fact("participants", "参加人"),
            _ARTICLES,
        ),
    ),
    "hearing_record": Kind(
        "听证笔录",
        "听录",
        (
            *PAPER,
            _SUBJECT,
            Fact("held_on", "举行日期", "day"),
            Fact("place", "听证地点"),
            Fact("chair", "主持人"),
            Fact("participants", "到场人员"),
            Fact("organ_points", "审查人员的意见", "texts"),
            Fact("unit_points", "申请单位的陈述", "texts"),
            Fact("evidence", "出示的证据", required=False),
            Fact("signature", "申请单位的确认"),
        ),
    ),
    "statement_notice": Kind(
        "陈述申辩告知书",
        "陈告",
        (
            *PAPER,
            _ACCEPTED,
            Fact("findings", "查明的事实", "texts"),
            Fact("reasons", "拟不予许可的理由", "texts"),
            Fact("intended", "拟不予许可的专业类别", "texts", required=False),
            *_ANSWER,
            _ARTICLES,
        ),
    ),
    "statement_record": Kind(
        "陈述申辩笔录",
        "陈录",
        (*PAPER, Fact("made_on", "提出日期", "day"), Fact("content", "陈述申辩的内容", "texts")),
    ),
    "site_check_notice": Kind(
        "实地核查告知书",
        "核告",
        (
            *PAPER,
            Fact("planned_on", "核查日期", "day"),
            Fact("place", "核查地点"),
            Fact("scope", "核查内容"),
            Fact("working_days", "所需工作日数", "count"),
            Fact("institution", "检验、检测机构", required=False),
            Fact("excluded_by", "不计入审批期限的依据", required=False),
            _ARTICLES,
        ),
    ),
    "site_check_record": Kind(
        "核查（勘验）笔录",
        "核录",
        (
            *PAPER,
            Fact("checked_on", "核查日期", "day"),
            Fact("place", "核查地点"),
            Fact("scope", "核查内容"),
            Fact("officers", "核查人员", "rows", columns=_OFFICERS),
            Fact("findings", "查明的情况", "texts"),
            Fact("signature", "申请单位的确认"),
        ),
    ),
    "expert_review_notice": Kind(
        "专家评审告知书",
        "评告",
        (
            *PAPER,
            Fact("questions", "评审事项"),
            Fact("working_days", "所需工作日数", "count"),
            _ARTICLES,
        ),
    ),
}
