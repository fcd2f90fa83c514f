"""老人老办法: a file of the old system is loaded, and a unit takes its people over."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import materials
from tests.browser.applicants import open_work, turn_to
from tests.browser.conftest import Visit
from tests.browser.materials import pdf
from tests.browser.servers import Site
from tests.forms.workbooks import workbook
from tests.webapp.folder import id_number
from webapp.demo.story import UNIT_OLD

pytestmark = pytest.mark.browser

HEADER = ["单位名称", "统一社会信用代码", "姓名", "身份证号", "人员类别", "学历"]


@pytest.mark.requirement("R065")
@pytest.mark.requirement("R066")
@pytest.mark.requirement("R067")
@pytest.mark.requirement("R154")
def test_people_of_the_old_system_are_loaded_ticked_and_taken_over(
    site: Site, visit: Visit, tmp_path: Path
) -> None:
    """Loaded from a workbook; who is held elsewhere stays; one is completed and then counts."""
    place = [UNIT_OLD.name, UNIT_OLD.uscc]
    rows = [[*place, "欧阳测", id_number(77), "测绘中级", "大学本科"], [*place, "无号", "12"]]
    table = tmp_path / "补充名单.xlsx"
    table.write_bytes(workbook([HEADER, *rows]))
    admin = visit(site, "admin")
    admin.follow("旧系统数据")
    admin.page.get_by_role("radio", name="旧系统技术人员", exact=True).check()
    admin.fill({"表格文件": table})
    admin.press("上传并预览")
    admin.sees("身份证号应为 18 位")
    admin.press("确认载入")
    admin.sees("已载入 1 行。")

    unit = visit(site, "unit_old")
    open_work(unit, "乙级证书", "复审换证")
    turn_to(unit, "技术人员信息")
    unit.follow("“老人老办法”技术人员查询")
    unit.page.get_by_label("全选本页").check()
    unit.press("人员基本信息转移")
    unit.sees("1 人没有转移")
    unit.sees("已存在于其他单位：渭水工程测量有限公司")
    unit.sees("已转移 13 人的基本信息")
    expect(unit.page.get_by_text("已在列表中", exact=True)).to_have_count(13)

    unit.follow("返回技术人员列表")
    row = unit.page.get_by_role("row").filter(has_text="欧阳测")
    unit.sees("缺少职称证书或学历证书。", within=row)
    row.get_by_role("link", name="编辑").click()
    panel = unit.page.get_by_role("complementary", name="编辑")
    unit.fill({"手机号码": materials.mobile(77)}, within=panel)
    for kind in ("身份证", "社保缴纳证明", "学历证书"):
        unit.fill({kind: pdf(f"{kind}.pdf")}, within=panel)
    unit.press("保存", within=panel)
    unit.sees("已保存：欧阳测。")
    expect(row.get_by_text("计入", exact=True)).to_be_visible()
