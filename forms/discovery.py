"""Finding what the modules of this package declare: a new matter's forms edit no existing file."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import forms

_FINDERS = frozenset({"pages", "registry", "discovery"})


def declared(name: str) -> Iterator[Any]:
    """The value of a module-level name in every module that has it, in the modules' order."""
    for found in iter_modules(forms.__path__):
        if found.name not in _FINDERS:
            value = getattr(import_module(f"forms.{found.name}"), name, None)
            if value is not None:
                yield value
