"""Users as the administrator keeps them: a list, one at a time, each change by itself."""

from gettext import gettext as _
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, or_, select

from bpmn.office import Office
from forms.administration import NewPasswordForm, RolesForm, StaffForm
from models import Account, Authority
from webapp import staffing
from webapp.offices import reading, transaction
from webapp.roles import ROLE_NAMES
from webapp.security import allow

blueprint = Blueprint("users", __name__)
PAGE_SIZE = 50
ROLE_CHOICES = [(role, ROLE_NAMES[role]) for role in staffing.STAFF_ROLES]


@blueprint.get("/admin/users")
@allow("admin")
def index() -> Any:
    """Everybody, by name or user name, a page at a time."""
    text = request.args.get("text", "").strip()[:50]
    query = select(Account)
    if text:
        query = query.where(
            or_(
                Account.username.contains(text, autoescape=True),
                Account.name.contains(text, autoescape=True),
            )
        )
    with reading() as office:
        count = office.db.scalar(select(func.count()).select_from(query.subquery())) or 0
        pages = max(1, -(-count // PAGE_SIZE))
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        shown = query.order_by(Account.username).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
        return render_template(
            "admin/users.html",
            users=office.db.scalars(shown).all(),
            count=count,
            page=number,
            pages=pages,
            url_of=lambda page: url_for("users.index", text=text, page=page),
            text=text,
            roles=ROLE_NAMES,
            nav_here="users.index",
        )


@blueprint.route("/admin/users/new", methods=["GET", "POST"])
@allow("admin")
def add() -> Any:
    posted = request.form if request.method == "POST" else None
    with transaction() if posted is not None else reading() as office:
        form = StaffForm(posted, choices=_choices(office))
        if posted is not None and form.validate():
            told = form.answers()
            problems = staffing.add_account(
                office,
                username=told["username"],
                name=told["name"],
                roles=told["roles"],
                authority_code=told["authority"] or "",
                password=told["password"],
            )
            if not problems:
                flash(_("已新增用户 {name}。").format(name=told["name"]), "success")
                return redirect(url_for("users.index"))
            _tell(form, problems)
        page = render_template("admin/user_new.html", form=form, nav_here="users.index")
        return page, 422 if form.errors else 200


@blueprint.get("/admin/users/<int:account_id>")
@allow("admin")
def show(account_id: int) -> Any:
    with reading() as office:
        return _user_page(_account(office, account_id))


@blueprint.post("/admin/users/<int:account_id>/roles")
@allow("admin")
def change_roles(account_id: int) -> Any:
    with transaction() as office:
        account = _staff(office, account_id)
        form = RolesForm(request.form, choices={"roles": ROLE_CHOICES})
        if form.validate():
            _tell(form, staffing.change_roles(office, account, form.answers()["roles"]))
        if form.errors:
            return _user_page(account, roles_form=form), 422
    flash(_("角色已修改。"), "success")
    return redirect(url_for("users.show", account_id=account_id))


@blueprint.post("/admin/users/<int:account_id>/password")
@allow("admin")
def reset_password(account_id: int) -> Any:
    with transaction() as office:
        account = _account(office, account_id)
        form = NewPasswordForm(request.form)
        if form.validate():
            _tell(form, staffing.reset_password(office, account, form.answers()["password"]))
        if form.errors:
            return _user_page(account, password_form=form), 422
    flash(_("密码已重置。"), "success")
    return redirect(url_for("users.show", account_id=account_id))


@blueprint.post("/admin/users/<int:account_id>/active")
@allow("admin")
def set_active(account_id: int) -> Any:
    """启用 or 停用."""
    active = request.form.get("active") == "yes"
    with transaction() as office:
        problems = staffing.set_active(office, _account(office, account_id), active=active)
    for _field, sentence in problems:
        flash(sentence, "error")
    if not problems:
        flash(_("已启用。") if active else _("已停用。"), "success")
    return redirect(url_for("users.show", account_id=account_id))


def _account(office: Office, account_id: int) -> Account:
    return office.db.get(Account, account_id) or abort(404)


def _staff(office: Office, account_id: int) -> Account:
    """An account of an organ or the office; a unit's account has no role but its own."""
    account = _account(office, account_id)
    return account if account.unit_id is None else abort(404)


def _choices(office: Office) -> dict[str, Any]:
    organs = office.db.scalars(select(Authority).order_by(Authority.code))
    return {"roles": ROLE_CHOICES, "authorities": [(organ.code, organ.name) for organ in organs]}


def _tell(form: Any, problems: staffing.Problems) -> None:
    for field, sentence in problems:
        form[field if field in form.data else "roles"].errors = [sentence]


def _user_page(
    account: Account,
    roles_form: RolesForm | None = None,
    password_form: NewPasswordForm | None = None,
) -> str:
    known = {"roles": sorted(account.roles)}
    return render_template(
        "admin/user.html",
        account=account,
        roles=ROLE_NAMES,
        roles_form=roles_form or RolesForm(None, known, choices={"roles": ROLE_CHOICES}),
        password_form=password_form or NewPasswordForm(),
        nav_here="users.index",
    )
