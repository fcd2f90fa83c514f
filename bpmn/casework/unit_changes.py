"""What stands in the way of a change of the unit's own facts, beside the pages' own forms."""

from collections.abc import Iterator
from gettext import gettext as _

from bpmn.errors import DossierProblem
from bpmn.office import Office
from bpmn.operations.answers import page_of
from bpmn.operations.changes import PAGE, taken_by_others
from forms.unit_changes import CHANGEABLE, changes_in
from models import Case


def changed_names_are_free(office: Office, case: Case) -> Iterator[DossierProblem]:
    """No other unit is called as this one wants to be, nor has its new credit code."""
    for name in taken_by_others(office, case, changes_in(page_of(office, case, PAGE))):
        sentence = _("变更后的%s已被其他单位使用。") % CHANGEABLE[name]
        yield DossierProblem(PAGE, sentence, field=f"new_{name}")


def new_head_is_described(office: Office, case: Case) -> Iterator[DossierProblem]:
    """Who becomes legal representative is the one whose particulars the unit gives (R152)."""
    head = changes_in(page_of(office, case, PAGE)).get("legal_representative")
    if head and page_of(office, case, "leaders").get("legal_name") != head:
        sentence = _("法定代表人变更为%s，请填写其信息并上传身份证。") % head
        yield DossierProblem("leaders", sentence, field="legal_name")
