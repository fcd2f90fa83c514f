"""资质注销 in the words of the screen: cancelled, announced, and the certificate says so."""

import pytest
from playwright.sync_api import expect

from tests.browser import materials
from tests.browser.applicants import hand_in, open_work, save_page, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import accept, decide
from tests.browser.papers import download
from tests.browser.scans import pdf
from tests.browser.servers import Site

pytestmark = pytest.mark.browser

PAGE = {
    "注销原因": "单位不再从事这类测绘活动，主动申请注销",
    "情况说明": "单位业务调整。",
    "在施测绘项目的处理": "无",
    "涉密成果的移交或者销毁情况": "无",
    "申请联系人": "欧阳文清",
    "联系人手机号码": materials.mobile(1),
    "本单位知悉：证书注销后不得再从事相应的测绘活动，注销结果向社会公告。": True,
    "注销申请书扫描件": pdf("注销申请书.pdf"),
}


@pytest.mark.requirement("R015")
@pytest.mark.requirement("R132")
def test_a_certificate_is_given_up(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_b")
    open_work(unit, "乙级证书", "资质注销")
    save_page(unit, "注销申请", PAGE)
    number = hand_in(unit)

    accept(visit, site, "city", number)
    decide(visit(site, "city_reviewer"), number, "拟同意", {"意见": "没有在施项目。"})
    decide(visit(site, "city_approver"), number, "同意注销", {"意见": "同意。"})

    see_case(unit, number)
    unit.sees("注销，办结")
    decision = download(unit, "注销测绘资质决定书").text.replace("\n", "")
    assert "第七十条" in decision
    held = decision[decision.index("乙测资字") :][:12]

    stranger = visit(site)
    stranger.go(f"/verify?number={held}")
    stranger.sees("已注销")
    stranger.go("/notices?kind=announcement")
    stranger.follow("关于注销渭水工程测量有限公司测绘资质的公告")
    stranger.sees("注销日期")

    unit.go("/work/new")
    offer = unit.page.get_by_role("radio", name="资质注销", exact=True)
    expect(offer).to_be_disabled()
    unit.sees("贵单位没有这种资质证书，取得证书后才能办理。")
