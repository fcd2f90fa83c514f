"""What must hold for units of the old system: who exchanges, in which order (R019-R024, R134)."""

from gettext import gettext as _

from sqlalchemy import select

from bpmn.office import Office
from models import Case, Document, FormerQualification, Qualification, Unit
from models.former import former_keys

NAVIGATION = "DHDT"
"""导航电子地图制作, which has a certificate of its own in class A."""
_CLASS_A = ("class_a_navigation", "class_a")


def of_old_regime(office: Office, unit: Unit, certificate_type: str) -> str:
    """The unit held a qualification in the old system (R012, R133)."""
    if held_before(office, unit):
        return ""
    return _(
        "旧系统中没有贵单位的测绘资质记录，新单位请办理“新单位注册”和“资质申请”；"
        "记录有误的，请联系主管部门。"
    )


def former_level_fits(office: Office, unit: Unit, certificate_type: str) -> str:
    """原甲级 exchanges for 甲级, navigation by itself; the others for 乙级 (R020, R021, R134)."""
    if certificate_type not in _CLASS_A:
        return ""
    wants_navigation = certificate_type == "class_a_navigation"
    former = _former_a(office, unit)
    if any((code == NAVIGATION) is wants_navigation for code in former):
        return ""
    if former:
        return _("贵单位原甲级资质不含这类专业；符合标准的，可以办理“资质申请”。")
    return _("原乙、丙、丁级单位换领乙级证书；符合甲级标准的，可以办理“资质申请”直接申请甲级。")


def class_a_first(office: Office, unit: Unit, certificate_type: str) -> str:
    """Who has both 甲 and 乙 exchanges 甲 first, and 乙 after it has ended (R023, R134)."""
    if certificate_type in _CLASS_A or not _former_a(office, unit):
        return ""
    levels = {held.level for held in held_before(office, unit)}
    if levels == {"A"} or _class_a_is_done(office, unit):
        return ""
    return _("贵单位同时有原甲级和原乙级资质，请先换领甲级证书，办结后再办理乙级。")


def held_before(office: Office, unit: Unit) -> list[FormerQualification]:
    """The unit's qualifications of the old system, by its credit code, or by name without one."""
    query = select(FormerQualification).where(FormerQualification.unit_key.in_(former_keys(unit)))
    return list(office.db.scalars(query.order_by(FormerQualification.id)))


def _former_a(office: Office, unit: Unit) -> list[str]:
    return [held.specialty for held in held_before(office, unit) if held.level == "A"]


def _class_a_is_done(office: Office, unit: Unit) -> bool:
    """A 甲级 certificate is held, or an application for one was decided."""
    held = select(Qualification.id).where(
        Qualification.unit_id == unit.id, Qualification.certificate_type.in_(_CLASS_A)
    )
    decided = (
        select(Document.id)
        .join(Case)
        .where(
            Case.unit_id == unit.id,
            Case.certificate_type.in_(_CLASS_A),
            Document.kind == "refusal_decision",
        )
    )
    return any(office.db.scalar(query.limit(1)) is not None for query in (held, decided))
