"""Samples of what stays in the organ."""

from typing import Any

from tests.certificates.papers.base import LONG_UNIT, PAPER

PAGES = {"approval_form": (1, 3)}
_OPINION = (
    "经核查，专业技术人员四十三人，其中高级四人、中级八人、初级十三人；技术装备二十二台，检定证书"
    "均在有效期内；质量、保密和档案制度齐全。拟同意。"
)


def _step(step: str, role: str, signer: str, result: str, opinion: str) -> dict[str, str]:
    at = "2026-11-10 14:05"
    return {
        "step": step, "role": role, "signer": signer, "at": at, "result": result, "opinion": opinion
    }  # fmt: skip


SHORT: dict[str, dict[str, Any]] = {
    "approval_form": {
        **PAPER,
        "document_number": "陕测资审〔2026〕9号",
        "steps": [
            _step("初步核查材料", "受理", "王喆", "受理", "材料齐全。"),
            _step("经办审查", "经办", "李镕", "拟准予", "符合标准。"),
            _step("复核", "复核", "赵玥", "同意", "同意。"),
            _step("签发决定", "签发", "钱昇", "准予", "同意。"),
        ],
        "objections": [],
        "used": "决定时限 15 个工作日，自2026年11月5日起，用 9 个工作日",
    },
}
LONG: dict[str, dict[str, Any]] = {
    "approval_form": {
        **SHORT["approval_form"],
        **LONG_UNIT,
        "steps": [_step("经办审查", "经办", "阿卜杜热合曼·买买提明", "拟准予", _OPINION)] * 8,
        "objections": [
            {"number": f"异〔2026〕{n}号", "received": "2026-11-12", "answer": _OPINION}
            for n in range(1, 5)
        ],
    },
}
