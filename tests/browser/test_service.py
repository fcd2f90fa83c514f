"""送达, 预览文书 and 文书文字, as people meet them in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.officers import decision, open_task
from tests.browser.papers import Paper, download
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

AT_WINDOW, ITS_UNIT = "CH2026000001", "unit_05"
OWN_WORDS = "本机关特此通知，请留存备查。"


FORM = """button => {
  const posted = new FormData(button.form, button);
  return [button.formAction, Object.fromEntries(posted.entries())];
}"""


def preview(officer: Visitor, word: str) -> Paper:
    """What opens in a window of its own, fetched once more: its viewer does not let go of it."""
    button = officer.page.get_by_role("button", name=word, exact=True)
    address, posted = button.evaluate(FORM)
    with officer.context.expect_page() as opened:
        button.click()
    opened.value.close()
    answer = officer.context.request.post(address, form=posted)
    assert answer.ok, answer.text()
    return Paper(answer.body())


def plain(paper: Paper) -> str:
    return "".join(paper.text.split())


def test_officer_previews_and_signs_and_reads_who_read(site: Site, visit: Visit) -> None:
    """The preview is the paper but for its number; the unit's reading reaches the officer."""
    window = visit(site, "city_window")
    open_task(window, AT_WINDOW)
    window.fill({"意见": "材料齐全，予以受理。"}, within=decision(window))
    shown = plain(preview(window, "预览文书：受理"))
    assert "预览·未生效" in shown
    assert "〕预览号" in shown

    expect(decision(window).get_by_label("意见")).to_have_value("材料齐全，予以受理。")
    window.press("受理", within=decision(window))
    window.sees(f"办件 {AT_WINDOW} 转入下一环节")
    window.go(f"/cases/{AT_WINDOW}")
    entry = (
        window.page.get_by_role("listitem")
        .filter(has_text="受理通知书")
        .filter(has_text="送达回证")
    )
    for _turn in range(60):
        if entry.count():
            break
        window.page.wait_for_timeout(500)
        window.page.reload()
    expect(entry.get_by_text("尚未查阅")).to_be_visible()

    unit = visit(site, ITS_UNIT)
    unit.go(f"/cases/{AT_WINDOW}")
    issued = plain(download(unit, "受理通知书", "下载受理单"))
    assert "决定予以受理" in issued
    assert "预览" not in issued

    window.page.reload()
    expect(entry.get_by_text("已阅")).to_be_visible()


def test_officer_words_a_notice_and_sees_it_on_a_paper(site: Site, visit: Visit) -> None:
    """Typed in the editor, refused where it is unsafe, previewed, in force, on the next paper."""
    approver, window = visit(site, "city_approver"), visit(site, "city_window")
    approver.go("/wordings")
    row = approver.page.get_by_role("row").filter(has_text="受理通知书")
    approver.follow("修改", within=row)
    text = approver.page.get_by_label("正文")
    text.press("Control+End")
    text.type(f"{OWN_WORDS}\n<script>alert(1)</script>")
    approver.press("保存并启用")
    approver.sees("不能使用 <script>。")
    expect(text).to_have_value(f"{text.input_value()}")
    assert OWN_WORDS in text.input_value()

    text.fill(text.input_value().replace("<script>alert(1)</script>", ""))
    text.press("Control+End")
    approver.press("{{单位名称}}")
    assert text.input_value().endswith("{{单位名称}}")
    assert OWN_WORDS in plain(preview(approver, "预览 PDF"))
    approver.press("保存并启用")
    approver.sees("已启用第 1 版")

    open_task(window, AT_WINDOW)
    window.press("受理", within=decision(window))
    unit = visit(site, ITS_UNIT)
    unit.go(f"/cases/{AT_WINDOW}")
    assert OWN_WORDS in plain(download(unit, "受理通知书", "下载受理单"))
