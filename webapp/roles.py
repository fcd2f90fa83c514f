"""What the roles of the office are called on the screen."""

from gettext import gettext as _

ROLE_NAMES = {
    "applicant": _("申请单位"),
    "window": _("受理窗口"),
    "reviewer": _("经办"),
    "checker": _("复核"),
    "approver": _("签发"),
    "expert": _("专家"),
    "admin": _("管理员"),
    "auditor": _("审计员"),
}
