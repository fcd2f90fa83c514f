"""What the demo's units fill in: people, instruments, projects and pages, all made up.

ID numbers have a right check digit but a county (619999) that does not exist; telephone numbers
are counted up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

from forms.identifiers import id_check_character
from models.standards import Standard, equipment_need, staff_need
from webapp.demo.units import CITY, PROVINCE, DemoUnit

Values = dict[str, Any]

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = "晓明志远海燕文博思雨建国雪松子涵雅琴立新春梅浩然静怡长江丽华向阳小兰"
_TITLES = {
    "senior": (_("高级工程师"), "senior"),
    "mid": (_("工程师"), "mid"),
    "junior": (_("助理工程师"), "junior"),
}
_FORMER = ("senior", *("mid",) * 4, *("junior",) * 4, *("related",) * 3)
_DEGREES = {
    "senior": ("bachelor", _("土木工程")),
    "mid": ("bachelor", _("地质工程")),
    "junior": ("college", _("建筑工程")),
    "related": ("college", _("计算机科学与技术")),
}
_FIRST_BIRTHDAY = date(1970, 1, 1)
_HIRED = "2020-03-01"


@dataclass(frozen=True)
class Target:
    """What a dossier is made to meet: a class (A or B) and the codes of its specialties."""

    certificate_class: str
    specialties: tuple[str, ...]


def staff(unit: DemoUnit, standard: Standard, target: Target) -> list[Values]:
    """As many people as the standard wants, and one of each kind to spare."""
    need = staff_need(standard, target.certificate_class, target.specialties)
    wanted = {"senior": need.senior, "mid": need.mid, "junior": need.junior}
    categories = [key for key, count in wanted.items() for _n in range(count + 1)]
    categories += ["related"] * (need.related + 1)
    return [_person(unit, number, key) for number, key in enumerate(categories, start=1)]


def former_staff(unit: DemoUnit) -> list[Values]:
    """A dozen people of the old system, recognised by degree and years and not by a title."""
    found = []
    for number, category in enumerate(_FORMER, start=1):
        education, major = _DEGREES[category]
        person = {"education": education, "major": major, "category": category}
        named = {"name": _name(unit.number, number), "id_number": _id_number(unit, number)}
        found.append({**named, **person})
    return found


def equipment(unit: DemoUnit, standard: Standard, target: Target) -> list[Values]:
    """As many instruments as the standard wants, of the kinds that it names first."""
    needs = equipment_need(standard, target.certificate_class, target.specialties)
    kinds = [
        group.kinds[n % len(group.kinds)] for group, *_or in needs for n in range(group.minimum)
    ]
    return [_instrument(unit, number, kind) for number, kind in enumerate(kinds, start=1)]


def projects(unit: DemoUnit, target: Target, today: date) -> list[Values]:
    """Completed projects of the last year and a half, 6.5 million yuan in each specialty."""
    amounts = (2_600_000, 1_800_000, 1_200_000, 900_000)
    return [
        _project(unit, code, number, amount, today - timedelta(days=70 + 110 * number))
        for code in target.specialties
        for number, amount in enumerate(amounts)
    ]


def pages(unit: DemoUnit, target: Target) -> Mapping[str, Values]:
    """The pages of plain fields by their key."""
    head = _name(unit.number, 0)
    return {
        "application": {
            "chosen_specialties": list(target.specialties),
            "contact_name": _name(unit.number, 7),
            "contact_mobile": _mobile(unit, 7),
            "declaration": True,
        },
        "profile": {
            "profile": _(
                "{name}（演示单位）成立于 2012 年，主要承担控制测量、地形测量和变形监测等业务，"
                "设有外业、内业、质检和档案四个部门。"
            ).format(name=unit.name)
        },
        "unit_basics": _basics(unit, head),
        "leaders": _leaders(unit, head),
        "security": {"secrecy_head": _name(unit.number, 1), "secrecy_staff": 3},
        "quality": {"quality_head": _name(unit.number, 2), "inspectors": 2},
        "archives": {"archivist": _name(unit.number, 3), "archive_place": _("演示路 1 号 3 层")},
    }


def _leaders(unit: DemoUnit, head: str) -> Values:
    leader = {
        "name": head,
        "id_number": _id_number(unit, 0),
        "position": _("总经理"),
        "mobile": _mobile(unit, 0),
    }
    twice = {f"{who}_{key}": value for who in ("legal", "leader") for key, value in leader.items()}
    return {**twice, "same_as_legal": True}


def _basics(unit: DemoUnit, head: str) -> Values:
    return {
        "unit_name": unit.name,
        "uscc": unit.uscc,
        "legal_representative": head,
        "unit_nature": "enterprise",
        "established_on": "2012-05-18",
        "registered_capital": "10000000.00",
        "province": PROVINCE,
        "city": CITY,
        "county": f"{CITY}13",
        "registered_address": address(unit),
        "office_address": address(unit),
        "postal_code": "710000",
        "office_area": 800,
        "phone": "029-80000000",
        "email": f"{unit.username.replace('_', '.')}@example.cn",
    }


def address(unit: DemoUnit) -> str:
    return _("陕西省西安市雁塔区演示路 {number} 号").format(number=unit.number)


def head_of(unit: DemoUnit) -> str:
    return _name(unit.number, 0)


def _person(unit: DemoUnit, number: int, category: str) -> Values:
    title, level = _TITLES.get(category, ("", ""))
    surveying: Values = {
        "title_name": title,
        "title_level": level,
        "title_subject": _("工程测量"),
        "title_number": f"DEMO{unit.number:02d}{number:04d}",
        "title_issuer": _("演示人社部门"),
        "title_issued_on": "2019-06-30",
    }
    related: Values = {"education": "bachelor", "major": _("计算机科学与技术")}
    return {
        "name": _name(unit.number, number),
        "id_number": _id_number(unit, number),
        "mobile": _mobile(unit, number),
        "category": category,
        "nationality": _("中国"),
        "school": _("演示大学"),
        "contract_from": _HIRED,
        "insurance_from": _HIRED,
        **(surveying if title else related),
    }


def _instrument(unit: DemoUnit, number: int, kind: str) -> Values:
    return {
        "kind": kind,
        "model": f"DEMO-{number % 7 + 1}00",
        "manufacturer": _("演示仪器厂"),
        "serial_number": f"DEMO-{unit.number:02d}-{number:04d}",
        "purchased_on": "2021-04-12",
        "price": "68000.00",
        "invoice_number": f"{unit.number:02d}{number:06d}",
        "ownership": "owned",
        "condition": "usable",
        "place": _("仪器室"),
    }


def _project(unit: DemoUnit, code: str, number: int, amount: int, done: date) -> Values:
    return {
        "name": _("演示项目 {number}：{district}区测绘").format(
            number=number + 1, district=_("东南西北")[number % 4]
        ),
        "specialty": code,
        "client": _("演示委托单位"),
        "contract_number": f"DEMO-{unit.number:02d}-{code}-{number + 1}",
        "amount": f"{amount}.00",
        "signed_on": (done - timedelta(days=60)).isoformat(),
        "completed_on": done.isoformat(),
        "place": _("陕西省西安市"),
    }


def _name(unit: int, number: int) -> str:
    order = unit * 131 + number
    pair = order * 2 % len(_GIVEN)
    return _FAMILY[order % len(_FAMILY)] + _GIVEN[pair : pair + 2]


def _id_number(unit: DemoUnit, number: int) -> str:
    birthday = _FIRST_BIRTHDAY + timedelta(days=unit.number * 211 + number * 37)
    first = f"619999{birthday:%Y%m%d}{number % 1000:03d}"
    return first + id_check_character(first)


def _mobile(unit: DemoUnit, number: int) -> str:
    return f"139{unit.number:04d}{number:04d}"
