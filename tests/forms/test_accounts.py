"""Accounts and cases: registering, signing in, opening, objecting, stopping."""

import pytest

from config.policy import region_choices
from forms.accounts import ChangePasswordForm, LoginForm, RegisterForm
from forms.cases import OpenCaseForm, StopForm
from forms.objections import ObjectionForm

GOOD = {
    "unit_name": "西安示例测绘有限公司",
    "uscc": "91350100M000100Y43",
    "province": "61",
    "city": "6101",
    "contact_name": "李四",
    "contact_mobile": "13800138000",
    "username": "survey_01",
    "password": "Long-enough-1",
    "password_again": "Long-enough-1",
    "consent": "y",
}
REGIONS = region_choices()


def register(**typed) -> RegisterForm:
    return RegisterForm({**GOOD, **typed}, choices=REGIONS)


def test_register_passes_and_keeps_one_password():
    form = register()

    assert form.validate(), form.errors
    assert "password_again" not in form.answers()
    assert form.answers()["password"] == "Long-enough-1"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"username": "甲" * 33}, {"username": ["用户名最多 32 个字，现有 33 个字。"]}),
        ({"username": "a b"}, {"username": ["用户名只能用字母、数字、下划线、点、短横或汉字。"]}),
        ({"username": "ab"}, {"username": ["用户名至少 3 个字符。"]}),
        ({"city": "1301"}, {"city": ["所在城市不属于所选的省份。"]}),
        ({"province": "99", "city": ""}, {"province": ["请在所列的选项中选择所在省份。"]}),
        ({"consent": ""}, {"consent": ["请阅读并勾选个人信息处理说明。"]}),
        ({"password_again": "x"}, {"password_again": ["两次输入的密码不一致。"]}),
    ],
)
def test_register_with_one_fault(typed, errors):
    form = register(**typed)

    assert not form.validate()
    assert {name: form.errors[name] for name in errors} == errors


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Short-1", "密码至少 10 个字符。"),
        ("alllowercase1", "密码应含大写字母、小写字母、数字、符号中的三种。"),
        ("My-Survey_01-x", "密码中不能包含用户名。"),
        ("", "请填写密码。"),
    ],
)
def test_weak_passwords_are_refused(password, sentence):
    form = register(password=password, password_again=password)

    assert not form.validate()
    assert form.errors["password"] == [sentence]


def test_password_is_never_written_back():
    form = register(unit_name="")

    assert not form.validate()
    assert "Long-enough-1" not in form.password() + form.password_again()


def test_change_of_password_wants_a_new_one():
    same = "Long-enough-1"
    form = ChangePasswordForm({"current_password": same, "password": same, "password_again": same})

    assert not form.validate()
    assert form.errors == {"password": ["新密码不能与现用密码相同。"]}


def test_login_takes_any_password_but_none():
    assert LoginForm({"username": "unit_b", "password": " x "}).answers()["password"] == " x "
    assert LoginForm({"username": "unit_b", "password": "x"}).validate()

    form = LoginForm({"username": "", "password": ""})
    assert not form.validate()
    assert form.errors == {"username": ["请填写用户名。"], "password": ["请填写密码。"]}


@pytest.mark.requirement("R049")
def test_opening_a_case_chooses_matter_and_certificate():
    handed = {
        "matters": [("qualification_application", "资质申请")],
        "certificate_types": [("class_b", "乙级证书")],
    }
    typed = {"matter": "qualification_application", "certificate_type": "class_b"}

    assert OpenCaseForm(typed, choices=handed).validate()
    form = OpenCaseForm({**typed, "certificate_type": "class_c"}, choices=handed)
    assert not form.validate()
    assert form.errors == {"certificate_type": ["请在所列的选项中选择资质证书。"]}


def test_objection_needs_a_way_to_answer():
    form = ObjectionForm({"name": "赵六", "content": "人员不实"})

    assert not form.validate()
    assert form.errors == {"mobile": ["手机号码和电子邮箱至少填写一项，以便答复。"]}
    assert ObjectionForm({"name": "赵六", "content": "人员不实", "email": "z@x.cn"}).validate()


def test_stopping_needs_reason_and_confirmation():
    form = StopForm({})

    assert not form.validate()
    assert form.errors == {"reason": ["请填写理由。"], "confirmation": ["请先确认后果。"]}
