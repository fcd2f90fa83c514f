"""Operations of 归属协调: two units claim one person or instrument (R079, R080, R083, R084)."""

from gettext import gettext as _

from sqlalchemy import func, select

from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.clocks import finish_clock, resume_clock, start_clock, suspend_clock
from bpmn.operations.closing import end_what_runs
from bpmn.operations.holdings import (
    contest_of,
    end_period,
    held_claim,
    open_cases_of,
    withdraw_rows,
)
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell, tell_parties
from models import Case, Claim, Contest, Correction, Unit

ARTICLE = _("协调中要求补充材料的期间（示例，待核实）")


@operation(_("登记归属争议"), region=("same_city", "same_province", "apart"))
def register_claim(office: Office, case: Case) -> Variables:
    """Note when the claim reached the office, tell the other unit, and compare their places."""
    case.submitted_at = office.now
    record(office, case, "submitted")
    contest, other = contest_of(office, case), _respondent(office, case)
    subject = _("归属协调申请")
    words = _("{unit}主张{label}属于该单位，请在十个工作日内办理“答复协调申请”（办件 {number}）。")
    told = words.format(unit=case.unit.name, label=contest.label, number=case.number)
    tell(office, case, subject, told, unit_id=other.id)
    words = _("办件 {number} 已提交，已告知{unit}，等待答复。")
    tell(office, case, subject, words.format(number=case.number, unit=other.name))
    return {"region": _region(case.unit, other)}


@operation(_("记录逾期未答复"))
def note_silence(office: Office, case: Case) -> Variables:
    """The other unit did not answer in time: the organ goes on without."""
    finish_clock(office, case, kind="answer")
    record(office, case, "answer_missed")
    words = _("办件 {number} 对方单位逾期未答复，转由审批机关核实协调。")
    tell_parties(office, case, _("逾期未答复"), words.format(number=case.number))
    return {}


@operation(_("通知申请方答复"))
def ask_claimant(office: Office, case: Case, *, working_days: int) -> Variables:
    """Ask the claimant for more: an item of its folder, to be answered before it hands in."""
    asked = _ask(office, case, working_days)
    previous = select(func.max(Correction.round)).where(Correction.case_id == case.id)
    item = Correction(
        case_id=case.id,
        round=(office.db.scalar(previous) or 0) + 1,
        page="conflict_claim",
        place=_("协调申请理由"),
        problem=asked,
        created_at=office.now,
        created_by=office.actor_id,
    )
    office.db.add(item)
    return _tell_asked(office, case, case.unit_id, asked)


@operation(_("通知对方答复"))
def ask_respondent(office: Office, case: Case, *, working_days: int) -> Variables:
    """Ask the other unit for more."""
    asked = _ask(office, case, working_days)
    return _tell_asked(office, case, _respondent(office, case).id, asked)


@operation(_("恢复核实"))
def resume_examination(office: Office, case: Case) -> Variables:
    """What was asked for has come, or its time is over: the decision's clock runs on."""
    finish_clock(office, case, kind="answer")
    return resume_clock(office, case, kind="decision")


@operation(_("转移归属"), holding=("claimant", "other"))
def hand_over_claim(office: Office, case: Case) -> Variables:
    """Move the claim to the claimant, unless a third unit has it meanwhile; says who holds it.

    Everything in the one transaction of the step: the claim, its history, the other's rows.
    """
    end_what_runs(office, case)
    contest, held = contest_of(office, case), open_cases_of(office, _respondent(office, case).id)
    claim = held_claim(office, contest)
    if claim is not None and claim.unit_id not in (case.unit_id, case.respondent_id):
        return _tell_of_a_third(office, case, contest)
    if claim is None:
        claim = Claim(kind=contest.page, digest=contest.digest, unit_id=case.unit_id)
        office.db.add(claim)
    elif claim.unit_id == case.respondent_id:
        end_period(office, case, claim)
        withdraw_rows(office, case, contest, held)
    claim.unit_id, claim.claimed_at = case.unit_id, office.now
    contest.won_at = office.now
    record(office, case, "claim_moved", label=contest.label, unit=case.unit.name)
    _tell_of_the_move(office, case, contest)
    return {"holding": "claimant"}


@operation(_("维持归属"))
def keep_claim(office: Office, case: Case) -> Variables:
    """The other unit goes on holding it."""
    contest, other = contest_of(office, case), _respondent(office, case)
    record(office, case, "claim_kept", label=contest.label, unit=other.name)
    words = _("办件 {number}：经协调，{label}仍由{unit}持有。")
    told = words.format(number=case.number, label=contest.label, unit=other.name)
    tell_parties(office, case, _("归属协调结果"), told)
    return {}


@operation(_("双方移除"))
def strike_claim(office: Office, case: Case) -> Variables:
    """Neither unit may list it: it is taken from the one that did, and nobody holds it."""
    contest, held = contest_of(office, case), open_cases_of(office, _respondent(office, case).id)
    claim = held_claim(office, contest)
    if claim is not None and claim.unit_id == case.respondent_id:
        end_period(office, case, claim)
        withdraw_rows(office, case, contest, held)
        office.db.delete(claim)
    record(office, case, "claim_struck", label=contest.label)
    words = _("办件 {number}：经协调，{label}不属于任何一方，双方均不得填报。")
    told = words.format(number=case.number, label=contest.label)
    tell_parties(office, case, _("归属协调结果"), told)
    return {}


@operation(_("按无需协调办结"))
def close_needless(office: Office, case: Case) -> Variables:
    """The case in which the claimant wanted to list it is over, so nothing is contested."""
    record(office, case, "needless")
    end_what_runs(office, case)
    words = _("办件 {number}：申请方填报的办件已经结束，协调随之结束。")
    tell_parties(office, case, _("归属协调结束"), words.format(number=case.number))
    return {}


def _ask(office: Office, case: Case, working_days: int) -> str:
    suspend_clock(office, case, kind="decision", article=ARTICLE)
    start_clock(office, case, kind="answer", working_days=working_days, article=ARTICLE)
    return str(latest_answers(office, case, "opinion").get("opinion") or "")


def _tell_asked(office: Office, case: Case, unit_id: int, asked: str) -> Variables:
    words = _("办件 {number} 需要贵单位补充：{asked}").format(number=case.number, asked=asked)
    tell(office, case, _("请补充协调材料"), words, unit_id=unit_id)
    return {}


def _tell_of_a_third(office: Office, case: Case, contest: Contest) -> Variables:
    words = _("办件 {number}：{label}现由另一单位持有。添加时仍有提示的，可以重新申请协调。")
    told = words.format(number=case.number, label=contest.label)
    tell_parties(office, case, _("归属协调结果"), told)
    return {"holding": "other"}


def _tell_of_the_move(office: Office, case: Case, contest: Contest) -> None:
    words = _("办件 {number}：{label}已转归{unit}。").format(
        number=case.number, label=contest.label, unit=case.unit.name
    )
    tell(office, case, _("归属协调结果"), words, unit_id=case.respondent_id)
    offer = _("现在可以在原办件的列表中按填写过的内容添加。")
    tell(office, case, _("归属协调结果"), words + offer)


def _respondent(office: Office, case: Case) -> Unit:
    return office.db.get_one(Unit, case.respondent_id)


def _region(one: Unit, other: Unit) -> str:
    """What the two have in common: same_city, same_province, or nothing (apart)."""
    if one.province != other.province:
        return "apart"
    return "same_city" if one.city and one.city == other.city else "same_province"
