"""A notice is objected to with a file, the unit states its side, and both are answered."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.officers import Visit, answer_objections, open_task
from tests.browser.servers import Site

pytestmark = pytest.mark.browser
UNIT, ACCOUNT = "太白测绘工程有限公司", "unit_14"
MOBILE = "13800138077"


@pytest.mark.requirement("R304")
@pytest.mark.requirement("R305")
def test_a_visitor_objects_the_unit_states_and_both_are_answered(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    evidence = tmp_path / "劳动合同.png"
    Image.new("RGB", (60, 40), "#ccd").save(evidence)

    stranger = visit(site)
    stranger.go(f"/notices?q={UNIT}")
    stranger.follow(f"关于拟批准{UNIT}测绘资质的公示")
    told = {"姓名或单位名称": "过路人", "异议内容": "一名技术人员仍在本单位任职。"}
    stranger.fill({**told, "证明材料": evidence})
    stranger.press("提交异议")
    stranger.sees("手机号码和电子邮箱至少填写一项")
    stranger.sees("劳动合同.png")
    stranger.fill({"手机号码": MOBILE})
    stranger.press("提交异议")
    stranger.heading("异议已收到")
    number = stranger.page.locator(".receipt-number").inner_text()

    unit = visit(site, ACCOUNT)
    unit.go("/work")
    unit.page.get_by_role("link", name=re.compile(r"^CH\d+|办件详情|查看")).first.click()
    unit.follow("在线陈述")
    unit.fill({"陈述内容": "该技术人员已于上月入职我单位。"})
    unit.press("提交陈述")
    unit.sees("核实中")
    case = unit.page.get_by_role("link", name=re.compile(r"^CH\d+$")).first.inner_text()

    reviewer = visit(site, "city_reviewer")
    open_task(reviewer, case)
    with reviewer.page.expect_download() as download:
        reviewer.follow("劳动合同.png")
    assert download.value.suggested_filename == "劳动合同.png"
    answers = [("不成立", f"经核实，第 {order} 件不成立。") for order in (1, 2, 3)]
    answer_objections(reviewer, case, answers)

    stranger.go("/objections")
    stranger.fill({"异议编号": number, "手机号码或者电子邮箱": "13900000000"})
    stranger.press("查询")
    stranger.sees("没有找到相符的异议")
    stranger.fill({"手机号码或者电子邮箱": MOBILE})
    stranger.press("查询")
    stranger.sees("经核实，第 2 件不成立。")
    unit.page.reload()
    unit.sees("经核实，第 3 件不成立。")
