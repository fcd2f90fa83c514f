"""Forms by the names that diagrams use."""

from collections.abc import Mapping

from forms import equipment, projects, review, staff, unit_pages
from forms.base import TaskForm

FORMS: Mapping[str, type[TaskForm]] = {
    "application": unit_pages.ApplicationForm,
    "profile": unit_pages.ProfileForm,
    "unit_basics": unit_pages.UnitBasicsForm,
    "leaders": unit_pages.LeadersForm,
    "security": unit_pages.SecurityForm,
    "quality": unit_pages.QualityForm,
    "archives": unit_pages.ArchivesForm,
    "person": staff.PersonForm,
    "equipment": equipment.EquipmentForm,
    "project": projects.ProjectForm,
    "check_materials": review.CheckMaterialsForm,
    "review_application": review.ReviewForm,
    "check_review": review.CheckReviewForm,
    "handle_objection": review.HandleObjectionForm,
    "sign_decision": review.SignDecisionForm,
}


def form_for(name: str) -> type[TaskForm]:
    """The form of that name; raises KeyError when no diagram may use it."""
    return FORMS[name]
