"""The administrator changes a number of the standard; new cases feel it, submitted ones do not."""

from datetime import datetime

import pytest

from models.calendar import OFFICE_ZONE
from tests.browser import applicants, materials
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

PLACE = "工程测量 · 乙级 · 专业技术人员"
SOURCE = "示例通知〔2026〕1号"


@pytest.mark.requirement("R031")
@pytest.mark.requirement("R162")
def test_a_number_changed_as_a_new_version(site: Site, visit: Visit) -> None:
    admin = visit(site, "admin")
    draft_and_publish(admin)
    compare(admin)

    unit = visit(site, "unit_ready")
    applicants.open_work(unit, "乙级证书")
    applicants.save_page(unit, "申请书", materials.application("工程测量"))
    applicants.turn_to(unit, "技术人员信息")
    unit.follow("专业技术人员满足情况查看")
    unit.sees("还缺 3 名中级（测绘专业技术人员，需 3 名）。")
    unit.sees("第 2 版")

    officer = visit(site, "city_reviewer")
    officer.page.get_by_role("main").get_by_role("link", name="办理").first.click()
    officer.follow("满足情况")
    officer.sees("第 1 版，2021-07-01 起施行")


def draft_and_publish(admin: Visitor) -> None:
    """拟定新版本; a wrong number is told at its place, the right one is published from today."""
    admin.follow("分类分级标准", within=admin.page.get_by_role("navigation", name="主导航"))
    admin.press("拟定新版本")
    admin.follow(f"修改{PLACE}")
    admin.heading(PLACE)
    admin.fill({"测绘中级": "3", "依据": SOURCE})
    admin.press("保存到草稿")
    admin.sees("合计 6 名少于各级之和 7 名。")
    admin.fill({"合计": "7"})
    admin.press("保存到草稿")
    admin.sees("已保存到草稿。")
    admin.sees("3 处不同")
    today = datetime.now(OFFICE_ZONE).date().isoformat()
    admin.fill({"施行日期": "2020-01-01", "修改说明": "按示例通知调整"})
    admin.press("发布")
    admin.sees("施行日期不能早于今天。")
    admin.fill({"施行日期": today})
    admin.press("发布")
    admin.sees("第 2 版已发布。")


def compare(admin: Visitor) -> None:
    admin.press("比较")
    admin.heading("比较两个版本")
    row = admin.page.get_by_role("row").filter(has_text=PLACE).filter(has_text="中级")
    for words in ("2", "3", "修改"):
        admin.sees(words, within=row)
