"""A conflict as the organ reads it: what is contested, who held it, and what the other unit says.

Nothing of this is shown to a unit: each side reads its own.
"""

from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.evidence import ANSWER_PAGE, statements_of
from bpmn.casework.inspection import Fact, Section, file_seen
from bpmn.casework.rights import may_see_answer
from bpmn.casework.rows import ROW_RULES
from bpmn.office import Office
from bpmn.operations.holdings import contest_of
from forms.pages import PAGES
from models import Attachment, Case, Claim, ClaimPeriod, Contest, Unit
from models.calendar import office_date


def conflict_sections(office: Office, case: Case) -> list[Section]:
    """What is contested, and the other unit's answer: the claimant's own pages stand between.

    Nothing for a case that is no conflict.
    """
    actor = office.actor
    if case.respondent_id is None or actor is None or actor.unit_id is not None:
        return []
    if not may_see_answer(actor, case):
        return []
    contest = contest_of(office, case)
    return [_contested(office, case, contest), _answered(office, case, contest)]


def _contested(office: Office, case: Case, contest: Contest) -> Section:
    rules, values = ROW_RULES[contest.page], contest.values
    facts = [
        Fact(PAGES[contest.page].title, rules.label(values)),
        Fact(_("双方所见"), contest.label),
        Fact(_("申请方"), case.unit.name),
        Fact(_("对方单位"), case.respondent.name if case.respondent else ""),
        *_history(office, contest),
    ]
    return Section("contested", _("争议的人员或者技术装备"), tuple(facts), ())


def _history(office: Office, contest: Contest) -> list[Fact]:
    """Who held it from when to when, as far as conflicts have settled it, and who holds it now."""
    ended = select(ClaimPeriod, Unit.name).join(Unit, Unit.id == ClaimPeriod.unit_id)
    ended = ended.where(ClaimPeriod.digest == contest.digest).order_by(ClaimPeriod.id)
    facts = [
        Fact(_("曾由"), f"{name}　{office_date(one.held_from)} — {office_date(one.held_until)}")
        for one, name in office.db.execute(ended)
    ]
    now = select(Claim.claimed_at, Unit.name).join(Unit, Unit.id == Claim.unit_id)
    for since, name in office.db.execute(now.where(Claim.digest == contest.digest)):
        facts.append(
            Fact(_("现由"), _("{unit}　自 {day} 起").format(unit=name, day=office_date(since)))
        )
    return facts


def _answered(office: Office, case: Case, contest: Contest) -> Section:
    facts = [
        Fact(f"{task.name}　{office_date(task.closed_at or office.now)}", f"{word}　{said}".strip())
        for task, word, said in statements_of(office, case)
    ]
    query = select(Attachment).where(Attachment.dossier_id == contest.answer_dossier_id)
    files = tuple(file_seen(file) for file in office.db.scalars(query.order_by(Attachment.id)))
    return Section(ANSWER_PAGE, PAGES[ANSWER_PAGE].title, tuple(facts), files)
