"""Samples of what the public reads: 公示, 公告 and 注销公告."""

from typing import Any

from tests.certificates.papers.base import LONG_NAME, LONG_UNIT, PAPER, SPECIALTIES

PAGES = dict.fromkeys(
    ("public_notice", "announcement", "cancellation_announcement", "loss_announcement"), (1, 2)
)
_PAPER = {key: fact for key, fact in PAPER.items() if key not in ("handler", "case_number")}
_ORGAN = {"organ_address": "陕西省西安市雁塔区科技路 1 号", "organ_email": "chzz@example.gov.cn"}
_ALL = "甲级：" + "、".join(SPECIALTIES)


def _paper(**facts: Any) -> dict[str, Any]:
    given = {**_PAPER, **_ORGAN, "case_number": PAPER["case_number"], **facts}
    return {**given, "class_name": "甲级"}


SHORT: dict[str, dict[str, Any]] = {
    "public_notice": _paper(
        document_number="陕测资示〔2026〕8号",
        listed=[
            {
                "order": "1",
                "unit_name": "西安秦岭测绘有限公司",
                "application": "资质申请",
                "class_name": "甲级",
                "specialties": "工程测量、地理信息系统工程",
                "proposed": "甲级：工程测量、地理信息系统工程",
            }
        ],
        period_from="2026-11-20",
        period_until="2026-11-27",
        working_days=5,
        articles=["《测绘资质管理办法》"],
    ),
    "announcement": _paper(
        document_number="陕测资告〔2026〕8号",
        listed=[
            {
                "order": "1",
                "unit_name": "西安秦岭测绘有限公司",
                "application": "资质申请",
                "granted": "甲级：工程测量、地理信息系统工程",
                "certificate_number": "甲测资字61100013",
                "valid_until": "2031-11-27",
            }
        ],
        articles=["《中华人民共和国行政许可法》第四十条", "《测绘资质管理办法》"],
    ),
    "loss_announcement": _paper(
        document_number="陕测资补告〔2026〕1号",
        listed=[
            {
                "order": "1",
                "unit_name": "西安秦岭测绘有限公司",
                "certificate_number": "甲测资字61100013",
                "specialties": "甲级：工程测量、地理信息系统工程",
                "reason": "遗失，2026-10-30",
                "statement": "示例日报，2026-11-05",
            }
        ],
        articles=["《测绘资质管理办法》"],
    ),
    "cancellation_announcement": _paper(
        document_number="陕测资销告〔2026〕2号",
        listed=[
            {
                "order": "1",
                "unit_name": "西安秦岭测绘有限公司",
                "certificate_number": "甲测资字61100013",
                "specialties": "甲级：工程测量、地理信息系统工程",
                "reason": "单位申请注销",
                "cancelled_on": "2026-11-20",
            }
        ],
        articles=["《中华人民共和国行政许可法》第七十条"],
    ),
}


def _long(kind: str, **row: str) -> dict[str, Any]:
    short = SHORT[kind]
    listed = [{**short["listed"][0], "unit_name": LONG_NAME, **row}]
    return {**short, **LONG_UNIT, "listed": listed}


LONG: dict[str, dict[str, Any]] = {
    "public_notice": _long("public_notice", specialties="、".join(SPECIALTIES), proposed=_ALL),
    "announcement": _long("announcement", granted=_ALL),
    "loss_announcement": _long("loss_announcement", specialties=_ALL),
    "cancellation_announcement": _long("cancellation_announcement", specialties=_ALL),
}
