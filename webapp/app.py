"""The application factory: reads as the list of what the web face is made of."""

import gettext
import importlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import Flask, g
from flask_login import current_user
from sqlalchemy import Engine

from config.policy import load_regions, load_standards, region_choices
from config.settings import Settings
from models.standards import read_standard
from webapp import (
    accounts,
    addresses,
    assets,
    contacts,
    database,
    errors,
    filters,
    metrics,
    navigation,
    security,
    studio,
)
from webapp.offices import Premises, premises
from webapp.storage import FileStore
from webapp.studio import tabs

BLUEPRINTS = (
    "hall",
    "accounts",
    "matters",
    "work",
    "dossiers",
    "rows",
    "drafts",
    "conflicts",
    "replies",
    "respondents",
    "imports",
    "tables",
    "scans",
    "former_staff",
    "ticked",
    "attachments",
    "worklist",
    "tasks",
    "cases",
    "trace",
    "ratings",
    "documents",
    "deliveries",
    "previews",
    "wordings",
    "certificates",
    "revocations",
    "notices",
    "objections",
    "verification",
    "published",
    "paper_checks",
    "messages",
    "admin",
    "admin_users",
    "seals",
    "trust",
    "former_files",
    "standards",
    "audit",
    "help",
    "admin_help",
    "admin_calendar",
    "health",
)
MAX_REQUEST_BYTES = 24 * 1024 * 1024
"""Several scans of 2 MB in one post, and some room for their form."""

_look_for_catalogue = cache(gettext.find)


def _find_catalogue(
    domain: str,
    localedir: str | None = None,
    languages: Iterable[str] | None = None,
    all: bool = False,  # noqa: A002 - the name that gettext gives it
) -> Any:
    """Looked for once: gettext goes to the disk at each of the many calls of a page.

    No catalogue appears while a program runs.
    """
    wanted = None if languages is None else tuple(languages)
    return _look_for_catalogue(domain, localedir, wanted, all)


gettext.find = _find_catalogue  # type: ignore[assignment]


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """An application of its own database engine; several may live in one process."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_PARTS=20_000,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=settings.session_minutes * 60,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    addresses.init_app(app, settings.proxies)
    app.extensions["premises"] = open_premises(settings, engine)
    app.extensions["files"] = FileStore(settings.attachment_url)
    _prepare_templates(app)
    security.init_app(app)
    errors.init_app(app)
    accounts.init_app(app)
    contacts.init_app(app)
    metrics.init_app(app)
    for name in (*BLUEPRINTS, *(f"studio.{module}" for module in studio.BLUEPRINTS)):
        app.register_blueprint(importlib.import_module(f"webapp.{name}").blueprint)
    return app


def open_premises(settings: Settings, engine: Engine | None = None) -> Premises:
    """What the web face, the worker and the command line share."""
    return Premises(
        settings=settings,
        engine=engine or database.connect(settings.database_url),
        shipped=read_standard(load_standards()),
        regions=load_regions(),
        region_choices=region_choices(),
    )


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    words = gettext.translation("cartouche", fallback=True)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    app.jinja_env.globals["asset_url"] = assets.asset_url
    app.jinja_env.globals["studio_tabs"] = tabs.studio_tabs
    app.jinja_env.globals["studio_address"] = tabs.studio_address
    filters.init_app(app)
    app.context_processor(_page_variables)


def _page_variables() -> dict[str, Any]:
    """What the frame of every page shows."""
    found = premises()
    variables: dict[str, Any] = {
        "nav": navigation.entries(current_user),
        "demo": found.settings.demo,
        "contact": contacts.own_contact(),
        "contact_lines": contacts.contact_lines,
    }
    if found.settings.demo:
        variables["demo_clock"] = filters.moment(g.get("now") or _now(found))
    return variables


def _now(found: Premises) -> Any:
    with found.reading() as office:
        g.now = office.now
    return g.now
