"""Asking before what cannot be undone; a script asks in place and sends the answer along."""

from collections.abc import Mapping

from flask import render_template, request


def is_confirmed() -> bool:
    """Whether the question was answered with yes."""
    return "confirmed" in request.form


def ask_first(
    question: str, action: str, back: str, fields: Mapping[str, str] | None = None
) -> str:
    """The question on a page of its own; its button posts here again, with the same fields."""
    url = request.full_path if request.query_string else request.path
    return render_template(
        "confirm.html", question=question, action=action, url=url, back=back, fields=fields or {}
    )
