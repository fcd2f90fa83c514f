"""What the office calls the names that diagrams use, and what BPMN's own things are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _

KINDS = {
    "process": _("流程"),
    "lane": _("泳道"),
    "startEvent": _("开始事件"),
    "endEvent": _("结束事件"),
    "intermediateCatchEvent": _("中间事件"),
    "boundaryEvent": _("边界事件"),
    "userTask": _("人工环节"),
    "manualTask": _("手工任务"),
    "serviceTask": _("自动环节"),
    "businessRuleTask": _("规则环节"),
    "callActivity": _("调用环节"),
    "subProcess": _("子流程"),
    "exclusiveGateway": _("排他网关"),
    "parallelGateway": _("并行网关"),
    "sequenceFlow": _("连线"),
    "table": _("决策表"),
    "input": _("输入列"),
    "output": _("输出列"),
}
"""One word for one thing: the editor draws each under the same."""
ATTRIBUTES = {
    "id": _("标识"),
    "kind": _("类型"),
    "name": _("名称"),
    "documentation": _("说明"),
    "pool": _("流程框名称"),
    "file": _("文件"),
    "lane": _("泳道"),
    "parent": _("所在子流程"),
    "attached_to": _("所附环节"),
    "interrupts": _("是否中断所附环节"),
    "calls": _("调用的流程"),
    "event": _("触发方式"),
    "message": _("接收的消息"),
    "message_variable": _("消息写入的变量"),
    "timer": _("定时"),
    "default": _("默认分支"),
    "form": _("表单"),
    "role": _("办理角色"),
    "clock": _("法定时限"),
    "days": _("办理时限"),
    "counted": _("是否计入法定期限"),
    "outcome": _("办理结果的变量"),
    "not_by": _("不得由同一人办理的环节"),
    "not_by_origin": _("是否回避原办件的经办人员"),
    "assignee": _("指定办理人"),
    "sets": _("写入的变量"),
    "operation": _("操作"),
    "table": _("决策表"),
    "source": _("起点"),
    "target": _("终点"),
    "condition": _("条件"),
    "policy": _("命中策略"),
    "text": _("变量"),
    "label": _("列名"),
    "type": _("数据类型"),
    "order": _("次序"),
}

FIELD_KINDS = {
    "text": _("一行文字"),
    "long_text": _("多行文字"),
    "number": _("数字"),
    "date": _("日期"),
    "yes_no": _("是或否"),
    "choice": _("选项"),
}
"""Of a field that the diagram draws."""


@dataclass(frozen=True)
class Labels:
    """What people call the names that diagrams use; a name without a word is shown as it is."""

    roles: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    clocks: Mapping[str, str] = field(default_factory=dict)
    operations: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]] = field(
        default_factory=dict
    )
    """Of an operation's parameter (operation, name): what it and its values are called."""
    messages: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    """Of what a case has from its beginning."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of a variable, what its values are called, whatever a diagram calls them."""
    field_prefix: str = ""
    """The answer to a field that the diagram draws is kept under its name with this before it."""
