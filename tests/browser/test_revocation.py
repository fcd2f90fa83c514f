"""撤销 by the organ on the screen: proposed, the unit silent, signed, everybody told."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.officers import decide
from tests.browser.servers import Site

pytestmark = pytest.mark.browser


def test_a_certificate_got_by_fraud_is_revoked(site: Site, visit: Visit) -> None:
    unit, reviewer = visit(site, "unit_b"), visit(site, "city_reviewer")
    unit.go("/certificates/mine")
    unit.follow("变动记录")
    address = unit.page.url.removeprefix(site.url)
    held = unit.page.get_by_role("heading", level=1).inner_text()
    reviewer.go(address)
    reviewer.follow("撤销、撤回或者注销")
    reviewer.fill(
        {
            "情形": "以欺骗、贿赂等不正当手段取得测绘资质",
            "查明的事实": "职称证书系伪造。",
            "证据": "复函一份。",
        }
    )
    reviewer.press("提出并告知单位")
    reviewer.sees("已告知单位陈述申辩")
    number = reviewer.page.url.rsplit("/", 1)[1]
    unit.go("/work")
    unit.sees("审批机关请您办理“陈述申辩”")

    site.advance(7)
    reviewed = {"对陈述申辩的复核意见": "逾期未提出，事实清楚。"}
    decide(visit(site, "city_checker"), number, "应当处理", reviewed)
    decide(visit(site, "city_approver"), number, "同意", {"意见": "同意。"})

    stranger = visit(site)
    stranger.go(f"/verify?number={held}")
    stranger.sees("已撤销")
    stranger.go("/notices?kind=announcement")
    stranger.follow("关于撤销渭水工程测量有限公司测绘资质的公告")
    unit.go("/work/new")
    expect(unit.page.get_by_role("radio", name="资质申请", exact=True)).to_be_disabled()
    unit.sees("以前不得再次申请")
