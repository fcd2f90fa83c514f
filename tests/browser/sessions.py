"""Sessions of people who have logged in before; how one logs in has tests of its own."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from config.settings import read_settings
from models import Account
from tests.browser.servers import Site
from webapp.navigation import home_of

HOMES = {
    "work.index": "/work",
    "worklist.index": "/worklist",
    "admin.diagrams": "/admin/diagrams",
    "audit.index": "/audit",
}


def session_of(site: Site, username: str) -> tuple[str, str]:
    """The cookie of somebody's session, and the page where it begins."""
    engine = create_engine(site.database_url)
    with Session(engine) as db:
        account = db.scalars(select(Account).where(Account.username == username)).one()
        person, home = f"{account.id}:{account.session_version}", HOMES[home_of(account.roles)]
    engine.dispose()
    signer = Flask(__name__)
    signer.secret_key = read_settings(site.settings).secret_key
    serializer = SecureCookieSessionInterface().get_signing_serializer(signer)
    assert serializer is not None
    held = {"_user_id": person, "_fresh": True, "_permanent": True}
    return str(serializer.dumps(held)), home
