"""What an administrator does in the process studio: draw on the canvas, set what is drawn."""

import re
import time
from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, Page, expect

from bpmn.diagram import Diagram, read_diagram
from tests.browser.visitors import Visitor

LIST = "/admin/diagrams/qualification_application/edit"
SECONDS = 15
"""Within which a change is on the server."""

BESIDE = 12
"""Pixels from a word to the shape that it names or stands in."""
ON_A_SHAPE = """([x, y]) => {
  const drawn = document.elementsFromPoint(x, y).find((one) => one.closest('svg'))
  const shape = drawn?.closest('.djs-shape')
  return Boolean(shape) && !shape.dataset.elementId.endsWith('_label')
}"""


def begin(admin: Visitor, title: str = "加一步法制审核") -> str:
    """新建草稿; the address of its editor."""
    admin.go(LIST)
    admin.fill({"草稿名称": title})
    admin.press("新建并编辑")
    ready(admin.page)
    return admin.page.url


def ready(page: Page) -> None:
    expect(page.locator("#studio[data-ready]")).to_be_attached()


def state(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="保存")


def properties(page: Page) -> Locator:
    return page.get_by_role("complementary", name="属性")


def choose(page: Page, words: str) -> None:
    """Click on what is called so on the canvas."""
    drawn = page.get_by_role("tabpanel").locator("text").filter(has_text=words).first
    expect(drawn).to_be_visible()
    box = drawn.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(properties(page).get_by_label("名称", exact=True).first).to_have_value(words)


def open_file(page: Page, title: str) -> None:
    files = page.get_by_label("打开文件", exact=True)
    value = files.get_by_role("option", name=title).first.get_attribute("value")
    files.select_option(value)
    expect(page.get_by_role("tab", name=title, selected=True)).to_be_visible()


def stored(admin: Visitor, file: str = "diagram.bpmn") -> str:
    """A file of the draft as the server has it."""
    address = admin.page.locator("#studio").get_attribute("data-draft") or ""
    return str(admin.context.request.get(address).json()["files"].get(file, ""))


def saved(admin: Visitor, words: str, file: str = "diagram.bpmn") -> str:
    """The file once the server has those words in it, and the page says that it is saved."""
    last = time.monotonic() + SECONDS
    while words not in stored(admin, file):
        assert time.monotonic() < last, f"{words} is not in {file}"
        time.sleep(0.2)
    expect(state(admin.page)).to_contain_text("已保存")
    return stored(admin, file)


def words_on(page: Page, words: str) -> Locator:
    """The words on the canvas: in a step, or below a gateway or an event."""
    found = page.get_by_role("tabpanel").locator("text")
    return found.filter(has_text=re.compile(f"^{words}$")).first


def middle(page: Page, words: str) -> tuple[float, float]:
    """Where to click on what is called so, clear of the lines that cross the words.

    The words stand in the shape, below it, above it, or at one of its corners.
    """
    expect(words_on(page, words)).to_be_visible()
    box = words_on(page, words).bounding_box()
    assert box is not None
    left, right = box["x"] - BESIDE, box["x"] + box["width"] + BESIDE
    above, below = box["y"] - BESIDE, box["y"] + box["height"] + BESIDE
    places = [(x, y) for x in ((left + right) / 2, left, right) for y in (above, below)]
    return next(place for place in places if page.evaluate(ON_A_SHAPE, place))


def pick(page: Page, words: str) -> None:
    """Select it, unless it is: another click takes it back, and one just after a drag is lost."""
    name = properties(page).get_by_label("名称", exact=True).first
    for _attempt in range(5):
        if name.input_value() == words:
            return
        page.mouse.click(*middle(page, words))
        page.wait_for_timeout(200)
    expect(name).to_have_value(words)


def use(page: Page, title: str) -> None:
    """A tool of what is selected, or of the palette."""
    page.get_by_role("tabpanel").get_by_title(title).click()


def append(page: Page, tool: str, words: str) -> None:
    """Draw the next element behind what is selected, and name it."""
    use(page, tool)
    call_it(page, words)


def call_it(page: Page, words: str) -> None:
    """Name what was just drawn."""
    name = properties(page).get_by_label("名称", exact=True).first
    expect(name).to_have_value("")
    page.keyboard.press("Escape")
    name.fill(words)
    name.press("Tab")
    expect(words_on(page, words)).to_be_visible()


def connect(page: Page, source: str, target: str) -> None:
    pick(page, source)
    use(page, "连到另一个元素")
    page.mouse.move(*middle(page, target), steps=4)
    page.mouse.click(*middle(page, target))
    expect(properties(page).get_by_role("heading", level=2, name="连线")).to_be_visible()


def drag(page: Page, words: str, across: int, down: int) -> None:
    x, y = middle(page, words)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y + down, steps=8)
    page.mouse.up()


def name_outcomes(page: Page, gateway: str, outcomes: Sequence[tuple[str, str]]) -> None:
    """What each flow behind the gateway is called and the value on which it is taken, in order."""
    pick(page, gateway)
    for order, (words, value) in enumerate(outcomes, start=1):
        one = properties(page).get_by_role("group", name=f"结果 {order}", exact=True)
        one.get_by_label("名称", exact=True).fill(words)
        one.get_by_label("值", exact=True).fill(value)
        one.get_by_label("值", exact=True).press("Tab")
        expect(one.get_by_label("值", exact=True)).to_have_value(value)


def change_kind(page: Page, words: str, kind: str) -> None:
    """更换类型 of what is called so."""
    pick(page, words)
    use(page, "更换类型")
    page.get_by_role("tabpanel").get_by_title(kind).or_(
        page.get_by_text(kind, exact=True)
    ).first.click()
    expect(properties(page).get_by_role("heading", level=2, name=kind)).to_be_visible()


def select(page: Page, words: str) -> None:
    """Choose an element from the list of all, by how its entry begins."""
    chosen = properties(page).get_by_label("选中的元素")
    entry = chosen.get_by_role("option", name=re.compile(f"^{re.escape(words)}")).first
    chosen.select_option(entry.get_attribute("value"))


def unfold(page: Page) -> None:
    """接着画: what can be drawn from what is selected."""
    tools = properties(page).locator("details").filter(has_text="接着画")
    if not tools.evaluate("details => details.open"):
        tools.locator("summary").click()


def draw_next(page: Page, label: str, kind: str, button: str) -> None:
    unfold(page)
    panel = properties(page)
    panel.get_by_label(label, exact=True).select_option(label=kind)
    panel.get_by_role("button", name=button, exact=True).click()


def files_of(admin: Visitor) -> dict[str, bytes]:
    """The draft's files as the server has them."""
    address = admin.page.locator("#studio").get_attribute("data-draft") or ""
    files = admin.context.request.get(address).json()["files"]
    return {name: text.encode() for name, text in files.items()}


def diagram_of(admin: Visitor) -> Diagram:
    """The draft as the server has it, read as the office reads it."""
    return read_diagram(files_of(admin))


def eventually(claim: Callable[[], bool], words: str) -> None:
    last = time.monotonic() + SECONDS
    while not claim():
        assert time.monotonic() < last, words
        time.sleep(0.2)
