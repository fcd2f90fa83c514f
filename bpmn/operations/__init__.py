"""What service tasks may call. Importing this package registers them all."""

from bpmn.operations import clocks, closing, documents, notices, qualifications, submission
from bpmn.operations.registry import OPERATIONS, call

__all__ = [
    "OPERATIONS",
    "call",
    "closing",
    "clocks",
    "documents",
    "notices",
    "qualifications",
    "submission",
]
