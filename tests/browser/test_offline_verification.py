"""The page that works alone: saved once, then opened from the disk without any network."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from certificates.verification import KeyRing, sign_token
from certificates.verification.keys import read_keys
from certificates.verification.published import read_published
from certificates.verification.status_list import VoidCertificate, write_status_list
from tests.browser.servers import Site
from tests.certificates.verification.test_tokens import FIELDS, OTHER

pytestmark = pytest.mark.browser
FIELDS_NOW = replace(FIELDS, specialties=("GCCL", "DDCL"), valid_until=date(2150, 1, 1))
WITHOUT_ED25519 = "crypto.subtle.importKey = () => Promise.reject(new Error('not known'))"
OURS = "签名真实"
FORGED = "核验不通过：二维码是伪造的，或者已经损坏"


@pytest.fixture(params=["the browser's own Ed25519", "the one in the page"])
def page(
    request: pytest.FixtureRequest, site: Site, chromium: Browser, tmp_path: Path
) -> Iterator[Page]:
    """The saved page, opened from the disk by a browser that has no network."""
    saved = tmp_path / "saved.html"
    with urlopen(f"{site.url}/verify/offline") as answer:  # noqa: S310 — our own site
        saved.write_bytes(answer.read())
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    if request.param == "the one in the page":
        opened.add_init_script(WITHOUT_ED25519)
    opened.goto(saved.as_uri())
    yield opened
    assert faults == []
    context.close()


def ring_of(site: Site) -> KeyRing:
    return read_keys(site.folder / "keys" / "verification-signing.pem")


def told(page: Page, code: str, title: str, *words: str) -> None:
    page.get_by_label("二维码的内容").fill(code)
    page.get_by_role("button", name="核验").click()
    result = page.locator("#result")
    expect(result.get_by_role("heading")).to_contain_text(title)
    for word in words:
        expect(page.get_by_role("main")).to_contain_text(word)


@pytest.mark.requirement("R003")
def test_a_code_is_verified_from_the_disk(page: Page, site: Site, tmp_path: Path) -> None:
    ring = ring_of(site)
    token = sign_token(ring, FIELDS_NOW)
    address = f"{site.url}/verify/{token}"

    told(page, "", "请先粘贴")
    told(page, address, "签名真实，状态未知", FIELDS.number, FIELDS.unit, "工程测量、大地测量")
    told(page, f"  {token}\n", OURS)
    other = "A" if token[50] != "A" else "B"
    changed = token[:50] + other + token[51:]
    for forged in (token[:-5], changed, token.lower(), "x", "A" * 3000):
        told(page, forged, FORGED)
    told(page, sign_token(OTHER, FIELDS_NOW), FORGED, "不在本页的密钥之列")
    told(page, sign_token(ring, replace(FIELDS_NOW, valid_until=date(2020, 1, 1))), "证书已过期")

    for status, version, title in (
        ("cancelled", 0, "证书已注销"),
        ("replaced", 0, "证书已被替换"),
        ("reissued", 1, "这份文件已作废"),
        ("reissued", 0, "签名真实，证书有效"),
    ):
        void = [VoidCertificate(FIELDS.number, status, date(2026, 11, 20), version)]
        listed = tmp_path / f"{status}-{version}.json"
        listed.write_bytes(write_status_list(ring, site.url, 1, datetime.now(UTC), void))
        page.get_by_label("状态清单").set_input_files(listed)
        expect(page.locator("#list-state")).to_contain_text("已载入")
        told(page, address, title)
    listed = listed.rename(tmp_path / "changed.json")
    listed.write_bytes(listed.read_bytes().replace(b"reissued", b"replaced"))
    page.get_by_label("状态清单").set_input_files(listed)
    expect(page.locator("#list-state")).to_contain_text("签名不对")
    told(page, address, "状态未知")


def test_the_page_shows_the_keys_that_the_site_publishes(page: Page, site: Site) -> None:
    with urlopen(f"{site.url}/verify/keys.json") as answer:  # noqa: S310 — our own site
        text = answer.read().decode()
    assert read_published(text).ring.public
    for key in json.loads(text)["keys"]:
        expect(page.get_by_role("main")).to_contain_text(key["fingerprint"])
