"""The studio's pages of one matter, as the tabs that stand above each of them."""

from gettext import gettext as _
from typing import Any

from flask import current_app, url_for

_TABS = (
    ("admin.diagram", _("版本")),
    ("studio_drafts.index", _("编辑")),
    ("studio_proposals.index", _("部署申请")),
    ("studio_comparison.show", _("比较")),
    ("studio_replays.index", _("推演")),
    ("studio_migrations.index", _("迁移")),
    ("studio_heat.show", _("热力图")),
    ("studio_conformance.show", _("符合性")),
)
"""Endpoint and word; each takes the key of the matter. What does not exist is not shown."""


def studio_tabs(matter: str) -> list[tuple[str, str, str]]:
    """(endpoint, word, address) of each page of the matter."""
    return [
        (endpoint, word, url_for(endpoint, key=matter))
        for endpoint, word in _TABS
        if endpoint in current_app.view_functions
    ]


def studio_address(endpoint: str, matter: str, **asked: Any) -> str:
    """Where a page of the studio is; empty for one that does not exist."""
    known = endpoint in current_app.view_functions
    return url_for(endpoint, key=matter, **asked) if known else ""
