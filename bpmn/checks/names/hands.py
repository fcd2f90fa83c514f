"""Whose step it is: a unit fills in its own pages, an officer the forms of the desk, none both."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.checks.names.near import Finding
from bpmn.checks.vocabulary import Vocabulary
from bpmn.diagram import UserTask


def check_hands(task: UserTask, words: Vocabulary) -> Iterator[Finding]:
    """A form that the role's people are never shown: they could not complete the step."""
    is_units = task.role in words.unit_roles
    is_known = task.form in words.forms and task.role in words.roles
    if is_known and is_units != (task.form in words.unit_forms):
        form = words.labels.forms.get(task.form, task.form)
        role = words.labels.roles.get(task.role, task.role)
        message = _("表单“{form}”不由角色“{role}”办理，办件会停在这里")
        mend = _("单位的环节选填报页或者答复的表单，机关的环节选办理的表单")
        yield message.format(form=form, role=role), mend
    elif is_units and task.fields:
        message = _("单位办理的环节不能自定字段：它的页面上不显示")
        yield message, _("删去字段，或者把这个环节交给机关的角色")
