"""What an administrator asks of a replay: diagram, cases, and what is assumed of new steps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from gettext import gettext as _

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from bpmn.casework import drawing_up, load_diagram
from bpmn.casework.replay_asking import MOST, Wanted
from bpmn.casework.stand_in import Assumption
from bpmn.diagram import Diagram, UserTask, encode_files, read_diagram
from bpmn.office import Office
from forms.fields import read_date
from models import DiagramDraft, DiagramVersion
from models.calendar import office_date
from webapp.addresses import is_record_number

USUAL = 365
"""Days of the period that is offered first."""
MOST_DAYS = 250
MOST_CASES = 1_000_000
OFFERED = 30
HELD_AGAINST = 10
"""Versions that a diagram's steps are held against to find what is new: the newest."""


@dataclass(frozen=True)
class Target:
    """A diagram that cases can be played on."""

    source: str
    title: str


@dataclass
class Asked:
    """What was typed, as it was typed, and what is wrong with it (field to sentence)."""

    typed: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, otherwise: str = "") -> str:
        return self.typed.get(name, otherwise).strip()

    def day(self, name: str, otherwise: date) -> date:
        """A day of the years that a form takes; the days beside it can be counted, too."""
        typed = self.text(name)
        try:
            return read_date(typed) or otherwise
        except ValueError as wrong:
            self.wrong[name] = str(wrong)
            return otherwise

    def count(self, name: str, label: str, otherwise: int | None, most: int, least: int = 0) -> int:
        """A whole number from `least` to `most`; `label` names the field where it is wrong."""
        typed = self.text(name)
        if typed == "" and otherwise is not None:
            return otherwise
        if re.fullmatch("[0-9]{1,9}", typed) and least <= int(typed) <= most:
            return int(typed)
        told = _("{label}：请填写 {least} 到 {most} 的整数。")
        self.wrong[name] = told.format(label=label, least=least, most=most)
        return least


def targets_of(office: Office, matter: str) -> list[Target]:
    """The matter's drafts, last saved first, then its versions, the newest first."""
    drafts = office.db.scalars(drawing_up.drafts_of(matter).limit(OFFERED))
    found = [Target(f"draft-{one.id}", _draft_title(one)) for one in drafts]
    versions = office.db.scalars(_versions(matter).limit(OFFERED)).all()
    for place, one in enumerate(versions):
        told = _("第 {number} 版") if place else _("第 {number} 版（现行）")
        found.append(Target(f"version-{one.number}", told.format(number=one.number)))
    return found


def files_of(office: Office, matter: str, source: str) -> tuple[dict[str, str], str] | None:
    """The files and the digest that a target stands for; None for none."""
    kind, _dash, number = source.partition("-")
    if not is_record_number(number):
        return None
    if kind == "draft":
        draft = office.db.get(DiagramDraft, int(number))
        known = draft is not None and draft.matter == matter and draft.dropped_at is None
        return (dict(draft.files), draft.sha256) if draft is not None and known else None
    query = _versions(matter).where(DiagramVersion.number == int(number))
    version = office.db.scalar(query) if kind == "version" else None
    return (dict(version.files), version.sha256) if version is not None else None


def new_steps(office: Office, matter: str, files: Mapping[str, str]) -> list[UserTask]:
    """The steps of people that some version of the matter does not have: nothing is recorded."""
    words = read_diagram(encode_files(files))
    versions = office.db.scalars(_versions(matter).limit(HELD_AGAINST))
    others = [_words(office, one) for one in versions]
    return [
        task
        for task in words.user_tasks.values()
        if any(task.element not in known.user_tasks for known in others)
    ]


def wanted_by(office: Office, matter: str, asked: Asked) -> Wanted:
    """Which cases are asked for; what is wrong stands in `asked`."""
    today = office_date(office.now)
    since = asked.day("since", today - timedelta(days=USUAL))
    until = asked.day("until", today)
    if since > until:
        asked.wrong.setdefault("since", _("起始日期不能晚于截止日期。"))
    organ = asked.text("organ")
    number = int(organ) if is_record_number(organ) else 0
    most = asked.count("most", _("最多推演的件数"), MOST, MOST_CASES, 1)
    return Wanted(matter, since, until, number, most)


def assumed_by(asked: Asked, steps: list[UserTask]) -> dict[str, Assumption]:
    """What is assumed of each new step."""
    found = {}
    for step in steps:
        label = _("“{step}”的预计用时").format(step=step.name)
        days = asked.count(f"days.{step.element}", label, step.days, MOST_DAYS)
        outcome = asked.text(f"outcome.{step.element}")
        known = outcome in {one.value for one in step.outcomes}
        found[step.element] = Assumption(days, outcome if known else None)
    return found


def _words(office: Office, version: DiagramVersion) -> Diagram:
    return load_diagram(office, version.id).words


def _versions(matter: str) -> Select[DiagramVersion]:
    return (
        select(DiagramVersion)
        .where(DiagramVersion.matter == matter, DiagramVersion.deployed_at.is_not(None))
        .order_by(DiagramVersion.number.desc())
        .options(defer(DiagramVersion.files))
    )


def _draft_title(draft: DiagramDraft) -> str:
    return _("草稿“{title}”").format(title=draft.title)
