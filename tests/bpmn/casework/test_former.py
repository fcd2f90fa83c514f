"""Who may begin 复审换证, and what else a unit of the old system is offered (R019-R027)."""

import pytest

from bpmn import casework
from bpmn.matters import MATTERS
from tests import builders

KINDS = ("class_a_navigation", "class_a", "class_b")
NO_RECORD, TO_B, NOT_IN_A, A_FIRST = "没有贵单位", "换领乙级证书", "不含这类专业", "先换领甲级"
TABLE = [
    # what the old system knew → what is said for each kind of certificate; empty: offered
    ([], (NO_RECORD, NO_RECORD, NO_RECORD)),
    ([("A", "GCCL")], (NOT_IN_A, "", "")),
    ([("A", "DHDT")], ("", NOT_IN_A, "")),
    ([("A", "DHDT"), ("A", "GCCL")], ("", "", "")),
    ([("A", "GCCL"), ("B", "GISG")], (NOT_IN_A, "", A_FIRST)),
    ([("B", "GCCL")], (TO_B, TO_B, "")),
    ([("C", "GCCL")], (TO_B, TO_B, "")),
    ([("D", "GCCL")], (TO_B, TO_B, "")),
]


@pytest.mark.requirement("R019")
@pytest.mark.requirement("R020")
@pytest.mark.requirement("R021")
@pytest.mark.requirement("R023")
@pytest.mark.requirement("R134")
@pytest.mark.parametrize(("known", "expected"), TABLE)
def test_who_may_exchange_for_which_certificate(db, known, expected):
    unit = builders.a_unit(db, registered_at=None)
    knows(db, unit, known)
    office = builders.an_office(db)
    told = [casework.unmet_prerequisite(office, MATTERS[EXCHANGE], unit, kind) for kind in KINDS]
    for sentence, part in zip(told, expected, strict=True):
        assert part in sentence
        assert bool(sentence) is bool(part)


@pytest.mark.requirement("R024")
@pytest.mark.requirement("R133")
@pytest.mark.requirement("R136")
def test_a_unit_of_the_old_system_needs_no_registration_but_a_certificate_for_the_rest(db):
    unit = builders.a_unit(db, registered_at=None)
    knows(db, unit, [("B", "GCCL")])
    office = builders.an_office(db)
    offers = {one.matter.key: one for one in casework.offers_of(office, unit, MATTERS.values())}
    assert offers["unit_registration"].kinds  # may be begun, to have its former staff shown
    applied_for = {kind.key for kind in offers["qualification_application"].kinds}
    assert "class_a" in applied_for  # the standard is checked on 提交
    assert "应先办理“复审换证”" in offers["basic_information_change"].reason
    assert "应先办理“复审换证”" in offers["specialty_change"].reason
    assert "应先办理“复审换证”" in offers["renewal"].reason
    assert offers[EXCHANGE].kinds
    assert "取得证书后" in offers["certificate_replacement"].reason


@pytest.mark.requirement("R025")
@pytest.mark.requirement("R026")
def test_a_new_unit_registers_first_beside_those_who_exchange(db):
    office = builders.an_office(db)
    unit = builders.a_unit(db, registered_at=None)
    offers = {one.matter.key: one for one in casework.offers_of(office, unit, MATTERS.values())}
    assert [key for key, one in offers.items() if one.kinds] == ["unit_registration"]


def test_its_name_is_enough_where_the_old_system_had_no_code(db):
    unit = builders.a_unit(db, registered_at=None)
    knows(db, unit, [("B", "GCCL")], uscc="")
    office = builders.an_office(db)
    assert casework.held_before(office, unit)


def test_another_units_record_does_not_help(db):
    unit = builders.a_unit(db, registered_at=None)
    knows(db, unit, [("B", "GCCL")], uscc="91350100M000100Y99")
    assert not casework.held_before(builders.an_office(db), unit)


EXCHANGE = "review_exchange"


def knows(db, unit, levels, uscc=None):
    """The old system's record of the unit: (level, specialty) each."""
    known = unit.uscc if uscc is None else uscc
    for level, specialty in levels:
        builders.a_former_qualification(db, unit=unit, level=level, specialty=specialty, uscc=known)
