"""The numbers people and units carry, and what is wrong with one, in words.

Pure functions: each gives a sentence, or None when the value is right.
"""

import re
from datetime import date
from gettext import gettext as _

_PROVINCES_OF_ZONE = {1: 5, 2: 3, 3: 7, 4: 6, 5: 4, 6: 5}  # 11-15, 21-23 … (GB/T 2260)
PROVINCES = {f"{zone}{n}" for zone, last in _PROVINCES_OF_ZONE.items() for n in range(1, last + 1)}
PROVINCES |= {"50", "71", "81", "82", "83"}
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# Numbers of people only: data cards and the internet of things (14[0-4], 1064…) are left out.
_MOBILE = re.compile(r"1(3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}")
_LANDLINE = re.compile(r"0\d{2,3}-?[2-8]\d{6,7}(-\d{1,5})?")
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


def id_check_character(first17: str) -> str:
    """The last character of a citizen's number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(first17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def id_number_problem(number: str, today: date) -> str | None:
    """What is wrong with a citizen's number of 18 characters (GB 11643-1999; policy §4)."""
    if re.fullmatch(r"[0-9]{15}", number):
        return _("15 位身份证号已停用，请填写 18 位号码。")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return _("身份证号应为 18 位：前 17 位是数字，末位是数字或 X。")
    if number[:2] not in PROVINCES:
        return _("身份证号前两位不是有效的省级代码，请核对。")
    problem = _birth_problem(number, today)
    if problem is None and id_check_character(number[:17]) != number[17]:
        return _("身份证号校验位不符，请逐位核对。")
    return problem


def birth_date(number: str) -> date | None:
    """The date of birth in a citizen's number, or None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _birth_problem(number: str, today: date) -> str | None:
    born = birth_date(number)
    if born is None:
        return _("身份证号中的出生日期不存在，请核对。")
    if born > today:
        return _("身份证号中的出生日期晚于今天，请核对。")
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < 16:
        return _("按身份证号计算不满 16 周岁，不能填报。")
    return _("按身份证号计算已超过 100 周岁，请核对。") if age > 100 else None


def uscc_check_character(first17: str) -> str:
    """The last character of a unified social credit code (GB 32100-2015)."""
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(first17, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def uscc_problem(code: str) -> str | None:
    """What is wrong with a unified social credit code (GB 32100-2015)."""
    if len(code) != 18:
        return _("统一社会信用代码应为 18 位。")
    if any(c not in _USCC_ALPHABET for c in code):
        return _("统一社会信用代码只含数字和大写字母，且没有 I、O、S、V、Z。")
    if not code[2:8].isdigit() or code[2:4] not in PROVINCES | {"10"}:
        return _("统一社会信用代码第 3 至 8 位应为行政区划代码，请核对。")
    if uscc_check_character(code[:17]) != code[17]:
        return _("统一社会信用代码校验位不符，请逐位核对。")
    return None


def mobile_problem(number: str) -> str | None:
    """What is wrong with a mobile number of mainland China."""
    if not re.fullmatch(r"[0-9]{11}", number):
        return _("手机号码应为 11 位数字。")
    return None if _MOBILE.fullmatch(number) else _("手机号码的号段不存在，请核对。")


def phone_problem(number: str) -> str | None:
    """What is wrong with a number that may be a landline with its area code or a mobile."""
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return None
    return _("电话应写成 029-87604025 的形式，或填写 11 位手机号码。")


def postal_code_problem(code: str) -> str | None:
    """What is wrong with a postal code."""
    return None if re.fullmatch(r"[0-8][0-9]{5}", code) else _("邮政编码应为 6 位数字。")


def email_problem(address: str) -> str | None:
    """What is wrong with an e-mail address in lower case; at most 254 characters."""
    sound = len(address) <= 254 and ".." not in address and _EMAIL.fullmatch(address)
    return None if sound else _("电子邮箱的格式不对，应如 name@example.cn。")


def url_problem(address: str) -> str | None:
    """What is wrong with an address on the web."""
    sound = re.fullmatch(r"https?://[^\s<>\"']{3,}", address)
    return None if sound else _("网址应以 http:// 或 https:// 开头。")
