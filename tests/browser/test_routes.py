"""The three routes from 新建工作 to the certificate, in the words of the screen."""

import pytest

from tests.browser import materials
from tests.browser.applicants import fill_in_everything, open_work, save_page
from tests.browser.officers import decide, return_for_correction, open_task
pytestmark = pytest.mark.browser

def test_try(site, visit):
    u = visit(site, "unit_05")
    w = visit(site, "city_window")
    n="CH2026000001"
    decide(w, n, "受理", {"意见": "材料齐全。"})
    u.go("/work"); snap(u); shot(u,"work_accepted")
    u.follow("查看", within=u.page.get_by_role("main")); snap(u); shot(u, "case_applicant")
    r = visit(site, "city_reviewer")
    open_task(r, n); snap(r); shot(r, "task_review")
    r.fill({"审查结论":"拟准予"}); r.press("拟准予"); snap(r)
    c = visit(site, "city_checker")
    open_task(c, n); snap(c); shot(c, "task_check")
    c.press("同意")
    s = visit(site); s.go("/notices"); snap(s)
    s.page.get_by_role("main").get_by_role("link", name="灞桥").first.click(); snap(s); shot(s, "notice")
    s.fill({"姓名或单位名称":"王五", "手机号码":"13800138000", "异议内容":"该单位有一名技术人员同时在本单位任职。"})
    s.press("提交异议"); snap(s)
    open_task(r, n); snap(r); shot(r, "task_objection")
    r.fill({"意见":"经核实该人员已离职。"}); print([b.inner_text() for b in r.page.get_by_role("button").all()])
    r.press("不成立，继续公示"); snap(r)
    print(site.run("demo","advance","--working-days","6"))
    a = visit(site, "city_approver")
    open_task(a, n); snap(a); shot(a, "task_sign")
    a.fill({"准予的专业类别":["工程测量"]}); a.press("准予"); snap(a)
    u.go("/work"); snap(u); shot(u,"work_granted")
    u.follow("查看", within=u.page.get_by_role("main")); snap(u); shot(u, "case_granted")
    u.follow("流程跟踪", within=u.page.get_by_role("main")); snap(u); shot(u, "trace")

def snap(v): print(v.page.url); print(v.page.get_by_role("main").aria_snapshot())
def shot(v, n): v.page.screenshot(path=f"/tmp/shots/{n}.png")
