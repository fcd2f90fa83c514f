"""补充和修改数据 from 新建工作 to the notice, in the words of the screen."""

import pytest

from tests.browser import materials
from tests.browser.applicants import add_rows, hand_in, open_work, save_page, see_case, turn_to
from tests.browser.conftest import Visit
from tests.browser.officers import accept, decide, open_task
from tests.browser.papers import download
from tests.browser.scans import pdf
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

REQUEST = {
    "变化发生日期": "2026-11-02",
    "变化情况说明": "更换一台仪器，新聘一名工程师。",
    "本单位承诺所填信息和所附材料真实、有效，并承担相应的法律责任。": True,
    "更新申请书扫描件": pdf("申请书.pdf"),
}


@pytest.mark.requirement("R018")
@pytest.mark.requirement("R126")
@pytest.mark.requirement("R127")
def test_equipment_and_staff_are_updated(site: Site, visit: Visit) -> None:
    """One instrument less is below the standard and refused by name; one more, and it goes."""
    unit = visit(site, "unit_a")
    open_work(unit, "甲级证书（非导航电子地图制作）", "补充和修改数据")
    save_page(unit, "更新申请", REQUEST)
    remove_first(unit, "技术装备信息", "删除")
    unit.press("提交")
    unit.sees("没有提交：")
    unit.sees("变更后不再符合证书 甲测资字")
    unit.sees("的“工程测量”：还缺 1 台")
    add_rows(unit, "技术装备信息", [materials.instrument(1, "全站仪")], "装备名称")
    add_rows(unit, "技术人员信息", [materials.person(1, "测绘中级")], "姓名")
    number = hand_in(unit)

    accept(visit, site, "province", number)
    reviewer = visit(site, "province_reviewer")
    open_task(reviewer, number)
    reviewer.follow("满足情况", within=reviewer.page.get_by_role("main"))
    reviewer.sees("满足标准", within=reviewer.page.get_by_role("main"))
    decide(reviewer, number, "拟准予", {"意见": "变更后仍符合标准。"})
    decide(visit(site, "province_checker"), number, "同意", {"意见": "同意。"})
    decide(visit(site, "province_approver"), number, "准予", {"意见": "同意。"})

    see_case(unit, number)
    unit.sees("同意更新，办结")
    paper = download(unit, "数据更新通知书").text.replace("\n", "")
    assert f"1：{materials.name(1)}" in paper
    assert "证书继续有效" in paper


def remove_first(unit: Visitor, title: str, word: str) -> None:
    turn_to(unit, title)
    row = unit.page.get_by_role("main").get_by_role("row").nth(1)
    unit.press(word, within=row)
    unit.answer(word)
    unit.sees(f"已{word}：")
