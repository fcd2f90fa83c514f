"""资质注销: a unit gives up one certificate. The way it goes is in diagram.bpmn."""

from gettext import gettext as _

from bpmn.casework.prerequisites import holds_certificate
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

_SUMMARY = _("由发证的主管部门注销这份证书，其他证书不受影响。")

MATTER = Matter(
    key="certificate_cancellation",
    name=_("资质注销"),
    order=80,
    audience="unit",
    pages=("cancellation",),
    scope="held",
    starts_empty=True,
    prerequisites=(holds_certificate,),
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(
            _("《中华人民共和国行政许可法》第七十条"),
            _("《测绘资质管理办法》（自然资办发〔2021〕43号）"),
        ),
        conditions=(_("持有有效的测绘资质证书"), _("单位自愿放弃，或者有依法应当注销的情形")),
        materials=(
            Material(
                _("注销申请"), _("写明原因，说明在施项目和涉密成果，加盖单位公章。"), "cancellation"
            ),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            GuideStep(_("核查受理"), _("审批机关窗口"), _("五个工作日")),
            GuideStep(_("审核"), _("审批机关经办"), _("计入决定时限")),
            GuideStep(_("签发并公告"), _("审批机关负责人"), _("自受理之日起十五个工作日")),
        ),
        legal_days=20,
        promised_days=15,
        fee=_("不收费"),
        result=_("注销决定书和注销公告；证书二维码显示“已注销”"),
    ),
)
