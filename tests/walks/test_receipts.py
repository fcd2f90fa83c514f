"""申请材料接收凭证: whatever is handed in is receipted to the minute, each time anew."""

from datetime import timedelta

import pytest

from bpmn import casework
from bpmn.casework.deliveries import addressees
from bpmn.operations.facts import to_the_minute
from forms.pages import PAGES
from models import Document
from tests.browser.materials import id_number
from tests.walks.desk import Desk, state_of
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


def test_pledge_is_kept_with_its_times_and_reader_and_served_on_nobody(db):
    desk = an_application(db)
    opened = desk.now
    desk.now = opened + timedelta(seconds=87)
    office, task = desk.office(desk.applicant), desk.open_task()
    confirmed = {
        "opened_at": opened.isoformat(),
        "confirmed_at": desk.now.isoformat(),
        "confirmed_by": desk.applicant.id,
    }

    casework.complete_task(office, task.id, {"pledge": confirmed})
    db.flush()

    pledge, receipt = desk.papers()
    assert (pledge.kind, receipt.kind) == ("pledge", "receipt")
    assert pledge.facts["reading_seconds"] == 87
    assert pledge.facts["confirmed_by"] == desk.applicant.name
    assert pledge.facts["opened_at"] == to_the_minute(opened)
    assert addressees(pledge, desk.case) == []
    assert addressees(receipt, desk.case) == [desk.unit.id]


def test_engine_learns_nothing_of_who_pledged(db):
    desk = an_application(db)
    confirmed = dict.fromkeys(("opened_at", "confirmed_at"), desk.now.isoformat())

    casework.complete_task(
        desk.office(desk.applicant),
        desk.open_task().id,
        {"pledge": {**confirmed, "confirmed_by": desk.applicant.id}},
    )

    assert b"confirmed_by" not in state_of(desk)[0]
