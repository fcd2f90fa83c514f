"""Operations of what a review may call for: whether it may be extended, how long experts take."""

from gettext import gettext as _

from bpmn.errors import PrerequisiteUnmet
from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.clocks import ledger_of, start_clock
from bpmn.operations.registry import Variables, operation
from models import Case
from models.clock import EXTEND, START, read_clock


@operation(_("核对能否延期"))
def require_extendable(office: Office, case: Case, *, kind: str) -> Variables:
    """A limit is extended once, while it runs (行政许可法 Art. 42); else PrerequisiteUnmet."""
    ledger = [entry for entry in ledger_of(office, case) if entry.clock == kind]
    begun = max((n for n, entry in enumerate(ledger) if entry.kind == START), default=0)
    if any(entry.kind == EXTEND for entry in ledger[begun:]):
        raise PrerequisiteUnmet(
            _("本件已经延长过一次审批期限，不能再次延长（《行政许可法》第四十二条）。")
        )
    clock = read_clock(kind, ledger, office.calendar)
    if clock is None or not clock.is_running or clock.due_at <= office.now:
        raise PrerequisiteUnmet(_("审批期限已经届满或者没有在计算，不能申请延期。"))
    return {}


@operation(_("起算评审时间"))
def start_expert_clock(office: Office, case: Case, *, kind: str, article: str) -> Variables:
    """Count the working days that the unit was told the experts take."""
    days = latest_answers(office, case, "review_days")["review_days"]
    return start_clock(office, case, kind=kind, working_days=int(days), article=article)
