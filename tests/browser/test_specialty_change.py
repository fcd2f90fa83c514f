"""专业类别变更 in the words of the screen: one specialty more, published, granted in place."""

import pytest
from playwright.sync_api import expect

from tests.browser import materials
from tests.browser.applicants import hand_in, open_work, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import accept, decide, propose_each
from tests.browser.papers import download
from tests.browser.scans import pdf
from tests.browser.servers import Site

pytestmark = pytest.mark.browser

OLD, NEW = "工程测量", "界线与不动产测绘"
PAGE = {
    "联系人手机号码": materials.mobile(1),
    "本单位知悉：不再保留的专业自准予变更之日起终止；承诺所填信息和所附材料真实、有效。": True,
    "变更申请书扫描件": pdf("变更申请书.pdf"),
}


@pytest.mark.requirement("R014")
@pytest.mark.requirement("R130")
def test_a_specialty_is_added(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_b")
    main = unit.page.get_by_role("main")
    open_work(unit, "乙级证书", "专业类别变更")
    expect(main.get_by_role("checkbox", name=OLD)).to_be_checked()
    unit.fill(PAGE, within=main)
    unit.press("保存")
    unit.sees("与现有的专业相同")
    unit.fill({"变更后的专业类别": [OLD, NEW], **PAGE}, within=main)
    unit.press("保存")
    unit.sees("“变更申请书”已保存。")
    expect(main.get_by_label("新增的专业类别")).to_have_text(NEW)
    number = hand_in(unit)

    accept(visit, site, "city", number)
    propose_each(visit, site, "city", number, [OLD, NEW])
    site.advance(6)
    approver = visit(site, "city_approver")
    values = {"准予的专业类别": [OLD, NEW], "意见": "同意。"}
    decide(approver, number, "准予", values)

    see_case(unit, number)
    unit.sees("准予变更，办结")
    decision = download(unit, "准予变更决定书").text.replace("\n", "")
    assert f"新增{NEW}" in decision
    certificate = download(unit, "测绘资质证书（正本）").text.replace("\n", "")
    assert OLD in certificate
    assert NEW in certificate
