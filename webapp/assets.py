"""Finds the built browser files by their plain names; building them is webapp/frontend's affair."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_ADDRESS = "/static/"


def asset_url(name: str) -> str:
    """Address of a built file, say `app.css`; its name holds a digest, so it never goes stale.

    Raises KeyError for a file that the front-end build does not make.
    """
    return _ADDRESS + _manifest()[name]


@cache
def _manifest() -> dict[str, str]:
    names: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return names


def asset_text(name: str) -> str:
    """The text of a built file, for a page that must work without this site."""
    return (FOLDER / _manifest()[name]).read_text(encoding="utf-8")
