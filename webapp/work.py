"""工作列表: the unit's works, what is asked of it now, and beginning, deleting, withdrawing one."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from bpmn import casework
from bpmn.casework import conflicts, deliveries
from bpmn.casework.ratings import to_be_rated
from bpmn.casework.validity import validity_of
from bpmn.errors import MessageNotExpected, OpenCaseExists, PrerequisiteUnmet
from bpmn.matter import Matter
from bpmn.matters import MATTERS
from bpmn.office import Office
from forms import TaskForm
from forms.cases import OpenCaseForm, StopForm
from models import NO_LIMIT, Case, Qualification, Unit
from models.calendar import office_date
from models.qualifications import VALID
from webapp import respondents
from webapp.confirming import ask_first, is_confirmed
from webapp.offices import reading, transaction
from webapp.paging import page_of
from webapp.security import allow

blueprint = Blueprint("work", __name__)

NEAR_DAYS = 2


@blueprint.get("/work")
@allow("applicant")
def index() -> Any:
    """One row per case: what is asked of me now, since when, until when (R050, R051, R059)."""
    with reading() as office:
        own = select(Case).where(Case.unit_id == current_user.unit_id)
        open_cases = list(office.db.scalars(own.where(Case.closed_at.is_(None))))
        closed = page_of(
            office.db, own.where(Case.closed_at.is_not(None)).order_by(Case.opened_at.desc())
        )
        return render_template(
            "work/index.html",
            works=[_entry(office, one) for one in casework.standings_of(office, open_cases)],
            finished=[_entry(office, one) for one in casework.standings_of(office, closed.rows)],
            closed=closed,
            certificates=_certificates(office),
            against=respondents.asked_now(office),
            consent=deliveries.consent_of(office, current_user.unit_id or 0),
            to_rate=to_be_rated(office, closed.rows),
        )


@blueprint.get("/work/new")
@allow("applicant")
def choose() -> Any:
    """Choose the work to add and its certificate (R048, R049, R119)."""
    with reading() as office:
        return _choices(office, _open_form())


@blueprint.post("/work/new")
@allow("applicant")
def new() -> Any:
    """Add the work (确定); one at a time for a unit (R050, R055, R118)."""
    form = _open_form(request.form)
    if not form.validate():
        with reading() as office:
            return _choices(office, form), 422
    try:
        with transaction() as office:
            matter = MATTERS[form["matter"].data]
            case = casework.open_case(office, matter, form["certificate_type"].data)
    except (OpenCaseExists, PrerequisiteUnmet) as refusal:
        if isinstance(refusal, PrerequisiteUnmet):
            form["certificate_type"].errors = [str(refusal)]
        with reading() as office:
            return _choices(office, form), 409
    flash(
        _("已添加工作“%(name)s”（%(number)s），请点击“办理”填报材料。")
        % {"name": matter.name, "number": case.number},
        "success",
    )
    return redirect(url_for("work.index"))


@blueprint.post("/work/delete")
@allow("applicant")
def delete() -> Any:
    """Delete the ticked works that were never handed in, once asked (R054, R117)."""
    numbers = " ".join(request.form.getlist("case")).replace("\x00", " ").split()[:20]
    if not numbers:
        flash(_("请先勾选要删除的工作。"), "warning")
        return redirect(url_for("work.index"))
    if not is_confirmed():
        question = _("删除工作 %s？已填报的材料和附件一并删除，不能恢复。") % "、".join(numbers)
        fields = {"case": " ".join(numbers)}
        return ask_first(question, _("删除"), url_for("work.index"), fields)
    with transaction() as office:
        for number in numbers:
            casework.delete_case(office, casework.find_case(office, number))
    flash(_("已删除工作 %s。") % "、".join(numbers), "success")
    return redirect(url_for("work.index"))


@blueprint.route("/work/<number>/withdraw", methods=["GET", "POST"])
@allow("applicant")
def withdraw(number: str) -> Any:
    """撤回申请: with a reason, as long as the diagram allows it."""
    form = StopForm(request.form if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _withdraw(number, form)
    if status == 302:
        flash(_("办件 %s 已撤回。") % number, "success")
        return redirect(url_for("work.index"))
    with reading() as office:
        case = casework.find_case(office, number)
        return render_template("work/withdraw.html", form=form, case=case), status


def _withdraw(number: str, form: TaskForm) -> int:
    """302 when it was withdrawn, 422 for a form that is not right, 409 when it is too late."""
    if not form.validate():
        return 422
    try:
        with transaction() as office:
            case = casework.find_case(office, number)
            casework.stop_case(office, case, "withdrawn", form["reason"].data)
    except MessageNotExpected:
        form["reason"].errors = [_("这个办件现在不能撤回：申请尚未提交，或者已经作出决定。")]
        return 409
    return 302


def _choices(office: Office, form: TaskForm) -> str:
    """The page of 新建工作: what may be begun and why the rest may not, or why nothing can now."""
    unit = office.db.get_one(Unit, current_user.unit_id)
    present = office.db.scalar(
        select(Case).where(Case.unit_id == unit.id, Case.closed_at.is_(None), Case.exclusive)
    )
    standing = casework.standings_of(office, [present])[0] if present else None
    offers = {offer.matter.key: offer for offer in casework.offers_of(office, unit, _offered())}
    return render_template("work/new.html", form=form, present=standing, offers=offers)


def _open_form(posted: Any = None) -> TaskForm:
    matters = [(matter.key, matter.name) for matter in _offered()]
    kinds = {kind.key: kind.name for matter in _offered() for kind in matter.kinds}
    choices = {"matters": matters, "certificate_types": list(kinds.items())}
    return OpenCaseForm(posted, choices=choices)


def _offered() -> list[Matter]:
    return [matter for matter in MATTERS.values() if casework.is_offered(matter)]


def _entry(office: Office, standing: casework.Standing) -> dict[str, Any]:
    """A standing with what its chips need."""
    case = standing.case
    left = None
    if standing.due_at != NO_LIMIT:
        left = office.calendar.days_left(office.now, standing.due_at)
    return {
        "standing": standing,
        "case": case,
        "matter": MATTERS[case.matter].name,
        "about": conflicts.contested_of(office, case),
        "certificate": office.standard.certificate_types[case.certificate_type].name,
        "days_left": left,
        "due_state": _due_state(left),
        "may_delete": case.submitted_at is None and case.closed_at is None,
        "may_withdraw": (
            case.submitted_at is not None
            and case.closed_at is None
            and MATTERS[case.matter].audience != "office"  # what nobody applied for
        ),
    }


def _due_state(left: int | None) -> str:
    if left is None:
        return "normal"
    if left < 0:
        return "overdue"
    return "near" if left <= NEAR_DAYS else "normal"


def _certificates(office: Office) -> list[dict[str, Any]]:
    """The unit's valid certificates with their expiry."""
    query = select(Qualification).where(
        Qualification.unit_id == current_user.unit_id, Qualification.status == VALID
    )
    today = office_date(office.now)
    standard = office.standard
    return [
        {
            "held": held,
            "name": standard.certificate_types[held.certificate_type].name,
            "specialties": [standard.specialties[p.specialty].name for p in held.specialties],
            "validity": validity_of(held, today, standard.renewal),
        }
        for held in office.db.scalars(query.order_by(Qualification.id))
    ]
