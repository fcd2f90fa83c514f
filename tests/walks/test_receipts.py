"""申请材料接收凭证: whatever is handed in is receipted to the minute, each time anew."""

import pytest

from bpmn import casework
from bpmn.operations.facts import to_the_minute
from forms.pages import PAGES
from models import Document
from tests.browser.materials import id_number
from tests.walks.desk import Desk
from tests.walks.test_certificate_replacement import PAGE

RECEIPT = "申请材料接收凭证"


def receipts_of(desk: Desk) -> list[Document]:
    return [paper for paper in desk.papers() if paper.kind == "receipt"]


def a_replacement(db) -> Desk:
    desk = Desk.of_holder(db, certificate_type="class_b")
    desk.begin("certificate_replacement", {"replacement": PAGE})
    return desk


def a_registration(db) -> Desk:
    return Desk(db, certificate_type="class_b", matter="unit_registration", registered_at=None)


def an_application(db) -> Desk:
    return Desk(db, certificate_type="class_b")


@pytest.mark.parametrize("begin", [an_application, a_replacement, a_registration])
def test_receipt_comes_first_and_again_with_corrected_materials(db, begin):
    desk = begin(db)
    handed_in = to_the_minute(desk.now)

    desk.take(("submit", "return", "submit"))

    first, again = receipts_of(desk)
    assert desk.papers()[0].kind == "receipt"
    assert first.number != again.number
    assert (first.facts["round"], again.facts["round"]) == (None, 1)
    assert first.facts["submitted_at"] == handed_in
    assert RECEIPT not in desk.titles()


def test_receipt_counts_by_page_and_names_nobody(db):
    desk = an_application(db)
    office = desk.office(desk.applicant)
    for number in range(1, 4):
        values = {"name": f"示例人{number}", "id_number": id_number(number), "category": "mid"}
        casework.add_row(office, desk.case, "staff", values)

    desk.take(("submit",))

    (receipt,) = receipts_of(desk)
    materials = {row["name"]: row["copies"] for row in receipt.facts["materials"]}
    assert materials["技术人员信息"] == "3 条"
    assert materials[PAGES["application"].title] == "1 份"
    assert not any("示例人" in text for row in receipt.facts["materials"] for text in row.values())


def test_receipts_of_one_organ_are_numbered_without_gaps(db):
    desk = an_application(db)

    desk.take(("submit", "return", "submit", "return", "submit"))

    numbers = [paper.number.partition("〕")[2] for paper in receipts_of(desk)]
    assert numbers == ["1号", "2号", "3号"]
