"""The operations that a diagram's service tasks may call, by name."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.office import Office
from models import Case

Variables = Mapping[str, Any]
Operation = Callable[..., Variables]

ANY: tuple[str, ...] = ()
"""Of a variable that an operation returns: whatever text."""
OPERATIONS: dict[str, Operation] = {}


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation; `kind` is the name of its Python type: str or int."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Description:
    """What a diagram's editor and its checks must know of an operation.

    `sets` has the values that each returned variable may take; "=name" stands for the value of
    the parameter of that name, ANY for whatever text.
    """

    label: str
    parameters: tuple[Parameter, ...]
    sets: Mapping[str, tuple[str, ...]]


DESCRIPTIONS: dict[str, Description] = {}


def operation(label: str, **sets: tuple[str, ...]) -> Callable[[Operation], Operation]:
    """Make a function callable from diagrams under its own name; `label` is what people read.

    It takes the office, the case and the service task's parameters by keyword, and returns the
    routing variables that it `sets`. It may write rows; it never renders, sends or waits.
    """

    def register(function: Operation) -> Operation:
        OPERATIONS[function.__name__] = function
        DESCRIPTIONS[function.__name__] = Description(label, _parameters(function), sets)
        return function

    return register


def call(office: Office, case: Case, name: str, parameters: Variables) -> Variables:
    return OPERATIONS[name](office, case, **parameters)


def _parameters(function: Operation) -> tuple[Parameter, ...]:
    given = inspect.signature(function).parameters.values()
    return tuple(
        Parameter(one.name, inspect.formatannotation(one.annotation), one.default is one.empty)
        for one in given
        if one.kind is one.KEYWORD_ONLY
    )
