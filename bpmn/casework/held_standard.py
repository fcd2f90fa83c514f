"""After a change of staff or equipment every certificate held must still be deserved (R127)."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.casework.verdicts import shortfalls_by_certificate
from bpmn.errors import DossierProblem
from bpmn.office import Office
from bpmn.operations.updates import changes_of
from models import Case


def held_staff_meets_standard(office: Office, case: Case) -> Iterator[DossierProblem]:
    """The people still satisfy each specialty of each certificate held."""
    yield from _shortfalls(office, case, "staff")


def held_equipment_meets_standard(office: Office, case: Case) -> Iterator[DossierProblem]:
    """The instruments still satisfy each specialty of each certificate held."""
    yield from _shortfalls(office, case, "equipment")


def something_is_changed(office: Office, case: Case) -> Iterator[DossierProblem]:
    """An update that changes nothing is none."""
    if not changes_of(office, case):
        yield DossierProblem("update_request", _("各页内容与已批准的相同，没有需要更新的数据。"))


def _shortfalls(office: Office, case: Case, page: str) -> Iterator[DossierProblem]:
    for held, code, sentence in shortfalls_by_certificate(office, case, page):
        words = _("变更后不再符合证书 {number} 的“{specialty}”：{sentence}").format(
            number=held.number,
            specialty=office.standard.specialties[code].name,
            sentence=sentence,
        )
        yield DossierProblem(page, words)
