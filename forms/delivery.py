"""送达: how an officer handed a paper over, and what a unit says of electronic service."""

import re
from collections.abc import Iterator, Mapping
from gettext import gettext as _

from forms import fields
from forms.base import TaskForm
from forms.texts import halfwidth
from forms.validators import Holds

_DEMANDS: Mapping[str, Mapping[str, str]] = {
    "direct": {"receiver": _("直接送达须写明签收人。")},
    "post": {"tracking": _("邮寄送达须填写邮寄单号。")},
    "pickup": {"receiver": _("领取须写明领取人。")},
    "left": {
        "witness": _("留置送达须有见证人；没有见证人的，写明拍照、录像的情况。"),
        "remark": _("留置送达须写明拒收的事由和经过。"),
    },
}
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def clock_problem(text: str) -> str | None:
    """What is wrong with a time of day."""
    return None if _CLOCK.fullmatch(plain_clock(text)) else _("时间应写成 14:05 的形式。")


def plain_clock(text: str) -> str:
    """The time of day with half-width digits and colon."""
    return halfwidth(text).strip().replace("：", ":")


class DeliveryForm(TaskForm):
    """登记送达: when, how, to whose hands (policy §9, row 19)."""

    title = _("登记送达")

    unit = fields.RadioField(_("受送达人"), choices_from="units")
    way = fields.RadioField(_("送达方式"), choices_from="ways")
    reached_on = fields.DateField(
        _("送达日期"), past=True, help=_("邮寄送达填回执上注明的收件日期。")
    )
    reached_clock = fields.TextField(
        _("送达时间"), limit=8, checks=[Holds(clock_problem)], attributes={"placeholder": "14:05"}
    )
    place = fields.TextField(_("送达地点"), limit=200)
    receiver = fields.TextField(_("签收人（领取人）"), required=False, limit=50)
    relation = fields.TextField(
        _("与受送达人的关系"), required=False, limit=50, help=_("例如法定代表人、收发室、代理人。")
    )
    tracking = fields.TextField(
        _("邮寄单号"), required=False, limit=60, help=_("写快递公司和单号。")
    )
    witness = fields.TextField(_("见证人"), required=False, limit=100)
    remark = fields.LongTextField(_("备注"), required=False, limit=500, rows=3)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield what this way of service cannot do without."""
        for name, sentence in _DEMANDS.get(self.way.data or "", {}).items():
            if not self[name].data:
                yield name, sentence


class ConsentForm(TaskForm):
    """电子送达: agreed, or not (any longer)."""

    title = _("电子送达")

    agreed = fields.RadioField(
        _("本单位的文书"),
        choices=(
            ("yes", _("同意电子送达：文书到达本系统账号之时视为送达")),
            ("no", _("不同意电子送达：由审批机关以邮寄、直接送达或到机关领取的方式送达")),
        ),
    )
