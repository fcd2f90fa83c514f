"""What the roles of people in a procedure are called."""

from collections.abc import Mapping
from gettext import gettext as _

from bpmn.casework.rights import APPLICANT, EXPERT, RESPONDENT

ROLES: Mapping[str, str] = {
    APPLICANT: _("申请单位"),
    "window": _("受理窗口"),
    "reviewer": _("经办"),
    "checker": _("复核"),
    "approver": _("签发"),
    EXPERT: _("专家"),
    RESPONDENT: _("对方单位"),
}
