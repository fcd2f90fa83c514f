"""延续 in the words of the screen: decided in time, and taken as granted when it is not."""

import pytest

from tests.browser.applicants import hand_in, open_work, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import accept, decide, propose_whole
from tests.browser.papers import download
from tests.browser.scans import pdf
from tests.browser.servers import Site
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

PAGE = {
    "持续符合资质条件的说明": "有效期内人员和装备稳定，没有违法违规记录。",
    "本单位承诺持续符合相应的资质条件，所填信息和所附材料真实、有效。": True,
    "延续申请书扫描件": pdf("延续申请书.pdf"),
}
LONG_ENOUGH = 60
"""Working days until the certificate has certainly ended: it does within ninety days."""


def test_a_certificate_is_renewed(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_expiring")
    number = apply(unit)
    accept(visit, site, "city", number)
    propose_whole(visit, site, "city", number)
    decide(visit(site, "city_approver"), number, "准予", {"意见": "同意。"})

    see_case(unit, number)
    unit.sees("准予延续，办结")
    assert "次日起算" in download(unit, "准予延续决定书").text.replace("\n", "")
    download(unit, "测绘资质证书（正本）")
    unit.go("/work/new")
    unit.sees("止可以申请延续")


def test_silence_until_the_end_of_term_renews_it(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_expiring")
    number = apply(unit)
    accept(visit, site, "city", number)
    site.advance(LONG_ENOUGH)

    unit = visit(site, "unit_expiring")
    see_case(unit, number)
    unit.sees("视为准予延续，办结")
    assert "视为准予延续" in download(unit, "视为准予延续通知书").text.replace("\n", "")


def apply(unit: Visitor) -> str:
    """The renewal of 乙级, handed in; the term that ends is told on its page."""
    open_work(unit, "乙级证书", "延续")
    main = unit.page.get_by_role("main")
    unit.sees("现有效期至", within=main)
    unit.fill(PAGE, within=main)
    unit.press("保存")
    unit.sees("“延续申请书”已保存。")
    return hand_in(unit)
