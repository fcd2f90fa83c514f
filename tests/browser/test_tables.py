"""A long list of people from a spreadsheet, with its scans, and back out again."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.applicants import open_work, turn_to
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.visitors import NARROW, Visitor
from tests.forms.workbooks import workbook
from tests.webapp.folder import id_number, png

pytestmark = pytest.mark.browser

HEADER = ["姓名*", "身份证号*", "手机号码*", "人员类别*", "学历", "退休人员"]
TITLE = "技术人员信息"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def person(number: int, category: str = "测绘初级", name: str = "") -> list[Any]:
    named = name or f"林{'一二三四五六七八九'[number % 9]}{'甲乙丙丁戊己庚辛'[number // 9 % 8]}"
    return [named, id_number(number + 300), "13800138000", category, "大学本科", ""]


def choose(page: Page, label: str, *files: tuple[str, bytes]) -> None:
    chosen = [FilePayload(name=name, mimeType=XLSX, buffer=content) for name, content in files]
    page.get_by_label(label, exact=True).set_input_files(chosen)


def open_staff(unit: Visitor) -> None:
    open_work(unit, "甲级证书（非导航电子地图制作）")
    turn_to(unit, TITLE)


def import_rows(unit: Visitor, rows: Sequence[Sequence[Any]]) -> None:
    unit.follow("从表格导入")
    choose(unit.page, "表格文件", ("人员.xlsx", workbook([HEADER, *rows])))
    unit.press("上传并预览")
    unit.heading(f"导入预览：{TITLE}")


@pytest.mark.requirement("R069")
@pytest.mark.requirement("R155")
def test_a_unit_imports_its_people_corrects_a_cell_and_lays_their_scans(
    either_site: Site, visit: Visit
) -> None:
    unit = visit(either_site, "unit_b")
    open_staff(unit)
    rows = [person(number) for number in range(1, 41)]
    import_rows(unit, [*rows, person(50, category="局长", name="错误")])

    cell = unit.page.get_by_label("D42 人员类别")
    expect(cell).to_have_value("局长")
    unit.sees("“局长”不在可选的内容中")
    unit.page.reload()
    cell.fill("相关")
    unit.press("重新检查")
    expect(unit.page.get_by_text("有错误")).to_have_count(0)
    unit.press("确认导入")
    unit.sees("已导入 41 行。")

    unit.follow("批量上传扫描件")
    scans = [f"{row[0]}身份证.png" for row in rows[:3]] + ["无名.png"]
    choose(unit.page, "扫描件", *((name, png(f"#00{n}")) for n, name in enumerate(scans)))
    unit.press("上传")
    unit.sees("已自动归入 3 个文件。")
    unit.page.get_by_label("所属的行 无名.png").select_option(label=_row_label(unit, "错误"))
    unit.page.get_by_label("材料种类 无名.png").select_option(label="学历证书")
    unit.press("保存")
    unit.sees("已归入 1 个文件。")
    expect(unit.page.get_by_role("heading", name="未匹配的文件")).to_have_count(0)

    unit.follow("返回填报")
    with unit.page.expect_download() as download:
        unit.follow("导出 xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    names = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names[-41:] == [*(row[0] for row in rows), "错误"]


@pytest.mark.requirement("R074")
def test_rows_are_copied_and_several_removed(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_b")
    open_staff(unit)
    import_rows(unit, [person(number) for number in range(1, 4)])
    unit.press("确认导入")
    unit.sees("已导入 3 行。")
    names = [person(number)[0] for number in range(1, 4)]

    row = unit.page.get_by_role("row").filter(has_text=names[0])
    unit.follow("复制", within=row)
    panel = unit.page.get_by_role("complementary", name="添加")
    expect(panel.get_by_label("学历", exact=True)).to_have_value("bachelor")
    expect(panel.get_by_role("textbox", name="姓名", exact=True)).to_have_value("")
    unit.follow("关闭", within=panel)
    expect(panel).to_have_count(0)

    for name in names:
        unit.page.get_by_label(f"选择 {name}").check()
    unit.press("移除所选")
    unit.sees("共 3 人？")
    unit.press("移除")
    unit.sees("已移除 3 人。")
    expect(unit.page.get_by_role("row").filter(has_text=names[0])).to_have_count(0)


def test_cells_are_pasted_on_a_telephone_without_scripts(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_b", viewport=NARROW, java_script_enabled=False)
    open_work(unit, "甲级证书（非导航电子地图制作）")
    unit.page.get_by_label("切换页面").select_option(value="staff")
    unit.press("转到")
    unit.follow("从表格导入")
    pasted = io.StringIO()
    for row in (HEADER, person(1), person(2)):
        pasted.write("\t".join(row) + "\n")
    unit.fill({"从表格软件中复制的单元格": pasted.getvalue()})
    unit.press("粘贴并预览")
    unit.press("确认导入")
    unit.sees("已导入 2 行。")


def _row_label(unit: Visitor, name: str) -> str:
    options = unit.page.get_by_label("所属的行 无名.png").locator("option")
    return options.filter(has_text=name).first.inner_text()
