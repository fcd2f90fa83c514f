"""好差评: a unit rates a case that is over; the figures are open to all."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bpmn import casework
from bpmn.casework import ratings
from bpmn.casework.rating_figures import (
    FiguresWanted,
    figures_page,
    last_months,
    rated_organs,
    rated_years,
)
from bpmn.errors import RatingRefused
from bpmn.matters import MATTERS
from bpmn.matters.rating_handling import MATTER
from bpmn.office import Office
from bpmn.operations.rating_terms import grade_names, indicator_names, is_bad
from forms import TaskForm
from forms.ratings import AdditionForm, RatingForm
from webapp.addresses import is_record_number
from webapp.offices import reading, transaction
from webapp.security import PUBLIC, allow

blueprint = Blueprint("ratings", __name__)


@blueprint.get("/cases/<number>/rating")
@allow("applicant")
def show(number: str) -> Any:
    """评价本次服务, or what was answered."""
    with reading() as office:
        return _page(office, number)


@blueprint.post("/cases/<number>/rating")
@allow("applicant")
def give(number: str) -> Any:
    form = _rating_form(request.form)
    if not form.validate():
        return _again(number, form, 422)
    try:
        with transaction() as office:
            case = casework.find_case(office, number)
            rating = ratings.rate_case(office, case.id, MATTER, form.answers())
            bad = is_bad(rating.grade or 0)
    except RatingRefused as refused:
        return _again(number, form, 409, str(refused))
    told = _("感谢评价。") + (_("办理机关将在十五个工作日内回访核实并答复。") if bad else "")
    flash(told, "success")
    return redirect(url_for("cases.show", number=number))


@blueprint.post("/cases/<number>/rating/addition")
@allow("applicant")
def add(number: str) -> Any:
    """追评, once."""
    form = AdditionForm(request.form)
    if not form.validate():
        return _again(number, form, 422)
    try:
        with transaction() as office:
            case = casework.find_case(office, number)
            ratings.add_words(office, case.id, form.answers()["addition"])
    except RatingRefused as refused:
        return _again(number, form, 409, str(refused))
    flash(_("已补充意见。"), "success")
    return redirect(url_for("cases.show", number=number))


@blueprint.get("/ratings")
@allow(PUBLIC)
def index() -> Any:
    """好差评公示: the figures by organ, matter and month."""
    organ, matter = request.args.get("organ", ""), request.args.get("matter", "")
    with reading() as office:
        months, organs = last_months(office), rated_organs(office)
        period = request.args.get("period", "")
        periods = [*rated_years(office), *months]
        wanted = FiguresWanted(
            period=period if period in periods else "",
            authority_id=int(organ) if is_record_number(organ) else 0,
            matter=matter if matter in MATTERS else "",
            page=request.args.get("page", 1, type=int),
        )
        return render_template(
            "ratings/index.html",
            found=figures_page(office, wanted),
            wanted=wanted,
            periods=periods,
            organs=organs,
            matters=MATTERS,
            url_of=lambda page: url_for(
                "ratings.index", **{**request.args.to_dict(), "page": page}
            ),
        )


def _again(number: str, form: TaskForm, status: int, sentence: str = "") -> Any:
    with reading() as office:
        return _page(office, number, form, sentence), status


def _page(office: Office, number: str, form: TaskForm | None = None, sentence: str = "") -> str:
    case = casework.find_case(office, number)
    seen = ratings.rating_seen(office, case)
    return render_template(
        "ratings/show.html",
        case=case,
        seen=seen,
        sentence=sentence,
        matter=MATTERS[case.matter],
        rating_form=form if isinstance(form, RatingForm) else _rating_form(),
        addition_form=form if isinstance(form, AdditionForm) else AdditionForm(),
        nav_here="work.index",
    )


def _rating_form(posted: Any = None) -> TaskForm:
    grades = [(str(grade), name) for grade, name in grade_names().items()]
    bad = [(grade, name) for grade, name in grades if is_bad(int(grade))]
    choices = {"grades": grades, "bad": bad, "indicators": list(indicator_names().items())}
    return RatingForm(posted, choices=choices)
