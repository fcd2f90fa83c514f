"""Decision tables: whether exactly one rule answers every case that may come to them.

Proved over the finitely many pieces that the cells cut the inputs into; a variable that nothing
sets, and what the engine cannot read, are told by other checks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _

from bpmn.checks.tables.columns import Undecidable
from bpmn.checks.tables.covering import (
    MOST_WORK,
    Cover,
    cover,
    example_of,
    may_hold,
    together,
)
from bpmn.checks.tables.grid import Axis, read_axes
from bpmn.checks.tables.outputs import check_outputs
from bpmn.checks.tables.values import values_of
from bpmn.checks.tables.words import Words
from bpmn.checks.vocabulary import Vocabulary
from bpmn.checks.work import TooMany, Work
from bpmn.diagram import Diagram, Table, TableRule
from bpmn.errors import ExpressionError, Problem

__all__ = ["check_tables"]

_RULE = "tables"
MOST_RULES = 300
"""Of one table: the work grows with their square; 2,000 took a minute."""


def check_tables(diagram: Diagram, words: Vocabulary) -> Iterator[Problem]:
    """Gaps, overlaps, rules that never fire, wrong types and unknown outputs of tables called."""
    work = Work(MOST_WORK)
    called = {task.table for task in diagram.rule_tasks.values()} & diagram.tables.keys()
    for key in sorted(called):
        table = diagram.tables[key]
        if _is_whole(table):
            yield from _Check(diagram, words, table, work).problems()
            yield from check_outputs(diagram, words, table)


def _is_whole(table: Table) -> bool:
    """Each rule has a cell for every column; the engine refuses the others."""
    widths = len(table.inputs), len(table.outputs)
    return all((len(rule.cells), len(rule.values)) == widths for rule in table.rules)


class _Check:
    """One table, its values said in the words of the diagram that calls it."""

    def __init__(self, diagram: Diagram, words: Vocabulary, table: Table, work: Work) -> None:
        self.table, self.work = table, work
        self.known = {
            column.text: values_of(diagram, words, column.text) for column in table.inputs
        }
        self.say = Words(diagram, words, table)

    def problems(self) -> Iterator[Problem]:
        if len(self.table.rules) > MOST_RULES:
            yield self._undecided(_("规则的条数"))
            return
        try:
            yield from self._of_cells()
        except Undecidable as fault:
            yield self._undecided(_("单元格“{cell}”").format(cell=fault))
        except TooMany:
            yield self._undecided(_("规则的组合"))
        except ExpressionError:
            return

    def _of_cells(self) -> Iterator[Problem]:
        axes = read_axes(self.table, self.known, self.work)
        strange = {number for axis in axes for number, _constant in axis.strangers()}
        yield from self._check_types(axes)
        yield from self._check_matching(axes, strange)
        yield from self._check_cover(axes, strange)

    def _check_types(self, axes: Sequence[Axis]) -> Iterator[Problem]:
        for axis in axes:
            for number, constant in axis.strangers():
                message = _("第 {number} 条规则的“{column}”写的是 {value}，与这一列的数据类型不同")
                told = message.format(
                    number=number + 1, column=axis.column.title, value=self.say.raw(constant)
                )
                yield self._at(self.table.rules[number], told, _("改成这一列的数据类型"))

    def _check_matching(self, axes: Sequence[Axis], strange: set[int]) -> Iterator[Problem]:
        """Rules that no value of some column agrees with."""
        for axis in axes:
            for number, rule in enumerate(self.table.rules):
                if axis.matching() >> number & 1 or number in strange:
                    continue
                message = _("第 {number} 条规则永远不会符合：“{column}”不会有这样的取值")
                told = message.format(number=number + 1, column=axis.column.title)
                mend = _("删去这条规则，或者改“{column}”这一格{values}")
                yield self._at(rule, told, mend.format(
                    column=axis.column.title, values=self.say.choices(axis.column, axis.known)
                ))  # fmt: skip

    def _check_cover(self, axes: Sequence[Axis], strange: set[int]) -> Iterator[Problem]:
        columns = [axis.pieces for axis in axes]
        found = cover(columns, len(self.table.rules), self.work)
        yield from self._gaps(axes, found)
        possible = may_hold(columns, len(self.table.rules))
        for number, rule in enumerate(self.table.rules):
            if not possible >> number & 1:
                continue
            others = together(columns, number) & ((1 << number) - 1)
            if self.table.policy == "UNIQUE" and others:
                yield self._overlap(axes, rule, number, others & -others)
            elif self.table.policy == "FIRST" and not found.firing >> number & 1:
                yield self._covered(rule, number, others)

    def _gaps(self, axes: Sequence[Axis], found: Cover) -> Iterator[Problem]:
        for example in found.gaps:
            message = _("决策表“{table}”没有规则适用于：{example}")
            told = message.format(table=self.table.name, example=self.say.example(axes, example))
            mend = _("为这种情况增加一条规则，或者在最后增加一条各格留空的规则")
            yield Problem(self.table.id, told, self.table.file, self.table.line, _RULE, mend)

    def _overlap(self, axes: Sequence[Axis], rule: TableRule, number: int, other: int) -> Problem:
        example = example_of([axis.pieces for axis in axes], 1 << number | other)
        message = _("第 {first} 条和第 {second} 条规则同时适用于：{example}")
        told = message.format(
            first=other.bit_length(), second=number + 1, example=self.say.example(axes, example)
        )
        mend = _("改其中一条，使两条不同时符合；或者把命中策略改为“取第一条符合的”")
        return self._at(rule, told, mend)

    def _covered(self, rule: TableRule, number: int, others: int) -> Problem:
        before = [str(n + 1) for n in range(number) if others >> n & 1]
        message = _("第 {number} 条规则永远轮不到：它的情况前面第 {before} 条规则都已包括")
        told = message.format(number=number + 1, before="、".join(before))
        return self._at(rule, told, _("删去这条规则，或者把它移到前面"))

    def _undecided(self, what: str) -> Problem:
        message = _("决策表“{table}”的{what}超出了检查范围，不能证明没有遗漏和重叠")
        told = message.format(table=self.table.name, what=what)
        mend = _("把单元格写成与常数的比较，或者把决策表拆小；确认无误的，由管理员签字")
        place = Problem(self.table.id, told, self.table.file, self.table.line, _RULE, mend)
        return replace(place, undecided=True)

    def _at(self, rule: TableRule, message: str, mend: str) -> Problem:
        told = _("决策表“{table}”{message}").format(table=self.table.name, message=message)
        return Problem(rule.id or None, told, self.table.file, rule.line, _RULE, mend)
