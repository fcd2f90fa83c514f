"""新单位注册 from 新建工作 to the notice, in the words of the screen."""

import pytest

from tests.browser import materials
from tests.browser.applicants import hand_in, open_work, save_page, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import decide, return_for_correction
from tests.browser.papers import download
from tests.browser.servers import Site

pytestmark = pytest.mark.browser

ITEM = {
    "补正的位置": "单位基本信息",
    "存在的问题": "营业执照看不清。",
    "补正要求": "重新扫描上传。",
}


@pytest.mark.requirement("R026")
@pytest.mark.requirement("R046")
@pytest.mark.requirement("R120")
@pytest.mark.requirement("R124")
def test_newcomer_is_registered_and_may_apply(site: Site, visit: Visit) -> None:
    """Nothing else is offered before; returned once; registered under the name on the licence."""
    unit = visit(site, "unit_new")
    main = unit.page.get_by_role("main")
    unit.follow("新建工作", within=main)
    unit.sees("请先办理“新单位注册”", within=main)
    open_work(unit, "乙级证书", "新单位注册")
    unit.press("提交")
    unit.sees("没有提交：")
    save_page(unit, "单位基本信息", {"单位名称": "长安新界测绘集团有限公司", **materials.BASICS})
    number = hand_in(unit)

    window = visit(site, "city_window")
    return_for_correction(window, number, [ITEM])
    unit.go("/work")
    unit.follow("办理", within=main)
    unit.fill({"补正说明": "已重新上传。"})
    unit.press("已补正")
    assert hand_in(unit) == number
    decide(window, number, "准予注册", {"意见": "与营业执照一致。"})

    see_case(unit, number)
    unit.sees("准予注册，办结")
    paper = download(unit, "新单位注册通知书").text.replace("\n", "")
    assert "长安新界测绘集团有限公司" in paper
    unit.go("/work/new")
    unit.sees("贵单位已经通过新单位注册，不需要再次办理。", within=main)
    open_work(unit, "乙级证书", "资质申请")
    unit.heading("申请书")
