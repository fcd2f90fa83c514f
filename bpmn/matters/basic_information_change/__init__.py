"""基本信息变更: name, address, head of a unit change; its certificates are made anew.

The way it goes is in diagram.bpmn; what follows at other organs is the matter certificate_reissue.
"""

from gettext import gettext as _

from bpmn.casework.prerequisites import holds_certificate
from bpmn.casework.unit_changes import changed_names_are_free, new_head_is_described
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

_SUMMARY = _("由颁发所选证书的主管部门审批；单位的其他有效证书由各自的发证机关换发。")

MATTER = Matter(
    key="basic_information_change",
    name=_("基本信息变更"),
    order=50,
    audience="unit",
    pages=("unit_changes", "leaders"),
    scope="held",
    prerequisites=(holds_certificate,),
    checks=(changed_names_are_free, new_head_is_described),
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(
            _("《中华人民共和国行政许可法》第四十九条"),
            _("《测绘资质管理办法》（自然资办发〔2021〕43号）"),
        ),
        conditions=(
            _("持有有效的测绘资质证书"),
            _("单位名称、统一社会信用代码、注册地址或者法定代表人已经登记机关核准变更"),
            _("自变更登记之日起三十日内申请"),
        ),
        materials=(
            Material(_("变更申请书"), _("逐项填写变更后的内容，加盖单位公章。"), "unit_changes"),
            Material(_("变更后的营业执照或者法人证书"), _("扫描件。"), "unit_changes"),
            Material(_("变更证明"), _("每一变更事项附登记机关的核准文件。"), "unit_changes"),
            Material(
                _("法定代表人信息"), _("变更法定代表人的，填写新任法定代表人的信息。"), "leaders"
            ),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            GuideStep(_("核查受理"), _("审批机关窗口"), _("五个工作日")),
            GuideStep(_("审查"), _("审批机关经办、复核"), _("计入决定时限")),
            GuideStep(_("决定并换发证书"), _("审批机关负责人"), _("自受理之日起十五个工作日")),
            GuideStep(_("换发其他证书"), _("各证书的发证机关"), _("十个工作日（示例，待核实）")),
        ),
        legal_days=20,
        promised_days=15,
        fee=_("不收费"),
        result=_("准予变更决定书，换发的测绘资质证书（编号和有效期不变）"),
    ),
)
