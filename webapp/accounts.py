"""Logging in and out, and registering a unit (R045, R046, R113)."""

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import select

from forms.accounts import ChangePasswordForm, LoginForm, RegisterForm
from models import Account
from webapp import demo_accounts, registration, throttle
from webapp.navigation import home_of
from webapp.offices import premises, transaction
from webapp.passwords import check_password, hash_password
from webapp.security import MEMBER, PUBLIC, allow

blueprint = Blueprint("accounts", __name__)
login_manager = LoginManager()


@dataclass(frozen=True, eq=False)
class Person(UserMixin):  # type: ignore[misc]
    """The logged-in person, as the pages know them."""

    id: int
    name: str
    username: str
    organ_name: str
    roles: frozenset[str]
    unit_id: int | None
    authority_id: int | None
    session_version: int

    def get_id(self) -> str:
        return f"{self.id}:{self.session_version}"

    def may(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.session_protection = "basic"


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_person(session_id: str) -> Person | None:
    """The person of a session; none when the account was closed or logged out elsewhere."""
    account_id, _colon, version = session_id.partition(":")
    with premises().reading() as office:
        account = office.db.get(Account, int(account_id))
        if account is None or not account.active or str(account.session_version) != version:
            return None
        return _person(account)


@blueprint.route("/login", methods=["GET", "POST"])
@allow(PUBLIC)
def login() -> Any:
    """The same answer for an unknown user and a wrong password, and never many in a row."""
    form = LoginForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        person = _try_login(form)
        if person is not None:
            session.permanent = True
            login_user(person)
            return redirect(_next_page(person))
    status = 429 if form.errors.get("throttled") else 422 if form.errors else 200
    shown = demo_accounts.DEMO_ACCOUNTS if premises().settings.demo else ()
    return render_template("accounts/login.html", form=form, demo_accounts=shown), status


@blueprint.route("/logout", methods=["POST"])
@allow(MEMBER)
def logout() -> Any:
    """End every session of the account, here and elsewhere."""
    with transaction() as office:
        account = office.db.get_one(Account, current_user.id)
        account.session_version += 1
    logout_user()
    flash(_("您已退出登录。"), "success")
    return redirect(url_for("hall.index"))


@blueprint.route("/register", methods=["GET", "POST"])
@allow(PUBLIC)
def register() -> Any:
    choices = premises().region_choices
    form = RegisterForm(request.form if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.validate():
        with transaction() as office:
            problems = registration.register_unit(office, form.answers())
        if not problems:
            flash(_("注册成功，请登录。"), "success")
            return redirect(url_for("accounts.login"))
        for name, sentence in problems:
            form[name].errors = [*form[name].errors, sentence]
    return render_template("accounts/register.html", form=form), 422 if form.errors else 200


@blueprint.route("/password", methods=["GET", "POST"])
@allow(MEMBER)
def password() -> Any:
    """Change one's own password; every other session of the account ends."""
    form = ChangePasswordForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        with transaction() as office:
            account = office.db.get_one(Account, current_user.id)
            right = check_password(account.password_hash, form["current_password"].data)
            if right:
                account.password_hash = hash_password(form["password"].data)
                account.session_version += 1
        if right:
            login_user(_person(account))
            flash(_("密码修改成功"), "success")
            return redirect(url_for(home_of(current_user.roles)))
        form["current_password"].errors = [_("现用密码不正确。")]
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


def _try_login(form: Any) -> Person | None:
    username, typed = form.username.data, form.password.data
    keys = throttle.keys_of(username, request.remote_addr or "")
    with transaction() as office:
        if throttle.is_blocked(office, keys):
            form.password.errors = [_("登录失败次数过多，请稍后再试。")]
            return None
        account = office.db.scalar(select(Account).where(Account.username == username))
        known = account.password_hash if account and account.active else None
        if check_password(known, typed) and account is not None:
            throttle.forget(office, keys)
            return _person(account)
        throttle.note_failure(office, keys)
    form.password.errors = [_("用户名或密码不正确。")]
    return None


def _person(account: Account) -> Person:
    return Person(
        id=account.id,
        name=account.name,
        username=account.username,
        organ_name=account.organ_name,
        roles=account.roles,
        unit_id=account.unit_id,
        authority_id=account.authority_id,
        session_version=account.session_version,
    )


def _next_page(person: Person) -> str:
    """Only a path of our own: an address from outside would lead the person away."""
    wanted = request.values.get("next", "")
    if wanted.startswith("/") and not wanted.startswith(("//", "/\\")):
        return wanted
    return url_for(home_of(person.roles))
