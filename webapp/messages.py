"""What a unit or an organ was told, newest first, with what is not read yet marked."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, func, select, update

from bpmn import casework
from bpmn.office import Office
from models import Account, Case, Message
from webapp.addresses import is_record_number
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import OFFICERS, allow

blueprint = Blueprint("messages", __name__, url_prefix="/messages")


@blueprint.get("")
@allow("applicant")
def index() -> Any:
    return _listed("messages.index", "messages.read")


@blueprint.post("/read")
@allow("applicant")
def read() -> Any:
    """Mark everything, or the one message named by `id`, as read."""
    return _read("messages.index")


@blueprint.get("/organ")
@allow(*OFFICERS)
def organ() -> Any:
    """What my organ was told: of units whose standard may not hold any more."""
    return _listed("messages.organ", "messages.organ_read")


@blueprint.post("/organ/read")
@allow(*OFFICERS)
def organ_read() -> Any:
    return _read("messages.organ")


def _listed(here: str, read_at: str) -> str:
    only_unread = request.args.get("show") == "unread"
    with reading() as office:
        query = select(Message).where(_told())
        query = query.where(Message.read_at.is_(None)) if only_unread else query
        page = page_of(office.db, query.order_by(Message.id.desc()))
        return render_template(
            "messages/index.html",
            page=page,
            links=_case_links(office, page.rows),
            unread=unread_count(office),
            only_unread=only_unread,
            here=here,
            read_at=read_at,
        )


def _read(here: str) -> Any:
    wanted = request.form.get("id", "")
    if wanted and not is_record_number(wanted):
        abort(404)
    change = (
        update(Message)
        .where(_told(), Message.read_at.is_(None))
        .execution_options(synchronize_session=False)
    )
    with transaction() as office:
        one = change.where(Message.id == int(wanted)) if wanted else change
        office.db.execute(one.values(read_at=office.now))
    return redirect(url_for(here))


def unread_count(office: Office) -> int:
    query = select(func.count()).select_from(Message)
    return office.db.scalar(query.where(_told(), Message.read_at.is_(None))) or 0


def _told() -> ColumnElement[bool]:
    """Messages to the unit or to the organ that the person acts for; nobody else's."""
    unit: int | None = current_user.unit_id
    organ: int | None = current_user.authority_id
    return and_(Message.unit_id == unit, Message.authority_id == organ)


def _case_links(office: Office, messages: list[Message]) -> dict[int, tuple[str, str]]:
    """(number, address) of the cases that the messages are about, where the person may see them.

    A deleted case has none.
    """
    wanted = {message.case_id for message in messages if message.case_id is not None}
    links: dict[int, tuple[str, str]] = {}
    for case in office.db.scalars(select(Case).where(Case.id.in_(wanted))):
        address = _address(office.actor, case)
        if address:
            links[case.id] = case.number, address
    return links


def _address(actor: Account | None, case: Case) -> str:
    if actor is None:
        return ""
    if casework.is_respondent(actor, case):
        return url_for("respondents.show", number=case.number)
    seen = casework.may_see_case(actor, case)
    return url_for("cases.show", number=case.number) if seen else ""
