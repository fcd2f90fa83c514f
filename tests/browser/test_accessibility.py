"""Every kind of page: nothing serious for axe, nothing wider than a telephone, no script needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bpmn.matters import MATTERS
from tests.browser import servers
from tests.browser.applicants import open_work
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.visitors import NARROW, WIDE, Visitor
from webapp.matters import AUDIENCES

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")
RETURNED, IN_NOTICE, GRANTED, AT_WINDOW, AT_REVIEW = (
    "CH2026000003",
    "CH2026000006",
    "CH2026000008",
    "CH2026000001",
    "CH2026000004",
)
CHAPTERS = ("notice", "old-system", "applicants", "reviewers", "admins", "faq", "about")
PUBLIC = (
    "/",
    "/?q=测绘",
    f"/?number={IN_NOTICE}",
    "/login",
    "/register",
    "/matters",
    "/notices",
    "/notices/1",
    "/notices/2",
    "/notices/17",
    "/objections",
    "/verify",
    "/verify?number=乙测资字61500019",
    "/verify/no-such-token",
    "/no/such/page",
    "/help",
    "/help/feedback",
    *(f"/help/{chapter}" for chapter in CHAPTERS),
    *(f"/matters/{one.key}" for one in MATTERS.values() if one.audience in AUDIENCES),
)
REFUSED = {
    "/no/such/page": 404,
    "/verify/no-such-token": 404,
    "/verify?number=乙测资字61500019": 422,
}
PAGES = (
    "application",
    "profile",
    "unit_basics",
    "leaders",
    "staff",
    "staff?panel=new",
    "staff/verdict",
    "staff/imports",
    "staff/scans",
    "equipment",
    "equipment?panel=new",
    "projects?panel=new",
    "security",
)
FOLDER = ("/work", "/work/new", "/messages", "/password", *(f"$TASK/{page}" for page in PAGES))
FOLDER = (*FOLDER, "$TASK/check", f"/cases/{RETURNED}", f"/cases/{RETURNED}/trace")
WINDOW = (
    "/worklist",
    "/worklist?view=free",
    "/worklist?text=没有这个词",
    "/worklist/done",
    "/cases",
    f"/cases/{AT_WINDOW}",
    f"/cases/{AT_WINDOW}/dossier",
    f"/cases/{GRANTED}",
    f"/cases/{GRANTED}/trace",
    "/messages/organ",
    "/certificates",
    "/certificates?text=没有这个单位",
    "/certificates/1",
    "/certificates/units/2",
)
HOLDER = ("/certificates/mine", "/work/new", "/work", "/messages")
TASK = ("$TASK", "$TASK?tab=staff", "$TASK?tab=equipment", "$TASK?tab=verdicts", "$TASK?tab=record")
ADMIN = (
    "/admin/diagrams",
    "/admin/diagrams/renewal",
    "/admin/users",
    "/admin/authorities",
    "/admin/calendar",
    "/admin/jobs",
    "/admin/standards",
    "/admin/standards/1",
    "/admin/standards/compare",
    "/admin/former",
    "/admin/former/records/staff",
    "/admin/contacts",
    "/admin/contacts/11",
    "/admin/feedback",
)
OBJECTED = "CH2026000010"
STATED = ("/notices/17", "/notices/17/statement", f"/cases/{OBJECTED}/trace")
HANDLED = (*TASK, f"/cases/{OBJECTED}/objections")
WALKS = {
    "unit in notice": ("unit_14", "", STATED),
    "handler of objections": ("city_reviewer", f"/worklist?text={OBJECTED}", HANDLED),
    "stranger": ("", "", PUBLIC),
    "new unit": ("unit_ready", "", ("/work", "/work/new", "/messages")),
    "unit": ("unit_07", "/work", FOLDER),
    "holder": ("unit_two", "", HOLDER),
    "window": ("city_window", "", WINDOW),
    "approver": ("city_approver", "/worklist", (*TASK, f"/cases/{AT_WINDOW}/terminate")),
    "reviewer": ("city_reviewer", "/worklist", TASK),
    "admin": ("admin", "", ADMIN),
    "auditor": ("auditor", "", ("/audit", "/audit/verify")),
}


@pytest.fixture(scope="module")
def read_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests that only read."""
    with servers.copied_sqlite(sqlite_template, tmp_path_factory.mktemp("read") / "site") as site:
        yield site


def addresses(person: Visitor, home: str, wanted: tuple[str, ...]) -> list[str]:
    """The walk's addresses, with the task that 办理 leads to in their place."""
    if not home:
        return list(wanted)
    person.go(home)
    link = person.page.get_by_role("main").get_by_role("link", name="办理", exact=True).first
    task = (link.get_attribute("href") or "").partition("?")[0]
    return [address.replace("$TASK", task) for address in wanted]


def open_page(person: Visitor, address: str) -> None:
    """The page itself and no error page in its place."""
    response = person.page.goto(address, wait_until="load")
    assert response is not None
    assert response.status == REFUSED.get(address, 200), address


@pytest.mark.requirement("R103")
@pytest.mark.parametrize("who", WALKS)
def test_no_serious_finding(read_site: Site, visit: Visit, who: str) -> None:
    username, home, wanted = WALKS[who]
    person = visit(read_site, username, viewport=WIDE)
    found = []
    for address in addresses(person, home, wanted):
        open_page(person, address)
        wide = person.page.evaluate("document.documentElement.scrollWidth")
        found += [f"{address}: {wide} px wide"] if wide > WIDE["width"] else []
        results = Axe().run(person.page).response
        found += [
            f"{address}: {one['id']} {node['target']} {node.get('failureSummary', '')}"
            for one in results["violations"]
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", WALKS)
def test_nothing_is_wider_than_a_telephone(read_site: Site, visit: Visit, who: str) -> None:
    username, home, wanted = WALKS[who]
    person = visit(read_site, username, viewport=NARROW)
    wide = []
    for address in addresses(person, home, wanted):
        open_page(person, address)
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            wide.append(f"{address}: {width}")
    assert not wide, "\n".join(wide)


def test_trace_without_script(read_site: Site, visit: Visit) -> None:
    """The picture from the server and the story in words."""
    unit = visit(read_site, "unit_07", java_script_enabled=False)
    unit.go(f"/cases/{RETURNED}/trace")
    unit.heading("流程跟踪")
    story = unit.page.get_by_role("region", name="办理经过")
    unit.sees("初步核查材料：退回补齐材料", within=story)
    figure = unit.page.get_by_role("figure").first
    expect(figure.locator("svg").first).to_be_visible()
    drawn = figure.get_by_text("核查受理", exact=True).filter(visible=True)
    expect(drawn.first).to_be_visible()


def test_an_application_begins_without_script(site: Site, visit: Visit) -> None:
    """Every action is a plain form post."""
    unit = visit(site, "unit_ready", java_script_enabled=False)
    open_work(unit, "乙级证书")
    unit.press("提交")
    unit.heading("提交前检查")
    unit.follow("工作列表", within=unit.page.get_by_role("navigation", name="主导航"))
    unit.page.get_by_role("checkbox", name="选择 CH").check()
    unit.press("删除")
    unit.press("删除", within=unit.page.get_by_role("main"))
    unit.sees("没有正在办理的工作")
