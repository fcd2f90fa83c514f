"""A seeded demo office on either database, for attacks: everything in it may be broken."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select, text

from bpmn import casework
from config.settings import read_settings
from models import Account, Base
from tests.conftest import POSTGRES
from webapp import demo
from webapp.app import create_app
from webapp.install import furnish
from webapp.offices import Premises
from webapp.storage import FileStore


@contextmanager
def attacked_app(kind: str, folder: Path, worker_id: str) -> Iterator[Flask]:
    """An application of its own with the demo's people and cases, committed."""
    with _database(kind, folder, worker_id) as url:
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
        Base.metadata.create_all(premises.engine)
        furnish(premises)
        demo.seed(premises, FileStore(premises.settings.attachment_url))
        yield app
        premises.engine.dispose()
        casework.forget_diagrams()


@contextmanager
def _database(kind: str, folder: Path, worker_id: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'cartouche.db'}"
        return
    name = f"cartouche_attacked_{worker_id}_{os.getpid()}"
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"{POSTGRES}/{name}"
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


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
