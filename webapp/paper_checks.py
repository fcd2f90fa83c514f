"""Anyone asks whether a PDF file is ours and untouched; nothing of what they send is kept."""

from gettext import gettext as _
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from flask import Blueprint, render_template, request

from bpmn.casework import signed_codes, verification
from bpmn.office import Office
from certificates.verification.papers import Known, PaperVerdict, verify_paper
from certificates.verification.reading import MOST_BYTES
from models.calendar import office_date
from webapp import throttle
from webapp.offices import premises, reading, transaction
from webapp.security import PUBLIC, allow
from webapp.signing import trusted

blueprint = Blueprint("paper_checks", __name__, url_prefix="/verify")
AT_ONCE = BoundedSemaphore(2)
"""Reading a strange file costs a process of its own: not more of them than this in one server."""
PATIENCE = 5.0


@blueprint.post("/file")
@allow(PUBLIC)
def check() -> Any:
    """Ours and untouched, changed, or not ours, with reasons."""
    pdf = _sent()
    problem = _problem(pdf)
    if problem:
        return _asked_again(problem, 422)
    keys = throttle.upload_keys(request.remote_addr or "")
    with transaction() as office:
        if throttle.is_blocked(office, keys):
            return _asked_again(_("核验的文件太多，请半小时后再试。"), 429)
        throttle.note_failure(office, keys)
    return _answer(pdf, sha256(pdf).hexdigest())


def _sent() -> bytes:
    chosen = request.files.get("file")
    if chosen is None:
        return b""
    try:
        return chosen.stream.read(MOST_BYTES + 1)
    finally:
        chosen.close()


def _problem(pdf: bytes) -> str:
    if not pdf:
        return _("请选择要核验的 PDF 文件。")
    if len(pdf) > MOST_BYTES:
        return _("文件超过 {most} MB，不是本系统的文书。").format(most=MOST_BYTES // 1024**2)
    if not pdf.startswith(b"%PDF-"):
        return _("这不是 PDF 文件。请选择下载或者收到的 PDF 原文件，不要用照片或截图。")
    return ""


def _answer(pdf: bytes, digest: str) -> Any:
    with reading() as office:
        paper = verification.paper_by_digest(office, digest)
        if paper is not None:
            return _page(digest, paper=paper.paper, found=paper.certificate)
        known = Known(office.key_ring, trusted(office), _names(office))
        today = office_date(office.now)
    if not AT_ONCE.acquire(timeout=PATIENCE):
        return _asked_again(_("正在核验的文件太多，请稍后再试。"), 503)
    try:
        verdict = verify_paper(pdf, known, today)
    finally:
        AT_ONCE.release()
    with reading() as office:
        held = signed_codes.hold_against(office, verdict.fields) if verdict.fields else None
        return _page(digest, verdict=verdict, found=held.certificate if held else None)


def _page(digest: str, verdict: PaperVerdict | None = None, **shown: Any) -> Any:
    page = render_template("verification/file.html", digest=digest, verdict=verdict, **shown)
    is_good = verdict is None or verdict.good is not False
    return page, 200 if is_good else 422


def _asked_again(problem: str, status: int) -> Any:
    page = render_template(
        "verification/index.html", number="", ring=premises().key_ring(), file_problem=problem
    )
    return page, status


def _names(office: Office) -> dict[str, str]:
    return {code: one.name for code, one in office.standard.specialties.items()}
