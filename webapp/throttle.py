"""Slowing down guesses at passwords and floods of objections, counted in the database."""

from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from bpmn.office import Office
from models import LoginFailure

WINDOW = timedelta(minutes=30)
MOST_BY_NAME = 5
"""等保 level 3 (policy 8): locked for half an hour after five failures."""
MOST_BY_ADDRESS = 50
MOST_FEEDBACK = 5
MOST_UPLOADS = 40
"""A tendering office checks the papers of one opening; assumed, no rule says how many."""
MOST_OBJECTIONS = 5
MOST_OBJECTIONS_BY_ADDRESS = 30
"""An office behind one address may speak up on many notices; assumed, no rule says how many."""

MOST_EVIDENCE = 30
MOST_LOOKUPS = 10
MOST_LOOKUPS_BY_NUMBER = 20
"""Contacts are few to guess among, so one number is not tried for long from many addresses."""


def keys_of(username: str, address: str) -> dict[str, int]:
    """What failures are counted under, and how many of each are too many."""
    return {f"name:{username.lower()}"[:120]: MOST_BY_NAME, f"address:{address}": MOST_BY_ADDRESS}


def objection_keys(notice_id: int, address: str) -> dict[str, int]:
    """Anyone may object, nobody may flood: few per notice from one address, and some in all."""
    return {
        f"objection:{notice_id}:{address}": MOST_OBJECTIONS,
        f"objections:{address}": MOST_OBJECTIONS_BY_ADDRESS,
    }


def evidence_keys(address: str) -> dict[str, int]:
    """Posts that bring files for an objection, whether or not one comes of them."""
    return {f"evidence:{address}": MOST_EVIDENCE}


def lookup_keys(number: str, address: str) -> dict[str, int]:
    """Wrong numbers and contacts: neither may be found out by trying."""
    return {
        f"lookup:{number.lower()}"[:120]: MOST_LOOKUPS_BY_NUMBER,
        f"lookups:{address}": MOST_LOOKUPS,
    }


def feedback_keys(address: str) -> dict[str, int]:
    """Suggestions from one address."""
    return {f"feedback:{address}": MOST_FEEDBACK}


def upload_keys(address: str) -> dict[str, int]:
    """Files to be verified from one address."""
    return {f"verify:{address}": MOST_UPLOADS}


def is_blocked(office: Office, keys: dict[str, int]) -> bool:
    query = (
        select(LoginFailure.key, func.count())
        .where(LoginFailure.key.in_(keys), LoginFailure.at > office.now - WINDOW)
        .group_by(LoginFailure.key)
    )
    return any(count >= keys[key] for key, count in office.db.execute(query))


def is_exceeded(office: Office, keys: dict[str, int]) -> bool:
    """As `is_blocked`, for a guess that is itself counted already.

    Of guesses sent at once no more than the limit come through, whatever the database and its
    locks: the last of them to be written down sees all the others, and itself.
    """
    return is_blocked(office, {key: most + 1 for key, most in keys.items()})


def note_failure(office: Office, keys: dict[str, int]) -> list[int]:
    """Count one more under each key: a guess at a password, or an objection received.

    Gives the ids of the counts, for `take_back`.
    """
    rows = [{"key": key, "at": office.now} for key in keys]
    return list(office.db.scalars(insert(LoginFailure).returning(LoginFailure.id), rows))


def take_back(office: Office, counted: list[int]) -> None:
    """What was counted before it was known to be no failure."""
    office.db.execute(delete(LoginFailure).where(LoginFailure.id.in_(counted)))


def forget(office: Office, keys: dict[str, int]) -> None:
    """A success clears the name's failures, and everything too old to count."""
    names = [key for key in keys if key.startswith("name:")]
    office.db.execute(
        delete(LoginFailure).where(
            LoginFailure.key.in_(names) | (LoginFailure.at < office.now - WINDOW)
        )
    )
