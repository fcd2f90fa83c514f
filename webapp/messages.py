"""What a unit was told, newest first, with what it has not read yet marked."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select, func, select, update

from bpmn.office import Office
from models import Case, Message
from webapp.addresses import is_record_number
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import allow

blueprint = Blueprint("messages", __name__, url_prefix="/messages")


@blueprint.get("")
@allow("applicant")
def index() -> Any:
    only_unread = request.args.get("show") == "unread"
    with reading() as office:
        query = _mine().where(Message.read_at.is_(None)) if only_unread else _mine()
        page = page_of(office.db, query.order_by(Message.id.desc()))
        return render_template(
            "messages/index.html",
            page=page,
            numbers=_case_numbers(office, page.rows),
            unread=unread_count(office, current_user.unit_id),
            only_unread=only_unread,
        )


@blueprint.post("/read")
@allow("applicant")
def read() -> Any:
    """Mark everything, or the one message named by `id`, as read."""
    wanted = request.form.get("id", "")
    if wanted and not is_record_number(wanted):
        abort(404)
    change = (
        update(Message)
        .where(Message.unit_id == current_user.unit_id, Message.read_at.is_(None))
        .execution_options(synchronize_session=False)
    )
    with transaction() as office:
        one = change.where(Message.id == int(wanted)) if wanted else change
        office.db.execute(one.values(read_at=office.now))
    return redirect(url_for("messages.index"))


def unread_count(office: Office, unit_id: int | None) -> int:
    query = select(func.count()).select_from(Message)
    mine = query.where(Message.unit_id == unit_id, Message.read_at.is_(None))
    return office.db.scalar(mine) or 0


def _mine() -> Select[Message]:
    return select(Message).where(Message.unit_id == current_user.unit_id)


def _case_numbers(office: Office, messages: list[Message]) -> dict[int, str]:
    """The numbers of the cases that the messages are about; a deleted case has none."""
    wanted = {message.case_id for message in messages if message.case_id is not None}
    query = select(Case.id, Case.number).where(Case.id.in_(wanted))
    return {row.id: row.number for row in office.db.execute(query)}
