"""What a unit fills in, by the labels on the screen. Every name and number is made up."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.browser.scans import pdf, photo

Values = Mapping[str, Any]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NOWHERE = "619999"
_FAMILY = "欧阳上官司马诸葛东方夏侯尉迟皇甫"
_GIVEN = "文清书远子安若水思齐明德知行怀瑾"
_HIRED = "2023-03-01"


def id_number(number: int) -> str:
    """A citizen's number that is formally right and belongs to nobody (GB 11643-1999)."""
    born = date(1994, 1, 1) + timedelta(days=37 * number)
    first = f"{_NOWHERE}{born:%Y%m%d}{number % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def name(number: int) -> str:
    pair, given = number % 8 * 2, number * 3 % 8 * 2
    return _FAMILY[pair : pair + 2] + _GIVEN[given : given + 2]


def mobile(number: int) -> str:
    return f"1380000{number:04d}"


def application(*specialties: str) -> Values:
    return {
        "申请的专业类别": list(specialties),
        "申请联系人": "欧阳文清",
        "联系人手机号码": mobile(1),
        "本单位承诺所填信息和所附材料真实、有效，并承担相应的法律责任。": True,
        "申请书扫描件": pdf("申请书.pdf"),
    }


PROFILE: Values = {"单位简介": "本单位从事控制测量和地形测量，设有外业、内业和质检三个部门。"}

BASICS: Values = {
    "法定代表人": "欧阳文清",
    "单位性质": "企业",
    "成立日期": "2019-04-18",
    "注册资金（元）": "5000000.00",
    "所在省份": "陕西省",
    "所在城市": "西安市",
    "注册地址": "陕西省西安市雁塔区演示路 100 号",
    "办公地址": "陕西省西安市雁塔区演示路 100 号",
    "邮政编码": "710000",
    "单位电话": "029-87604025",
    "电子邮箱": "office@example.cn",
    "营业执照或法人证书": photo("营业执照.jpg"),
}

LEADERS: Values = {
    "法定代表人姓名": "欧阳文清",
    "法定代表人身份证号": id_number(90),
    "法定代表人职务": "总经理",
    "法定代表人手机号码": mobile(90),
    "分管资质申报领导同法定代表人": True,
    "法定代表人身份证": photo("身份证.jpg"),
}

SECURITY: Values = {
    "保密工作负责人": "上官书远",
    "保密机构设立文件": pdf("保密机构.pdf"),
    "涉密测绘成果管理制度": pdf("成果制度.pdf"),
    "保密要害部门部位管理规定": pdf("要害部位.pdf"),
    "涉密人员保密承诺书": pdf("承诺书.pdf"),
}

QUALITY: Values = {
    "技术质量负责人": "司马子安",
    "技术和质量管理机构设立文件": pdf("质量机构.pdf"),
    "质量管理制度": pdf("质量制度.pdf"),
    "质量负责人和质检人员任命文件": pdf("任命.pdf"),
}

ARCHIVES: Values = {
    "档案管理人员": "诸葛若水",
    "测绘成果和资料档案管理制度": pdf("档案制度.pdf"),
    "档案管理人员任命文件": pdf("档案任命.pdf"),
}

PAGES: Mapping[str, Values] = {
    "单位简介": PROFILE,
    "单位基本信息": BASICS,
    "法人及分管资质申报领导信息": LEADERS,
    "测绘地理信息安全保障措施和管理制度": SECURITY,
    "技术和质量保障体系": QUALITY,
    "测绘成果和资料档案管理制度": ARCHIVES,
}

_TITLES = {"测绘中级": ("工程师", "中级"), "测绘初级": ("助理工程师", "初级")}


def person(number: int, category: str) -> Values:
    """Somebody of that 人员类别, with every paper that it asks for."""
    basics: dict[str, Any] = {
        "姓名": name(number),
        "身份证号": id_number(number),
        "手机号码": mobile(number),
        "人员类别": category,
    }
    papers: dict[str, Any] = {
        "劳动合同起": _HIRED,
        "社保缴纳起": _HIRED,
        "身份证": photo("身份证.jpg"),
        "社保缴纳证明": pdf("社保.pdf"),
    }
    if category not in _TITLES:
        degree = {"学历": "大学本科", "所学专业": "计算机科学与技术"}
        return {**basics, **degree, **papers, "学历证书": pdf("学历.pdf")}
    title, level = _TITLES[category]
    titles = {"职称名称": title, "职称级别": level, "职称专业": "工程测量"}
    return {**basics, **titles, **papers, "职称证书": pdf("职称.pdf")}


CATEGORIES_B = ("测绘中级", "测绘中级", "测绘初级", "测绘初级", "相关", "相关")
"""Whom 乙级 工程测量 asks for."""
KINDS_B = ("GNSS接收机", "全站仪", "水准仪", "全站仪")


def instrument(number: int, kind: str) -> Values:
    return {
        "装备名称": kind,
        "规格型号": f"TEST-{number}00",
        "出厂编号": f"BROWSER-{number:04d}",
        "购置日期": "2022-05-20",
        "所有权": "自有",
        "使用状态": "在用",
        "发票": pdf("发票.pdf"),
        "仪器设备照片": photo("仪器.jpg"),
    }


def uscc(first17: str) -> str:
    """A unified social credit code with its check character (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weighed = (alphabet.index(one) * 3**place for place, one in enumerate(first17))
    return first17 + alphabet[-sum(weighed) % 31]
