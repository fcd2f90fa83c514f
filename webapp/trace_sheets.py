"""What the 流程跟踪单 of a case says, for those who may see its trace (policy §9, 22)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from gettext import gettext as _

from bpmn import casework
from bpmn.casework.clock_words import clock_word, last_day_words
from bpmn.casework.ledger import runs_in
from bpmn.casework.status import open_tasks_of, status_words
from bpmn.casework.story import Line, story_of
from bpmn.casework.tracing import pictures_of, trace_of
from bpmn.matters import MATTERS
from bpmn.office import Office
from bpmn.operations.clocks import ledger_of
from certificates.traces import Table, TraceSheet
from models import Case
from models.clock import Clock, fold_run
from webapp.desk import tells_names
from webapp.filters import moment
from webapp.roles import ROLE_NAMES

_DIGITS = 16
"""So much of the record's digest is printed: enough to tell one state of it from any other."""


def sheet_of(office: Office, case: Case) -> TraceSheet:
    """Officers' names only for officers; everything as it stands at this moment."""
    story = story_of(office, case, names=tells_names(office))
    pictures = pictures_of(office, case, trace_of(office, case), story)
    return TraceSheet(
        title=_("流程跟踪单"),
        number=case.number,
        facts=list(_facts(office, case)),
        tables=[_steps(story), _clocks(office, case)],
        drawings=[(_("流程图：%s") % one.title, one.svg) for one in pictures],
        note=_(
            "本单由测资通按打印时的办理记录生成，不是行政决定，不另行编号。"
            "凭办件编号可以在 {address} 查询办理进度；"
            "审计员可以按记录摘要核对本单与系统记录是否一致。"
        ).format(address=office.base_url),
    )


def _facts(office: Office, case: Case) -> Iterator[tuple[str, str]]:
    diagram = casework.load_diagram(office, case.diagram_version_id).words
    tasks = open_tasks_of(office, [case.id])[case.id]
    yield _("事项"), MATTERS[case.matter].name
    yield _("资质证书"), office.standard.certificate_types[case.certificate_type].name
    yield _("申请单位"), case.unit.name
    yield _("审批机关"), case.authority.name if case.authority else _("尚未移交")
    yield _("提交时间"), moment(case.submitted_at) or _("尚未提交")
    yield _("办理状态"), status_words(case, tasks, diagram)
    yield _("打印时间"), moment(office.now)
    digest = _("第 {count} 条记录，摘要 {digest}")
    yield _("记录摘要"), digest.format(count=case.event_count, digest=case.event_head[:_DIGITS])


def _steps(story: Sequence[Line]) -> Table:
    columns = [
        (_("序号"), 11), (_("环节"), 0), (_("办理"), 40), (_("开始"), 30), (_("结束"), 30),
        (_("结果"), 20), (_("工作日"), 14),
    ]  # fmt: skip
    rows = [_step(number, line) for number, line in enumerate(story, start=1)]
    return Table(_("一、办理经过"), columns, rows)


def _step(number: int, line: Line) -> list[str]:
    who = [line.organ, ROLE_NAMES.get(line.role, ""), line.person]
    return [
        str(number),
        line.title,
        "　".join(dict.fromkeys(part for part in who if part)),
        moment(line.since) if line.element else "—",
        moment(line.until) or _("办理中"),
        line.outcome or (_("完成") if line.until else "—"),
        "—" if line.working_days is None else str(line.working_days),
    ]


def _clocks(office: Office, case: Case) -> Table:
    columns = [
        (_("时限"), 22), (_("依据"), 0), (_("起算"), 30), (_("工作日"), 14), (_("截止日"), 22),
        (_("状态"), 42),
    ]  # fmt: skip
    ledger = ledger_of(office, case)
    rows = [_clock(office, fold_run(run, office.calendar)) for run in runs_in(ledger)]
    return Table(_("二、时限"), columns, rows or [["—"] * len(columns)])


def _clock(office: Office, clock: Clock) -> list[str]:
    return [
        clock_word(clock.name),
        clock.article or "—",
        moment(clock.started_at),
        str(clock.working_days),
        last_day_words(clock.due_at, office.calendar) or "—",
        _state(clock),
    ]


def _state(clock: Clock) -> str:
    def at(words: str, when: datetime) -> str:
        return words.format(at=moment(when))

    if clock.finished_at is not None:
        return at(_("{at} 结束"), clock.finished_at)
    if clock.suspended_at is not None:
        return at(_("自 {at} 起中止"), clock.suspended_at)
    return _("计时中")
