"""Whether the people that the office has can run a diagram with its duties kept apart."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from bpmn.casework.vocabulary import proof_of
from bpmn.checks import Organ, check_staffing
from bpmn.errors import Problem
from bpmn.office import Office
from models import Account, AccountRole, Authority

_OFFICERS = (
    select(Authority.name, Authority.level, AccountRole.role, Account.name, Account.username)
    .join(Account, Account.authority_id == Authority.id)
    .join(AccountRole, AccountRole.account_id == Account.id)
    .where(Account.active.is_(True))
    .order_by(Authority.id, Account.id)
)


def staffing_problems(office: Office, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What the organs' active people cannot do of the diagram, organ by organ.

    An organ without any officer does not work here, and is passed over: no diagram could mend
    that.
    """
    proof = proof_of(files)
    if proof.diagram is None:
        return ()
    return tuple(check_staffing(proof.diagram, proof.space, organs_at_work(office)))


def organs_at_work(office: Office) -> list[Organ]:
    """Every organ that has active people, with who holds each role."""
    levels: dict[str, str] = {}
    held: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for organ, level, role, name, username in office.db.execute(_OFFICERS):
        levels[organ] = level
        held[organ][role].add(f"{name}（{username}）")
    return [
        Organ(name, level, {role: frozenset(people) for role, people in held[name].items()})
        for name, level in levels.items()
    ]
