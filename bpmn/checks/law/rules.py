"""The law's knowledge of the office, read from rules.yml: what acts do, who is apart, how long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from models.standard_cells import is_sure


@dataclass(frozen=True)
class Act:
    """An operation; `given` are the values that its parameters must have for it to be this act."""

    operation: str
    given: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Answers:
    """What people of a role answer: one of these values of their step's outcome."""

    role: str
    values: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """One way in which a case may end, and the acts that make it end so."""

    key: str
    name: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Milestone:
    """What must be passed before certain acts. `sends_back` are answers that undo a second look."""

    key: str
    name: str
    article: str
    mend: str
    acts: tuple[Act, ...] = ()
    answers: Answers | None = None
    lost_by: tuple[Act, ...] = ()
    second_person: bool = False
    sends_back: frozenset[str] = frozenset()
    excused_by: tuple[str, frozenset[str]] = ("", frozenset())
    """A routing variable and the values of it that make the milestone needless."""


@dataclass(frozen=True)
class Need:
    """An act and the keys of the milestones that come before it."""

    act: Act
    milestones: tuple[str, ...]


@dataclass(frozen=True)
class Returns:
    """What hands materials back to the unit."""

    acts: tuple[Act, ...]
    answers: Answers
    article: str
    mend: str


@dataclass(frozen=True)
class Duties:
    """Pairs of roles that one person may not hold in one case, and where the case leaves."""

    article: str
    mend: str
    roles: Mapping[str, str]
    """What the officers' roles are called."""
    apart: frozenset[frozenset[str]]
    level_variable: str
    leaves_organ: frozenset[str]
    returns_to_organ: frozenset[str]


@dataclass(frozen=True)
class Limit:
    """What the law says of a clock, in working days; None where it says nothing.

    `confidence` as `models.standard_cells.is_sure` reads it.
    """

    name: str
    article: str
    most: int | None = None
    least: int | None = None
    extension: int = 0
    confidence: str = "A"

    @property
    def is_sure(self) -> bool:
        return is_sure(self.confidence)

    @property
    def cited(self) -> str:
        """The article, and 待核实 where the number is not sure; for a sentence."""
        return _cited(self.article, self.confidence)


@dataclass(frozen=True)
class Rules:
    """Everything in rules.yml."""

    unit_roles: frozenset[str]
    outcomes: tuple[Outcome, ...]
    outcomes_article: str
    outcomes_mend: str
    milestones: Mapping[str, Milestone]
    needs: tuple[Need, ...]
    returns: Returns
    duties: Duties
    limits: Mapping[str, Limit]
    clock_acts: Mapping[str, frozenset[str]]
    """Operation names for each of start, suspend, resume, extend and finish."""
    held_clocks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Operations that suspend or resume a clock without being given its name."""


@cache
def the_rules() -> Rules:
    """The rules as shipped; read once."""
    text = Path(__file__).with_name("rules.yml").read_text(encoding="utf-8")
    return read_rules(yaml.safe_load(text))


def read_rules(content: Mapping[str, Any]) -> Rules:
    """Rules from parsed YAML. Raises KeyError where something is missing."""
    outcomes = content["outcomes"]
    return Rules(
        unit_roles=frozenset(content["unit_roles"]),
        outcomes=tuple(
            Outcome(key, one["name"], _acts(one["acts"])) for key, one in outcomes["kinds"].items()
        ),
        outcomes_article=_article(outcomes),
        outcomes_mend=outcomes["mend"],
        milestones={key: _milestone(key, one) for key, one in content["milestones"].items()},
        needs=tuple(Need(_act(one["act"]), tuple(one["needs"])) for one in content["needs"]),
        returns=_returns(content["returns"]),
        duties=_duties(content["duties"]),
        limits={key: _limit(one) for key, one in content["limits"].items()},
        clock_acts={key: frozenset(names) for key, names in content["clock_acts"].items()},
        held_clocks=content["held_clocks"],
    )


def _article(written: Mapping[str, Any]) -> str:
    """What a problem cites: that nobody has confirmed it is said with it, wherever it is shown."""
    article: str = written["article"]
    return _cited(article, written["confidence"])


def _cited(article: str, confidence: str) -> str:
    return article if is_sure(confidence) else _("{article}，待核实").format(article=article)


def _acts(written: Iterable[Any]) -> tuple[Act, ...]:
    return tuple(_act(one) for one in written)


def _act(written: str | Mapping[str, Mapping[str, list[str]]]) -> Act:
    if isinstance(written, str):
        return Act(written, {})
    ((operation, given),) = written.items()
    return Act(operation, {name: frozenset(values) for name, values in given.items()})


def _answers(written: Mapping[str, Any]) -> Answers:
    return Answers(written["role"], frozenset(written["values"]))


def _milestone(key: str, written: Mapping[str, Any]) -> Milestone:
    excused = written.get("excused_by")
    return Milestone(
        key=key,
        name=written["name"],
        article=_article(written),
        mend=written["mend"],
        acts=_acts(written.get("acts", ())),
        answers=_answers(written["answers"]) if "answers" in written else None,
        lost_by=_acts(written.get("lost_by", ())),
        second_person=written.get("second_person", False),
        sends_back=frozenset(written.get("sends_back", ())),
        excused_by=(excused["variable"], frozenset(excused["values"]))
        if excused
        else ("", frozenset()),
    )


def _returns(written: Mapping[str, Any]) -> Returns:
    answers = _answers(written["answers"])
    return Returns(_acts(written["acts"]), answers, _article(written), written["mend"])


def _duties(written: Mapping[str, Any]) -> Duties:
    return Duties(
        article=_article(written),
        mend=written["mend"],
        roles=written["roles"],
        apart=frozenset(frozenset(pair) for pair in written["apart"]),
        level_variable=written["level_variable"],
        leaves_organ=frozenset(written["leaves_organ"]),
        returns_to_organ=frozenset(written["returns_to_organ"]),
    )


def _limit(written: Mapping[str, Any]) -> Limit:
    return Limit(
        written["name"],
        written["article"],
        most=written.get("most"),
        least=written.get("least"),
        extension=written.get("extension", 0),
        confidence=written["confidence"],
    )
