"""甲级: two years of 乙级 per specialty, and the projects that it asks for (R034, R089)."""

from bpmn.office import Office
from models import Case


def promotion_problems_of(office: Office, case: Case) -> tuple[str, ...]:
    return ()
