"""The JSON that a script sent, read part by part; whatever is not as agreed is a 400."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request


def sent() -> Mapping[str, Any]:
    """The posted object."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets, thousands deep
        abort(400)
    return body if isinstance(body, dict) else abort(400)


def as_number(body: Mapping[str, Any], name: str) -> int:
    found = body.get(name)
    return found if type(found) is int else abort(400)


def as_text(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else abort(400)


def as_files(body: Mapping[str, Any], name: str) -> dict[str, str]:
    """File name to text; none where the part is missing."""
    found = body.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        abort(400)
    return found


def as_names(body: Mapping[str, Any], name: str) -> list[str]:
    found = body.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        abort(400)
    return found
