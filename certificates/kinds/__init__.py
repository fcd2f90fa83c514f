"""The kinds of papers: title, code in the document number, and the facts each one prints.

Every module of this package that has some declares them as KINDS.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from certificates.kinds.base import Fact, Kind, Shape

__all__ = ["KINDS", "Fact", "Kind", "Shape"]


def _discover() -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for module in iter_modules(__path__):
        found |= getattr(import_module(f"{__name__}.{module.name}"), "KINDS", {})
    return found


KINDS: Mapping[str, Kind] = _discover()
