"""补领证书 in the words of the screen: lost, returned once, replaced; the old paper is void."""

import pytest

from tests.browser import materials
from tests.browser.applicants import hand_in, open_work, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import decide
from tests.browser.papers import download
from tests.browser.scans import pdf
from tests.browser.servers import Site

pytestmark = pytest.mark.browser

PAGE = {
    "补领原因": "遗失",
    "遗失或者损毁日期": "2026-10-30",
    "经过说明": "办公室搬迁中遗失，多次查找未果。",
    "刊登遗失声明的媒体": "示例日报",
    "申请联系人": "欧阳文清",
    "联系人手机号码": materials.mobile(1),
    "本单位承诺所填情况真实；原证书找回的，交回发证机关，不再使用。": True,
}


@pytest.mark.requirement("R016")
@pytest.mark.requirement("R131")
def test_a_lost_certificate_is_replaced(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_b")
    open_work(unit, "乙级证书", "补领证书")
    unit.fill(PAGE, within=unit.page.get_by_role("main"))
    unit.press("保存")
    unit.sees("请同时填写刊登声明的媒体和日期，或者都不填。")
    unit.fill({"声明日期": "2026-11-02", "补领申请书扫描件": pdf("补领申请书.pdf")})
    unit.press("保存")
    unit.sees("“补领申请”已保存。")
    number = hand_in(unit)

    decide(visit(site, "city_window"), number, "属实", {"意见": "情况属实。"})
    decide(visit(site, "city_approver"), number, "同意补发", {"意见": "同意。"})

    see_case(unit, number)
    unit.sees("补发证书，办结")
    notice = download(unit, "补发证书通知书").text.replace("\n", "")
    assert "示例日报" in notice
    assert "第1次" in notice
    assert "补" in download(unit, "测绘资质证书（副本）").text
    unit.go("/work/new")
    unit.sees("补领证书")
