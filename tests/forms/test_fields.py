"""Fields: what is typed, what is kept, and the sentence when it is wrong."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import fields
from forms.base import TaskForm

TODAY = date(2026, 11, 20)


class Sample(TaskForm):
    """One field of each kind."""

    text = fields.TextField("名称", limit=5)
    story = fields.LongTextField("说明", required=False, limit=10)
    id_number = fields.IdNumberField("身份证号")
    uscc = fields.UsccField("信用代码")
    mobile = fields.MobileField("手机号码")
    phone = fields.PhoneField("电话", required=False)
    email = fields.EmailField("邮箱", required=False)
    postal_code = fields.PostalCodeField("邮编", required=False)
    amount = fields.MoneyField("金额")
    quantity = fields.QuantityField("数量", required=False, least=0, most=50)
    day = fields.DateField("日期", past=True)
    choice = fields.ChoiceField("种类", required=False, choices=[("a", "甲"), ("b", "乙")])
    region = fields.ChoiceField("地区", required=False, choices_from="regions")
    several = fields.ChecklistField("专业", choices_from="specialties")
    tick = fields.TickField("承诺", must="请勾选承诺。")


GOOD = {
    "text": "甲乙丙",
    "id_number": "11010519491231002X",
    "uscc": "91350100M000100Y43",
    "mobile": "13800138000",
    "amount": "600000",
    "day": "2026-11-20",
    "several": ["GCCL"],
    "tick": "y",
}


def sample(**typed) -> Sample:
    return Sample(
        {**GOOD, **typed},
        today=TODAY,
        specialties=[("GCCL", "工程测量"), ("DDCL", "大地测量")],
        choices={"regions": {"陕西省": [("6101", "西安市")]}},
    )


def test_everything_right_passes_and_gives_plain_answers():
    form = sample(region="6101", quantity="7")

    assert form.validate(), form.errors
    answers = form.answers()
    assert answers["day"] == "2026-11-20"
    assert answers["amount"] == "600000.00"
    assert answers["quantity"] == 7
    assert answers["several"] == ["GCCL"]


def test_answers_come_back_as_the_same_answers():
    answers = sample(region="6101", quantity="7", choice="a").answers()

    assert Sample(data=answers, today=TODAY).answers() == answers


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("text", "  甲 乙 ", "甲 乙"),
        ("story", "一\r\n二", "一\n二"),
        ("id_number", "１１０１０５ 19491231 002x", "11010519491231002X"),
        ("uscc", "91350100m000100y43", "91350100M000100Y43"),
        ("mobile", "+86 138-0013-8000", "13800138000"),
        ("phone", "０２９-87604025", "029-87604025"),
        ("email", "Anna@X.COM", "anna@x.com"),
        ("amount", "￥1,234.5元", "1234.50"),
        ("amount", "0", "0.00"),
        ("day", "2026年1月2日", "2026-01-02"),
        ("day", "20260102", "2026-01-02"),
        ("day", "2026/1/2", "2026-01-02"),
    ],
)
def test_typing_is_read_kindly(field, typed, kept):
    form = sample(**{field: typed})

    assert form.validate(), form.errors
    assert form.answers()[field] == kept


@pytest.mark.requirement("R144")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "   ", "请填写名称。"),
        ("text", "一二三四五六", "名称最多 5 个字，现有 6 个字。"),
        ("text", "甲\x00乙", "名称含有无法保存的控制字符，请删除后重填。"),
        ("text", "甲\ud800", "名称含有无法保存的控制字符，请删除后重填。"),
        ("story", "一" * 11, "说明最多 10 个字，现有 11 个字。"),
        ("id_number", "11010519491231002", "身份证号应为 18 位：前 17 位是数字，末位是数字或 X。"),
        ("mobile", "12345678901", "手机号码的号段不存在，请核对。"),
        ("email", "x", "电子邮箱的格式不对，应如 name@example.cn。"),
        ("postal_code", "abc", "邮政编码应为 6 位数字。"),
        ("amount", "六十万", "金额应为数字，单位为元，最多两位小数，例如 600000.00。"),
        ("amount", "1e9", "金额应为数字，单位为元，最多两位小数，例如 600000.00。"),
        ("amount", "1.234", "金额应为数字，单位为元，最多两位小数，例如 600000.00。"),
        ("amount", "-5", "金额不能为负数。"),
        ("amount", "9" * 13, "金额应为数字，单位为元，最多两位小数，例如 600000.00。"),
        ("quantity", "51", "请填写 0 至 50 之间的整数。"),
        ("quantity", "1.5", "请填写 0 至 50 之间的整数。"),
        ("day", "", "请填写日期。"),
        ("day", "明天", "日期应写成 2026-11-20 的形式。"),
        ("day", "2026-02-30", "没有这一天，请核对日期。"),
        ("day", "1026-01-01", "年份应在 1900 至 2100 之间。"),
        ("day", "2026-11-21", "日期不能晚于今天。"),
        ("choice", "c", "请在所列的选项中选择种类。"),
        ("region", "6201", "请在所列的选项中选择地区。"),
        ("several", [], "请选择专业。"),
        ("several", ["GCCL", "X"], "专业中有不能选择的选项，请重新勾选。"),
        ("tick", "", "请勾选承诺。"),
    ],
)
def test_one_fault_gives_one_sentence_at_its_field(field, typed, sentence):
    form = sample(**{field: typed})

    assert not form.validate()
    assert form.errors == {field: [sentence]}
    assert form.error_list() == [(field, sentence)]


@pytest.mark.parametrize("field", ["day", "amount", "id_number", "mobile", "quantity"])
def test_what_was_typed_is_not_lost(field):
    form = sample(**{field: "不对的值"})

    assert not form.validate()
    assert "不对的值" in str(form[field]())


def test_an_empty_post_is_a_post():
    form = Sample({}, today=TODAY)

    assert not form.validate()
    assert {"text", "id_number", "amount", "day", "tick"} <= set(form.errors)


def test_widgets_tell_length_keyboard_and_need():
    form = sample()

    assert 'maxlength="5"' in form.text()
    assert "required" in form.text()
    assert 'inputmode="decimal"' in form.amount()
    assert 'autocomplete="tel-national"' in form.mobile()
    assert "required" not in form.story()


def test_templates_tell_fields_apart_by_the_names_of_wtforms():
    form = sample()

    assert form.choice.type == form.region.type == "SelectField"
    assert form.several.type == "SelectMultipleField"
    assert form.tick.type == "BooleanField"


def test_grouped_choices_render_in_their_groups():
    shown = str(sample(region="6101").region())

    assert '<optgroup label="陕西省"><option selected value="6101">西安市</option>' in shown
    assert '<option value="">请选择</option>' in shown


def test_a_form_that_needs_the_date_says_so():
    with pytest.raises(TypeError, match="today"):
        Sample(GOOD).validate()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_a_field(text):
    form = sample(**dict.fromkeys(("text", "id_number", "mobile", "amount", "day"), text))

    form.validate()
    form.answers()
    [field() for field in form]
