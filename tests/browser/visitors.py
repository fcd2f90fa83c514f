"""People in front of a browser: they find things by their words and notice what goes wrong."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from tests.browser.servers import Site
from tests.browser.sessions import session_of

PASSWORD = "Demo-2026!"
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
_REFUSED = re.compile(r"status of 4(03|04|09|22|29)|Response Status Error Code 4(09|22)")
"""A page that is refused in words is no fault of the browser's."""
_MARK_LEAVING = """
addEventListener("submit", (event) => {
  const elsewhere = event.submitter?.formTarget || event.target.getAttribute("target");
  if (!event.defaultPrevented && !elsewhere) document.documentElement.dataset.leaving = "yes";
});
"""
"""Playwright's click returns before the page is left on which a form is sent."""
_SETTLED = "html:not([data-leaving]):not(:has(.htmx-request))"


class Visitor:
    """One person with a browser of their own; `faults` must be empty in the end."""

    def __init__(self, context: BrowserContext, site: Site, *, scripted: bool = True) -> None:
        self.context, self.site, self.scripted = context, site, scripted
        self.faults: list[str] = []
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("requestfailed", self._note_failed)
        context.on("response", self._note_response)
        context.add_init_script(_MARK_LEAVING)
        self.page: Page = context.new_page()

    def enter(self, username: str) -> "Visitor":
        """As after a login, without the form and its slow hashing."""
        cookie, home = session_of(self.site, username)
        self.context.add_cookies([{"name": "session", "value": cookie, "url": self.site.url}])
        self.go(home)
        expect(self.page.get_by_role("button", name="退出", exact=True)).to_be_visible()
        return self

    def login(self, username: str, password: str = PASSWORD) -> "Visitor":
        self.go("/login")
        self.fill({"用户名": username, "密码": password})
        self.press("登录", within=self.page.get_by_role("main"))
        expect(self.page.get_by_role("button", name="退出", exact=True)).to_be_visible()
        return self

    def go(self, path: str) -> None:
        self.page.goto(path, wait_until="load")

    def press(self, word: str, within: Page | Locator | None = None) -> None:
        """Press a button, and wait for the page that a form was sent to."""
        button = (within or self.page).get_by_role("button", name=word, exact=True)
        if self.scripted:
            button.click()
            settle(self.page)
            return
        with self.page.expect_navigation():  # without scripts every form leads to a page
            button.click()

    def follow(self, word: str, within: Page | Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=word, exact=True).click()

    def answer(self, word: str) -> None:
        """Press a button of the dialog that asks whether something is meant."""
        self.press(word, within=self.page.get_by_role("dialog"))

    def fill(self, values: Mapping[str, Any], within: Page | Locator | None = None) -> None:
        """Fill in controls by their labels, in the order of a reader."""
        for label, value in values.items():
            fill_one(within or self.page, label, value)

    def sees(self, words: str | re.Pattern[str], within: Page | Locator | None = None) -> None:
        expect((within or self.page).get_by_text(words).first).to_be_visible()

    def heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def file_of(self, path: str) -> bytes:
        """A file as this person gets it."""
        response = self.context.request.get(path)
        assert response.ok, f"{path}: {response.status}"
        return response.body()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _REFUSED.search(message.text):
            self.faults.append(f"console: {message.text}")

    def _note_failed(self, request: Request) -> None:
        is_left = request.failure and "ERR_ABORTED" in request.failure  # a page left, a download
        if request.url.startswith(self.site.url) and not is_left:
            self.faults.append(f"failed: {request.method} {request.url} {request.failure}")

    def _note_response(self, response: Response) -> None:
        is_page = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")


def settle(page: Page) -> None:
    """Wait until a form that was sent is answered: what is read then is no longer the old page."""
    expect(page.locator(_SETTLED)).to_be_attached()
    page.wait_for_load_state("load")


def fill_one(scope: Page | Locator, label: str, value: Any) -> None:
    """Fill in the control of that label: text, a choice, several choices, a tick or files."""
    if isinstance(value, bool):
        scope.get_by_role("checkbox", name=label, exact=True).set_checked(value)
    elif isinstance(value, Path):
        scope.get_by_label(label, exact=True).set_input_files(value)
    elif isinstance(value, str):
        _type_or_choose(scope, label, value)
    else:
        _tick(scope.get_by_role("group", name=label, exact=True), value)


def control(scope: Page | Locator, label: str) -> Locator:
    """The box to type or choose in that is called so."""
    found = scope.get_by_role("textbox", name=label, exact=True)
    return found.or_(scope.get_by_role("combobox", name=label, exact=True)).or_(
        scope.get_by_role("spinbutton", name=label, exact=True)
    )


def _type_or_choose(scope: Page | Locator, label: str, value: str) -> None:
    box, group = control(scope, label), scope.get_by_role("group", name=label, exact=True)
    expect(box.or_(group).first).to_be_visible()
    if not box.count():
        group.get_by_role("radio", name=value, exact=True).check()
    elif box.evaluate("element => element.tagName") == "SELECT":
        box.select_option(label=value)
    else:
        box.fill(value)


def _tick(group: Locator, labels: Iterable[str]) -> None:
    for label in labels:
        group.get_by_role("checkbox", name=label, exact=True).check()
