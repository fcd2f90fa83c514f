"""The hall, the guides and verification, as a stranger sees them."""

import csv
import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from models import Qualification
from tests.conftest import Login
from tests.webapp.public_case import TO_GRANT, TO_NOTICE, PublicCase
from webapp.offices import Premises

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def premises(app: Flask) -> Premises:
    found: Premises = app.extensions["premises"]
    return found


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


@pytest.mark.requirement("R190")
def test_the_status_of_a_case_tells_no_unit_and_no_person(
    client: FlaskClient, premises: Premises
) -> None:
    case = PublicCase(premises)
    case.take(["submit"])
    page = text(client, f"/?number={case.number.lower()}")
    for word in ("资质申请", "初步核查", "西安市自然资源和规划局", case.number):
        assert word in page
    for secret in ("周原", "秘密人", "内部意见", "市甲"):
        assert secret not in page


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "填报中，尚未提交"),
        (("submit", "return"), "补"),
        (TO_NOTICE, "公示中"),
        (TO_GRANT, "准予许可，办结"),
        (("submit", "refuse"), "不予受理"),
    ],
)
@pytest.mark.requirement("R298")
def test_the_status_follows_the_case(
    client: FlaskClient, premises: Premises, steps: tuple[str, ...], words: str
) -> None:
    case = PublicCase(premises)
    case.take(steps)
    page = text(client, f"/?number={case.number}")
    status = page[page.index('id="hall-status"') :]
    assert words in status[: status.index("</section>")]


def test_an_unknown_number_is_said_to_be_unknown(client: FlaskClient) -> None:
    assert "没有编号为“CH0000” 的申请".replace(" ", "") in text(client, "/?number=CH0000", 404)


@pytest.mark.requirement("R186")
@pytest.mark.requirement("R191")
def test_the_hall_lists_matters_with_their_links_and_news(
    client: FlaskClient, premises: Premises
) -> None:
    PublicCase(premises).take(TO_GRANT)
    page = text(client, "/")
    for word in (
        "服务指南",
        "表格下载",
        "在线办理",
        "结果公示",
        "关于准予周原",
        "登录",
        "注册",
    ):
        assert word in page


def test_the_search_finds_matters_and_notices(client: FlaskClient, premises: Premises) -> None:
    PublicCase(premises).take(TO_NOTICE)
    assert "关于拟批准周原" in text(client, "/?q=周原")
    assert "关于拟批准周原" not in text(client, "/?q=导航")
    assert "没有找到相符的事项" in text(client, "/?q=护照")
    assert "没有找到相符的事项" in text(client, "/matters?q=护照")
    # The signs of a search pattern are letters like any other.
    assert "关于拟批准周原" not in text(client, "/?q=%25")


@pytest.mark.parametrize(
    "address", ["/?q=", "/?number=", "/matters?q=", "/notices?q=", "/verify?number="]
)
def test_hostile_words_are_shown_as_words(client: FlaskClient, address: str) -> None:
    page = client.get(address + HOSTILE).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("address", ["/?q=", "/?number=", "/notices?q=", "/verify?number="])
def test_over_long_words_are_cut(client: FlaskClient, address: str) -> None:
    assert client.get(address + "长" * 5000).status_code in (200, 404, 422)
    assert client.get(address + "%00").status_code in (200, 404, 422)


@pytest.mark.requirement("R005")
@pytest.mark.requirement("R006")
@pytest.mark.requirement("R191")
def test_the_guide_publishes_what_the_law_asks_for(client: FlaskClient) -> None:
    page = text(client, "/matters/qualification_application")
    for anchor in ("guide", "forms", "apply", "results", "standard"):
        assert f'id="{anchor}"' in page
    for word in (
        "办理依据",
        "申请条件",
        "法定办结时限",
        "承诺办结时限",
        "不收费",
        "自然资源部审批",
    ):
        assert word in page


def test_assumed_numbers_of_the_standard_are_marked(client: FlaskClient) -> None:
    page = text(client, "/matters/qualification_application")
    row = next(part for part in page.split("<tr>") if "互联网地图服务" in part)
    assert row.count("待核实") == 2
    sure = next(part for part in page.split("<tr>") if "大地测量" in part)
    assert "待核实" not in sure


@pytest.mark.requirement("R191")
def test_the_blank_form_holds_every_page(client: FlaskClient) -> None:
    response = client.get("/matters/qualification_application/materials.csv")
    assert response.mimetype == "text/csv"
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert {"申请书", "技术人员信息", "技术装备信息"} <= {row[0] for row in rows}
    assert ["技术装备信息", "规格型号", "是", "", ""] in rows


@pytest.mark.parametrize(
    "address", ["/matters/none", "/matters/none/materials.csv", "/notices/999"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.requirement("R003")
def test_a_certificate_is_verified_by_token_and_by_number(
    client: FlaskClient, premises: Premises
) -> None:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    found = case.qualification()
    # Typed with full-width digits and blanks.
    typed = found.number[:4] + " " + found.number[4:].translate(_FULL_WIDTH)
    for page in (text(client, f"/verify/{found.token}"), text(client, f"/verify?number={typed}")):
        for word in ("证书有效", "周原测绘有限公司", found.number, "工程测量", "陕西省"):
            assert word in page
        for secret in ("秘密人", "内部意见", "示例路", found.token):
            assert secret not in page.replace(f"/verify/{found.token}", "")


_FULL_WIDTH = {ord(str(n)): 0xFF10 + n for n in range(10)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "replaced"}, "证书已被替换"),
        ({"status": "cancelled"}, "证书已注销"),
        ({"valid_until": date(2020, 1, 1)}, "证书已过期"),
        ({"valid_until": date(2020, 1, 1), "status": "cancelled"}, "证书已注销"),
    ],
)
def test_a_certificate_that_is_no_longer_good_says_so(
    client: FlaskClient, premises: Premises, change: dict[str, object], words: str
) -> None:
    case = PublicCase(premises)
    case.take(TO_GRANT)
    with premises.transaction() as office:
        office.db.execute(update(Qualification).values(**change))
    page = text(client, f"/verify/{case.qualification().token}")
    assert words in page
    assert "证书有效" not in page


@pytest.mark.parametrize(
    ("number", "status", "words"),
    [
        ("乙测资字61500011", 422, "校验码不对"),
        ("乙测资字6150001", 422, "加 8 位数字"),
        ("丙测资字61500017", 422, "加 8 位数字"),
        ("陕测资受〔2026〕1号", 422, "加 8 位数字"),
        ("乙测资字61999992", 404, "没有编号为“乙测资字61999992”"),
    ],
)
def test_a_wrong_number_is_explained_and_kept(
    client: FlaskClient, number: str, status: int, words: str
) -> None:
    page = text(client, f"/verify?number={number}", status)
    assert words in page
    assert f'value="{number}"' in page


def test_a_paper_is_verified_by_its_token_and_by_nothing_else(
    client: FlaskClient, premises: Premises
) -> None:
    case = PublicCase(premises)
    case.take(["submit", "return"])
    paper = case.document("correction_notice")
    page = text(client, f"/verify/{paper.token}")
    for word in ("补正告知书", paper.number, "周原测绘有限公司", "西安市自然资源和规划局"):
        assert word in page
    # What has to be corrected is between the organ and the unit.
    for secret in ("太短", "秘密人", "单位简介"):
        assert secret not in page
    text(client, f"/verify?number={paper.number}", 422)


@pytest.mark.parametrize("token", ["unknown", "1", "a" * 64, "%00", "..%2F..%2Fetc"])
def test_an_unknown_token_warns(client: FlaskClient, token: str) -> None:
    assert client.get(f"/verify/{token}").status_code == 404


def test_an_unknown_token_says_what_to_make_of_it(client: FlaskClient) -> None:
    assert "谨慎采信" in text(client, "/verify/unknown", 404)


@pytest.mark.parametrize("username", ["unit_new", "city_window", "admin", "auditor"])
def test_the_public_pages_are_open_to_everyone(
    client: FlaskClient, login: Login, username: str
) -> None:
    login(client, username)
    for address in ("/", "/matters", "/notices", "/verify", "/matters/qualification_application"):
        assert client.get(address).status_code == 200
