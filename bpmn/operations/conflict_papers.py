"""The facts of the paper that settles a conflict: masked, because both sides read it."""

from gettext import gettext as _

from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.facts import Facts, facts_for, remedies
from bpmn.operations.holdings import contest_of
from certificates.law import cite
from models import Case

_ANSWERS = {"prove": _("举证称由其持有"), "contest": _("对申请方的主张提出异议")}
_SILENT = _("逾期未作答复")
_RULINGS = {
    "transfer": _("{label}归申请方。自本决定作出之日起，由申请方填报，对方单位不再计入。"),
    "keep": _("{label}仍由对方单位持有，申请方不得填报。"),
    "remove": _("{label}不属于任何一方，双方均不得填报。"),
}


@facts_for("ownership_ruling")
def _ruling(office: Office, case: Case) -> Facts:
    decided = latest_answers(office, case, "reasons")
    answered = latest_answers(office, case, "confirmed").get("outcome", "")
    label, other = contest_of(office, case).label, case.respondent
    respondent = other.name if other else ""
    return {
        **remedies(case),
        "unit_name": f"{case.unit.name}、{respondent}",
        "claimant": case.unit.name,
        "respondent": respondent,
        "contested": label,
        "answered": _ANSWERS.get(str(answered), _SILENT),
        "ruling": _RULINGS[str(decided["outcome"])].format(label=label),
        "reasons": [line for line in str(decided["reasons"]).splitlines() if line.strip()],
        "articles": [cite("qualification_rules"), cite("qualification_standard")],
    }
