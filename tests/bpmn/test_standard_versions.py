"""Versions of the standard: seeded once, drafted, changed, published; a case keeps its own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bpmn.casework import standards
from bpmn.casework.verdicts import staff_verdict_of
from bpmn.errors import StaleForm, StandardPublished, StandardRefused
from bpmn.operations.standards import standard_of
from config.policy import load_standards
from models import Event, StandardCell, StandardVersion
from models.calendar import office_date
from models.standard_cells import Cell
from models.standard_versions import Standards, published_standards
from models.standards import read_standard
from tests.builders import (
    NOW,
    a_case,
    a_unit,
    an_applicant,
    an_authority,
    an_office,
    deployed,
)
from webapp.install import seed_standard

STAFF = "specialties.GCCL.B.staff"
TODAY = office_date(NOW)
LATER = TODAY + timedelta(days=40)


@pytest.fixture
def office(db: Session):
    office = an_office(db)
    seed_standard(office, load_standards())
    return office


def cell_of(office, key=STAFF):
    return office.db.scalars(select(StandardCell).order_by(StandardCell.id.desc()).where(
        StandardCell.key == key)).first()  # fmt: skip


def change(office, number, revision=0, source="示例通知", **value):
    stored = cell_of(office)
    told = Cell({**stored.value, **value}, source, "S")
    return standards.change_cell(office, number, STAFF, told, revision)


def published(office, effective=TODAY, **value):
    """A second version, with other numbers of staff for 工程测量 in class B."""
    draft = standards.draft_standard(office)
    change(office, draft.number, **(value or {"total": 7, "mid": 3}))
    standards.publish_standard(office, draft.number, effective, "示例")
    return Standards(published_standards(office.db))


def test_the_shipped_standard_is_version_1_and_is_written_once(office):
    seed_standard(office, load_standards())

    assert office.db.scalar(select(func.count()).select_from(StandardVersion)) == 1
    assert published_standards(office.db) == (read_standard(load_standards()),)


@pytest.mark.requirement("R031")
def test_a_published_version_holds_from_its_day(office):
    found = published(office, LATER)

    assert [one.number for one in found.versions] == [1, 2]
    assert found.on(TODAY).number == found.on(LATER - timedelta(days=1)).number == 1
    assert found.on(LATER).number == 2
    assert found.on(LATER).specialties["GCCL"].classes["B"].staff.mid == 3
    assert found.after(TODAY).number == 2
    assert found.after(LATER) is None


def test_of_two_versions_of_one_day_the_later_holds(office):
    published(office)
    found = published(office, total=8, mid=4)

    assert found.on(TODAY).number == 3


def test_versions_known_already_are_not_read_again(office):
    first = published_standards(office.db)

    again = published_standards(office.db, first)

    assert again[0] is first[0]


def test_a_second_draft_is_the_first(office):
    assert standards.draft_standard(office) is standards.draft_standard(office)


def test_a_draft_judges_nobody(office):
    draft = standards.draft_standard(office)
    change(office, draft.number, total=7, mid=3)

    assert [one.number for one in published_standards(office.db)] == [1]


def test_a_stale_change_is_refused_and_a_repeated_one_changes_nothing(office):
    draft = standards.draft_standard(office)
    assert change(office, draft.number, total=7, mid=3)
    assert not change(office, draft.number, revision=1, total=7, mid=3)

    with pytest.raises(StaleForm):
        change(office, draft.number, revision=0, total=9, mid=5)

    assert cell_of(office).value["mid"] == 3


def test_impossible_numbers_are_refused_at_their_field(office):
    draft = standards.draft_standard(office)

    with pytest.raises(StandardRefused) as refused:
        change(office, draft.number, total=5)

    assert refused.value.problems == [("total", "合计 5 名少于各级之和 6 名。")]
    assert cell_of(office).value["total"] == 6


@pytest.mark.parametrize(
    ("effective", "changed", "sentence"),
    [
        (TODAY - timedelta(days=1), True, "施行日期不能早于今天。"),
        (TODAY, False, "草稿与上一版相同，没有要发布的修改。"),
    ],
)
def test_what_cannot_be_published_stays_a_draft(office, effective, changed, sentence):
    draft = standards.draft_standard(office)
    if changed:
        change(office, draft.number, total=7, mid=3)

    with pytest.raises(StandardRefused, match=sentence):
        standards.publish_standard(office, draft.number, effective, "示例")

    assert draft.published_at is None


@pytest.mark.parametrize("act", ["change", "publish", "discard"])
def test_a_published_version_is_never_changed(office, act):
    published(office)
    acts = {
        "change": lambda: change(office, 2, revision=1, total=9, mid=5),
        "publish": lambda: standards.publish_standard(office, 2, LATER, "再发"),
        "discard": lambda: standards.discard_draft(office, 1),
    }

    with pytest.raises(StandardPublished):
        acts[act]()


def test_a_draft_given_up_leaves_its_number_free(office):
    number = standards.draft_standard(office).number
    standards.discard_draft(office, number)

    assert standards.find_draft_version(office) is None
    assert standards.draft_standard(office).number == number


def test_what_is_done_to_the_standard_is_recorded(office):
    published(office)

    kinds = office.db.scalars(select(Event.kind).order_by(Event.position))
    assert list(kinds) == ["standard_drafted", "standard_changed", "standard_published"]


@pytest.mark.requirement("R078")
def test_a_submitted_case_keeps_the_version_it_was_submitted_under(office, db: Session):
    deployed(db)
    an_authority(db, level="city")
    unit = a_unit(db)
    applicant = an_applicant(db, unit=unit)
    submitted = a_case(db, applicant=applicant)
    submitted.standard_number = 1
    after = published(office)
    new = case_of_another_unit(db)
    later = replace(office, standards=after)

    assert standard_of(later, submitted).number == 1
    assert standard_of(later, new).number == 2
    old_words, new_words = (staff_verdict_of(later, one).shortfalls for one in (submitted, new))
    assert "还缺 2 名中级（测绘专业技术人员，需 2 名）。" in old_words
    assert "还缺 3 名中级（测绘专业技术人员，需 3 名）。" in new_words


def test_a_version_that_this_process_has_not_seen_yet_is_read(office, db: Session):
    deployed(db)
    case = case_of_another_unit(db)
    published(office)
    case.standard_number = 2

    assert office.standards.numbered(2) is None
    assert standard_of(office, case).number == 2


def case_of_another_unit(db: Session):
    unit = a_unit(db, name="另一测绘有限公司", uscc="91350100M000100Y44")
    return a_case(db, applicant=an_applicant(db, unit=unit, username="another"))
