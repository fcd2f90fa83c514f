"""What the roles of the office are called on the screen."""

from gettext import gettext as _

from bpmn.casework.role_words import ROLES

ROLE_NAMES = {**ROLES, "admin": _("管理员"), "auditor": _("审计员")}
