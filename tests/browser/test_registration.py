"""A stranger registers, logs in, sees nothing of others; wrong passwords are answered alike."""

import pytest
from playwright.sync_api import expect

from tests.browser import materials
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.visitors import PASSWORD as DEMO_PASSWORD
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

USERNAME, PASSWORD = "shishi", "Weinan-2026!"


@pytest.mark.requirement("R043")
@pytest.mark.requirement("R044")
@pytest.mark.requirement("R113")
@pytest.mark.requirement("R183")
def test_from_registration_to_the_first_page(site: Site, visit: Visit) -> None:
    unit = visit(site)
    register(unit)
    unit.login(USERNAME, PASSWORD)
    unit.sees("没有正在办理的工作")
    unit.follow("新建工作", within=unit.page.get_by_role("main"))
    unit.sees("请先办理“新单位注册”")
    for path in ("/cases/CH2026000001", "/cases/CH2026000001/trace", "/tasks/12", "/worklist"):
        response = unit.page.goto(path)
        assert response is not None
        assert response.status in (403, 404), path
        expect(unit.page.get_by_text("灞桥")).to_have_count(0)


def register(unit: Visitor) -> None:
    unit.go("/register")
    unit.press("注册", within=unit.page.get_by_role("main"))
    unit.sees("处需要改正")
    unit.fill(
        {
            "单位名称": "试试测绘有限公司",
            "统一社会信用代码": materials.uscc("91610100MATE0X001"),
            "所在省份": "陕西省",
            "所在城市": "西安市",
            "联系人": "欧阳文清",
            "联系人手机号码": materials.mobile(50),
            "电子邮箱": "shishi@example.cn",
            "用户名": USERNAME,
            "密码": PASSWORD,
            "再输入一次密码": PASSWORD,
            "我已阅读并同意个人信息处理说明": True,
        }
    )
    unit.press("注册", within=unit.page.get_by_role("main"))
    unit.sees("注册成功，请登录。")


def test_unknown_user_and_wrong_password_are_told_alike(site: Site, visit: Visit) -> None:
    stranger = visit(site)
    stranger.go("/login")
    for username in ("unit_new", "nobody_at_all"):
        stranger.fill({"用户名": username, "密码": "wrong-password"})
        stranger.press("登录", within=stranger.page.get_by_role("main"))
        stranger.sees("用户名或密码不正确。")
        expect(stranger.page.get_by_role("textbox", name="用户名")).to_have_value(username)


@pytest.mark.requirement("R197")
@pytest.mark.requirement("R216")
def test_change_the_password_and_leave(site: Site, visit: Visit) -> None:
    """修改密码 wants the former one; after 退出 only the new one opens the door."""
    unit = visit(site, "unit_new")
    unit.follow("修改密码")
    wanted = {"新密码": PASSWORD, "再输入一次新密码": PASSWORD}
    unit.fill({"现用密码": "not-the-former-one", **wanted})
    unit.press("修改密码")
    unit.sees("现用密码不正确。")
    unit.fill({"现用密码": DEMO_PASSWORD, **wanted})
    unit.press("修改密码")
    unit.sees("密码修改成功")
    unit.press("退出")
    unit.sees("您已退出登录。")
    unit.go("/work")
    unit.heading("登录")
    unit.login("unit_new", PASSWORD)
