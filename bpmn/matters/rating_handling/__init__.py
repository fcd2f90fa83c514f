"""差评核实整改: what an organ does about a rating of 不满意 or 非常不满意. See diagram.bpmn.

Nobody applies for it: the rating itself opens it (国办发〔2019〕51号).
"""

from gettext import gettext as _

from bpmn.matter import Guide, GuideStep, Matter, every_kind

_SUMMARY = _("申请单位评价为不满意的，由办理机关回访核实、整改并答复。")

MATTER = Matter(
    key="rating_handling",
    name=_("差评核实整改"),
    order=97,
    audience="office",
    pages=(),
    scope="none",
    exclusive=False,
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(
            _("《国务院办公厅关于建立政务服务“好差评”制度提高政务服务水平的意见》"),
            _("国办发〔2019〕51号"),
        ),
        conditions=(_("申请单位对办结的事项评价为不满意或者非常不满意"),),
        materials=(),
        steps=(
            GuideStep(_("核实与回访"), _("没有经办过的窗口人员"), _("计入十五个工作日")),
            GuideStep(_("整改或者申诉"), _("办理机关；申诉由上级机关裁定"), _("计入十五个工作日")),
            GuideStep(_("审核答复"), _("办理机关负责人"), _("十五个工作日（待核实）")),
        ),
        legal_days=15,
        promised_days=15,
        fee=_("不收费"),
        result=_("对评价的答复；整改情况计入公示的数据"),
    ),
)
