"""Which version of the standard a case is judged by."""

from bpmn.office import Office
from models import Case
from models.standard_versions import published_standard
from models.standards import Standard


def standard_of(office: Office, case: Case) -> Standard:
    """The version the case was first submitted under; before that, the one in force today."""
    number = case.standard_number
    if number is None:
        return office.standard
    # Another process may have published it since this one last looked.
    return office.standards.numbered(number) or published_standard(office.db, number)
