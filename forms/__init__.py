"""The forms of every matter: fields, their rules and the registry by which a diagram names them.

Not for rules about who may do what, nor for anything that needs a session or a request.
"""

from forms.base import TaskForm
from forms.registry import FORMS, form_for

__all__ = ["FORMS", "TaskForm", "form_for"]
