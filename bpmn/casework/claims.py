"""Holding people and instruments: one unit each, whatever the race (不得兼职; R029, R030)."""

import hashlib
import hmac
from collections.abc import Collection

from sqlalchemy import Select, delete, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from bpmn.errors import HeldElsewhere
from bpmn.office import Office
from bpmn.operations.holdings import LOST
from models import Case, Claim, Contest, Dossier, DossierRow, Unit


def digest_of(office: Office, page: str, identity: str) -> str:
    """The blind index of an ID or serial number: equal numbers meet, none can be read back."""
    text = f"{page}:{identity.strip().upper()}"
    return hmac.new(office.secret, text.encode(), hashlib.sha256).hexdigest()


def hold_claim(office: Office, unit_id: int, page: str, digest: str) -> None:
    """Let the unit hold what the digest stands for. Raises HeldElsewhere with the holder's name."""
    holder = _holder(office, page, digest)
    if holder is None:
        holder = _try_to_hold(office, unit_id, page, digest)
    if holder.id != unit_id:
        raise HeldElsewhere(holder.name)


def hold_claims(office: Office, unit_id: int, page: str, digests: Collection[str]) -> None:
    """Let the unit hold all of them or, raising HeldElsewhere, none."""
    holders = holders_of(office, page, digests)
    for holder in holders.values():
        if holder.id != unit_id:
            raise HeldElsewhere(holder.name)
    claims = [
        {"kind": page, "digest": digest, "unit_id": unit_id, "claimed_at": office.now}
        for digest in sorted(set(digests) - set(holders))  # in one order: no two units wait in turn
    ]
    try:
        with office.db.begin_nested():
            if claims:
                office.db.execute(insert(Claim), claims)
    except IntegrityError:  # another transaction was faster by a moment: find out whose
        for claim in claims:
            hold_claim(office, unit_id, page, str(claim["digest"]))


def holders_of(office: Office, page: str, digests: Collection[str]) -> dict[str, Unit]:
    """Which unit holds what, of the digests that any unit holds."""
    query = (
        select(Claim.digest, Unit)
        .join(Unit, Unit.id == Claim.unit_id)
        .where(Claim.kind == page, Claim.digest.in_(digests))
    )
    return {digest: unit for digest, unit in office.db.execute(query)}  # noqa: C416


def release_unused_claims(office: Office, unit_id: int) -> None:
    """Free what stands neither in the unit's approved dossier nor in its open cases', and what
    was not won in a conflict for one of these."""
    unit = office.db.get_one(Unit, unit_id)
    live = select(Case.dossier_id).where(Case.unit_id == unit_id, Case.closed_at.is_(None))
    used = select(DossierRow.claim_digest).where(
        or_(
            DossierRow.dossier_id == unit.approved_dossier_id,
            DossierRow.dossier_id.in_(live),
        ),
        DossierRow.claim_digest.is_not(None),
    )
    office.db.execute(
        delete(Claim)
        .where(
            Claim.unit_id == unit_id, Claim.digest.not_in(used), Claim.digest.not_in(_won(unit_id))
        )
        .execution_options(synchronize_session=False)
    )


def loss_of(office: Office, row: DossierRow) -> list[str]:
    """That the row is another unit's now, as a conflict was decided; nothing when it is not."""
    if row.claim_digest is None:
        return []
    holder = select(Claim.unit_id).where(Claim.kind == row.page, Claim.digest == row.claim_digest)
    owner = select(Dossier.unit_id).where(Dossier.id == row.dossier_id)
    return [] if office.db.scalar(holder) == office.db.scalar(owner) else [LOST]


def _won(unit_id: int) -> Select[str]:
    """The digests of what the unit won and may still add, in the case that it wanted it for."""
    origin = aliased(Case)
    return (
        select(Contest.digest)
        .join(Case, Case.id == Contest.case_id)
        .join(origin, origin.id == Case.origin_id)
        .where(Case.unit_id == unit_id, Contest.won_at.is_not(None), origin.closed_at.is_(None))
    )


def _try_to_hold(office: Office, unit_id: int, page: str, digest: str) -> Unit:
    claim = {"kind": page, "digest": digest, "unit_id": unit_id, "claimed_at": office.now}
    try:
        with office.db.begin_nested():
            office.db.execute(insert(Claim), claim)
    except IntegrityError:  # another unit's transaction was faster by a moment
        holder = _holder(office, page, digest)
        if holder is not None:
            return holder
        raise
    return office.db.get_one(Unit, unit_id)


def _holder(office: Office, page: str, digest: str) -> Unit | None:
    return office.db.scalar(
        select(Unit).join(Claim).where(Claim.kind == page, Claim.digest == digest)
    )
