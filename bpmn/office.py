"""What a use case needs of its office besides its own arguments. Not a place for behaviour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from certificates.verification import KeyRing
from models import Account, WorkingCalendar
from models.calendar import office_date
from models.standard_versions import Standards
from models.standards import Standard


@dataclass(frozen=True)
class Office:
    """Handed to every use case by whoever opened the transaction."""

    db: Session
    now: datetime
    """Aware UTC; in demo mode the demo clock's."""
    actor: Account | None
    """Who acts; None when the program acts by itself (a timer)."""
    calendar: WorkingCalendar
    standards: Standards
    """Every published version of the standard."""
    regions: Mapping[str, str]
    """Division code of six digits (GB/T 2260) to name."""
    region_choices: Mapping[str, Any]
    """What forms offer as province, city and county."""
    matters: Mapping[str, str]
    """Key of a matter to its name, as papers say it."""
    secret: bytes
    """Key of the blind index over ID and serial numbers."""
    base_url: str
    key_ring: KeyRing
    """The keys behind the codes of certificates; without a private one none can be issued."""
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Key of a matter to the keys of the pages that make its application."""
    kept: dict[Any, Any] = field(default_factory=dict)
    """Rows read once and held for the rest of the transaction: the session holds them weakly."""
    legal_at: datetime | None = None
    """The due time of the timer that fires, while its step runs; None while a person acts."""

    @property
    def standard(self) -> Standard:
        """The version in force today; a submitted case has its own (`standard_of`)."""
        return self.standards.on(office_date(self.now))

    @property
    def legal_now(self) -> datetime:
        """The moment from which the law counts; a late worker moves `now` and not this."""
        return self.legal_at or self.now

    @property
    def actor_id(self) -> int | None:
        return self.actor.id if self.actor else None
