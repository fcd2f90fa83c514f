"""Numbers of people and units: right ones pass, one fault each gives its own sentence."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from forms import identifiers

TODAY = date(2026, 11, 20)
PERSON = "11010519491231002X"
UNIT = "91350100M000100Y43"


def person(birth: str = "19851203", region: str = "610113", order: str = "001") -> str:
    body = region + birth + order
    return body + identifiers.id_check_character(body)


@pytest.mark.requirement("R028")
@pytest.mark.parametrize("number", [PERSON, "440524188001010014".replace("1880", "1980")[:17]])
def test_citizen_number_of_the_standard_passes(number):
    whole = number if len(number) == 18 else number + identifiers.id_check_character(number)

    assert identifiers.id_number_problem(whole, TODAY) is None


@pytest.mark.requirement("R028")
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("110105491231002", "15 位身份证号已停用，请填写 18 位号码。"),
        ("1101051949123100", "身份证号应为 18 位：前 17 位是数字，末位是数字或 X。"),
        ("11010519491231O02X", "身份证号应为 18 位：前 17 位是数字，末位是数字或 X。"),
        (
            "１１０１０５１９４９１２３１００２X",
            "身份证号应为 18 位：前 17 位是数字，末位是数字或 X。",
        ),
        (person(region="990113"), "身份证号前两位不是有效的省级代码，请核对。"),
        (person("19850230"), "身份证号中的出生日期不存在，请核对。"),
        (person("20261121"), "身份证号中的出生日期晚于今天，请核对。"),
        (person("20101121"), "按身份证号计算不满 16 周岁，不能填报。"),
        (person("19251120"), "按身份证号计算已超过 100 周岁，请核对。"),
        ("110105194912310021", "身份证号校验位不符，请逐位核对。"),
    ],
)
def test_citizen_number_with_one_fault_says_which(number, sentence):
    assert identifiers.id_number_problem(number, TODAY) == sentence


@pytest.mark.parametrize("birth", ["20101120", "19251121"])
def test_age_limits_are_inclusive(birth):
    assert identifiers.id_number_problem(person(birth), TODAY) is None


births = st.dates(date(1930, 1, 1), date(2009, 1, 1)).map(lambda day: f"{day:%Y%m%d}")
orders = st.integers(1, 999).map("{:03d}".format)


@settings(deadline=None)
@given(births, orders, st.integers(0, 16), st.integers(1, 9))
def test_changing_any_digit_of_a_citizen_number_fails(birth, order, place, shift):
    number = person(birth, order=order)
    changed = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert identifiers.id_number_problem(number, TODAY) is None
    assert identifiers.id_number_problem(changed, TODAY)


@settings(deadline=None)
@given(births, orders)
def test_citizen_number_agrees_with_stdnum(birth, order):
    number = person(birth, region="110105", order=order)

    assert ric.calc_check_digit(number) == number[17]


@pytest.mark.parametrize("code", [UNIT, "91110000600037341L"])
def test_credit_code_passes(code):
    assert identifiers.uscc_problem(code) is None
    assert uscc.is_valid(code)


@pytest.mark.requirement("R028")
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (UNIT[:-1], "统一社会信用代码应为 18 位。"),
        ("91350100M000100I43", "统一社会信用代码只含数字和大写字母，且没有 I、O、S、V、Z。"),
        ("91990100M000100Y43", "统一社会信用代码第 3 至 8 位应为行政区划代码，请核对。"),
        ("91350100M000100Y4X", "统一社会信用代码校验位不符，请逐位核对。"),
    ],
)
def test_credit_code_with_one_fault_says_which(code, sentence):
    assert identifiers.uscc_problem(code) == sentence


@settings(deadline=None)
@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_changing_any_sign_of_a_credit_code_fails(place, sign):
    changed = UNIT[:place] + sign + UNIT[place + 1 :]

    assert (identifiers.uscc_problem(changed) is None) == (changed == UNIT)


@pytest.mark.parametrize(
    ("check", "value", "sentence"),
    [
        (identifiers.mobile_problem, "13800138000", None),
        (identifiers.mobile_problem, "19912345678", None),
        (identifiers.mobile_problem, "1380013800", "手机号码应为 11 位数字。"),
        (identifiers.mobile_problem, "12012345678", "手机号码的号段不存在，请核对。"),
        (identifiers.mobile_problem, "14112345678", "手机号码的号段不存在，请核对。"),
        (identifiers.phone_problem, "029-87604025", None),
        (identifiers.phone_problem, "010-58511090", None),
        (identifiers.phone_problem, "13800138000", None),
        (
            identifiers.phone_problem,
            "87604025",
            "电话应写成 029-87604025 的形式，或填写 11 位手机号码。",
        ),
        (identifiers.postal_code_problem, "100000", None),
        (identifiers.postal_code_problem, "91000", "邮政编码应为 6 位数字。"),
        (identifiers.postal_code_problem, "910000", "邮政编码应为 6 位数字。"),
        (identifiers.email_problem, "a.b+c@survey.example.cn", None),
        (identifiers.email_problem, "a@b", "电子邮箱的格式不对，应如 name@example.cn。"),
        (identifiers.email_problem, "a..b@x.cn", "电子邮箱的格式不对，应如 name@example.cn。"),
        (identifiers.url_problem, "https://rsj.example.gov.cn/a?b=1", None),
        (identifiers.url_problem, "javascript:alert(1)", "网址应以 http:// 或 https:// 开头。"),
    ],
)
def test_ways_to_reach_someone(check, value, sentence):
    assert check(value) == sentence


def test_birth_date_comes_from_the_number():
    assert identifiers.birth_date(PERSON) == date(1949, 12, 31)
    assert identifiers.birth_date("110105199913310020") is None
