"""The pages on the unit itself: 申请书, 单位简介, 单位基本信息, 领导信息 and the three 制度."""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.base import TaskForm
from forms.page import Page

UNIT_NATURES = [
    ("enterprise", _("企业")),
    ("institution", _("事业单位")),
    ("other", _("其他法人")),
]
_LEADER = ("name", "id_number", "position", "mobile", "phone")


class ApplicationForm(TaskForm):
    """申请书: the specialties applied for, and the declaration (R148)."""

    title = _("申请书")

    chosen_specialties = fields.ChecklistField(
        _("申请的专业类别"),
        choices_from="specialties",
        help=_("按单位具备的条件勾选；同时申请几个专业的，人员和装备数量不累加计算。"),
    )
    contact_name = fields.TextField(_("申请联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"), help=_("审批中有事按这个号码联系。"))
    remarks = fields.LongTextField(_("说明"), required=False, limit=500, rows=3)
    declaration = fields.TickField(
        _("本单位承诺所填信息和所附材料真实、有效，并承担相应的法律责任。"),
        must=_("请阅读并勾选承诺。"),
    )


class ProfileForm(TaskForm):
    """单位简介 (R149)."""

    title = _("单位简介")

    profile = fields.LongTextField(
        _("单位简介"), limit=5000, rows=16, help=_("单位的基本情况，无特定要求，最多 5000 字。")
    )


class UnitBasicsForm(TaskForm):
    """单位基本信息 (R150); what an application of its own changes stays as approved (R151)."""

    title = _("单位基本信息")
    locked_once_approved = frozenset(
        {"unit_name", "uscc", "registered_address", "legal_representative"}
    )

    unit_name = fields.TextField(
        _("单位名称"),
        help=_("与营业执照或法人证书一致。"),
        attributes={"autocomplete": "organization"},
    )
    uscc = fields.UsccField(_("统一社会信用代码"), help=_("18 位，见营业执照或法人证书。"))
    legal_representative = fields.TextField(_("法定代表人"), limit=50)
    unit_nature = fields.ChoiceField(_("单位性质"), choices=UNIT_NATURES)
    established_on = fields.DateField(_("成立日期"), past=True)
    registered_capital = fields.MoneyField(_("注册资金（元）"), required=False)
    province = fields.ChoiceField(_("所在省份"), choices_from="provinces")
    city = fields.ChoiceField(
        _("所在城市"), required=False, choices_from="cities", help=_("直辖市不填。")
    )
    county = fields.ChoiceField(_("所在县区"), required=False, choices_from="counties")
    registered_address = fields.TextField(
        _("注册地址"), limit=200, attributes={"autocomplete": "street-address"}
    )
    office_address = fields.TextField(
        _("办公地址"), limit=200, attributes={"autocomplete": "street-address"}
    )
    postal_code = fields.PostalCodeField(_("邮政编码"))
    office_area = fields.QuantityField(
        _("办公面积（平方米）"), required=False, most=999999, help=_("没有特定要求，可以不填。")
    )
    phone = fields.PhoneField(_("单位电话"), help=_("固定电话带区号，例如 029-87604025。"))
    fax = fields.PhoneField(_("传真"), required=False)
    email = fields.EmailField(_("电子邮箱"))

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong between province, city and county."""
        cities = [code for code, _name in fields.flat(self.handed.get("cities", ()))]
        has_cities = any(code.startswith(self.province.data or "-") for code in cities)
        if has_cities and not self.city.data:
            yield "city", _("请选择所在城市。")
        for inner, outer in (("city", "province"), ("county", "province"), ("county", "city")):
            code = self[inner].data or ""
            if code and not code.startswith(self[outer].data or ""):
                labels = {"inner": self[inner].label.text, "outer": self[outer].label.text}
                yield inner, _("%(inner)s不属于所选的%(outer)s。") % labels


class LeadersForm(TaskForm):
    """法人及分管资质申报领导信息: the second may repeat the first (R152, R153)."""

    title = _("法人及分管资质申报领导信息")

    legal_name = fields.TextField(_("法定代表人姓名"), limit=50)
    legal_id_number = fields.IdNumberField(_("法定代表人身份证号"))
    legal_position = fields.TextField(_("法定代表人职务"), limit=50)
    legal_mobile = fields.MobileField(_("法定代表人手机号码"))
    legal_phone = fields.PhoneField(_("法定代表人办公电话"), required=False)
    same_as_legal = fields.TickField(
        _("分管资质申报领导同法定代表人"), help=_("单位没有分管领导的，勾选这一项。")
    )
    leader_name = fields.TextField(_("分管领导姓名"), required=False, limit=50)
    leader_id_number = fields.IdNumberField(_("分管领导身份证号"), required=False)
    leader_position = fields.TextField(_("分管领导职务"), required=False, limit=50)
    leader_mobile = fields.MobileField(_("分管领导手机号码"), required=False)
    leader_phone = fields.PhoneField(_("分管领导办公电话"), required=False)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what the leader in charge lacks."""
        if self.same_as_legal.data:
            return
        for part in _LEADER[:-1]:
            field = self[f"leader_{part}"]
            if not field.data:
                yield f"leader_{part}", _("请填写%s，或勾选“同法定代表人”。") % field.label.text

    def answers(self) -> dict[str, Any]:
        """What was answered; the leader repeats the legal representative when ticked."""
        given = super().answers()
        if given["same_as_legal"]:
            given |= {f"leader_{part}": given[f"legal_{part}"] for part in _LEADER}
        return given


class SecurityForm(TaskForm):
    """测绘地理信息安全保障措施和管理制度 (R171)."""

    title = _("测绘地理信息安全保障措施和管理制度")

    secrecy_head = fields.TextField(_("保密工作负责人"), limit=50)
    secrecy_staff = fields.QuantityField(_("涉密岗位人员数"), required=False, least=0)
    summary = fields.LongTextField(_("情况说明"), required=False, limit=2000, rows=6)


class QualityForm(TaskForm):
    """技术和质量保障体系 (R172)."""

    title = _("技术和质量保障体系")

    quality_head = fields.TextField(
        _("技术质量负责人"), limit=50, help=_("应具有中级及以上测绘专业职称。")
    )
    inspectors = fields.QuantityField(_("质检人员数"), required=False, least=0)
    summary = fields.LongTextField(_("情况说明"), required=False, limit=2000, rows=6)


class ArchivesForm(TaskForm):
    """测绘成果和资料档案管理制度 (R173)."""

    title = _("测绘成果和资料档案管理制度")

    archivist = fields.TextField(_("档案管理人员"), limit=50)
    archive_place = fields.TextField(_("档案存放地点"), required=False, limit=200)
    summary = fields.LongTextField(_("情况说明"), required=False, limit=2000, rows=6)


PAGES = (
    Page("application", _("申请书"), ApplicationForm),
    Page("profile", _("单位简介"), ProfileForm),
    Page("unit_basics", _("单位基本信息"), UnitBasicsForm),
    Page("leaders", _("法人及分管资质申报领导信息"), LeadersForm),
    Page("security", _("测绘地理信息安全保障措施和管理制度"), SecurityForm),
    Page("quality", _("技术和质量保障体系"), QualityForm),
    Page("archives", _("测绘成果和资料档案管理制度"), ArchivesForm),
)
