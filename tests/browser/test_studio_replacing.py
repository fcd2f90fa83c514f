"""What comes from elsewhere takes the place of what is there, and never of what was drawn since."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import servers
from tests.browser.conftest import Visit
from tests.browser.servers import Site
from tests.browser.studio import (
    begin,
    eventually,
    open_file,
    properties,
    ready,
    saved,
    select,
    state,
    stored,
)
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

MAIN, REVIEW = "diagram.bpmn", "review.bpmn"


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("replacing") / "site"
    with servers.copied_sqlite(sqlite_template, folder) as site:
        yield site


def rename(page: Page, entry: str, words: str) -> None:
    select(page, f"{entry} ·")
    properties(page).get_by_label("名称", exact=True).first.fill(words)


def undo_on_canvas(page: Page) -> None:
    page.get_by_role("tabpanel").locator(".djs-container > svg").focus()
    page.keyboard.press("Control+z")


def restored(admin: Visitor) -> None:
    """Two files of a lost tab, brought back: 填写申请材料 and 复核并会签."""
    address = begin(admin)
    admin.context.set_offline(True)
    rename(admin.page, "填报申请材料", "填写申请材料")
    open_file(admin.page, "审查")
    rename(admin.page, "复核", "复核并会签")
    expect(admin.page.get_by_text("连不上服务器，已留在本机，连上后自动保存")).to_be_visible()
    admin.page.wait_for_timeout(500)
    admin.page.close()
    admin.faults.clear()  # the requests that could not reach the server
    admin.context.set_offline(False)
    admin.page = admin.context.new_page()
    admin.page.goto(address)
    ready(admin.page)
    admin.press("恢复未保存的修改")
    saved(admin, "填写申请材料", MAIN)
    saved(admin, "复核并会签", REVIEW)


def test_what_was_drawn_since_in_another_file_stays(office: Site, visit: Visit) -> None:
    """撤销 asks before it takes it away, and takes all back once it is undone."""
    admin = visit(office, "admin")
    restored(admin)
    page = admin.page
    open_file(page, "审查")
    rename(page, "经办审查", "初步审查")
    saved(admin, "初步审查", REVIEW)
    open_file(page, "资质申请")
    admin.press("撤销")
    admin.sees("换了以后，“审查”又修改过。现在换回来，这些修改就没有了。")
    admin.answer("保留修改")
    admin.press("换回来")
    admin.answer("保留修改")
    assert "初步审查" in stored(admin, REVIEW)
    assert "填写申请材料" in stored(admin, MAIN)
    open_file(page, "审查")
    undo_on_canvas(page)
    eventually(lambda: "初步审查" not in stored(admin, REVIEW), "what was drawn is not undone")
    assert "复核并会签" in stored(admin, REVIEW)
    undo_on_canvas(page)
    eventually(
        lambda: "复核并会签" not in stored(admin, REVIEW), "what was restored is still there"
    )
    eventually(lambda: "填写申请材料" not in stored(admin, MAIN), "and in the other file")
    expect(page.get_by_role("region", name="换下来的内容")).to_have_count(0)


def test_what_is_drawn_since_goes_when_it_is_meant(office: Site, visit: Visit) -> None:
    admin = visit(office, "admin")
    restored(admin)
    rename(admin.page, "填写申请材料", "填报全部材料")
    saved(admin, "填报全部材料", MAIN)
    admin.press("换回来")
    admin.sees("换了以后，“资质申请”又修改过。现在换回来，这些修改就没有了。")
    admin.answer("仍然换回来")
    saved(admin, "填报申请材料", MAIN)
    assert "填报全部材料" not in stored(admin, MAIN)


def test_the_newest_comes_first(office: Site, visit: Visit, tmp_path: Path) -> None:
    """Two that took the same file's place: the older one waits for the newer."""
    admin = visit(office, "admin")
    restored(admin)
    page = admin.page
    file = tmp_path / REVIEW
    file.write_text(stored(admin, REVIEW).replace("复核并会签", "集体复核"), "utf-8")
    page.get_by_label("要导入的文件").set_input_files(file)
    saved(admin, "集体复核", REVIEW)
    admin.press("换回来")
    admin.sees("在这以后，“审查”又换过一次。请先打开那个文件，撤销后一次。")
    admin.answer("知道了")
    assert "集体复核" in stored(admin, REVIEW)
    open_file(page, "审查")
    undo_on_canvas(page)
    saved(admin, "复核并会签", REVIEW)
    admin.press("换回来")
    eventually(lambda: "复核并会签" not in stored(admin, REVIEW), "still what was restored")
    eventually(lambda: "填写申请材料" not in stored(admin, MAIN), "and in the other file")


def test_a_browser_whose_store_does_not_answer(office: Site, visit: Visit) -> None:
    """The editor opens all the same; local storage keeps what is drawn."""
    admin = visit(office, "admin")
    admin.context.add_init_script("IDBFactory.prototype.open = () => ({});")
    restored(admin)
    expect(state(admin.page)).to_contain_text("已保存")


def test_a_store_that_was_closed_is_opened_anew(office: Site, visit: Visit) -> None:
    admin = visit(office, "admin")
    admin.context.add_init_script(REMEMBER)
    begin(admin)
    admin.page.evaluate("window.opened.forEach((asked) => asked.result.close())")
    admin.context.set_offline(True)
    rename(admin.page, "填报申请材料", "填写申请材料")
    expect(admin.page.get_by_text("连不上服务器，已留在本机，连上后自动保存")).to_be_visible()
    rename(admin.page, "填写申请材料", "填写全部材料")
    eventually(lambda: "填写全部材料" in str(admin.page.evaluate(KEPT)), "not in the store")
    admin.context.set_offline(False)
    saved(admin, "填写全部材料", MAIN)
    admin.faults.clear()  # the requests that could not reach the server


REMEMBER = """
const open = IDBFactory.prototype.open;
window.opened = [];
IDBFactory.prototype.open = function (...about) {
  const asked = open.apply(this, about);
  window.opened.push(asked);
  return asked;
};
"""
KEPT = """() => new Promise((done) => {
  indexedDB.open('cartouche.studio').onsuccess = ({ target: { result } }) => {
    const asked = result.transaction('unsaved').objectStore('unsaved').getAll();
    asked.onsuccess = () => done(JSON.stringify(asked.result));
  };
})"""
