"""补领证书: a lost or damaged certificate is made anew. The way it goes is in diagram.bpmn."""

from gettext import gettext as _

from bpmn.casework.prerequisites import holds_certificate
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

_SUMMARY = _("证书遗失或者损毁的，由发证的主管部门补发，编号和有效期不变。")

MATTER = Matter(
    key="certificate_replacement",
    name=_("补领证书"),
    order=70,
    audience="unit",
    pages=("replacement",),
    scope="held",
    starts_empty=True,
    prerequisites=(holds_certificate,),
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(_("《测绘资质管理办法》（自然资办发〔2021〕43号）"),),
        conditions=(
            _("持有有效的测绘资质证书"),
            _("证书正本或者副本遗失、损毁"),
        ),
        materials=(
            Material(
                _("补领申请"), _("写明原因和经过，加盖单位公章；损毁的附证书照片。"), "replacement"
            ),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            GuideStep(_("核查"), _("审批机关窗口"), _("计入五个工作日")),
            GuideStep(_("签发并补发"), _("审批机关负责人"), _("自提交之日起五个工作日（待核实）")),
        ),
        legal_days=5,
        promised_days=5,
        fee=_("不收费"),
        result=_("载明“补”字样的测绘资质证书（正本、副本），原证书作废"),
    ),
)
