"""Facts of every kind of paper, short and long, for the tests and the benchmark.

Each module here has SHORT and LONG, facts by kind, and PAGES, the pages each of them takes.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.certificates.papers.base import SPECIALTIES

__all__ = ["LONG", "PAGES", "SHORT", "SPECIALTIES"]


def _merged(name: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for found in iter_modules(__path__):
        merged |= getattr(import_module(f"{__name__}.{found.name}"), name, {})
    return merged


SHORT: dict[str, dict[str, Any]] = _merged("SHORT")
LONG: dict[str, dict[str, Any]] = _merged("LONG")
PAGES: dict[str, tuple[int, int]] = _merged("PAGES")
