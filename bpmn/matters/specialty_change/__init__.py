"""专业类别变更: a certificate is to carry more, fewer or other specialties.

The way it goes is in diagram.bpmn: what is added is published before the decision.
"""

from gettext import gettext as _

from bpmn.casework.conditions import (
    equipment_meets_standard,
    may_be_promoted,
    staff_meets_standard,
)
from bpmn.casework.prerequisites import carries_several, holds_certificate
from bpmn.casework.revocations import not_barred
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

_SUMMARY = _("由颁发证书的主管部门审批；证书编号和有效期不变。")

MATTER = Matter(
    key="specialty_change",
    name=_("专业类别变更"),
    alias=_("专业范围变更"),
    order=40,
    audience="unit",
    pages=("specialty_change", "staff", "equipment", "projects"),
    scope="changed",
    prerequisites=(not_barred, holds_certificate, carries_several),
    checks=(staff_meets_standard, equipment_meets_standard, may_be_promoted),
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(
            _("《中华人民共和国行政许可法》第四十九条"),
            _("《测绘资质管理办法》《测绘资质分类分级标准》（自然资办发〔2021〕43号）"),
        ),
        conditions=(
            _("持有有效的测绘资质证书"),
            _("变更后的全部专业符合相应等级的人员和装备标准，几个专业的数量不累加计算"),
            _("甲级证书新增专业的，新增的专业须取得乙级满两年并有相应业绩"),
        ),
        materials=(
            Material(
                _("变更申请书"), _("勾选变更后的专业类别，加盖单位公章。"), "specialty_change"
            ),
            Material(_("专业技术人员材料"), _("原有人员已经带入，补充变化的部分。"), "staff"),
            Material(_("技术装备材料"), _("原有装备已经带入，补充变化的部分。"), "equipment"),
            Material(
                _("测绘业绩材料"),
                _("甲级新增专业的，近两年该专业的项目合同和验收材料。"),
                "projects",
            ),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            GuideStep(_("核查受理"), _("审批机关窗口"), _("五个工作日")),
            GuideStep(_("审查"), _("审批机关经办、复核"), _("计入决定时限")),
            GuideStep(
                _("公示"),
                _("审批机关"),
                _("新增专业的公示五个工作日（各省可以另定），只减少的不公示"),
            ),
            GuideStep(_("决定"), _("审批机关负责人"), _("自受理之日起十五个工作日")),
            GuideStep(_("换发证书"), _("审批机关"), _("自决定之日起十个工作日")),
        ),
        legal_days=20,
        promised_days=15,
        fee=_("不收费"),
        result=_("准予变更决定书，换发的测绘资质证书（编号和有效期不变）"),
    ),
)
