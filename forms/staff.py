"""技术人员: the form of one person, and why a person's row does not count, in words."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from gettext import gettext as _
from typing import Any

from forms import fields
from forms.attachments import SURVEYING, missing_attachments
from forms.base import TaskForm
from forms.identifiers import url_problem
from forms.page import Page
from forms.validators import Holds

CATEGORIES = [
    ("senior", _("测绘高级")),
    ("mid", _("测绘中级")),
    ("junior", _("测绘初级")),
    ("related", _("相关")),
    ("other", _("非专业")),
]
TITLE_LEVELS = [("senior", _("高级")), ("mid", _("中级")), ("junior", _("初级"))]
EDUCATION = [
    ("doctor", _("博士研究生")),
    ("master", _("硕士研究生")),
    ("bachelor", _("大学本科")),
    ("college", _("大学专科")),
    ("secondary", _("中专及以下")),
]
RECOGNISED = ("id_number", "category")
"""What stays as the old system recognised it as long as a person counts by its rules (R065)."""
_RANK = {"junior": 1, "mid": 2, "senior": 3}
_PERIODS = (("contract_from", "contract_until"), ("insurance_from", "insurance_until"))


class PersonForm(TaskForm):
    """One person; what is not starred may be completed later, but the row counts only then."""

    title = _("技术人员")

    name = fields.TextField(_("姓名"), limit=50, attributes={"autocomplete": "off"})
    id_number = fields.IdNumberField(_("身份证号"), help=_("18 位；性别和出生日期由此得出。"))
    mobile = fields.MobileField(_("手机号码"), help=_("本人的号码，便于事中事后监管。"))
    category = fields.ChoiceField(_("人员类别"), choices=CATEGORIES)
    nationality = fields.TextField(_("国籍"), limit=20, default=_("中国"))
    title_name = fields.TextField(
        _("职称名称"), required=False, limit=50, help=_("例如 高级工程师。测绘专业技术人员须填。")
    )
    title_level = fields.ChoiceField(_("职称级别"), required=False, choices=TITLE_LEVELS)
    title_subject = fields.TextField(
        _("职称专业"), required=False, limit=50, help=_("证书上的专业名称，例如 工程测量。")
    )
    title_number = fields.TextField(_("职称证书编号"), required=False, limit=50)
    title_issuer = fields.TextField(_("职称发证机关"), required=False, limit=100)
    title_issued_on = fields.DateField(_("职称发证日期"), required=False, past=True)
    title_review_url = fields.TextField(
        _("职称评审公示网址"), required=False, limit=500, checks=[Holds(url_problem)],
        attributes={"inputmode": "url"},
    )  # fmt: skip
    education = fields.ChoiceField(_("学历"), required=False, choices=EDUCATION)
    major = fields.TextField(_("所学专业"), required=False, limit=50)
    school = fields.TextField(_("毕业院校"), required=False, limit=100)
    retired = fields.TickField(_("退休人员"), help=_("须上传退休材料和劳务合同。"))
    legacy = fields.TickField(
        _("“老人老办法”人员"),
        help=_("按原认定的类别计入，类别和身份证号不能改；取消后按现行标准核验，不能恢复。"),
    )
    secrecy_post = fields.TickField(_("涉密岗位"))
    secrecy_training_number = fields.TextField(_("涉密培训证书编号"), required=False, limit=50)
    contract_from = fields.DateField(_("劳动合同起"), required=False)
    contract_until = fields.DateField(_("劳动合同止"), required=False, help=_("无固定期限的不填。"))
    insurance_from = fields.DateField(_("社保缴纳起"), required=False)
    insurance_until = fields.DateField(_("社保缴纳止"), required=False)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield periods that end before they start."""
        for start, end in _PERIODS:
            if self[start].data and self[end].data and self[end].data < self[start].data:
                yield (
                    end,
                    _("%(end)s不能早于%(start)s。")
                    % {
                        "end": self[end].label.text,
                        "start": self[start].label.text,
                    },
                )


def person_problems(
    values: Mapping[str, Any], attachment_kinds: Collection[str], today: date | None = None
) -> list[str]:
    """Why a person's row does not count (R072, R156–R160); empty when it is complete.

    ``values`` are the answers of ``PersonForm``, ``attachment_kinds`` the kinds of file uploaded.
    With ``today`` (Asia/Shanghai) a contract that has ended is a reason too.
    """
    found = missing_attachments("person", values, attachment_kinds)
    if not values.get("mobile"):
        found.append(_("未填手机号码。"))
    if values.get("nationality") != _("中国"):
        found.append(_("应为中国公民。"))
    found += _title_problems(values) + _related_problems(values)
    if values.get("secrecy_post") and not values.get("secrecy_training_number"):
        found.append(_("涉密岗位人员未填涉密培训证书编号。"))
    until = values.get("contract_until")
    if today and until and date.fromisoformat(until) < today:
        found.append(_("劳动合同已到期。"))
    return found


def _title_problems(values: Mapping[str, Any]) -> list[str]:
    category = values.get("category")
    if category not in SURVEYING or values.get("legacy"):
        return []
    found = [
        _("未填%s。") % label
        for name, label in (
            ("title_name", _("职称名称")),
            ("title_level", _("职称级别")),
            ("title_subject", _("职称专业")),
        )
        if not values.get(name)
    ]
    level = values.get("title_level")
    if level in _RANK and _RANK[level] < _RANK[str(category)]:
        sentence = _("人员类别是%(category)s，职称级别却是%(level)s。")
        names = {"category": dict(CATEGORIES)[str(category)], "level": dict(TITLE_LEVELS)[level]}
        found.append(sentence % names)
    return found


def _related_problems(values: Mapping[str, Any]) -> list[str]:
    if values.get("category") != "related":
        return []
    known = values.get("title_subject") or values.get("major")
    return [] if known else [_("未填职称专业或所学专业。")]


PAGES = (
    Page(
        "staff",
        _("技术人员信息"),
        PersonForm,
        row="person",
        own=("name", "id_number", "mobile", "title_number", "secrecy_training_number"),
    ),
)
