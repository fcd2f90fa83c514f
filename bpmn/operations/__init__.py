"""What service tasks may call. Importing this package registers what all its modules offer."""

from importlib import import_module
from pkgutil import iter_modules

from bpmn.operations.registry import DESCRIPTIONS, OPERATIONS, Description, Parameter, call

__all__ = ["DESCRIPTIONS", "OPERATIONS", "Description", "Parameter", "call"]

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
