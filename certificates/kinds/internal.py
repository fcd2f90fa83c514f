"""What stays in the organ: 审查意见表, with every opinion and signature of a decision."""

from collections.abc import Mapping
from dataclasses import replace

from certificates.kinds.base import PAPER, Fact, Kind

_PAPER = tuple(replace(fact, required=False) if fact.key == "uscc" else fact for fact in PAPER)
_STEPS = (
    ("step", "环节"),
    ("role", "职责"),
    ("signer", "签署人"),
    ("at", "时间"),
    ("result", "结果"),
    ("opinion", "意见"),
)
_OBJECTIONS = (("number", "编号"), ("received", "收到日期"), ("answer", "核实处理"))

KINDS: Mapping[str, Kind] = {
    "approval_form": Kind(
        "审查意见表",
        "审",
        (
            *_PAPER,
            Fact("steps", "审查经过", "rows", columns=_STEPS),
            Fact("objections", "异议处理", "rows", required=False, columns=_OBJECTIONS),
            Fact("used", "办理用时"),
        ),
        internal=True,
        told=False,
    ),
}
