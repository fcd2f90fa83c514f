"""Cases that follow from another: an operation asks, casework opens them after the step."""

from typing import Any

from bpmn.office import Office

_REQUESTED = "cases asked for by the running step"


def request_case(office: Office, *, matter: str, certificate_type: str, **facts: Any) -> None:
    """Ask for a case of the same unit; `facts` are further columns of its row (dossier_id, scope).

    Opened in the same transaction, so that neither case is there without the other.
    """
    wanted = office.kept.setdefault(_REQUESTED, [])
    wanted.append({"matter": matter, "certificate_type": certificate_type, **facts})


def take_requests(office: Office) -> list[dict[str, Any]]:
    """What was asked for and not yet opened; asked for once."""
    found: list[dict[str, Any]] = office.kept.pop(_REQUESTED, [])
    return found
