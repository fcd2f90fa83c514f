"""When 延续 may be begun and handed in: only for a certificate that ends soon, and in time."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.errors import DossierProblem
from bpmn.office import Office
from bpmn.operations.held import held_of_type
from models import Case, Unit
from models.calendar import office_date


def ends_soon(office: Office, unit: Unit, certificate_type: str) -> str:
    """The certificate is within its window: ninety to thirty days before it ends (policy 2.3)."""
    held = held_of_type(office, unit, certificate_type)
    if held is None:
        return ""
    rule, today = office.standard.renewal, office_date(office.now)
    first, last = rule.first_day(held.valid_until), rule.last_day(held.valid_until)
    days = {"until": held.valid_until, "first": f"{first} ", "last": f"{last} "}
    if today < first:
        words = _("贵单位的证书有效期至 %(until)s，%(first)s起至 %(last)s止可以申请延续。")
        return words % days
    if today > last:
        words = _(
            "延续应当在有效期届满三十日前申请：贵单位的证书有效期至 %(until)s，"
            "申请已于 %(last)s截止；需要继续从事测绘活动的，请办理“资质申请”。"
        )
        return words % days
    return ""


def applied_in_time(office: Office, case: Case) -> Iterator[DossierProblem]:
    """The first 提交 is thirty days before the end; what is corrected later stays in time."""
    held = held_of_type(office, case.unit, case.certificate_type)
    if held is None:
        return
    last = office.standard.renewal.last_day(held.valid_until)
    if office_date(case.submitted_at or office.now) > last:
        sentence = _("延续申请已于 %s截止，不能再提交；请删除本工作，办理“资质申请”。") % f"{last} "
        yield DossierProblem("renewal", sentence)
