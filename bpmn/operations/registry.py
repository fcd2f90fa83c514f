"""The operations that a diagram's service tasks may call, by name."""

from collections.abc import Callable, Mapping
from typing import Any

from bpmn.office import Office
from models import Case

Variables = Mapping[str, Any]
Operation = Callable[..., Variables]

OPERATIONS: dict[str, Operation] = {}


def operation(function: Operation) -> Operation:
    """Make a function callable from diagrams under its own name.

    It takes the office, the case and the service task's parameters by keyword, and returns the
    routing variables that it sets. It may write rows; it never renders, sends or waits.
    """
    OPERATIONS[function.__name__] = function
    return function


def call(office: Office, case: Case, name: str, parameters: Variables) -> Variables:
    return OPERATIONS[name](office, case, **parameters)
