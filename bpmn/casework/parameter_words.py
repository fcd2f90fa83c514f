"""What people call the parameters of operations and their values, in the editor and elsewhere."""

from collections.abc import Mapping
from gettext import gettext as _

from bpmn.casework.clock_words import CLOCKS
from certificates import KINDS

_PARAMETERS = {
    "kind": _("时限"),
    "working_days": _("工作日"),
    "article": _("依据条款"),
    "reason": _("理由"),
    "paper": _("告知文书"),
    "since": _("自何时限的起点起算"),
    "level": _("审批层级"),
    "objection": _("异议处理结果"),
}
_OBJECTIONS = {"upheld": _("异议成立"), "dismissed": _("无异议成立")}
_PAPERS = {key: kind.title for key, kind in KINDS.items()}
_KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "issue_document": (_("文书"), _PAPERS),
    "reissue_certificate": (_("缘由"), {"changed": _("变更"), "reissued": _("换发")}),
}
"""Of the operations whose `kind` is no clock: what it is called, and what it may be."""
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "since": CLOCKS,
    "paper": _PAPERS,
    "objection": _OBJECTIONS,
}


def parameter_words(operation: str, name: str) -> tuple[str, Mapping[str, str]]:
    """What a parameter of the operation is called, and each value that may be chosen for it."""
    label, choices = _PARAMETERS.get(name, name), _CHOICES.get(name, {})
    return _KINDS.get(operation, (label, CLOCKS)) if name == "kind" else (label, choices)
