"""Forms of the office's own administration: staff accounts and organs. No diagram uses them."""

from gettext import gettext as _

from forms import fields
from forms.accounts import PasswordField, username_problem
from forms.base import TaskForm
from forms.validators import Holds


class StaffForm(TaskForm):
    """A new account of an organ or of the office."""

    title = _("新增用户")

    username = fields.TextField(
        _("用户名"), limit=32, checks=[Holds(username_problem)], attributes={"autocomplete": "off"}
    )
    name = fields.TextField(_("姓名"), limit=50, attributes={"autocomplete": "off"})
    authority = fields.ChoiceField(
        _("审批机关"),
        required=False,
        choices_from="authorities",
        help=_("受理、经办、复核、签发人员须选择；专家、管理员和审计员不选。"),
    )
    roles = fields.ChecklistField(_("角色"), choices_from="roles")
    password = PasswordField(_("初始密码"))


class RolesForm(TaskForm):
    """The roles of an account."""

    title = _("角色")

    roles = fields.ChecklistField(_("角色"), choices_from="roles")


class NewPasswordForm(TaskForm):
    """A password that the administrator gives."""

    title = _("重置密码")

    password = PasswordField(_("新密码"))


class AuthorityForm(TaskForm):
    """What papers and pages say of an organ besides its name."""

    title = _("审批机关")

    phone = fields.PhoneField(_("咨询电话"), required=False)
    address = fields.TextField(_("地址"), required=False, limit=200)
    email = fields.EmailField(_("电子邮箱"), required=False)
    reconsideration_organ = fields.TextField(
        _("行政复议机关"), limit=200, help=_("写入不予许可等决定书的救济途径。")
    )
    court = fields.TextField(_("行政诉讼管辖法院"), limit=200, help=_("同上。"))


WORKED, OFF, BY_WEEKDAY = "worked", "off", "weekday"


class CalendarDayForm(TaskForm):
    """One day of the calendar, as a notice has it."""

    title = _("修改一天")

    day = fields.DateField(_("日期"))
    worked = fields.RadioField(
        _("安排"),
        choices=[
            (OFF, _("放假")),
            (WORKED, _("上班")),
            (BY_WEEKDAY, _("按星期（取消已有的安排）")),
        ],
    )
    name = fields.TextField(_("节日"), limit=60, required=False)
    source = fields.TextField(_("来源"), limit=120, help=_("通知的名称或文号。"))
