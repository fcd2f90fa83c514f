"""What time it is for the office. In demo mode the clock can be moved on by working days."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from models.settings import read_setting, write_setting

DEMO_OFFSET = "demo_clock_offset_seconds"


def now(db: Session, *, demo: bool) -> datetime:
    """Aware UTC; the wall clock, plus the demo offset in demo mode."""
    moment = datetime.now(UTC)
    if not demo:
        return moment
    return moment + timedelta(seconds=float(read_setting(db, DEMO_OFFSET, "0")))


def move_demo_clock(db: Session, to: datetime) -> None:
    """Let demo time go on from `to`; the office's clock never goes back."""
    seconds = (to - datetime.now(UTC)).total_seconds()
    write_setting(db, DEMO_OFFSET, str(seconds))
