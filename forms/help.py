"""Forms of the help pages: suggestions by anyone, and how a province is reached, by the admin."""

from gettext import gettext as _
from typing import Any

from forms import fields
from forms.base import TaskForm
from forms.identifiers import url_problem
from forms.validators import Holds

KINDS = (("suggestion", _("建议")), ("fault", _("故障")), ("question", _("咨询")))


class FeedbackForm(TaskForm):
    """意见反馈: what could be better (R100)."""

    title = _("意见反馈")

    kind = fields.RadioField(_("类型"), choices=KINDS)
    content = fields.LongTextField(
        _("内容"),
        limit=2000,
        rows=6,
        help=_("请写明在哪个页面、做了什么、希望怎样。不要填写身份证号等个人信息。"),
    )
    reach = fields.TextField(
        _("联系方式"),
        required=False,
        limit=100,
        help=_("选填。需要答复的，留下电话或者电子邮箱；只用于答复这一条。"),
    )


class HandledForm(TaskForm):
    """已处理: what was done about a suggestion."""

    title = _("处理情况")

    note = fields.TextField(_("处理情况"), required=False, limit=500)


class _WebField(fields.TextField):
    def __init__(self, label: str, help: str, **kwargs: Any) -> None:
        super().__init__(
            label,
            required=False,
            limit=300,
            checks=[Holds(url_problem)],
            help=help,
            attributes={"inputmode": "url", "spellcheck": "false"},
            **kwargs,
        )


class ContactForm(TaskForm):
    """联系方式 of one province; empty means as for the whole country."""

    title = _("联系方式")

    hotline = fields.TextField(_("咨询电话"), required=False, limit=80)
    mailbox = fields.EmailField(_("电子邮箱"), required=False)
    address = fields.TextField(_("地址"), required=False, limit=200)
    hours = fields.TextField(_("工作时间"), required=False, limit=200)
    portal_url = _WebField(
        _("测绘服务平台网址"), _("测绘服务网中本省的平台，从那里可以进入本系统。")
    )
    service_url = _WebField(_("政务服务网网址"), _("已注册法人身份的用户可以从那里进入。"))
    key_url = _WebField(_("Key 驱动程序下载网址"), _("显示在登录页面和常见问题里。"))
