"""The three routes from 新建工作 to the certificate, in the words of the screen."""

import pytest

from tests.browser import materials
from tests.browser.applicants import fill_in_everything, open_work, save_page
pytestmark = pytest.mark.browser

def test_try(site, visit):
    v = visit(site, "unit_new")
    open_work(v, "乙级")
    print(v.page.url, v.page.get_by_role("main").aria_snapshot())
    fill_in_everything(v)
    v.press("提交")
    print(v.page.url, v.page.get_by_role("main").aria_snapshot())
