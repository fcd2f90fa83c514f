"""Whether a certificate is good today, in words, and what its unit should do before it ends."""

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from models import Qualification
from models.qualifications import CANCELLED, REPLACED, VALID
from models.renewal import RenewalRule

EXPIRED = "expired"
STATUS_WORDS = {
    VALID: _("有效"),
    EXPIRED: _("已过期"),
    REPLACED: _("已被替换"),
    CANCELLED: _("已注销"),
}
"""`replaced` is what a 变更 or 换证 leaves: the unit has a new certificate of this kind."""


@dataclass(frozen=True)
class Validity:
    """How a certificate stands; `light` is normal (绿), near (黄), overdue (红) or closed."""

    status: str
    words: str
    light: str
    days_left: int
    """Calendar days until the last day; negative once it is over."""
    advice: str
    """What the unit is to do now; empty when nothing."""


_ENDED_WORDS = {"revoked": _("已撤销"), "recalled": _("已撤回")}
"""By the line of its history that ended it; any other is 已注销."""


def words_of_status(held: Qualification, status: str) -> str:
    """The status in words; of a cancelled one, by which measure it ended (行政许可法 Art. 70)."""
    if status != CANCELLED:
        return STATUS_WORDS[status]
    kind = held.history[-1].kind if held.history else ""
    return _ENDED_WORDS.get(kind, STATUS_WORDS[status])


def status_on(held: Qualification, today: date) -> str:
    """valid, expired, replaced or cancelled; only the calendar makes a certificate expire."""
    if held.status == VALID and held.valid_until < today:
        return EXPIRED
    return held.status


def validity_of(held: Qualification, today: date, rule: RenewalRule) -> Validity:
    """The certificate as seen on a day of the office (Asia/Shanghai), with the rule of 延续."""
    status, left = status_on(held, today), (held.valid_until - today).days
    if status != VALID:
        light = "overdue" if status == EXPIRED else "closed"
        return Validity(status, words_of_status(held, status), light, left, _ENDED.get(status, ""))
    latest = rule.last_day(held.valid_until)
    if today < rule.first_day(held.valid_until):
        words, light = _("有效，还有 {days} 天"), "normal"
        advice = _("应不晚于 {latest} 申请延续。")
    elif today <= latest:
        words, light = _("还有 {days} 天到期"), "near"
        advice = _("请不晚于 {latest} 申请延续；按期申请的，届满前没有作出决定视为准予延续。")
    else:
        words, light = _("还有 {days} 天到期"), "overdue"
        advice = _("已过申请延续的期限（{latest}），请立即联系发证机关；届满后不能再从事测绘活动。")
    told = advice.format(latest=latest.isoformat())
    return Validity(status, words.format(days=left), light, left, told)


_ENDED = {
    EXPIRED: _("有效期已满，不能再凭它从事测绘活动。需要继续从事的，重新申请测绘资质。"),
}
