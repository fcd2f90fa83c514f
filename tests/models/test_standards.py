"""满足情况: a unit's staff and equipment against the standard, in numbers and words."""

import pytest

from config.policy import load_standards
from forms.staff import CATEGORIES
from models.policy import CATEGORY_NAMES
from models.standards import (
    EquipmentItem,
    StaffMember,
    equipment_need,
    equipment_verdict,
    read_standard,
    staff_need,
    staff_verdict,
)

STANDARD = read_standard(load_standards())


def people(senior=0, mid=0, junior=0, related=0, **more) -> list[StaffMember]:
    numbers = {"senior": senior, "mid": mid, "junior": junior, "related": related}
    return [
        StaffMember(category, category, key=f"{category}{n}", **more)
        for category, number in numbers.items()
        for n in range(number)
    ]


def kit(**numbers: int) -> list[EquipmentItem]:
    return [
        EquipmentItem(kind, key=f"{kind}{n}") for kind, much in numbers.items() for n in range(much)
    ]


def test_categories_are_the_same_in_forms_and_rules():
    assert dict(CATEGORIES) == dict(CATEGORY_NAMES)


def test_every_row_of_the_standard_adds_up_and_says_how_sure_it_is():
    for code, one in load_standards()["specialties"].items():
        for letter in "AB":
            staff = one[letter]["staff"]
            parts = sum(staff[name] for name in ("senior", "mid", "junior", "related"))
            assert parts == staff["total"], (code, letter)
        for group in (one["A"]["staff"], one["B"]["equipment"], one["business_types"]):
            assert group["source"]
            assert group["confidence"] in {"D", "S", "S2", "M", "A"}


def test_every_kind_of_the_standard_can_be_chosen():
    for one in STANDARD.specialties.values():
        for need in [*one.classes["A"].equipment, *one.classes["B"].equipment]:
            for group in need:
                assert set(group.kinds) <= set(STANDARD.equipment_units)


@pytest.mark.parametrize(
    ("kind", "letter", "codes"),
    [
        ("class_a_navigation", "A", ["DHDT"]),
        ("class_a", "A", ["DDCL", "CHHS", "SYYG", "GCCL", "HYCH", "JXBD", "GISG", "DTBZ", "HLWD"]),
    ],
)
def test_certificate_types_carry_their_specialties(kind, letter, codes):
    assert STANDARD.certificate_types[kind].certificate_class == letter
    assert [code for code, _name in STANDARD.specialty_choices(kind)] == codes
    assert len(STANDARD.specialty_choices("class_b")) == 10


def test_several_specialties_take_the_greatest_number_not_the_sum():
    need = staff_need(STANDARD, "B", ["GCCL", "CHHS", "SYYG"])

    assert (need.total, need.senior, need.mid, need.junior, need.related) == (15, 1, 2, 3, 9)


@pytest.mark.requirement("R078")
@pytest.mark.parametrize(
    ("members", "shortfalls"),
    [
        (people(mid=2, junior=2, related=2), []),
        (people(senior=6), []),
        (people(mid=2, junior=4), []),
        (
            people(),
            [
                "还缺 2 名中级（测绘专业技术人员，需 2 名）。",
                "还缺 2 名初级（测绘专业技术人员，需 2 名）。",
                "还缺 2 名相关（测绘相关专业技术人员，需 2 名）。",
            ],
        ),
        (people(junior=4, related=2), ["还缺 2 名中级（测绘专业技术人员，需 2 名）。"]),
        (people(senior=1, junior=2, related=2), ["还缺 1 名中级（测绘专业技术人员，需 2 名）。"]),
        (people(mid=2, junior=1, related=9), ["还缺 1 名初级（测绘专业技术人员，需 2 名）。"]),
        (people(mid=3, junior=1, related=1), ["还缺 1 名相关（测绘相关专业技术人员，需 2 名）。"]),
    ],
)
def test_class_b_engineering_survey_needs_two_of_each(members, shortfalls):
    verdict = staff_verdict(STANDARD, "B", ["GCCL"], members)

    assert list(verdict.shortfalls) == shortfalls
    assert verdict.met == (not shortfalls)
    assert not verdict.assumed


def test_rows_tell_own_people_and_those_who_fill_down():
    verdict = staff_verdict(STANDARD, "B", ["GCCL"], people(senior=1, mid=2, junior=1, related=2))

    mid, junior = verdict.rows[1:3]
    assert (mid.label, mid.needed, mid.have, mid.missing) == ("测绘中级", 2, 2, 0)
    assert (junior.have, junior.missing, junior.note) == (1, 0, "由高一级或测绘人员抵 1 人。")
    assert verdict.rows[-1].label == "合计"
    assert verdict.rows[-1].have == 6


@pytest.mark.requirement("R072")
@pytest.mark.parametrize(
    ("member", "reason"),
    [
        (StaffMember("other", key="x"), "非专业技术人员不计入。"),
        (StaffMember("mid", "mid", nationality="美国", key="x"), "应为中国公民。"),
        (
            StaffMember("mid", "mid", complete=False, problems=("缺少身份证。",), key="x"),
            "缺少身份证。",
        ),
        (StaffMember("mid", "mid", complete=False, key="x"), "信息不完整。"),
        (StaffMember("senior", "mid", key="x"), "职称级别低于人员类别“测绘高级”。"),
        (StaffMember("junior", "", key="x"), "职称级别低于人员类别“测绘初级”。"),
    ],
)
def test_who_does_not_count_is_told_why(member, reason):
    verdict = staff_verdict(STANDARD, "B", ["GCCL"], [member])

    assert [(one.key, one.reason) for one in verdict.not_counted] == [("x", reason)]
    assert verdict.counted == ()
    assert verdict.shortfalls[-1] == "另有 1 人未计入，补正后可能满足要求。"


def test_higher_title_and_old_staff_count():
    members = [
        StaffMember("mid", "senior", key="a"),
        StaffMember("senior", "", legacy=True, key="b"),
    ]

    assert staff_verdict(STANDARD, "B", ["GCCL"], members).counted == ("a", "b")


@pytest.mark.parametrize(("letter", "cap"), [("A", 2), ("B", 1)])
def test_retired_people_count_up_to_the_cap_highest_first(letter, cap):
    retired = people(related=1, junior=1, mid=1, senior=1, retired=True)[::-1]

    verdict = staff_verdict(STANDARD, letter, ["GCCL"], retired)

    assert set(verdict.counted) == {"senior0", "mid0"} if cap == 2 else {"senior0"}
    assert verdict.not_counted[0].reason == f"超出退休人员计入上限（{cap} 人）。"


@pytest.mark.requirement("R167")
@pytest.mark.parametrize(
    ("letter", "code", "items", "shortfalls"),
    [
        ("B", "GCCL", kit(全站仪=2, 水准仪=2), ()),
        (
            "B",
            "GCCL",
            kit(全站仪=1),
            ("还缺 3 台GNSS接收机或全站仪或水准仪或地下管线探测仪。",),
        ),
        ("B", "SYYG", kit(三维激光扫描仪=1, 摄影测量系统=2), ()),
        ("B", "SYYG", kit(全站仪=3, 遥感图像处理系统=2), ()),
        (
            "B",
            "SYYG",
            kit(全站仪=1, 摄影测量系统=1),
            (
                "还缺 1 套摄影测量系统或遥感图像处理系统。",
                "还缺 1 台三维激光扫描仪，或者 2 台GNSS接收机或全站仪。",
            ),
        ),
        ("B", "HLWD", [EquipmentItem("服务器(境内)")], ()),
        ("B", "GCCL", [EquipmentItem("GNSS接收机(扼流圈天线)", quantity=4)], ()),
        (
            "A",
            "DDCL",
            kit(GNSS接收机=30),
            ("还缺 30 台GNSS接收机(扼流圈天线)或全站仪或水准仪或重力仪。",),
        ),
    ],
)
def test_equipment_against_one_specialty(letter, code, items, shortfalls):
    verdict = equipment_verdict(STANDARD, letter, [code], items)

    assert verdict.shortfalls == shortfalls
    assert verdict.met == (not shortfalls)


def test_one_instrument_serves_several_specialties_and_numbers_are_not_added():
    needs = equipment_need(STANDARD, "A", ["JXBD", "GCCL", "HYCH", "SYYG"])
    plain = {need[0].kinds: need[0].minimum for need in needs if len(need) == 1}

    assert plain["GNSS接收机", "全站仪"] == 10
    assert plain["GNSS接收机", "全站仪", "手持测距仪"] == 20
    items = kit(GNSS接收机=20, 多波束测深系统=2, 摄影测量系统=8)
    assert equipment_verdict(STANDARD, "A", ["JXBD", "GCCL", "HYCH", "SYYG"], items).met


def test_equipment_that_does_not_count_is_told_why():
    items = [
        EquipmentItem("全站仪", counts=False, problems=("缺少发票。",), name="TS60", key="1"),
        EquipmentItem("全站仪", counts=False),
    ]

    verdict = equipment_verdict(STANDARD, "B", ["HYCH"], items)

    assert [one.reason for one in verdict.not_counted] == ["缺少发票。", "不计入。"]
    assert verdict.rows[0].have == 0


def test_unconfirmed_numbers_are_marked():
    assert staff_verdict(STANDARD, "B", ["HLWD"], []).assumed
    assert equipment_verdict(STANDARD, "B", ["GCCL"], []).assumed
    assert not equipment_verdict(STANDARD, "A", ["GCCL"], []).assumed
