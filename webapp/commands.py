"""Commands for a running office: users, certificates, the trail, working days, demo."""

import csv
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.logging import set_up_logging
from config.settings import SettingMissing, Settings, read_settings

if TYPE_CHECKING:
    from webapp.offices import Premises

REFUSED = 1
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ROLES = (
    "applicant",
    "window",
    "reviewer",
    "checker",
    "approver",
    "expert",
    "admin",
    "auditor",
)


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the settings, or say which one is missing. Some commands need none."""

    @wraps(command)
    def run(*given: Any, **options: Any) -> None:
        try:
            settings = read_settings()
        except SettingMissing as missing:
            raise click.ClickException(str(missing)) from missing
        set_up_logging(settings.log_level)
        command(settings, *given, **options)

    return run


def open_office(settings: Settings) -> "Premises":
    """Premises on a database that is there and current; else says why not and ends."""
    from webapp.app import open_premises
    from webapp.startup import database_problems

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    premises = open_premises(settings)
    refuse(database_problems(premises.engine))
    return premises


def refuse(sentences: Iterable[str]) -> None:
    """Say each sentence on the standard error and end, if there is one."""
    found = list(sentences)
    for sentence in found:
        click.echo(sentence, err=True)
    if found:
        sys.exit(REFUSED)


@click.group(help=_("用户"))
def user() -> None:
    pass


@user.command("add", help=_("新增用户；密码从提示读入。"))
@click.argument("username")
@click.option("--name", required=True, help=_("姓名"))
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.option("--authority", default="", help=_("审批机关的行政区划代码，如 6101"))
@click.option("--password", prompt=_("密码"), hide_input=True, confirmation_prompt=True)
@with_settings
def add_user(
    settings: Settings, username: str, name: str, roles: list[str], authority: str, password: str
) -> None:
    from webapp.staffing import add_account

    with open_office(settings).transaction() as office:
        problems = add_account(
            office,
            username=username,
            name=name,
            roles=roles,
            authority_code=authority,
            password=password,
        )
        refuse(sentence for _field, sentence in problems)
    click.echo(_("已新增用户 {username}。").format(username=username))


@click.group(help=_("审计记录"))
def audit() -> None:
    pass


@audit.command("verify", help=_("核对全部审计记录的链条。"))
@with_settings
def verify_trail(settings: Settings) -> None:
    from webapp.trail import verify_streams

    with open_office(settings).reading() as office:
        checked = verify_streams(office)
    for broken in checked.broken:
        words = _("{stream} 第 {position} 条（{kind}）与链条不符")
        click.echo(
            words.format(stream=broken.stream, position=broken.position, kind=broken.kind), err=True
        )
    if checked.broken:
        sys.exit(REFUSED)
    words = _("{streams} 条链、{events} 条记录完整。")
    click.echo(words.format(streams=checked.streams, events=checked.events))


@click.group(help=_("工作日历"))
def calendar() -> None:
    pass


@calendar.command("load", help=_("载入 CSV：date,worked,name,source，日期已有的改写。"))
@click.argument("file", type=FILE)
@click.option("--preview", is_flag=True, help=_("只看哪些办件的期限会变，不写入。"))
@with_settings
def load_calendar(settings: Settings, file: Path, preview: bool) -> None:
    from webapp.calendar_loading import change_calendar
    from webapp.workdays import CalendarRefused, read_days

    premises = open_office(settings)
    try:
        with file.open(encoding="utf-8-sig") as lines:
            days = read_days(csv.DictReader(lines))
    except CalendarRefused as refused:
        refuse(refused.problems)
        return
    for line in change_calendar(premises, file.name, days, write=not preview):
        click.echo(line)


@click.command(help=_("把演示时钟拨快若干个工作日，处理到期的办件并生成文书。"))
@click.option("--working-days", required=True, type=click.IntRange(1, 500))
@with_settings
def advance(settings: Settings, working_days: int) -> None:
    from models.calendar import office_date
    from webapp.demo.clock import advance_demo
    from webapp.storage import FileStore

    premises = open_office(settings)
    moment, done = advance_demo(premises, FileStore(settings.attachment_url), working_days)
    day: date = office_date(moment)
    click.echo(_("演示时钟：{day}，处理了 {done} 项。").format(day=day, done=done))
