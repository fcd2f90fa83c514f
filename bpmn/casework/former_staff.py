"""“老人老办法”: a unit's people of the old system, and taking them over into its staff list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from gettext import gettext as _

from sqlalchemy import Select, select

from bpmn.casework.dossiers import add_row, require_open_dossier
from bpmn.casework.filling import page_form
from bpmn.casework.running import lock_case
from bpmn.errors import HeldElsewhere, NotPermitted, RowRepeated
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.trail import record
from models import Case, DossierRow, FormerPerson
from models.former import former_keys

PAGE = "staff"


@dataclass
class Transfer:
    """What became of the people who were ticked: names, or the sentence that refuses one."""

    added: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    """In the staff list before."""
    refused: list[str] = field(default_factory=list)


def why_not_shown(case: Case) -> str:
    """Why the unit may not see its former staff yet; empty when it may.

    An account may be registered under any credit code: full identity numbers are shown only to
    whom an organ has verified, by 新单位注册 or a grant.
    """
    if case.unit.registered_at or case.unit.approved_at:
        return ""
    return _(
        "旧系统的人员信息只对身份已经核实的单位开放：请先办理“新单位注册”，"
        "主管部门核实法人单位身份后再查询。"
    )


def former_staff_of(case: Case) -> Select[FormerPerson]:
    """The people whom the old system listed in the case's unit, to be paged (R065)."""
    known = FormerPerson.unit_key.in_(former_keys(case.unit))
    return select(FormerPerson).where(known).order_by(FormerPerson.id)


def listed_digests(office: Office, case: Case) -> set[str]:
    """Whom the case's staff list holds, by the blind index of their ID numbers."""
    query = select(DossierRow.claim_digest).where(
        DossierRow.dossier_id == case.dossier_id, DossierRow.page == PAGE
    )
    return {digest for digest in office.db.scalars(query) if digest}


def transfer_former_staff(
    office: Office, case: Case, matter: Matter, person_ids: Collection[int]
) -> Transfer:
    """Copy basic facts of the unit's own former people into its list (人员基本信息转移, R066).

    They count by their former category (老人老办法) once their files are uploaded. Who is listed
    already or held by another unit is left out and told; the others are taken over. Raises
    NotPermitted where the matter does not offer it or the unit was never verified, DossierClosed
    after 提交.
    """
    locked = lock_case(office, case.id)  # before its task, as 提交 does
    require_open_dossier(office, case)
    if not matter.offers_former_staff:
        raise NotPermitted(_("“%s”不能转移旧系统的人员。") % matter.name)
    if reason := why_not_shown(case):
        raise NotPermitted(reason)
    done, listed = Transfer(), listed_digests(office, case)
    for person in office.db.scalars(former_staff_of(case).where(FormerPerson.id.in_(person_ids))):
        if person.digest in listed:
            done.listed.append(person.name)
        else:
            _take_over(office, case, person, done)
    if done.added:
        record(office, locked, "former_staff_added", people=len(done.added))
    return done


def _take_over(office: Office, case: Case, person: FormerPerson, done: Transfer) -> None:
    form = page_form(office, case, PAGE, data={**person.values, "legacy": True})
    try:
        with office.db.begin_nested():  # one who is refused takes nobody else along
            add_row(office, case, PAGE, form.answers())
    except RowRepeated:
        done.listed.append(person.name)
    except HeldElsewhere as held:
        sentence = _("{name}{reason}").format(name=person.name, reason=held)
        done.refused.append(sentence)
    else:
        done.added.append(person.name)
