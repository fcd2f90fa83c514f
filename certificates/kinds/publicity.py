"""The papers that the public reads: 公示, 公告 and 注销公告. They name units, never persons."""

from collections.abc import Mapping

from certificates.kinds.base import PAPER, Fact, Kind

_PROPOSED = (
    ("order", "序号"),
    ("unit_name", "单位名称"),
    ("application", "申请类型"),
    ("class_name", "申请等级"),
    ("specialties", "申请专业"),
    ("proposed", "拟批准等级和专业"),
)
_GRANTED = (
    ("order", "序号"),
    ("unit_name", "单位名称"),
    ("application", "申请类型"),
    ("granted", "准予等级和专业"),
    ("certificate_number", "证书编号"),
    ("valid_until", "有效期至"),
)
_CANCELLED = (
    ("order", "序号"),
    ("unit_name", "单位名称"),
    ("certificate_number", "证书编号"),
    ("specialties", "等级和专业"),
    ("reason", "注销原因"),
    ("cancelled_on", "注销日期"),
)
_REPLACED = (
    ("order", "序号"),
    ("unit_name", "单位名称"),
    ("certificate_number", "证书编号"),
    ("specialties", "等级和专业"),
    ("reason", "补领原因"),
    ("statement", "遗失声明"),
)
_ORGAN = (
    Fact("organ_address", "机关地址", required=False),
    Fact("organ_email", "机关电子邮箱", required=False),
)

KINDS: Mapping[str, Kind] = {
    "public_notice": Kind(
        "拟批准测绘资质公示",
        "示",
        (
            *PAPER,
            *_ORGAN,
            Fact("listed", "公示名单", "rows", columns=_PROPOSED),
            Fact("period_from", "公示起始日期", "day"),
            Fact("period_until", "公示截止日期", "day"),
            Fact("period_note", "暂按说明", required=False),
            Fact("working_days", "公示工作日数", "count"),
            Fact("articles", "依据", "texts"),
        ),
        told=False,
        is_public=True,
    ),
    "announcement": Kind(
        "准予测绘资质公告",
        "告",
        (
            *PAPER,
            *_ORGAN,
            Fact("listed", "公告名单", "rows", columns=_GRANTED),
            Fact("articles", "依据", "texts"),
        ),
        told=False,
        is_public=True,
    ),
    "loss_announcement": Kind(
        "补领测绘资质证书公告",
        "补告",
        (
            *PAPER,
            *_ORGAN,
            Fact("listed", "公告名单", "rows", columns=_REPLACED),
            Fact("articles", "依据", "texts"),
        ),
        told=False,
        is_public=True,
    ),
    "cancellation_announcement": Kind(
        "注销测绘资质公告",
        "销告",
        (
            *PAPER,
            *_ORGAN,
            Fact("listed", "公告名单", "rows", columns=_CANCELLED),
            Fact("articles", "依据", "texts"),
        ),
        told=False,
        is_public=True,
    ),
}
