"""What BPMN has and diagrams of this office may not use: why, and what to draw instead.

The reason is always the same at bottom: only what the random walks of the tests run through is
allowed. Where SpiffWorkflow 3.2.0 is known to do something else than BPMN says, that is the reason.
"""

from gettext import gettext as _

Finding = tuple[str, str]
"""What is wrong, and how it is put right."""

_NO_CODE = _("流程图里不能有程序代码")
_USE_OPERATION = _("改用自动环节，从已有的操作中选择")
_USE_TASK = _("改用人工环节（由人办理）或者自动环节（由系统办理）")
_USE_EVENTS = _("改用定时或者消息边界事件")
_VARIABLES_ONLY = _("流程只保存流转变量，材料在申请表单里")
_DROP_DATA = _("删去它；要填写的内容写进表单")
_WAITS_APART = _("引擎不按 BPMN 的含义执行")
_ONLY_ENDS = _("结束事件只表示到此结束，其他含义没有经过测试")

_REFUSED: dict[str, tuple[str, str, str]] = {
    "scriptTask": (_("脚本任务"), _NO_CODE, _USE_OPERATION),
    "script": (_("脚本"), _NO_CODE, _USE_OPERATION),
    "preScript": (_("前置脚本"), _NO_CODE, _USE_OPERATION),
    "postScript": (_("后置脚本"), _NO_CODE, _USE_OPERATION),
    "inclusiveGateway": (
        _("包容网关"),
        _("同时走几条分支要看数据，不能证明之后能够汇合"),
        _("只走一条的用排他网关，几条都走的用并行网关"),
    ),
    "complexGateway": (
        _("复杂网关"),
        _("它的汇合条件不能证明会满足"),
        _("拆成排他网关和并行网关"),
    ),
    "eventBasedGateway": (
        _("事件网关"),
        _WAITS_APART,
        _("把等待画成子流程，先到的事件画在它的边框上"),
    ),
    "dataObject": (_("数据对象"), _VARIABLES_ONLY, _DROP_DATA),
    "dataObjectReference": (_("数据对象"), _VARIABLES_ONLY, _DROP_DATA),
    "dataStoreReference": (_("数据存储"), _VARIABLES_ONLY, _DROP_DATA),
    "dataStore": (_("数据存储"), _VARIABLES_ONLY, _DROP_DATA),
    "timeCycle": (
        _("循环定时器"),
        _("不知道会触发多少次"),
        _("改用时间或者时长，只触发一次，如 working_days(5)"),
    ),
    "standardLoopCharacteristics": (
        _("循环标记"),
        _("不能证明循环会停下来"),
        _("用排他网关画出返回的连线，由人决定是否再办一次"),
    ),
    "signalEventDefinition": (_("信号事件"), _("别的办件也会收到"), _USE_EVENTS),
    "errorEventDefinition": (
        _("错误事件"),
        _("操作出错时办件停在原处等待，不走另外的分支"),
        _("删去它；操作的不同结果用变量和排他网关区分"),
    ),
    "escalationEventDefinition": (_("升级事件"), _WAITS_APART, _USE_EVENTS),
    "conditionalEventDefinition": (_("条件事件"), _WAITS_APART, _USE_EVENTS),
    "compensateEventDefinition": (_("补偿事件"), _WAITS_APART, _("画出撤销所需的环节")),
    "cancelEventDefinition": (_("取消事件"), _WAITS_APART, _USE_EVENTS),
    "linkEventDefinition": (_("链接事件"), _WAITS_APART, _("用连线直接连到目标")),
    "terminateEventDefinition": (_("终止事件"), _ONLY_ENDS, _("改用普通的结束事件")),
    "transaction": (_("事务子流程"), _WAITS_APART, _("改用普通的子流程")),
    "adHocSubProcess": (
        _("即席子流程"),
        _("没有次序，不能证明会结束"),
        _("改用普通的子流程，把次序画出来"),
    ),
    "manualTask": (_("手工任务"), _("没有表单，办过没有无从查起"), _("改用人工环节")),
    "task": (_("没有种类的任务"), _("看不出由谁办理"), _USE_TASK),
    "sendTask": (_("发送任务"), _WAITS_APART, _("改用自动环节，由操作发出消息")),
    "receiveTask": (_("接收任务"), _WAITS_APART, _("改用消息事件")),
    "intermediateThrowEvent": (_("中间抛出事件"), _WAITS_APART, _("改用自动环节")),
    "callChoreography": (_("编排"), _WAITS_APART, _("改用调用环节")),
    "subChoreography": (_("编排"), _WAITS_APART, _("改用子流程")),
    "ioSpecification": (_("输入输出说明"), _VARIABLES_ONLY, _("删去它")),
    "eventSubProcess": (
        _("事件子流程"),
        _("引擎不理会它是否中断，还会弄乱以后的办件"),
        _("把中断的部分画成子流程，事件画在它的边框上"),
    ),
    "sequentialMultiInstance": (
        _("串行的多人办理"),
        _("没有经过测试"),
        _("改为同时办理，或者用连线画出次序"),
    ),
}


def refusal(tag: str) -> Finding:
    """What to say of an element that is outside the allowed part of BPMN."""
    name = f" {tag[:60]}"
    what, why, instead = _REFUSED.get(
        tag, (name, _("没有经过测试"), _("删去它，或者改用环节、网关、子流程和边界事件"))
    )
    return _("流程图中不允许使用{what}：{why}").format(what=what, why=why), instead
