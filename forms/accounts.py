"""Forms of accounts: signing in, registering a unit, changing a password. No diagram uses them."""

import re
from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

import wtforms
from wtforms import widgets

from forms import fields, validators
from forms.base import TaskForm

_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


class PasswordField(wtforms.Field):
    """A password: never trimmed, never written back into the page."""

    widget = widgets.PasswordInput(hide_value=True)

    def __init__(self, label: str, *, new: bool = True, **kwargs: Any) -> None:
        rules: list[Any] = [validators.Presence(required=True), validators.AtMost(128)]
        rules += [validators.Holds(password_problem)] if new else []
        hint = _("至少 10 个字符，含大写字母、小写字母、数字、符号中的三种。") if new else ""
        kind = "new-password" if new else "current-password"
        super().__init__(label, rules, description=hint, render_kw={"autocomplete": kind}, **kwargs)

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, as it is."""
        if valuelist:
            self.data = str(valuelist[0])


class LoginForm(TaskForm):
    """登录."""

    title = _("登录")

    username = fields.TextField(_("用户名"), limit=32, attributes={"autocomplete": "username"})
    password = PasswordField(_("密码"), new=False)


class RegisterForm(TaskForm):
    """注册: a unit's account with its first contact (R045)."""

    title = _("注册")

    unit_name = fields.TextField(
        _("单位名称"),
        help=_("名称已被注册的，可先在后面多加几个字，首次申请时再更正。"),
        attributes={"autocomplete": "organization"},
    )
    uscc = fields.UsccField(_("统一社会信用代码"))
    province = fields.ChoiceField(_("所在省份"), choices_from="provinces")
    city = fields.ChoiceField(
        _("所在城市"), required=False, choices_from="cities", help=_("直辖市不填。")
    )
    contact_name = fields.TextField(_("联系人"), limit=50, attributes={"autocomplete": "name"})
    contact_mobile = fields.MobileField(_("联系人手机号码"))
    email = fields.EmailField(_("电子邮箱"), required=False)
    username = fields.TextField(
        _("用户名"),
        limit=32,
        checks=[validators.Holds(lambda name: username_problem(name))],
        help=_("3 至 32 个字符：字母、数字、下划线或汉字。"),
        attributes={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(_("密码"))
    password_again = PasswordField(_("再输入一次密码"), new=False)
    consent = fields.TickField(
        _("我已阅读并同意个人信息处理说明"), must=_("请阅读并勾选个人信息处理说明。")
    )
    electronic_service = fields.TickField(
        _("本单位同意电子送达"),
        help=_("文书到达本系统账号之时视为送达；不勾选的，邮寄、直接送达或领取。以后可以更改。"),
    )

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a city that does not lie in the province, and passwords that differ."""
        if not (self.city.data or "").startswith(self.province.data or "") and self.city.data:
            yield "city", _("所在城市不属于所选的省份。")
        yield from _password_problems(self, self.username.data)

    def answers(self) -> dict[str, Any]:
        """What was answered, without the repetition of the password."""
        return _without(super().answers(), "password_again")


class ChangePasswordForm(TaskForm):
    """修改密码."""

    title = _("修改密码")

    current_password = PasswordField(_("现用密码"), new=False)
    password = PasswordField(_("新密码"))
    password_again = PasswordField(_("再输入一次新密码"), new=False)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield a new password that is the old one, or was mistyped."""
        if self.password.data and self.password.data == self.current_password.data:
            yield "password", _("新密码不能与现用密码相同。")
        yield from _password_problems(self, "")

    def answers(self) -> dict[str, Any]:
        """What was answered, without the repetition of the password."""
        return _without(super().answers(), "password_again")


def password_problem(password: str) -> str | None:
    """What is wrong with a new password: 10 characters, three of four kinds (等保 level 3)."""
    if len(password) < 10:
        return _("密码至少 10 个字符。")
    if sum(bool(re.search(kind, password)) for kind in _KINDS) < 3:
        return _("密码应含大写字母、小写字母、数字、符号中的三种。")
    return None


def username_problem(name: str) -> str | None:
    """What is wrong with a user name of 3 to 32 characters."""
    if len(name) < 3:
        return _("用户名至少 3 个字符。")
    sound = re.fullmatch(r"[A-Za-z0-9_.\-\u4e00-\u9fff]+", name)
    return None if sound else _("用户名只能用字母、数字、下划线、点、短横或汉字。")


def _password_problems(form: Any, username: str | None) -> Iterator[tuple[str, str]]:
    password = form.password.data or ""
    if username and username.lower() in password.lower():
        yield "password", _("密码中不能包含用户名。")
    if password != (form.password_again.data or ""):
        yield "password_again", _("两次输入的密码不一致。")


def _without(answers: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if key != name}
