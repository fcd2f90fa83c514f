"""Operations that end a case before its decision."""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell_unit
from models import Case


@operation
def close_withdrawn(office: Office, case: Case) -> Variables:
    record(office, case, "withdrawn")
    return _tell(office, case, _("申请已撤回"), _("办件 {number} 已按申请单位的请求撤回。"))


@operation
def close_terminated(office: Office, case: Case) -> Variables:
    record(office, case, "terminated")
    return _tell(office, case, _("办理已终止"), _("办件 {number} 已由审批机关终止办理。"))


@operation
def close_lapsed(office: Office, case: Case) -> Variables:
    """The unit did not complete its materials in time: taken as withdrawn (policy 2.2, assumed)."""
    record(office, case, "lapsed")
    _tell(
        office, case, _("逾期未补正"), _("办件 {number} 逾期未补齐材料，视为撤回申请，办理终止。")
    )
    return {"acceptance": "lapse"}


def _tell(office: Office, case: Case, subject: str, body: str) -> Variables:
    tell_unit(office, case, subject, body.format(number=case.number))
    return {}
