"""好差评: a unit rates a case that is over; the organ reads it, everybody reads the figures.

A bad rating opens a case of its own, in which the organ deals with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from typing import Any

from sqlalchemy import select

from bpmn.casework.dossiers import new_dossier
from bpmn.casework.inspection import Fact, Section
from bpmn.casework.opening import new_case
from bpmn.casework.rights import APPLICANT, may_see_case, require_role
from bpmn.casework.running import lock_case, start_case
from bpmn.errors import RatingRefused
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.rating_terms import grade_names, indicator_names, is_bad, is_satisfied
from bpmn.operations.ratings import EXCLUDED, REPLIED, count_rating
from bpmn.operations.trail import record
from models import Case, Rating
from models.calendar import office_date

RESULT_WORDS = {REPLIED: _("已核实答复"), EXCLUDED: _("申诉成立，不计入公示的数据")}


@dataclass(frozen=True)
class RatingSeen:
    """A rating as the unit and the organ read it; `handling` is the case that deals with it."""

    rating: Rating
    grade: str
    reasons: tuple[str, ...]
    is_open: bool
    """It was asked for, not given, and its window is open."""
    may_add: bool
    is_bad: bool
    handling: Case | None
    """None too for who may not see it: while the organ above has it."""
    result: str


def rate_case(office: Office, case_id: int, matter: Matter, answers: Mapping[str, Any]) -> Rating:
    """Rate a case that is over, as its unit; a bad grade opens a case of `matter`.

    Raises NotPermitted, or RatingRefused when nothing was asked, it is too late, or it was done.
    """
    case = lock_case(office, case_id)
    actor = require_role(office, case, APPLICANT)
    rating = _asked(office, case)
    if rating.grade is not None:
        raise RatingRefused(_("这个办件已经评价过，每件只能评价一次。"))
    rating.grade, rating.reasons = int(answers["grade"]), list(answers["reasons"] or ())
    rating.words = answers["words"] or ""
    rating.rated_at, rating.rated_by = office.now, actor.id
    rating.month = office_date(office.now).isoformat()[:7]
    record(office, case, "rated", grade=grade_names()[rating.grade])
    bad = is_bad(rating.grade)
    satisfied = is_satisfied(rating.grade)
    count_rating(office, rating, rated=1, satisfied=int(satisfied), bad=int(bad))
    if bad:
        _open_handling(office, case, matter, rating)
    return rating


def add_words(office: Office, case_id: int, words: str) -> None:
    """Add words to a rating once (追评), within its window. Raises RatingRefused."""
    case = lock_case(office, case_id)
    require_role(office, case, APPLICANT)
    rating = _asked(office, case)
    if rating.grade is None or rating.added_at is not None:
        raise RatingRefused(_("先评价后追评，追评只能一次。"))
    rating.addition, rating.added_at = words, office.now
    record(office, case, "rating_added")


def rating_seen(office: Office, case: Case) -> RatingSeen | None:
    """What was asked and answered about a case; None when nothing was asked."""
    rating = office.db.scalar(select(Rating).where(Rating.case_id == case.id))
    return _seen(office, rating) if rating else None


def to_be_rated(office: Office, cases: Sequence[Case]) -> frozenset[int]:
    """The ids of those cases that the unit may rate now; one query."""
    query = select(Rating.case_id).where(
        Rating.case_id.in_([case.id for case in cases]),
        Rating.grade.is_(None),
        Rating.until > office.now,
    )
    return frozenset(office.db.scalars(query)) if cases else frozenset()


def rating_sections(office: Office, case: Case) -> list[Section]:
    """The rating that a case deals with, for the officer who has it; none for other cases."""
    rating = office.db.scalar(select(Rating).where(Rating.handling_id == case.id))
    if rating is None or office.actor is None or office.actor.unit_id is not None:
        return []
    seen, rated = _seen(office, rating), office.db.get_one(Case, rating.case_id)
    facts = [
        Fact(_("被评价的办件"), rated.number),
        Fact(_("办理事项"), office.matters[rated.matter]),
        Fact(_("满意程度"), seen.grade),
        Fact(_("不满意的方面"), "、".join(seen.reasons)),
        Fact(_("意见和建议"), rating.words or _("没有填写")),
        Fact(_("评价日期"), _day(rating.rated_at)),
    ]
    if rating.added_at:
        facts.append(Fact(_("追评"), rating.addition))
    return [Section("rating", _("申请单位的评价"), tuple(facts), ())]


def _asked(office: Office, case: Case) -> Rating:
    query = select(Rating).where(Rating.case_id == case.id).with_for_update()
    rating = office.db.scalar(query.execution_options(populate_existing=True))
    if rating is None:
        raise RatingRefused(_("这个办件没有办理结果，不需要评价。"))
    if office.now >= rating.until:
        raise RatingRefused(_("评价的期限已过。"))
    return rating


def _open_handling(office: Office, rated: Case, matter: Matter, rating: Rating) -> None:
    case = new_case(
        office,
        matter=matter.key,
        certificate_type=rated.certificate_type,
        unit=rated.unit,
        dossier_id=new_dossier(office, rated.unit).id,
        scope=matter.scope,
        exclusive=matter.exclusive,
        origin_id=rated.id,
    )
    office.db.add(case)
    office.db.flush()  # its number is a routing variable, its id is named by the rating
    rating.handling_id = case.id
    office.db.flush()  # the first operation asks which rating the case deals with
    start_case(office, case)


def _seen(office: Office, rating: Rating) -> RatingSeen:
    names, in_time = indicator_names(), office.now < rating.until
    handling = office.db.get(Case, rating.handling_id) if rating.handling_id else None
    seen = bool(handling and office.actor and may_see_case(office.actor, handling))
    return RatingSeen(
        rating=rating,
        grade=grade_names()[rating.grade] if rating.grade else "",
        reasons=tuple(names[key] for key in rating.reasons if key in names),
        is_open=rating.grade is None and in_time,
        may_add=rating.grade is not None and rating.added_at is None and in_time,
        is_bad=rating.handling_id is not None,
        handling=handling if seen else None,
        result=RESULT_WORDS.get(rating.result, ""),
    )


def _day(moment: datetime | None) -> str:
    return office_date(moment).isoformat() if moment else ""
