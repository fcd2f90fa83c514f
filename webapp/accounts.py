"""Logging in and out, and registering a unit (R045, R046, R113)."""

import re
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import select

from forms.accounts import ChangePasswordForm, LoginForm, RegisterForm
from models import Account
from webapp import demo_accounts, held, registration, throttle
from webapp.navigation import home_of
from webapp.offices import premises, reading, transaction
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
    province: str
    """Of the unit or organ, two digits; 00 for the office itself."""
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


@login_manager.user_loader
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
    form, status = LoginForm(request.form if request.method == "POST" else None), 200
    if request.method == "POST":
        person, status = _try_login(form) if form.validate() else (None, 422)
        if person is not None:
            session.permanent = True
            login_user(person)
            return redirect(held.take(request.form.get("held", "")) or _next_page(person))
    shown = demo_accounts.DEMO_ACCOUNTS if premises().settings.demo else ()
    held_words = request.form.get("held", "")
    return render_template(
        "accounts/login.html", form=form, demo_accounts=shown, held=held_words
    ), status


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
    form, status = ChangePasswordForm(request.form if request.method == "POST" else None), 200
    if request.method == "POST":
        person, status = _try_change(form) if form.validate() else (None, 422)
        if person is not None:
            login_user(person)
            flash(_("密码修改成功"), "success")
            return redirect(url_for(home_of(person.roles)))
    return render_template("accounts/password.html", form=form), status


def _try_login(form: Any) -> tuple[Person | None, int]:
    """The person, or none and the status of the page that says why not."""
    account, status = _check(form.username.data, form.password, _("用户名或密码不正确。"))
    return (_person(account) if account else None), status


def _try_change(form: Any) -> tuple[Person | None, int]:
    """The person under the new password; guesses at the present one count like log-ins."""
    known, status = _check(current_user.username, form.current_password, _("现用密码不正确。"))
    if known is None:
        return None, status
    password_hash = hash_password(form["password"].data)
    with transaction() as office:
        account = office.db.get_one(Account, known.id)
        account.password_hash = password_hash
        account.session_version += 1
        return _person(account), status


def _check(username: str, typed: Any, wrong: str) -> tuple[Account | None, int]:
    """The account if the typed password is its own; else 422 or 429, and why, at the field.

    An unknown or closed account takes as long as a wrong password and sounds the same. The slow
    hashing stays outside the transaction, which would keep other writers waiting; so that guesses
    sent at once cannot pass while it lasts, each counts as a failure until it proves right.
    """
    keys = throttle.keys_of(username, request.remote_addr or "")
    counted = _count_guess(keys)
    if not counted:
        return _told(None, True, typed, wrong)
    with reading() as office:
        account = office.db.scalar(select(Account).where(Account.username == username))
    known = account.password_hash if account and account.active else None
    right = check_password(known, typed.data)
    if right:
        with transaction() as office:
            throttle.take_back(office, counted)
            throttle.forget(office, keys)
    return _told(account if right else None, False, typed, wrong)


def _count_guess(keys: dict[str, int]) -> list[int]:
    """The ids of its counts; none when it is one too many, which costs the database a read."""
    with reading() as office:
        if throttle.is_blocked(office, keys):
            return []
    with transaction() as office:
        counted = throttle.note_failure(office, keys)
    with reading() as office:
        if not throttle.is_exceeded(office, keys):
            return counted
    with transaction() as office:
        throttle.take_back(office, counted)
    return []


def _told(
    account: Account | None, blocked: bool, typed: Any, wrong: str
) -> tuple[Account | None, int]:
    if account is None:
        typed.errors = [_("密码输错次数过多，请半小时后再试。") if blocked else wrong]
    return account, 429 if blocked else 422 if account is None else 200


def _person(account: Account) -> Person:
    return Person(
        id=account.id,
        name=account.name,
        username=account.username,
        organ_name=account.organ_name,
        province=account.province,
        roles=account.roles,
        unit_id=account.unit_id,
        authority_id=account.authority_id,
        session_version=account.session_version,
    )


def _next_page(person: Person) -> str:
    """Only a path of our own: an address from outside would lead the person away."""
    wanted = request.values.get("next", "")
    # Browsers drop tabs and line ends and read \\ as /: "/\t/elsewhere" would leave us.
    if re.fullmatch(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*", wanted):
        return wanted
    return url_for(home_of(person.roles))
