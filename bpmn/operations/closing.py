"""Operations that end a case before its decision."""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.clocks import finish_clock, ledger_of
from bpmn.operations.notices import end_notices
from bpmn.operations.registry import Variables, operation
from bpmn.operations.trail import record, tell_parties
from models import Case
from models.clock import read_clock


@operation(_("按撤回办结"))
def close_withdrawn(office: Office, case: Case) -> Variables:
    record(office, case, "withdrawn")
    end_what_runs(office, case, "withdrawn")
    return _tell(office, case, _("申请已撤回"), _("办件 {number} 已按申请单位的请求撤回。"))


@operation(_("按终止办结"))
def close_terminated(office: Office, case: Case) -> Variables:
    record(office, case, "terminated")
    end_what_runs(office, case)
    return _tell(office, case, _("办理已终止"), _("办件 {number} 已由审批机关终止办理。"))


@operation(_("按逾期未补正办结"), acceptance=("lapse",))
def close_lapsed(office: Office, case: Case) -> Variables:
    """The unit did not complete its materials in time: taken as withdrawn (policy 2.2, assumed)."""
    record(office, case, "lapsed")
    _tell(
        office, case, _("逾期未补正"), _("办件 {number} 逾期未补齐材料，视为撤回申请，办理终止。")
    )
    return {"acceptance": "lapse"}


def end_what_runs(office: Office, case: Case, ended: str = "terminated") -> None:
    """A case that ends early leaves no clock running and no notice open to objections."""
    ledger = ledger_of(office, case)
    for name in sorted({entry.clock for entry in ledger}):
        clock = read_clock(name, ledger, office.calendar)
        if clock is not None and clock.finished_at is None:
            finish_clock(office, case, kind=name)
    end_notices(office, case, ended)


def _tell(office: Office, case: Case, subject: str, body: str) -> Variables:
    tell_parties(office, case, subject, body.format(number=case.number))
    return {}
