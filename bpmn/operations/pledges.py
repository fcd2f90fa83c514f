"""Keeping what the unit pledged with its submission (诚信守法承诺书; R293, R319–R322)."""

from collections.abc import Mapping
from datetime import datetime
from gettext import gettext as _
from typing import Any

from bpmn.office import Office
from bpmn.operations.answers import latest_answers
from bpmn.operations.documents import issue_document
from bpmn.operations.facts import Facts, facts_for, to_the_minute
from bpmn.operations.registry import Variables, operation
from certificates.law import law
from models import Account, Case

KEY = "pledge"
"""Under it the answers of a submission hold when the pledge was opened and confirmed, by whom."""


@operation(_("收存承诺书"))
def file_pledge(office: Office, case: Case) -> Variables:
    """Freeze the pledge of the newest submission; nothing where none was asked for."""
    return issue_document(office, case, kind="pledge") if _pledged(office, case) else {}


@facts_for("pledge")
def _pledge(office: Office, case: Case) -> Facts:
    pledged = _pledged(office, case)
    opened, confirmed = (
        datetime.fromisoformat(pledged[key]) for key in ("opened_at", "confirmed_at")
    )
    person = office.db.get(Account, pledged["confirmed_by"])
    return {
        "legal_representative": case.unit.legal_representative or None,
        "texts": list(law()["pledge"]["texts"]),
        "opened_at": to_the_minute(opened),
        "confirmed_at": to_the_minute(confirmed),
        "reading_seconds": max(1, round((confirmed - opened).total_seconds())),
        "confirmed_by": person.name if person else case.unit.name,
    }


def _pledged(office: Office, case: Case) -> Mapping[str, Any]:
    found: Mapping[str, Any] = latest_answers(office, case, KEY).get(KEY, {})
    return found
