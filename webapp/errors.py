"""Where an error meets HTTP: the only table of situations and statuses."""

from gettext import gettext as _
from typing import Any

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from bpmn import errors
from webapp import held

STATUS: dict[type[Exception], int] = {
    errors.NotPermitted: 403,
    errors.CaseNotFound: 404,
    errors.TaskNotFound: 404,
    errors.CertificateNotFound: 404,
    errors.RowNotFound: 404,
    errors.AttachmentNotFound: 404,
    errors.ImportNotFound: 404,
    errors.TaskDone: 409,
    errors.TaskLapsed: 409,
    errors.TaskClaimed: 409,
    errors.SamePerson: 403,
    errors.TookPart: 403,
    errors.RatingRefused: 409,
    errors.RevocationRefused: 409,
    errors.TaskNotOpen: 409,
    errors.StaleForm: 409,
    errors.DossierClosed: 409,
    errors.OpenCaseExists: 409,
    errors.PrerequisiteUnmet: 409,
    errors.CaseAlreadySubmitted: 409,
    errors.MessageNotExpected: 409,
    errors.NoticeClosed: 409,
    errors.CalendarBusy: 409,
    errors.HeldElsewhere: 422,
    errors.NothingContested: 409,
    errors.RowRepeated: 422,
    errors.DiagramRejected: 422,
    errors.DiagramDraftNotFound: 404,
    errors.DiagramDraftMoved: 409,
    errors.DiagramFileRefused: 422,
    errors.DiagramTooLarge: 413,
    errors.ProposalNotFound: 404,
    errors.OwnProposal: 403,
    errors.ProposalRefused: 409,
    errors.MigrationRefused: 409,
    errors.MoveStays: 409,
    errors.SubmissionRefused: 422,
    errors.DraftsUnsaved: 422,
    errors.PledgeMissing: 422,
    errors.DraftTooLong: 413,
    errors.PaperRefused: 422,
    errors.PaperServed: 409,
    errors.WordingRefused: 422,
    errors.OutcomeUnknown: 422,
    errors.UnitFactTaken: 409,
    errors.StandardPublished: 409,
    errors.StandardRefused: 422,
    StaleDataError: 409,
}


def init_app(app: Flask) -> None:
    app.register_error_handler(errors.CaseworkError, show_situation)
    app.register_error_handler(StaleDataError, show_stale)
    app.register_error_handler(IntegrityError, show_clash)
    app.register_error_handler(CSRFError, show_csrf)
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(Exception, show_fault)


def status_of(error: Exception) -> int:
    """400 for a situation that the table does not name."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


def show_situation(error: Exception) -> Any:
    return _page(status_of(error), str(error))


def show_stale(_error: Exception) -> Any:
    return _page(409, _("办件刚刚被他人办理或更新，您的操作没有生效。请刷新后查看。"))


def show_clash(error: Exception) -> Any:
    """Two people wrote the same unique name or number in one instant: one of them was first."""
    current_app.logger.warning("clash", exc_info=error)
    return _page(409, _("相同的名称或编号刚刚被他人使用，您的操作没有生效。请核对后再试。"))


def show_csrf(_error: Exception) -> Any:
    sentence = _("页面已过期，请返回上一页刷新后重新提交；您填写的内容没有保存。")
    return held.page() or _page(400, sentence)


def show_http(error: Exception) -> Any:
    code = error.code if isinstance(error, HTTPException) and error.code else 500
    if isinstance(error, HTTPException) and error.response is not None:
        return error.response
    return (held.page() if code == 401 else None) or _page(code, "")


def show_fault(error: Exception) -> Any:
    """A fault of the program: logged whole, told in a sentence."""
    current_app.logger.error("fault", exc_info=error)
    return _page(500, "")


def _page(status: int, sentence: str) -> Any:
    known = status if status in {400, 401, 403, 404, 405, 409, 413, 422, 429, 500} else 500
    return render_template(f"errors/{known}.html", message=sentence), status
