"""Operations of 好差评: asking for it when a case is over, and what becomes of a bad one."""

from collections.abc import Mapping
from datetime import timedelta
from gettext import gettext as _
from itertools import product
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.clocks import ledger_of
from bpmn.operations.facts import case_authority
from bpmn.operations.rating_terms import grade_names, window_days
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell, tell_unit
from bpmn.operations.writing import add_row, pending_rows
from models import Account, Authority, Case, Event, Rating, RatingCount
from models.calendar import end_of_day, office_date
from models.clock import read_clock

REPLIED, EXCLUDED = "replied", "excluded"
_WITHOUT_OUTCOME = frozenset({"withdrawn", "terminated", "lapsed"})
"""Events of a case that ended before anything was decided: there is nothing to rate."""


def ask_for_rating(office: Office, case: Case) -> None:
    """Ask the unit that applied how it was served, now that its case ended with an outcome."""
    if not _is_to_be_rated(office, case):
        return
    last = office_date(office.now) + timedelta(days=window_days())
    add_row(
        office,
        Rating,
        case_id=case.id,
        authority_id=case_authority(case).id,
        matter=case.matter,
        asked_at=office.now,
        until=end_of_day(last),
        reasons=[],
    )
    words = _("办件 {number} 已办结。请在 {day} 前在办件页面评价本次服务。")
    told = words.format(number=case.number, day=last.isoformat())
    tell_unit(office, case, _("请评价本次服务"), told)


@operation(_("接收差评"))
def take_up_rating(office: Office, case: Case) -> Variables:
    """The organ that was rated looks into it."""
    rated = rating_handled_in(office, case)
    case.authority = office.db.get_one(Authority, rated.authority_id)
    case.submitted_at = office.now
    record(office, case, "assigned", authority=case.authority.name)
    words = _("办件 {number} 的申请单位评价为“{grade}”，请在时限内回访核实（办件 {case}）。")
    told = words.format(
        number=_rated_case(office, rated).number,
        grade=grade_names()[rated.grade or 0],
        case=case.number,
    )
    tell(office, case, _("收到差评"), told, authority_id=rated.authority_id)
    return {}


@operation(_("报上级核实"))
def hand_to_superior(office: Office, case: Case) -> Variables:
    """Somebody above rules on the appeal; an organ that has nobody above it, its own head."""
    superior = case_authority(case).superior_id
    if superior is not None:
        case.authority = office.db.get_one(Authority, superior)
        record(office, case, "assigned", authority=case.authority.name)
    return {}


@operation(_("退回原机关"))
def hand_back_rating(office: Office, case: Case) -> Variables:
    """The organ that was rated goes on with it, however the appeal was ruled."""
    organ = office.db.get_one(Authority, rating_handled_in(office, case).authority_id)
    if case.authority_id != organ.id:
        case.authority = organ
        record(office, case, "assigned", authority=organ.name)
    return {}


@operation(_("差评办结"))
def conclude_rating(office: Office, case: Case) -> Variables:
    """Tell the unit what came of its bad rating, word by word, and count it as handled."""
    rated = _conclude(office, case, REPLIED)
    in_time = {"in_time": 1} if _is_in_time(office, case) else {}
    count_rating(office, rated, handled=1, **in_time)
    reply = str(latest_answers(office, case, "reply_words").get("reply_words") or "")
    words = _("对办件 {number} 的评价已经核实处理。答复：{reply}")
    told = words.format(number=_rated_case(office, rated).number, reply=reply)
    tell_unit(office, case, _("差评处理结果"), told)
    return {}


@operation(_("差评不计入"))
def exclude_rating(office: Office, case: Case) -> Variables:
    """The appeal stands: the rating is kept, and counts no more."""
    rated = _conclude(office, case, EXCLUDED)
    count_rating(office, rated, rated=-1, bad=-1, excluded=1)
    reasons = str(latest_answers(office, case, "ruling_reasons").get("ruling_reasons") or "")
    words = _("对办件 {number} 的评价经裁定不计入公示的数据。理由：{reasons}")
    told = words.format(number=_rated_case(office, rated).number, reasons=reasons)
    tell_unit(office, case, _("差评处理结果"), told)
    return {}


def rating_handled_in(office: Office, case: Case) -> Rating:
    """The rating that this case deals with."""
    return office.db.scalars(select(Rating).where(Rating.handling_id == case.id)).one()


def count_rating(office: Office, rating: Rating, **more: int) -> None:
    """Add to the public figures: of the rating's matter and of all, in its month, year, ever."""
    for matter, month in product((rating.matter, ""), (rating.month, rating.month[:4], "")):
        place = {"authority_id": rating.authority_id, "matter": matter, "month": month}
        _count_at(office, place, more)


def _count_at(office: Office, place: Mapping[str, Any], more: Mapping[str, int]) -> None:
    if _raise(office, place, more):
        return
    try:
        with office.db.begin_nested():
            office.db.execute(insert(RatingCount).values(**place, **more))
    except IntegrityError:  # somebody else's was the first of the month a moment ago
        _raise(office, place, more)


def _raise(office: Office, place: Mapping[str, Any], more: Mapping[str, int]) -> bool:
    columns = RatingCount.__table__.columns
    change = (
        update(RatingCount)
        .where(*(columns[name] == value for name, value in place.items()))
        .values({name: columns[name] + count for name, count in more.items()})
        .returning(RatingCount.id)
        .execution_options(synchronize_session=False)
    )
    return office.db.scalar(change) is not None


def _is_to_be_rated(office: Office, case: Case) -> bool:
    """Whether a unit applied for it, an organ had it, and something was decided."""
    if case.origin_id is not None or case.submitted_at is None or case.authority is None:
        return False
    opener = office.db.get(Account, case.opened_by) if case.opened_by else None
    return bool(opener and opener.unit_id == case.unit_id) and not _had_no_outcome(office, case)


def _had_no_outcome(office: Office, case: Case) -> bool:
    if any(row["kind"] in _WITHOUT_OUTCOME for row in pending_rows(office, Event)):
        return True
    query = select(Event.id).where(Event.stream == case.number, Event.kind.in_(_WITHOUT_OUTCOME))
    return office.db.scalar(query.limit(1)) is not None


def _conclude(office: Office, case: Case, result: str) -> Rating:
    rating = rating_handled_in(office, case)
    rating.result, rating.handled_at = result, office.now
    record(office, case, "rating_handled", result=result)
    return rating


def _is_in_time(office: Office, case: Case) -> bool:
    clock = read_clock("rating", ledger_of(office, case), office.calendar)
    return clock is not None and office.now < clock.due_at


def _rated_case(office: Office, rating: Rating) -> Case:
    return office.db.get_one(Case, rating.case_id)
