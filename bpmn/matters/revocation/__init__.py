"""撤销、撤回和注销（依职权）: the issuing organ ends a certificate by itself. See diagram.bpmn.

Begun by an officer from the certificate's page; no unit applies for it.
"""

from gettext import gettext as _

from bpmn.matter import Guide, GuideStep, Matter, every_kind

_SUMMARY = _("发证机关依法撤销、撤回或者注销这份证书，事先告知单位陈述申辩。")

MATTER = Matter(
    key="revocation",
    name=_("撤销、撤回和注销"),
    order=96,
    audience="office",
    pages=("revocation_statement",),
    scope="held",
    starts_empty=True,
    exclusive=False,
    kinds=every_kind(_SUMMARY),
    guide=Guide(
        basis=(
            _("《中华人民共和国行政许可法》第八条、第六十九条、第七十条、第七十九条"),
            _("《测绘资质管理办法》（自然资办发〔2021〕43号）"),
        ),
        conditions=(_("有依法应当撤销、撤回或者注销测绘资质的情形"),),
        materials=(),
        steps=(
            GuideStep(_("提出"), _("发证机关经办"), _("发现情形后")),
            GuideStep(_("陈述申辩"), _("持证单位"), _("五个工作日（示例，待核实）")),
            GuideStep(_("复核"), _("发证机关复核"), _("陈述申辩期满后")),
            GuideStep(_("签发并公告"), _("发证机关负责人"), _("复核之后")),
        ),
        legal_days=20,
        promised_days=20,
        fee=_("不收费"),
        result=_("撤销、撤回或者注销决定书和公告；证书二维码据此回答"),
    ),
)
