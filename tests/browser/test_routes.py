"""The three routes from 新建工作 to the certificate, in the words of the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser import materials
from tests.browser.applicants import (
    fill_in_everything,
    hand_in,
    open_work,
    save_page,
    see_case,
    see_trace,
    turn_to,
)
from tests.browser.conftest import Visit
from tests.browser.officers import (
    accept,
    answer_objections,
    grant,
    propose_grant,
    return_for_correction,
)
from tests.browser.papers import download, token_of
from tests.browser.scans import pdf
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

ITEMS = (
    {
        "补正的位置": "单位简介",
        "存在的问题": "没有写明内设机构。",
        "补正要求": "写明内设机构和分工。",
    },
    {
        "补正的位置": materials.name(3),
        "存在的问题": "社保缴纳证明不清晰。",
        "补正要求": "重新上传。",
    },
)


@pytest.mark.requirement("R001")
@pytest.mark.requirement("R002")
@pytest.mark.requirement("R008")
@pytest.mark.requirement("R095")
@pytest.mark.requirement("R005")
@pytest.mark.requirement("R010")
@pytest.mark.requirement("R011")
@pytest.mark.requirement("R013")
@pytest.mark.requirement("R075")
@pytest.mark.requirement("R116")
def test_city_route_with_return_and_objection(either_site: Site, visit: Visit) -> None:
    """乙级: returned once, objected to once, granted; the stranger verifies the certificate."""
    site = either_site
    unit = visit(site, "unit_ready")
    open_work(unit, "乙级证书")
    hand_in_too_early(unit)
    fill_in_everything(unit)
    number = hand_in(unit)

    return_for_correction(visit(site, "city_window"), number, ITEMS)
    correct(unit)
    assert hand_in(unit) == number

    accept(visit, site, "city", number)
    see_case(unit, number)
    receipt = download(unit, "受理通知书", "下载受理单")
    assert number in receipt.text
    assert "工程测量" in receipt.text

    reviewer, _checker = propose_grant(visit, site, "city", number)
    stranger = visit(site)
    object_to_notice(stranger, number)
    answer_objections(reviewer, number, [("不成立", "经核实，该人员已办理离职。")])
    site.advance(6)

    grant(visit, site, "city", number, "工程测量")
    unit.go("/work")
    unit.sees("准予许可，办结")
    see_case(unit, number)
    certificate = download(unit, "测绘资质证书（正本）")
    assert "周原测绘有限公司" in certificate.text
    assert "作业范围" not in certificate.text
    verify(stranger, site, number, certificate.text)
    story = see_trace(unit)
    for words in ("初步核查材料：退回补齐材料", "收到异议", "签发决定：准予"):
        unit.sees(words, within=story)
    expect(unit.page.get_by_text("有退回").first).to_be_visible()
    expect(story).not_to_contain_text("市甲")


def hand_in_too_early(unit: Visitor) -> None:
    """提交 before anything is filled in: all that is missing is listed, each leads to its place."""
    unit.press("提交")
    unit.heading("提交前检查")
    unit.sees("没有提交：")
    missing = unit.page.get_by_role("region", name="处需要补充或修改")
    for title in materials.PAGES:
        expect(missing.get_by_role("heading", name=title, exact=True)).to_be_visible()
    addresses = [link.get_attribute("href") or "" for link in missing.get_by_role("link").all()]
    assert len(addresses) >= len(materials.PAGES)
    for address in addresses:
        unit.go(address)
        place = address.partition("#")[2]
        assert unit.page.locator(f"[id='{place}']").count() == 1, address


def correct(unit: Visitor) -> None:
    """Each item of the organ's list at its place: put right, answered, handed in again."""
    unit.go("/work")
    unit.sees("退回补齐材料")
    unit.follow("办理", within=unit.page.get_by_role("main"))
    asked = unit.page.get_by_role("region", name="补正事项")
    unit.sees("共 2 项，已补正 0 项", within=asked)

    unit.follow("单位简介", within=asked)
    unit.sees("没有写明内设机构。")
    unit.fill({"单位简介": "本单位设外业部、内业部和质检部，分别负责测量、成图和检查。"})
    unit.press("保存")
    unit.sees("“单位简介”已保存。")
    unit.fill({"补正说明": "已写明三个部门的分工。"})
    unit.press("已补正")
    unit.sees("共 2 项，已补正 1 项", within=asked)

    unit.follow(materials.name(3), within=asked)
    panel = unit.page.get_by_role("complementary", name="编辑技术人员")
    unit.sees("社保缴纳证明不清晰。", within=panel)
    unit.fill({"社保缴纳证明": pdf("社保新.pdf")}, within=panel)
    unit.press("保存", within=panel)
    unit.sees(f"已保存：{materials.name(3)}")
    unit.follow(materials.name(3), within=asked)
    unit.fill({"补正说明": "已重新上传。"}, within=panel)
    unit.press("已补正", within=panel)
    unit.sees("共 2 项，已补正 2 项", within=asked)


def object_to_notice(stranger: Visitor, number: str) -> None:
    """Anybody reads the notice and objects, without an account."""
    stranger.go("/notices")
    stranger.page.get_by_role("main").get_by_role("link", name="周原").first.click()
    stranger.sees(number)
    stranger.fill(
        {
            "姓名或单位名称": "过路人",
            "手机号码": materials.mobile(77),
            "异议内容": "该单位的一名技术人员仍在本单位任职，请核实。",
        }
    )
    stranger.press("提交异议")
    stranger.heading("异议已收到")


def verify(stranger: Visitor, site: Site, number: str, text: str) -> None:
    """By the number that is printed, and by the address in the QR code."""
    printed = next(word for word in text.split() if word.startswith(("乙测资字", "甲测资字")))
    stranger.go("/verify")
    stranger.fill({"证书编号": printed})
    stranger.press("核验证书")
    stranger.sees("证书有效")
    stranger.go(f"/verify/{token_of(site, number, 'certificate_original')}")
    stranger.sees("证书有效")
    stranger.sees(printed)


@pytest.mark.requirement("R001")
@pytest.mark.requirement("R004")
@pytest.mark.requirement("R005")
def test_province_route(either_site: Site, visit: Visit) -> None:
    """甲级: two years of 乙级 behind it, the approved dossier already filled in."""
    site = either_site
    unit = visit(site, "unit_b")
    open_work(unit, "甲级证书（非导航电子地图制作）")
    turn_to(unit, "技术人员信息")
    unit.sees("技术人员满足所选专业的标准")
    save_page(unit, "申请书", materials.application("工程测量"))
    number = hand_in(unit)
    to_certificate(visit, site, "province", number, "工程测量")
    see_case(unit, number)
    certificate = download(unit, "测绘资质证书（正本）")
    assert "甲测资字61" in certificate.text
    verify(visit(site), site, number, certificate.text)
    unit.sees("陕西省自然资源厅", within=see_trace(unit))


@pytest.mark.requirement("R001")
@pytest.mark.requirement("R004")
@pytest.mark.requirement("R005")
def test_ministry_route(either_site: Site, visit: Visit) -> None:
    """甲级证书（仅导航电子地图制作）: decided by the ministry, no 乙级 needed before."""
    site = either_site
    unit = visit(site, "unit_nav")
    open_work(unit, "甲级证书（仅导航电子地图制作）")
    save_page(unit, "申请书", materials.application("导航电子地图制作"))
    number = hand_in(unit)
    to_certificate(visit, site, "ministry", number, "导航电子地图制作")
    see_case(unit, number)
    certificate = download(unit, "测绘资质证书（副本）")
    assert "导航电子地图制作" in certificate.text
    verify(visit(site), site, number, certificate.text)
    unit.sees("自然资源部", within=see_trace(unit))


def to_certificate(visit: Visit, site: Site, level: str, number: str, specialty: str) -> None:
    accept(visit, site, level, number)
    propose_grant(visit, site, level, number)
    site.advance(6)
    grant(visit, site, level, number, specialty)
