"""Whom to ask in the demo: numbers that nobody answers."""

from gettext import gettext as _

from sqlalchemy.orm import Session

from models import Contact
from models.help import NATIONAL
from webapp.demo.units import PROVINCE


def seed_contacts(db: Session) -> None:
    """The nation's and one province's."""
    hours = _("工作日 9:00—17:30")
    mailbox = "help@example.cn"
    db.add(Contact(province=NATIONAL, hotline="010-00000000", mailbox=mailbox, hours=hours))
    db.add(Contact(province=PROVINCE, hotline="029-00000000", address=_("演示路 1 号")))
