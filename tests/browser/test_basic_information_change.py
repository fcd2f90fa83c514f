"""基本信息变更 from 新建工作 to both certificates made anew, in the words of the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.applicants import hand_in, open_work, save_page, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import accept, decide
from tests.browser.papers import download, token_of
from tests.browser.scans import pdf, photo
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

OLD, NEW = "岐山测绘集团有限公司", "岐山空间信息集团有限公司"
GRANTING = "CH2025000001"
"""The case in which the unit's 甲级 was granted."""
FILED = {
    "变更登记日期": "2026-11-02",
    "本单位承诺所填信息和所附材料真实、有效，并承担相应的法律责任。": True,
    "变更申请书扫描件": pdf("申请书.pdf"),
    "变更后的营业执照或法人证书": photo("营业执照.jpg"),
    "单位名称变更证明": pdf("核准通知.pdf"),
}


@pytest.mark.requirement("R017")
@pytest.mark.requirement("R128")
@pytest.mark.requirement("R129")
@pytest.mark.requirement("R151")
def test_name_changes_on_both_certificates(site: Site, visit: Visit) -> None:
    """The province decides and makes 甲级 anew; the city is asked to do the same with 乙级."""
    unit = visit(site, "unit_two")
    old_token = token_of(site, GRANTING, "certificate_original")
    open_work(unit, "甲级证书（非导航电子地图制作）", "基本信息变更")
    unit.sees(OLD, within=unit.page.get_by_role("main"))
    unit.fill({"变更后单位名称": OLD})
    unit.press("保存")
    unit.sees("与现登记的相同；没有变更的请留空。")
    save_page(unit, "变更事项", {"变更后单位名称": NEW, **FILED})
    number = hand_in(unit)

    accept(visit, site, "province", number)
    decide(visit(site, "province_reviewer"), number, "拟准予", {"意见": "证明属实。"})
    decide(visit(site, "province_checker"), number, "同意", {"意见": "同意。"})
    decide(visit(site, "province_approver"), number, "准予", {"意见": "同意。"})

    see_case(unit, number)
    unit.sees("准予变更，办结")
    decision = download(unit, "准予变更决定书").text.replace("\n", "")
    assert OLD in decision
    assert NEW in decision
    assert NEW in download(unit, "测绘资质证书（正本）").text.replace("\n", "")
    stranger = visit(site)
    is_void(stranger, old_token)
    is_valid(stranger, token_of(site, number, "certificate_original"))

    made_anew_by_the_city(site, visit, unit, stranger)


def made_anew_by_the_city(site: Site, visit: Visit, unit: Visitor, stranger: Visitor) -> None:
    unit.follow("消息", within=unit.page.get_by_role("navigation", name="主导航"))
    unit.sees("换发证书", within=unit.page.get_by_role("main"))
    unit.go("/work")
    unit.sees("换发证书", within=unit.page.get_by_role("main"))
    reviewer = visit(site, "city_reviewer")
    reviewer.go("/worklist")
    row = reviewer.page.get_by_role("row").filter(has_text=NEW)
    follower = row.get_by_text("CH2026").first.inner_text()
    decide(reviewer, follower, "拟换发", {"意见": "与登记机关的信息一致。"})
    decide(visit(site, "city_approver"), follower, "换发", {"意见": "同意。"})
    see_case(unit, follower)
    unit.sees("已换发，办结")
    assert NEW in download(unit, "测绘资质证书（副本）").text.replace("\n", "")
    is_valid(stranger, token_of(site, follower, "certificate_original"))


def is_void(stranger: Visitor, token: str) -> None:
    stranger.go(f"/verify/{token}")
    stranger.sees("这份纸面证书已作废")


def is_valid(stranger: Visitor, token: str) -> None:
    stranger.go(f"/verify/{token}")
    stranger.sees("登记信息与下列内容一致的，是有效的测绘资质证书。")
    stranger.sees(NEW)
    expect(stranger.page.get_by_text("这份纸面证书已作废")).to_have_count(0)
