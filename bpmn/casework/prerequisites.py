"""What must hold before a unit may begin a matter, in the words it is told when it may not.

A matter names those that it wants; each takes the office, the unit and the certificate type, and
returns a sentence, or nothing when all is well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from bpmn.casework.former import held_before
from bpmn.matter import CertificateKind, Matter
from bpmn.office import Office
from bpmn.operations.held import held_of_type
from models import Unit
from models.calendar import office_date


@dataclass(frozen=True)
class Offer:
    """A matter as 新建工作 offers it: the kinds it may be begun for, and why not for the others."""

    matter: Matter
    kinds: tuple[CertificateKind, ...]
    reasons: dict[str, str]
    """By the key of the kind."""

    @property
    def reason(self) -> str:
        """Why it is not offered at all; where reasons differ, each after the kinds it is for."""
        by_reason: dict[str, list[str]] = {}
        for kind in () if self.kinds else self.matter.kinds:
            by_reason.setdefault(self.reasons[kind.key], []).append(kind.name)
        if len(by_reason) < 2:
            return "".join(by_reason)
        return "".join(f"{'、'.join(names)}：{reason}" for reason, names in by_reason.items())


def offers_of(office: Office, unit: Unit, matters: Iterable[Matter]) -> list[Offer]:
    """What the unit may begin now, matter by matter, with the reasons where it may not."""
    return [_offer(office, unit, matter) for matter in matters if is_offered(matter)]


def is_offered(matter: Matter) -> bool:
    """Whether 新建工作 shows it to units."""
    return matter.audience == "unit" and matter.offered


def unmet_prerequisite(office: Office, matter: Matter, unit: Unit, certificate_type: str) -> str:
    """The first reason why the unit may not begin the matter; empty when it may."""
    if certificate_type not in {kind.key for kind in matter.kinds}:
        return _("这项工作不办理这种证书，请重新选择。")
    reasons = (one(office, unit, certificate_type) for one in matter.prerequisites)
    return next((reason for reason in reasons if reason), "")


def registered(office: Office, unit: Unit, certificate_type: str) -> str:
    """The organ knows the legal person: 新单位注册, a grant, the old system (R026, R120)."""
    if unit.registered_at or unit.approved_at or held_before(office, unit):
        return ""
    return _("请先办理“新单位注册”，主管部门核实法人单位身份后再申请。")


def not_registered(office: Office, unit: Unit, certificate_type: str) -> str:
    """新单位注册 is done once (R026); a unit of the old system may have itself verified by it."""
    if unit.registered_at or unit.approved_at:
        return _("贵单位已经通过新单位注册，不需要再次办理。")
    return ""


def holds_certificate(office: Office, unit: Unit, certificate_type: str) -> str:
    """The unit holds a valid certificate of this type: what changes one needs one (R019, R024)."""
    held = held_of_type(office, unit, certificate_type)
    if held is None and unit.approved_at is None and held_before(office, unit):
        return _("原资质单位应先办理“复审换证”或者“资质申请”，取得证书后才能办理。")
    if held is None:
        return _("贵单位没有这种资质证书，取得证书后才能办理。")
    if held.valid_until < office_date(office.now):
        day = f"{held.valid_until} "
        return _("贵单位的这种资质证书已于 %s有效期届满，须重新申请资质。") % day
    return ""


def carries_several(office: Office, unit: Unit, certificate_type: str) -> str:
    """A certificate of one specialty has none to add or drop (R001, R014)."""
    kind = office.standard.certificate_types[certificate_type]
    if len(kind.specialties) > 1:
        return ""
    return _("这种证书只有一个专业，没有专业可以增减；不再从事的，请办理“资质注销”。")


def lacks_certificate(office: Office, unit: Unit, certificate_type: str) -> str:
    """A certificate that is held is changed or continued, not applied for again (R007).

    Unless it has expired, or will before a renewal could still be applied for.
    """
    held = held_of_type(office, unit, certificate_type)
    rule, today = office.standard.renewal, office_date(office.now)
    if held is None or today > rule.last_day(held.valid_until):
        return ""
    return _("贵单位已持有这种资质证书：增减专业请办理“专业类别变更”，到期请办理“延续”。")


def _offer(office: Office, unit: Unit, matter: Matter) -> Offer:
    reasons = {
        kind.key: unmet_prerequisite(office, matter, unit, kind.key) for kind in matter.kinds
    }
    free = tuple(kind for kind in matter.kinds if not reasons[kind.key])
    return Offer(matter, free, {key: reason for key, reason in reasons.items() if reason})
