"""人员和技术装备归属协调: two units claim one person or one instrument (R079, R080, R083, R084).

Begun from the message that refuses a row, never from 新建工作. The way it goes is in diagram.bpmn.
"""

from gettext import gettext as _

from bpmn.matter import Guide, GuideStep, Material, Matter

MATTER = Matter(
    key="ownership_conflict",
    name=_("人员和技术装备归属协调"),
    order=90,
    audience="unit",
    pages=("conflict_claim",),
    kinds=(),
    scope="none",
    starts_empty=True,
    exclusive=False,
    offered=False,
    guide=Guide(
        basis=(
            _("《测绘资质管理办法》《测绘资质分类分级标准》（自然资办发〔2021〕43号）"),
            _("《全国测绘资质管理信息系统用户手册》5.5.4、5.6.2"),
        ),
        conditions=(
            _("添加技术人员或者技术装备时，系统提示已存在于其他单位"),
            _("已联系该单位删除而未能解决"),
        ),
        materials=(
            Material(
                _("协调申请理由"),
                _("劳动合同、社保缴纳证明或者发票等至少一份证明材料。"),
                "conflict_claim",
            ),
        ),
        steps=(
            GuideStep(_("陈述理由"), _("申请单位"), _("随时")),
            GuideStep(_("答复：释放、举证或者提出异议"), _("对方单位"), _("十个工作日（待核实）")),
            GuideStep(_("核实双方材料"), _("审批机关经办"), _("计入协调期限")),
            GuideStep(_("作出协调决定"), _("审批机关负责人"), _("十五个工作日（待核实）")),
        ),
        legal_days=15,
        promised_days=15,
        fee=_("不收费"),
        result=_("归属协调决定书，或者对方单位释放"),
    ),
)
