"""换发证书: another certificate's organ makes it anew after a 基本信息变更. See diagram.bpmn.

Nobody applies for it: the change itself opens one such case for each certificate (R129).
"""

from gettext import gettext as _

from bpmn.matter import Guide, GuideStep, Matter, every_kind

_SUMMARY = _("单位信息在另一件中准予变更后，由本证书的发证机关核对并换发。")

MATTER = Matter(
    key="certificate_reissue",
    name=_("换发证书"),
    order=95,
    audience="office",
    pages=("unit_changes", "leaders"),
    scope="held",
    exclusive=False,
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(_("《测绘资质管理办法》（自然资办发〔2021〕43号）"),),
        conditions=(_("单位的基本信息变更已经准予"), _("证书有效")),
        materials=(),
        steps=(
            GuideStep(_("核对变更信息"), _("发证机关经办"), _("十个工作日（示例，待核实）")),
            GuideStep(_("签发换发"), _("发证机关负责人"), _("计入十个工作日")),
        ),
        legal_days=10,
        promised_days=10,
        fee=_("不收费"),
        result=_("换发的测绘资质证书（编号和有效期不变）"),
    ),
)
