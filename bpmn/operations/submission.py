"""Operations at the counter: receiving an application, and finding the organ that decides it."""

from gettext import gettext as _

from sqlalchemy import bindparam, select

from bpmn.errors import AuthorityMissing
from bpmn.office import Office
from bpmn.operations.answers import page_of
from bpmn.operations.registry import ANY, Variables, operation
from bpmn.operations.trail import record, tell_unit
from models import Authority, Case

_AUTHORITY = select(Authority).where(
    Authority.level == bindparam("level"), Authority.code == bindparam("code")
)
ADOPTED = {
    "name": "unit_name",
    "uscc": "uscc",
    "province": "province",
    "city": "city",
    "registered_address": "registered_address",
    "legal_representative": "legal_representative",
}
"""Columns of a unit, and what its page 单位基本信息 calls them."""


@operation(_("登记提交"), province=ANY, city=ANY)
def register_submission(office: Office, case: Case) -> Variables:
    """Note when the application reached the office: the clock of Art. 32 runs from there.

    A unit that was never approved may still correct its name and region (R046); they decide which
    organ is asked.
    """
    if case.unit.approved_at is None:
        adopt_basics(office, case)
    case.submitted_at = office.now
    if case.standard_number is None:
        case.standard_number = office.standard.number
    record(office, case, "submitted")
    tell_unit(
        office,
        case,
        _("申请已提交"),
        _("办件 {number} 已提交，等待审批机关初步核查。").format(number=case.number),
    )
    return {"province": case.unit.province, "city": case.unit.city}


def adopt_basics(office: Office, case: Case) -> None:
    """Take over what the unit says of itself on its page 单位基本信息.

    Under another name or code than an organ has verified it is verified no more: else the former
    staff of any unit of the old system would be shown to whom writes its code into a form.
    """
    unit, basics = case.unit, page_of(office, case, "unit_basics")
    verified = (unit.name, unit.uscc)
    for column, key in ADOPTED.items():
        if key in basics:
            setattr(unit, column, basics[key] or "")
    if (unit.name, unit.uscc) != verified:
        unit.registered_at = None


@operation(_("移交审批机关"))
def assign_authority(office: Office, case: Case, *, level: str) -> Variables:
    """Give the case to the organ at the level that the routing table found.

    Raises AuthorityMissing when no such organ is set up.
    """
    code = {"ministry": "00", "province": case.unit.province, "city": case.unit.city}[level]
    authority = office.db.scalar(_AUTHORITY, {"level": level, "code": code})
    if authority is None:
        raise AuthorityMissing(level, office.regions.get(code.ljust(6, "0"), code))
    case.authority = authority
    record(office, case, "assigned", authority=authority.name)
    return {}


@operation(_("视为受理"), acceptance=("accept",))
def deem_accepted(office: Office, case: Case) -> Variables:
    """Silence for five working days is acceptance from the day of receipt (行政许可法 Art. 32)."""
    record(office, case, "deemed_accepted")
    return {"acceptance": "accept"}
