"""What a diagram says: user tasks, roles, forms, operations, variables, outcomes, and its drawing.

Read by this package's own eyes, without the engine; running a diagram is `bpmn.engine`.
"""

from bpmn.diagram.files import encode_files, load_files, with_shared_files
from bpmn.diagram.reading import MAIN_FILE, read_diagram
from bpmn.diagram.tables import Column, Table, TableRule
from bpmn.diagram.words import (
    Box,
    Decision,
    Diagram,
    Edge,
    Flow,
    FormField,
    Lane,
    Node,
    Outcome,
    Process,
    RuleTask,
    ServiceTask,
    Shape,
    UserTask,
)

__all__ = [
    "MAIN_FILE",
    "Box",
    "Column",
    "Decision",
    "Diagram",
    "Edge",
    "Flow",
    "FormField",
    "Lane",
    "Node",
    "Outcome",
    "Process",
    "RuleTask",
    "ServiceTask",
    "Shape",
    "Table",
    "TableRule",
    "UserTask",
    "encode_files",
    "load_files",
    "read_diagram",
    "with_shared_files",
]
