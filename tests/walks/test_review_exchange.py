"""复审换证, walked through the use cases on both databases; it goes like 资质申请."""

from functools import partial

import pytest
from sqlalchemy import select

from bpmn import casework
from bpmn.matters import MATTERS
from models import Qualification
from tests import builders
from tests.walks.desk import SPECIALTY, Desk
from tests.walks.test_qualification_application import NOTICED, ROUTES, WALKS

MATTER = "review_exchange"
LEVEL = {"class_a_navigation": "A", "class_a": "A", "class_b": "C"}


def a_desk(db, certificate_type):
    before = partial(_known, LEVEL[certificate_type], SPECIALTY[certificate_type])
    return Desk(
        db,
        certificate_type=certificate_type,
        matter=MATTER,
        before=before,
        registered_at=None,
    )


def _known(level, specialty, db, unit):
    builders.a_former_qualification(db, unit=unit, level=level, specialty=specialty)


@pytest.mark.requirement("R012")
@pytest.mark.requirement("R133")
@pytest.mark.parametrize(("certificate_type", "route", "_number"), ROUTES)
@pytest.mark.parametrize(("words", "end", "papers"), WALKS, ids=lambda one: "-".join(one))
def test_every_path(db, certificate_type, route, _number, words, end, papers):
    desk = a_desk(db, certificate_type)

    desk.take(words)

    assert desk.case.ended == f"{end}_{route}"
    assert desk.titles() == papers


@pytest.mark.requirement("R007")
def test_after_the_exchange_the_rest_is_offered(db):
    desk = a_desk(db, "class_b")
    desk.take((*NOTICED, "grant"))
    assert db.scalars(select(Qualification)).one().status == "valid"

    offers = casework.offers_of(desk.office(), desk.unit, MATTERS.values())
    free = {offer.matter.key for offer in offers if offer.kinds}
    assert {"certificate_replacement", "certificate_cancellation"} <= free
    assert MATTER not in free


@pytest.mark.requirement("R056")
def test_everything_is_entered_again(db):
    desk = a_desk(db, "class_b")
    desk.take((*NOTICED, "grant"))
    _known("A", "GCCL", db, desk.unit)
    office = desk.office(desk.applicant)

    again = casework.open_case(office, MATTERS[MATTER], "class_a")

    assert casework.find_page(office, desk.unit.approved_dossier_id, "application")
    assert casework.find_page(office, again.dossier_id, "application") is None


@pytest.mark.requirement("R057")
@pytest.mark.requirement("R135")
def test_it_asks_for_every_page_and_offers_every_specialty_of_the_class(db):
    desk = a_desk(db, "class_b")
    office = desk.office(desk.applicant)
    pages = {problem.page for problem in casework.find_problems(office, desk.case, MATTERS[MATTER])}
    form = casework.page_form(office, desk.case, "application")

    assert pages >= {"profile", "leaders", "staff", "equipment", "security", "quality", "archives"}
    assert len(form["chosen_specialties"].choices) > 5
