"""A seeded demo office on either database, for attacks: everything in it may be broken.

The same page asked for in nine wrong ways is printed once: the press gives the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bpmn import casework
from certificates import press
from config.settings import read_settings
from models import Account
from tests.databases import migrated_database
from webapp import demo
from webapp.app import create_app
from webapp.install import furnish
from webapp.offices import Premises
from webapp.storage import FileStore


@contextmanager
def attacked_app(kind: str, folder: Path) -> Iterator[Flask]:
    """An application of its own with the demo's people and cases, committed."""
    with migrated_database(kind, folder) as url:
        casework.forget_diagrams()
        app = create_app(
            read_settings(
                {
                    "CARTOUCHE_DEMO": "yes",
                    "CARTOUCHE_DATA_DIR": str(folder),
                    "CARTOUCHE_DATABASE_URL": url,
                }
            )
        )
        app.config["WTF_CSRF_ENABLED"] = False
        premises: Premises = app.extensions["premises"]
        furnish(premises)
        demo.seed(premises, FileStore(premises.settings.attachment_url))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(press, "print_page", cache(press.print_page))
            yield app
        premises.engine.dispose()
        casework.forget_diagrams()


def visit_as(app: Flask, username: str) -> FlaskClient:
    """A browser in which that person is logged in; nobody for an empty name."""
    client = app.test_client()
    if not username:
        return client
    premises: Premises = app.extensions["premises"]
    with premises.reading() as office:
        account = office.db.scalars(select(Account).where(Account.username == username)).one()
    with client.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.session_version}"
        session["_fresh"] = True
    return client
