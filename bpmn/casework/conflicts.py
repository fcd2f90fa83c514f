"""归属协调: a conflict case opened where a row was refused, and kept true while others move."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from bpmn.casework.cases import stop_by
from bpmn.casework.claims import digest_of
from bpmn.casework.dossiers import find_row, new_dossier, require_open_dossier
from bpmn.casework.opening import new_case
from bpmn.casework.rights import may_see_case
from bpmn.casework.rows import ROW_RULES
from bpmn.casework.running import lock_case, start_case
from bpmn.errors import CaseNotFound, MessageNotExpected, NothingContested
from bpmn.matter import Matter
from bpmn.office import Office
from bpmn.operations.holdings import contest_of
from models import Case, Claim, Contest, DossierRow, Unit


@dataclass(frozen=True)
class Typed:
    """A refused row as it was typed: everything that is needed to offer it again."""

    page: str
    values: Mapping[str, Any]
    files: Sequence[Any] = ()
    """(kind, stored file as a mapping) of what was chosen for it."""
    row_id: int | None = None


def open_conflict(office: Office, origin: Case, matter: Matter, typed: Typed) -> Case:
    """Open a conflict case over what the row holds (申请协调), or find the one that is open.

    Raises NothingContested when no other unit holds it any more, DossierClosed or NotPermitted.
    """
    require_open_dossier(office, origin)
    if typed.row_id is not None:
        find_row(office, origin.dossier_id, typed.row_id)
    digest = digest_of(office, typed.page, ROW_RULES[typed.page].identity(typed.values))
    # Held until the end: of two clicks the second finds what the first has opened.
    claim = office.db.scalar(
        select(Claim).where(Claim.kind == typed.page, Claim.digest == digest).with_for_update()
    )
    if claim is None or claim.unit_id == origin.unit_id:
        raise NothingContested
    known = office.db.scalar(_open_over(origin.unit_id, digest))
    return known or _new_conflict(office, origin, matter, typed, claim)


def find_contest(office: Office, contest_id: int, origin: Case) -> Contest:
    """What the unit won in a conflict and may add to this case. Raises CaseNotFound."""
    query = _won_for(origin).where(Contest.id == contest_id)
    found = office.db.scalar(query)
    if found is None or office.actor is None or not may_see_case(office.actor, origin):
        raise CaseNotFound(str(contest_id))
    return found


def won_contests(office: Office, origin: Case, page: str) -> list[Contest]:
    """What the unit won for this case and has not added yet: the claim is its own, in no row."""
    query = _won_for(origin).where(Contest.page == page).order_by(Contest.id)
    return list(office.db.scalars(query))


def contested_of(office: Office, case: Case) -> Contest | None:
    """What the case is about, if it is a conflict."""
    return None if case.respondent_id is None else contest_of(office, case)


def idle_conflicts() -> Select[int]:
    """The open conflict cases that lost their object: the other unit holds it no more, or the
    case in which the claimant wants it is over."""
    origin = aliased(Case)
    held = and_(
        Claim.kind == Contest.page,
        Claim.digest == Contest.digest,
        Claim.unit_id == Case.respondent_id,
    )
    return (
        select(Case.id)
        .join(Contest, Contest.case_id == Case.id)
        .outerjoin(origin, origin.id == Case.origin_id)
        .where(
            Case.respondent_id.is_not(None),
            Case.closed_at.is_(None),
            or_(
                ~select(Claim.id).where(held).exists(),
                origin.id.is_(None),
                origin.closed_at.is_not(None),
            ),
        )
    )


def settle_idle_conflict(office: Office, case_id: int) -> bool:
    """Let the diagram end a conflict that lost its object. Doing it twice changes nothing."""
    case = lock_case(office, case_id)
    if office.db.scalar(idle_conflicts().where(Case.id == case_id)) is None:
        return False
    origin = office.db.get(Case, case.origin_id) if case.origin_id else None
    over = origin is None or origin.closed_at is not None
    with suppress(MessageNotExpected):  # it came to its end by itself, by a timer that was due
        stop_by(office, case, "lapsed" if over else "freed")
    return True


def _won_for(origin: Case) -> Select[Contest]:
    added = select(DossierRow.id).where(
        DossierRow.dossier_id == origin.dossier_id, DossierRow.claim_digest == Contest.digest
    )
    own = select(Claim.id).where(Claim.digest == Contest.digest, Claim.unit_id == origin.unit_id)
    return (
        select(Contest)
        .join(Case, Case.id == Contest.case_id)
        .where(
            Case.origin_id == origin.id,
            Contest.won_at.is_not(None),
            own.exists(),
            ~added.exists(),
        )
    )


def _open_over(unit_id: int, digest: str) -> Select[Case]:
    over = select(Contest.case_id).where(Contest.digest == digest)
    return select(Case).where(Case.unit_id == unit_id, Case.closed_at.is_(None), Case.id.in_(over))


def _new_conflict(office: Office, origin: Case, matter: Matter, typed: Typed, claim: Claim) -> Case:
    other = office.db.get_one(Unit, claim.unit_id)
    case = new_case(
        office,
        matter=matter.key,
        certificate_type=origin.certificate_type,
        unit=origin.unit,
        dossier_id=new_dossier(office, origin.unit).id,
        scope=matter.scope,
        exclusive=matter.exclusive,
        origin_id=origin.id,
        respondent_id=other.id,
    )
    office.db.add(case)
    office.db.flush()  # its number is a routing variable, its id is named by what is contested
    dossier = new_dossier(office, other)
    office.db.add(_contest(case, typed, claim.digest, dossier.id))
    start_case(office, case)
    return case


def _contest(case: Case, typed: Typed, digest: str, answer_dossier_id: int) -> Contest:
    return Contest(
        case_id=case.id,
        page=typed.page,
        digest=digest,
        label=ROW_RULES[typed.page].masked(typed.values),
        values=dict(typed.values),
        files=list(typed.files),
        row_id=typed.row_id,
        answer_dossier_id=answer_dossier_id,
    )
