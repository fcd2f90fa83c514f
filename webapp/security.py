"""Who may open which page. A view that says nothing is closed to everyone."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
MEMBER = "member"
"""Anyone who is logged in."""
OFFICERS = ("window", "reviewer", "checker", "approver")

csrf = CSRFProtect()


def allow(*roles: str) -> Callable[[View], View]:
    """Open a view to PUBLIC, to every MEMBER, or to the named roles."""

    def mark(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def allowed_roles(app: Flask, endpoint: str) -> frozenset[str]:
    """The roles a view is open to; empty when it says nothing."""
    found: frozenset[str] = getattr(app.view_functions[endpoint], "allowed", frozenset())
    return found


def init_app(app: Flask) -> None:
    csrf.init_app(app)
    app.before_request(_require_role)
    app.after_request(_set_headers)
    allow(PUBLIC)(app.view_functions["static"])


def _require_role() -> Any:
    if request.endpoint is None:
        return None
    allowed = allowed_roles(current_app, request.endpoint)
    if PUBLIC in allowed:
        return None
    if not current_user.is_authenticated:
        if request.method != "GET":
            abort(401)
        return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))
    if MEMBER in allowed or allowed & current_user.roles:
        return None
    return abort(403)


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'",
    )
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response
