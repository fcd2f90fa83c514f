"""Administrators of a live office who draw, propose and consent, each in a transaction."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from bpmn.casework import deploying, drawing_up
from models import Account, AccountRole, DiagramVersion
from tests.builders import NOW
from tests.webapp.live import LiveOffice

MATTER = "qualification_application"
MAIN = "diagram.bpmn"


def add_admins(live: LiveOffice, count: int = 3) -> list[int]:
    """So many administrators of the office; their ids."""
    with live.premises.transaction() as office:
        people = [
            Account(
                username=f"admin_{n}",
                password_hash="",
                name=f"管理员{n}",
                created_at=NOW,
                grants=[AccountRole(role="admin")],
            )
            for n in range(count)
        ]
        office.db.add_all(people)
        office.db.flush()
        return [person.id for person in people]


def a_draft(live: LiveOffice, admin: int, name: str) -> int:
    """A draft whose diagram differs from the deployed one by its process's name alone."""
    with live.premises.transaction(admin) as office:
        base = deploying.newest_of(office, MATTER)
        draft = drawing_up.begin_diagram_draft(office, base, name)
        text = draft.files[MAIN].replace('name="资质申请"', f'name="{name}"')
        drawing_up.save_diagram_draft(office, draft.id, 1, {MAIN: text})
        return draft.id


def propose(live: LiveOffice, admin: int, draft_id: int) -> Callable[[], int]:
    def act() -> int:
        with live.premises.transaction(admin) as office:
            return deploying.propose_draft(office, draft_id, "理由", "").id

    return act


def proposed(live: LiveOffice, admin: int, name: str = "甲的画法") -> int:
    """The number of an open proposal."""
    return propose(live, admin, a_draft(live, admin, name))()


def consent(live: LiveOffice, admin: int, proposal_id: int) -> Callable[[], int]:
    def act() -> int:
        with live.premises.transaction(admin) as office:
            return deploying.consent_to(office, proposal_id).number

    return act


def kinds_of(came: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in came)


def versions(live: LiveOffice) -> list[tuple[int, str]]:
    """Number and process name of every version."""
    with live.premises.reading() as office:
        query = select(DiagramVersion).where(DiagramVersion.matter == MATTER)
        found = office.db.scalars(query.order_by(DiagramVersion.number))
        return [
            (one.number, one.files[MAIN].partition(f'{MATTER}" name="')[2][:4]) for one in found
        ]
