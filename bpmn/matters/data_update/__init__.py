"""补充和修改数据: staff, equipment and systems change after the certificate. See diagram.bpmn."""

from gettext import gettext as _

from bpmn.casework.held_standard import (
    held_equipment_meets_standard,
    held_staff_meets_standard,
    something_is_changed,
)
from bpmn.casework.prerequisites import holds_certificate
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

_SUMMARY = _("由颁发所选证书的主管部门审查；更新后须符合单位持有的每一份证书的标准。")

MATTER = Matter(
    key="data_update",
    name=_("补充和修改数据"),
    order=60,
    audience="unit",
    pages=("update_request", "staff", "equipment", "security", "quality", "archives"),
    scope="held",
    prerequisites=(holds_certificate,),
    checks=(something_is_changed, held_staff_meets_standard, held_equipment_meets_standard),
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(_("《测绘资质管理办法》《测绘资质分类分级标准》（自然资办发〔2021〕43号）"),),
        conditions=(
            _("持有有效的测绘资质证书"),
            _("专业技术人员、技术装备等发生变化，自变化之日起三十日内申请"),
            _("变化后仍符合所持每一份证书的标准，否则不予提交"),
        ),
        materials=(
            Material(_("更新申请书"), _("说明变化情况，加盖单位公章。"), "update_request"),
            Material(
                _("专业技术人员材料"), _("新增人员的身份证、社保、职称或者学历证书。"), "staff"
            ),
            Material(_("技术装备材料"), _("新增装备的发票、照片、出厂编号。"), "equipment"),
            Material(_("管理制度材料"), _("有变化的，更新相应的制度文本。"), "security"),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            GuideStep(_("核查受理"), _("审批机关窗口"), _("五个工作日")),
            GuideStep(_("审查"), _("审批机关经办、复核"), _("计入决定时限")),
            GuideStep(_("决定"), _("审批机关负责人"), _("自受理之日起十五个工作日")),
        ),
        legal_days=20,
        promised_days=15,
        fee=_("不收费"),
        result=_("数据更新通知书（不换发证书）"),
    ),
)
