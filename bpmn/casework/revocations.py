"""撤销、撤回、注销 by the issuing organ: begun from a certificate, read by those who judge it; and
the bars that follow from it."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from sqlalchemy import Select, select

from bpmn.casework.cases import stop_by
from bpmn.casework.dossiers import new_dossier
from bpmn.casework.inspection import Fact, Section
from bpmn.casework.opening import new_case
from bpmn.casework.register import find_certificate
from bpmn.casework.running import lock_case, start_case
from bpmn.casework.tasks import complete_task
from bpmn.errors import CertificateNotFound, MessageNotExpected, RevocationRefused
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.trail import record
from certificates.grounds import grounds
from models import Authority, Case, Qualification, Sanction, Task, Unit
from models.calendar import office_date
from models.qualifications import VALID

PROPOSER = "reviewer"


def why_not_revocable(office: Office, held: Qualification) -> str:
    """Why the actor cannot propose to end this certificate, as a sentence; empty when they can.

    Raises CertificateNotFound for who is not of the organ that granted it.
    """
    actor = office.actor
    if actor is None or PROPOSER not in actor.roles or actor.authority_id != held.authority_id:
        raise CertificateNotFound(str(held.id))
    if held.status != VALID:
        return _("这份证书已经失效，不能再撤销、撤回或者注销。")
    found = office.db.scalar(_open_against(held))
    if found is not None:
        return _("这份证书正在办理撤销、撤回或者注销（办件 {number}）。").format(
            number=found.number
        )
    return ""


def may_propose(office: Office, held: Qualification) -> bool:
    try:
        return not why_not_revocable(office, held)
    except CertificateNotFound:
        return False


def propose_revocation(
    office: Office, matter: Matter, qualification_id: int, answers: Mapping[str, Any]
) -> Case:
    """Open the case with what was found, so that the unit is told at once (告知陈述申辩).

    Raises CertificateNotFound, or RevocationRefused when it has ended or is being ended already.
    """
    held = find_certificate(office, qualification_id)
    # Held until the end: of two clicks the second finds what the first has opened.
    office.db.scalar(select(Unit.id).where(Unit.id == held.unit_id).with_for_update())
    if reason := why_not_revocable(office, held):
        raise RevocationRefused(reason)
    unit = office.db.get_one(Unit, held.unit_id)
    case = new_case(
        office,
        matter=matter.key,
        certificate_type=held.certificate_type,
        unit=unit,
        dossier_id=new_dossier(office, unit).id,
        scope=matter.scope,
        exclusive=matter.exclusive,
    )
    case.authority = office.db.get_one(Authority, held.authority_id)
    case.submitted_at = office.now
    office.db.add(case)
    office.db.flush()  # its number is a routing variable
    start_case(office, case)
    task_id = office.db.scalars(select(Task.id).where(Task.case_id == case.id)).one()
    complete_task(office, task_id, answers)
    return case


def proposal_sections(office: Office, case: Case) -> list[Section]:
    """What was proposed, for those who judge it; none for a case that is no such."""
    proposed = latest_answers(office, case, "ground")
    if not proposed or office.actor is None or office.actor.unit_id is not None:
        return []
    ground = grounds()[str(proposed["ground"])]
    facts = [
        Fact(_("措施"), ground.measure_name),
        Fact(_("情形"), ground.name),
        Fact(_("依据"), ground.article),
        Fact(_("限制再次申请"), _bar_words(ground.bar_years, ground.bar_article)),
        Fact(_("查明的事实"), str(proposed["facts"])),
        Fact(_("证据"), str(proposed["evidence"])),
    ]
    return [Section("proposal", _("提出的处理"), tuple(facts), ())]


def bar_on(office: Office, unit: Unit) -> Sanction | None:
    """The bar that keeps the unit from applying today: the one that lasts longest."""
    today = office_date(office.now)
    query = select(Sanction).where(Sanction.unit_id == unit.id, Sanction.until >= today)
    return office.db.scalars(query.order_by(Sanction.until.desc()).limit(1)).first()


def not_barred(office: Office, unit: Unit, certificate_type: str) -> str:
    """A prerequisite: no bar is on the unit (行政许可法 Art. 79; policy 2.5)."""
    bar = bar_on(office, unit)
    if bar is None:
        return ""
    words = _("贵单位因{ground}被撤销测绘资质（{number}），依据{article}，{day} 以前不得再次申请。")
    return words.format(
        ground=grounds()[bar.ground].name,
        number=bar.document_number,
        article=bar.article,
        day=bar.until.isoformat(),
    )


def baseless_cases() -> Select[int]:
    """The open applications to change or end a certificate that the unit holds no more."""
    held = select(Qualification.id).where(
        Qualification.unit_id == Case.unit_id,
        Qualification.certificate_type == Case.certificate_type,
        Qualification.status == VALID,
    )
    return select(Case.id).where(
        Case.closed_at.is_(None),
        Case.exclusive,
        Case.submitted_at.is_not(None),
        Case.scope.in_(("held", "changed")),
        ~held.exists(),
    )


def stop_baseless_case(office: Office, case_id: int) -> bool:
    """Terminate an application whose certificate has ended. Doing it twice changes nothing."""
    case = lock_case(office, case_id)
    if office.db.scalar(baseless_cases().where(Case.id == case_id)) is None:
        return False
    reason = _("所依据的证书已经失效，办件失去对象。")
    try:
        with office.db.begin_nested():
            record(office, case, "stop_requested", stop="terminated", reason=reason)
            stop_by(office, case, "terminated")
    except MessageNotExpected:  # being decided right now: the decision itself is refused
        return False
    return True


def _open_against(held: Qualification) -> Select[Case]:
    """The open cases of the organ's own about the certificate; only those have a proposal."""
    proposed = select(Task.id).where(Task.case_id == Case.id, Task.form == "propose_revocation")
    return (
        select(Case)
        .where(
            Case.unit_id == held.unit_id,
            Case.certificate_type == held.certificate_type,
            Case.closed_at.is_(None),
            proposed.exists(),
        )
        .limit(1)
    )


def _bar_words(years: int, article: str) -> str:
    if not years:
        return _("不限制")
    return _("{years} 年（{article}）").format(years=years, article=article)
