"""The matters (事项) of the office: every package in this folder that declares a MATTER."""

from importlib import import_module
from pkgutil import iter_modules

from bpmn.matter import Matter


def _discover() -> dict[str, Matter]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    matters = sorted((module.MATTER for module in modules), key=lambda one: (one.order, one.key))
    return {matter.key: matter for matter in matters}


MATTERS: dict[str, Matter] = _discover()
