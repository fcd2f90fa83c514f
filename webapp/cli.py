"""The command line: `cartouche serve`, `worker`, `init`, `demo`, `user`, `diagram` and so on."""

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from config.settings import Settings
from webapp import certificate_commands, commands, diagram_commands

if TYPE_CHECKING:
    from webapp.offices import Premises


@click.group(help=_("测绘资质审批系统。设置来自环境变量 CARTOUCHE_…，见 README。"))
def cli() -> None:
    pass


@cli.command(help=_("启动网站；默认同时启动后台作业。"))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--processes", default=1, show_default=True, help=_("网站进程数"))
@commands.with_settings
def serve(settings: Settings, host: str, port: int, processes: int) -> None:
    from webapp.server import Server

    premises = _open(settings)
    if settings.demo:
        _build_demo(premises)
    _require_fit(premises)
    if settings.embedded_worker:
        _prepare_keys(premises)
    if settings.demo:
        _tell_accounts(f"http://{host}:{port}")
    Server(settings, host, port, processes).run()


@cli.command(help=_("启动后台作业进程；可在多台机器上启动多个。"))
@click.option("--threads", default=2, show_default=True)
@commands.with_settings
def worker(settings: Settings, threads: int) -> None:
    import signal

    from webapp.jobs.worker import Worker, open_jobs
    from webapp.memory import settle

    premises = _open(settings)
    _require_fit(premises)
    _prepare_keys(premises)
    working = Worker(open_jobs(premises), threads)
    settle()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda _number, _frame: working.stop())
    working.start()
    click.echo(_("后台作业已启动。"))
    working.wait()


@cli.command(help=_("建立或升级数据库，写入工作日历和流程图。可重复运行。"))
@commands.with_settings
def init(settings: Settings) -> None:
    from webapp.install import install

    changed = install(_open(settings))
    click.echo(_("数据库已升级。") if changed else _("数据库已是最新。"))


@cli.group(help=_("演示数据"), invoke_without_command=True)
@click.pass_context
@commands.with_settings
def demo(settings: Settings, context: click.Context) -> None:
    if not settings.demo:
        commands.refuse([_("演示数据只在演示模式下写入：请设 CARTOUCHE_DEMO=yes。")])
    if context.invoked_subcommand is None:
        written = _build_demo(_open(settings))
        click.echo(_("演示数据已写入。") if written else _("演示数据已经有了。"))


demo.add_command(commands.advance)
for group in (
    commands.user,
    diagram_commands.diagram,
    certificate_commands.certificate,
    commands.audit,
    commands.calendar,
):
    cli.add_command(group)


def _open(settings: Settings) -> "Premises":
    from webapp.app import open_premises

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return open_premises(settings)


def _require_fit(premises: "Premises") -> None:
    """Refuse to start while something is missing, and say what."""
    from webapp.startup import problems

    commands.refuse(problems(premises.settings, premises.engine))


def _prepare_keys(premises: "Premises") -> None:
    """Make the demo's keys; elsewhere say which organs' papers cannot be signed, and go on."""
    from webapp import signing

    signing.make_demo_keys(premises)
    with premises.reading() as office:
        for sentence in signing.key_warnings(office, premises.settings.signing):
            click.echo(sentence, err=True)


def _build_demo(premises: "Premises") -> bool:
    from models.migrations import is_current
    from webapp import demo
    from webapp.install import install
    from webapp.storage import FileStore

    if not is_current(premises.engine):
        install(premises)
    return demo.seed(premises, FileStore(premises.settings.attachment_url))


def _tell_accounts(address: str) -> None:
    from webapp.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

    click.echo(_("演示账号，密码都是 {password}：").format(password=DEMO_PASSWORD))
    for account in DEMO_ACCOUNTS:
        click.echo(f"  {account.username:20} {account.name}　{account.role}")
    click.echo(_("请在浏览器打开 {address}").format(address=address))


def main() -> None:
    cli(prog_name="cartouche")


if __name__ == "__main__":
    main()
