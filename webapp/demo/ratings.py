"""What the demo's units thought of their cases: good enough that no officer has work from it."""

from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from sqlalchemy import select

from bpmn.casework.ratings import rate_case
from bpmn.matters.rating_handling import MATTER
from bpmn.office import Office
from models import Account, Case, Rating

_GRADES = ("5", "4", "5", "3")


def seed_ratings(office: Office) -> None:
    """Rate the cases that ended before the demo began, each on the day after."""
    query = select(Rating).where(Rating.grade.is_(None)).order_by(Rating.asked_at, Rating.id)
    for rating, grade in zip(office.db.scalars(query), cycle(_GRADES), strict=False):
        case = office.db.get_one(Case, rating.case_id)
        actor = office.db.get_one(Account, case.opened_by)
        then = min(rating.asked_at + timedelta(days=1), office.now)
        asked = replace(office, now=then, actor=actor)
        rate_case(asked, case.id, MATTER, {"grade": grade, "reasons": ["efficiency"], "words": ""})
