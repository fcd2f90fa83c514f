"""What stands in the way of 提交 beside the pages' own forms: checks that a matter's page names."""

from collections.abc import Iterator
from gettext import gettext as _

from sqlalchemy import select

from bpmn.casework.promotion import promotion_problems_of
from bpmn.casework.verdicts import equipment_verdict_of, staff_verdict_of
from bpmn.errors import DossierProblem
from bpmn.office import Office
from bpmn.operations.answers import page_of
from models import Case, Unit


def names_are_free(office: Office, case: Case) -> Iterator[DossierProblem]:
    """No other unit is called so, nor has this credit code."""
    basics = page_of(office, case, "unit_basics")
    others = select(Unit.id).where(Unit.id != case.unit_id)
    unique = (
        (Unit.name, "unit_name", _("单位名称已被其他单位使用。")),
        (Unit.uscc, "uscc", _("统一社会信用代码已被其他单位使用。")),
    )
    for column, field, sentence in unique:
        given = basics.get(field)
        if given and office.db.scalar(others.where(column == given)) is not None:
            yield DossierProblem("unit_basics", sentence, field=field)


def staff_meets_standard(office: Office, case: Case) -> Iterator[DossierProblem]:
    """The people satisfy class and specialties (R032, R078)."""
    for sentence in staff_verdict_of(office, case).shortfalls:
        yield DossierProblem("staff", sentence)


def equipment_meets_standard(office: Office, case: Case) -> Iterator[DossierProblem]:
    """The instruments satisfy class and specialties (R032)."""
    for sentence in equipment_verdict_of(office, case).shortfalls:
        yield DossierProblem("equipment", sentence)


def may_be_promoted(office: Office, case: Case) -> Iterator[DossierProblem]:
    """甲级 wants its years of 乙级 and its projects (R033, R034, R089)."""
    for sentence in promotion_problems_of(office, case):
        yield DossierProblem("projects", sentence)
