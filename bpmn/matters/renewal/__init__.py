"""延续: a certificate whose term ends gets the next one. The way it goes is in diagram.bpmn.

What is not decided when the term ends is taken as renewed: a timer of the diagram sees to it.
"""

from gettext import gettext as _

from bpmn.casework.conditions import equipment_meets_standard, staff_meets_standard
from bpmn.casework.prerequisites import holds_certificate
from bpmn.casework.renewals import applied_in_time, ends_soon
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

_SUMMARY = _("由颁发证书的主管部门审批；证书编号不变，有效期延续五年。")

MATTER = Matter(
    key="renewal",
    name=_("延续"),
    order=45,
    audience="unit",
    pages=("renewal", "staff", "equipment", "security", "quality", "archives"),
    scope="held",
    prerequisites=(holds_certificate, ends_soon),
    checks=(applied_in_time, staff_meets_standard, equipment_meets_standard),
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(
            _("《中华人民共和国行政许可法》第五十条"),
            _("《测绘资质管理办法》《测绘资质分类分级标准》（自然资办发〔2021〕43号）"),
        ),
        conditions=(
            _("资质证书有效期届满九十日前至三十日前提出申请（九十日为示例，待核实）"),
            _("持续符合相应等级和专业的人员、装备标准"),
            _("技术和质量保证体系、安全保密和档案管理制度健全"),
        ),
        materials=(
            Material(_("延续申请书"), _("说明持续符合条件的情况，加盖单位公章。"), "renewal"),
            Material(_("专业技术人员材料"), _("原有人员已经带入，更新变化的部分。"), "staff"),
            Material(_("技术装备材料"), _("原有装备已经带入，更新变化的部分。"), "equipment"),
            Material(_("安全保障和保密管理制度"), _("有变化的更新。"), "security"),
            Material(_("技术和质量保证体系"), _("有变化的更新。"), "quality"),
            Material(_("成果和资料档案管理制度"), _("有变化的更新。"), "archives"),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("有效期届满三十日前")),
            GuideStep(_("核查受理"), _("审批机关窗口"), _("五个工作日")),
            GuideStep(_("审查"), _("审批机关经办、复核"), _("计入决定时限")),
            GuideStep(
                _("决定"),
                _("审批机关负责人"),
                _("自受理之日起十五个工作日，且在有效期届满前；逾期未作决定的，视为准予延续"),
            ),
            GuideStep(_("换发证书"), _("审批机关"), _("自决定之日起十个工作日")),
        ),
        legal_days=20,
        promised_days=15,
        fee=_("不收费"),
        result=_("准予延续决定书，换发的测绘资质证书（编号不变，有效期延续五年）"),
    ),
)
