"""How users reach the office: their province's telephone and entrances, or the nation's."""

import time
from dataclasses import asdict, dataclass, fields
from gettext import gettext as _
from typing import Any

from flask import Flask, current_app
from flask_login import current_user
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from models.help import NATIONAL, Contact
from webapp.offices import Premises, premises

KEPT_SECONDS = 30.0
"""An admin's change reaches every worker within so long."""


@dataclass(frozen=True)
class Reach:
    """What a page says of one province; what the province left empty is the nation's."""

    hotline: str = ""
    mailbox: str = ""
    address: str = ""
    hours: str = ""
    portal_url: str = ""
    service_url: str = ""
    key_url: str = ""


NAMES = tuple(part.name for part in fields(Reach))


class ContactBook:
    """All contacts as this process last read them: at most 35 rows, shown on every page."""

    def __init__(self) -> None:
        self._read_at, self._engine = 0.0, None
        self._rows: dict[str, Reach] = {}

    _engine: Engine | None

    def read(self, found: Premises) -> None:
        """Read anew what is older than KEPT_SECONDS. A database that does not answer changes
        nothing: the page of that error is to say whom to call.
        """
        fresh = time.monotonic() - self._read_at < KEPT_SECONDS
        if fresh and self._engine is found.engine:
            return
        try:
            with found.reading() as office:
                rows = list(office.db.scalars(select(Contact)))
        except SQLAlchemyError:
            current_app.logger.warning("contacts not read", exc_info=True)
            return
        self._rows = {row.province: Reach(**{n: getattr(row, n) for n in NAMES}) for row in rows}
        self._read_at, self._engine = time.monotonic(), found.engine

    def forget(self) -> None:
        self._read_at = 0.0

    def of(self, province: str) -> Reach:
        """The province's, filled up with the nation's and at last with the settings'."""
        settings = premises().settings
        last = Reach(hotline=settings.support_phone, mailbox=settings.support_email)
        over = [self._rows.get(key, Reach()) for key in (province, NATIONAL)]
        return Reach(
            **{
                name: next((text for one in (*over, last) if (text := getattr(one, name))), "")
                for name in NAMES
            }
        )


def init_app(app: Flask) -> None:
    book = app.extensions["contacts"] = ContactBook()

    @app.before_request
    def _read() -> None:
        # Before any view holds a connection: two at once in one thread could starve a pool.
        book.read(premises())


def contact_book() -> ContactBook:
    found: ContactBook = current_app.extensions["contacts"]
    return found


def own_province() -> str:
    """The reader's: of their unit or organ; the nation's for strangers."""
    return current_user.province if current_user.is_authenticated else NATIONAL


def own_contact() -> Reach:
    return contact_book().of(own_province())


def contact_lines(reach: Reach) -> list[tuple[str, str]]:
    """(word, text) of what there is to say, without the addresses of pages."""
    words = {
        "hotline": _("咨询电话"),
        "mailbox": _("电子邮箱"),
        "address": _("地址"),
        "hours": _("工作时间"),
    }
    told: dict[str, Any] = asdict(reach)
    return [(word, told[name]) for name, word in words.items() if told[name]]
