"""新单位注册: the organ verifies the legal person before a unit may apply. See diagram.bpmn."""

from gettext import gettext as _

from bpmn.casework.conditions import names_are_free
from bpmn.casework.prerequisites import not_registered
from bpmn.matter import Guide, GuideStep, Material, Matter, every_kind

MATTER = Matter(
    key="unit_registration",
    name=_("新单位注册"),
    order=10,
    audience="unit",
    pages=("unit_basics",),
    scope="none",
    prerequisites=(not_registered,),
    checks=(names_are_free,),
    # The certificate chosen is 拟申请的资质等级 (R122): the organ that will decide it verifies.
    kinds=every_kind(
        _("拟申请导航电子地图制作甲级的，由自然资源部核实。"),
        _("拟申请甲级的，由省级自然资源主管部门核实。"),
        _("拟申请乙级的，由设区的市级自然资源主管部门核实。"),
    ),
    guide=Guide(
        basis=(_("《测绘资质管理办法》（自然资办发〔2021〕43号）"),),
        conditions=(_("有法人资格"), _("已注册用户账号，尚未取得测绘资质")),
        materials=(
            Material(
                _("单位基本信息"),
                _("名称、统一社会信用代码、法定代表人、住所等，与营业执照或法人证书一致。"),
                "unit_basics",
            ),
            Material(_("法人单位证明材料"), _("营业执照或者法人证书。"), "unit_basics"),
        ),
        steps=(
            GuideStep(_("填报提交"), _("申请单位"), _("随时")),
            # The rules set no limit for this; five days as for acceptance (Art. 32).
            GuideStep(_("核实法人身份"), _("审批机关窗口"), _("五个工作日（示例，待核实）")),
        ),
        legal_days=5,
        promised_days=5,
        fee=_("不收费"),
        result=_("新单位注册通知书；通过后可以申请测绘资质"),
    ),
)
