"""复审换证 in the words of the screen: a unit of the old system enters all anew."""

import pytest

from tests.browser.applicants import fill_in_everything, hand_in, open_work, see_case
from tests.browser.conftest import Visit
from tests.browser.officers import accept, grant, propose_grant
from tests.browser.papers import download
from tests.browser.servers import Site

pytestmark = pytest.mark.browser


@pytest.mark.requirement("R012")
@pytest.mark.requirement("R019")
@pytest.mark.requirement("R056")
@pytest.mark.requirement("R133")
def test_an_old_qualification_is_exchanged(site: Site, visit: Visit) -> None:
    unit = visit(site, "unit_old")
    main = unit.page.get_by_role("main")
    unit.follow("新建工作", within=main)
    unit.sees("原资质单位应先办理“复审换证”或者“资质申请”", within=main)
    open_work(unit, "乙级证书", "复审换证")
    unit.press("提交")
    unit.sees("没有提交：")
    fill_in_everything(unit)
    number = hand_in(unit)

    accept(visit, site, "city", number)
    propose_grant(visit, site, "city", number)
    site.advance(6)
    grant(visit, site, "city", number, "工程测量")

    see_case(unit, number)
    unit.sees("准予许可，办结")
    assert "复审换证" in download(unit, "准予行政许可决定书").text.replace("\n", "")
    download(unit, "测绘资质证书（正本）")
    unit.go("/work/new")
    unit.sees("可以办理：乙级证书")
