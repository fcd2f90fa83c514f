"""Opening the office: a transaction or a reading with clock, calendar, policy and actor."""

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import current_app
from flask_login import current_user
from sqlalchemy import Engine, bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload

from bpmn.casework.calendar_changes import REVISION
from bpmn.matters import MATTERS
from bpmn.office import Office
from certificates.verification import KeyRing, make_key, read_keys
from config.settings import Settings
from models import Account, WorkingCalendar
from models.calendar import load_calendar
from models.settings import read_setting
from models.standard_versions import Standards, published_standards
from models.standards import Standard
from webapp import clock, database

POLICY_SECONDS = 30.0
"""How long a process may go on with the calendar and the standards it has read."""
_MATTER_NAMES = {key: matter.name for key, matter in MATTERS.items()}
_PAGES = {key: matter.pages for key, matter in MATTERS.items()}
log = logging.getLogger("cartouche.jobs")


@dataclass
class Premises:
    """What one process keeps for all its offices: the database engine, settings and policy."""

    settings: Settings
    engine: Engine
    shipped: Standard
    """The standard of the program itself, for a database that has none yet."""
    regions: Mapping[str, str]
    region_choices: Mapping[str, Any]
    _calendar: tuple[float, WorkingCalendar] | None = field(default=None)
    _revision: str = field(default="")
    _standards: tuple[float, Standards] | None = field(default=None)
    _key_ring: tuple[float, KeyRing] | None = field(default=None)

    def calendar(self, db: Session, *, exact: bool = False) -> WorkingCalendar:
        """The calendar, read anew every half minute; for what is written (`exact`) as it is now.

        A date counted with days of half a minute ago would escape their recalculation.
        """
        moment = time.monotonic()
        if exact and (revision := read_setting(db, REVISION)) != self._revision:
            self._revision, self._calendar = revision, None
        if self._calendar is None or moment - self._calendar[0] > POLICY_SECONDS:
            self._calendar = (moment, load_calendar(db))
        return self._calendar[1]

    def standards(self, db: Session) -> Standards:
        """The published versions, looked for anew every half minute."""
        moment = time.monotonic()
        if self._standards is None or moment - self._standards[0] > POLICY_SECONDS:
            known = self._standards[1].versions if self._standards else ()
            found = published_standards(db, known) or (self.shipped,)
            self._standards = (moment, Standards(found))
        return self._standards[1]

    def key_ring(self) -> KeyRing:
        """The verification keys, read anew every half minute. Raises KeyFileBroken.

        In demo mode the private key is made when it is first wanted.
        """
        moment = time.monotonic()
        if self._key_ring is None or moment - self._key_ring[0] > POLICY_SECONDS:
            path = self.settings.verification_key
            if self.settings.demo:
                make_key(path)
            self._key_ring = (moment, read_keys(path))
        return self._key_ring[1]

    def is_provisional(self, day: date) -> bool:
        """Whether no notice of holidays covers the day's year yet (暂按)."""
        return self._calendar is not None and self._calendar[1].is_provisional(day)

    def forget_calendar(self) -> None:
        self._calendar = None

    def forget_standards(self) -> None:
        self._standards = None

    @contextmanager
    def transaction(self, account_id: int | None = None) -> Iterator[Office]:
        """An office whose changes are kept when the block ends well."""
        with database.transaction(self.engine) as db:
            yield self._office(db, account_id, exact=True)

    @contextmanager
    def rehearsal(self, account_id: int | None = None) -> Iterator[Office]:
        """An office in which everything can be done and nothing is kept."""
        with database.rehearsal(self.engine) as db:
            yield self._office(db, account_id)

    @contextmanager
    def reading(self, account_id: int | None = None) -> Iterator[Office]:
        with database.reading(self.engine) as db:
            yield self._office(db, account_id)

    def _office(self, db: Session, account_id: int | None, exact: bool = False) -> Office:
        return Office(
            db=db,
            now=clock.now(db, demo=self.settings.demo),
            actor=find_account(db, account_id) if account_id else None,
            calendar=self.calendar(db, exact=exact),
            standards=self.standards(db),
            regions=self.regions,
            region_choices=self.region_choices,
            matters=_MATTER_NAMES,
            secret=hashlib.sha256(f"claims:{self.settings.secret_key}".encode()).digest(),
            base_url=self.settings.base_url,
            key_ring=self.key_ring(),
            pages=_PAGES,
        )


# Built once: building a statement costs more than running it.
_ACCOUNT = (
    select(Account)
    .where(Account.id == bindparam("account_id"))
    .options(joinedload(Account.grants), lazyload(Account.unit), lazyload(Account.authority))
)


def find_account(db: Session, account_id: int) -> Account | None:
    """The account with its roles, in one statement; unit and organ are read when asked for."""
    return db.scalars(_ACCOUNT, {"account_id": account_id}).unique().one_or_none()


def premises() -> Premises:
    """The running application's premises."""
    found: Premises = current_app.extensions["premises"]
    return found


@contextmanager
def transaction() -> Iterator[Office]:
    """For a POST view: the office with the logged-in person as its actor."""
    with premises().transaction(_account_id()) as office:
        yield office
    _poke()


@contextmanager
def reading() -> Iterator[Office]:
    """For a GET view."""
    with premises().reading(_account_id()) as office:
        yield office


@contextmanager
def rehearsal() -> Iterator[Office]:
    """For a POST view that shows what would come of it; no worker is told."""
    with premises().rehearsal(_account_id()) as office:
        yield office


def _poke() -> None:
    """Tell a worker that rows may want something. The sweep finds what a lost poke leaves."""
    poke = current_app.extensions.get("poke")
    if poke is not None:
        try:
            poke()
        except Exception:
            log.exception("poke failed")


def _account_id() -> int | None:
    return current_user.id if current_user.is_authenticated else None
