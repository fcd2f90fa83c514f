"""The demo's units: fictitious names, valid credit codes, telephone numbers counted up."""

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from sqlalchemy.orm import Session

from forms.identifiers import uscc_check_character
from models import ServiceConsent, Unit
from webapp.demo.organs import an_account

_ORDER = "00000"
PROVINCE, CITY = "61", "6101"


@dataclass(frozen=True)
class DemoUnit:
    """A unit and its account; `number` makes its credit code and its people differ."""

    username: str
    name: str
    number: int
    agrees: bool = True
    """To electronic service of papers."""

    @property
    def uscc(self) -> str:
        first = f"91610100MADEM{self.number:04d}"
        return first + uscc_check_character(first)


NAMED = (
    DemoUnit("unit_new", _("长安新界测绘有限公司"), 1, agrees=False),
    DemoUnit("unit_b", _("渭水工程测量有限公司"), 2),
    DemoUnit("unit_a", _("秦岭测绘工程有限公司"), 3),
    DemoUnit("unit_nav", _("大道导航地图有限公司"), 4),
    DemoUnit("unit_old", _("丰镐勘测有限公司"), 20),
    DemoUnit("unit_expiring", _("灞上测绘有限公司"), 21),
    DemoUnit("unit_ready", _("周原测绘有限公司"), 19),
)
"""The accounts that everybody is told of."""


def seed_unit(
    db: Session, known: DemoUnit, password_hash: str, at: datetime, *, registered: bool = True
) -> Unit:
    """The unit with its one account; `registered` when 新单位注册 is behind it."""
    unit = Unit(
        name=known.name,
        uscc=known.uscc,
        province=PROVINCE,
        city=CITY,
        created_at=at,
        registered_at=at if registered else None,
    )
    db.add(unit)
    db.flush()  # the account needs the unit's number
    name = _("{unit}联系人").format(unit=known.name[:2])
    account = an_account(known.username, name, "applicant", password_hash, at)
    account.unit_id, account.mobile = unit.id, f"1390000{known.number:04d}"
    db.add(account)
    if known.agrees:
        db.flush()  # the consent names who gave it
        said = {"unit_id": unit.id, "account_id": account.id, "at": at}
        db.add(ServiceConsent(**said, agreed=True))
    return unit
