"""The people that the office has, held against a diagram: the active ones, organ by organ."""

import pytest

from bpmn.casework import staffing_problems
from bpmn.casework.staffing_check import organs_at_work
from bpmn.diagram import load_files
from bpmn.matters import MATTERS
from models import AccountRole
from tests import builders
from webapp.demo.organs import seed_officers, seed_organs


@pytest.fixture
def office(db):
    return builders.an_office(db)


def an_organ(db, *, level: str):
    """An organ of that level with one officer for each role."""
    organ = builders.an_authority(db, level=level)
    officers = [
        builders.an_officer(db, role=role, authority=organ, username=f"{level}_{role}")
        for role in builders.OFFICER_ROLES
    ]
    db.flush()
    return organ, dict(zip(builders.OFFICER_ROLES, officers, strict=True))


@pytest.mark.parametrize("matter", MATTERS)
def test_the_demo_organs_can_run_every_matter(db, office, matter):
    seed_officers(db, seed_organs(db, builders.NOW), "", builders.NOW)
    db.flush()

    assert len(organs_at_work(office)) == 3
    assert staffing_problems(office, load_files(matter)) == ()


def test_who_left_is_not_counted(db, office):
    organ, officers = an_organ(db, level="city")
    assert staffing_problems(office, load_files("renewal")) == ()

    officers["checker"].active = False
    db.flush()

    (problem,) = staffing_problems(office, load_files("renewal"))
    assert problem.message == f"“{organ.name}”没有“复核”的人，无法办理“复核”"


def test_one_person_with_every_role_is_told_by_name(db, office):
    organ = builders.an_authority(db, level="city")
    alone = builders.an_officer(db, role="window", authority=organ, username="alone")
    alone.grants += [AccountRole(role=role) for role in ("reviewer", "checker", "approver")]
    db.flush()

    (problem,) = staffing_problems(office, load_files("certificate_replacement"))

    assert problem.message.startswith(f"“{organ.name}”的人不够：“核查补领申请”、“签发补发证书”")
    assert "（alone）" in problem.message


def test_each_organ_is_asked_by_itself(db, office):
    an_organ(db, level="city")
    province = builders.an_authority(db, level="province")
    builders.an_officer(db, role="window", authority=province, username="only_window")
    db.flush()

    told = {p.message for p in staffing_problems(office, load_files("renewal"))}

    assert len(told) == 3
    assert all(message.startswith(f"“{province.name}”没有") for message in told)


def test_an_organ_without_officers_does_not_work_here(db, office):
    an_organ(db, level="city")
    builders.an_authority(db, level="ministry")
    db.flush()

    assert [organ.level for organ in organs_at_work(office)] == ["city"]
    assert staffing_problems(office, load_files("renewal")) == ()
