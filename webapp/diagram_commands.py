"""`cartouche diagram`: check diagrams as files, and deploy those that are shipped."""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.settings import Settings
from webapp.commands import FILE, REFUSED, open_office, with_settings

if TYPE_CHECKING:
    from bpmn.errors import Problem


@click.group(help=_("流程图"))
def diagram() -> None:
    pass


@dataclass(frozen=True)
class _Checked:
    """One matter's diagram: what is wrong with it, where its files lie, how long it took (ms)."""

    name: str
    paths: dict[str, str]
    problems: "tuple[Problem, ...]"
    milliseconds: float


@diagram.command("check", help=_("检查流程图和决策表文件：逐条列出问题、改法和演示走法。"))
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--timing", is_flag=True, help=_("另外列出每个事项检查所用的时间。"))
def check_diagrams(files: tuple[Path, ...], timing: bool) -> None:
    told: set[str] = set()
    for checked in _check(files):
        for problem in checked.problems:
            lines = list(_lines(problem, checked.paths))
            if lines[0] not in told:
                told.add(lines[0])
                click.echo("\n".join(lines))
        if timing:
            click.echo(
                _("{name}：{ms:.0f} 毫秒").format(name=checked.name, ms=checked.milliseconds)
            )
    if told:
        click.echo(_("共 {count} 个问题。").format(count=len(told)), err=True)
        sys.exit(REFUSED)
    click.echo(_("{count} 个文件没有问题。").format(count=len(files)))


@diagram.command("deploy", help=_("把随程序提供的流程图部署为新版本；没有变化的不动。"))
@click.option("--replace", is_flag=True, help=_("管理员在网页上部署的版本也换成随程序提供的。"))
@with_settings
def deploy_diagrams(settings: Settings, replace: bool) -> None:
    from bpmn import casework
    from bpmn.diagram import load_files
    from bpmn.matters import MATTERS

    with open_office(settings).transaction() as office:
        for key, matter in MATTERS.items():
            version = casework.deploy_diagram(office, key, load_files(key), replace=replace)
            words = _("{name}：第 {number} 版")
            if version.consented_by is not None:
                words = _("{name}：第 {number} 版，由管理员部署，没有替换（要替换请加 --replace）")
            click.echo(words.format(name=matter.name, number=version.number))


def _lines(problem: "Problem", paths: dict[str, str]) -> Iterator[str]:
    """Place, element and sentence; then how it is mended, and the run that shows it."""
    file = problem.file or ""
    place = f"{paths.get(file, file)}:{problem.line or 0}"
    sentence = _("（未能判定）{words}") if problem.undecided else "{words}"
    yield f"{place} {problem.element or ''} {sentence.format(words=problem.message)}"
    if problem.mend:
        yield _("    改法：{mend}").format(mend=problem.mend)
    if problem.run:
        yield _("    这样走就会出现：")
    for number, move in enumerate(problem.run, start=1):
        yield f"        {number}. {move.words}"


def _check(files: Iterable[Path]) -> Iterator[_Checked]:
    """Each top level among the files, or else each shipped one with the files in place of its
    own."""
    from bpmn import casework
    from bpmn.diagram import MAIN_FILE, load_files, with_shared_files
    from bpmn.matters import MATTERS

    given = list(files)
    paths = {path.name: str(path) for path in given if path.name != MAIN_FILE}
    parts = {path.name: path.read_bytes() for path in given if path.name != MAIN_FILE}
    tops = {str(path): path.read_bytes() for path in given if path.name == MAIN_FILE}
    for name, top in (tops or {key: load_files(key)[MAIN_FILE] for key in MATTERS}).items():
        begun = time.perf_counter()
        problems = casework.diagram_problems(with_shared_files(top, parts))
        spent = (time.perf_counter() - begun) * 1000
        yield _Checked(name, {**paths, MAIN_FILE: name}, problems, spent)
