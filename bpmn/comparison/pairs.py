"""A process or table that two versions have: what of it is new, gone, different or elsewhere."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _

from bpmn.comparison.matching import REFERENCES
from bpmn.comparison.tables import CELL, VALUE, in_new_columns, reordered
from bpmn.comparison.things import Place, Thing
from bpmn.comparison.values import Change, ChangeKind
from bpmn.comparison.versions import Group
from bpmn.comparison.words import Speech
from bpmn.diagram.expressions import parse_expression

_MOVES = frozenset({"lane", "parent", "attached_to", "source", "target"})
_EXPRESSIONS = ("condition", "timer", "text", "parameter.", "multiple.", CELL, VALUE)
_ORDERED = ("input", "output", "rule")
_Placed = tuple[Place, Change]


@dataclass(frozen=True)
class Pair:
    """Both sides with the speech of their versions; a side that lacks it is empty."""

    before: Speech
    after: Speech
    old: Group
    new: Group
    renamed: Mapping[str, str]
    """Old id → new id, over the whole diagram."""

    def changes(self) -> list[Change]:
        """In the order of the drawing."""
        if not self.old:
            return [self._added(self.new[0])]
        if not self.new:
            return [self._removed(self.old[0])]
        found = [*self._lone(), *self._different(), *self._reordered()]
        return [change for _place, change in sorted(found, key=lambda entry: entry[0])]

    def moved(self) -> int:
        """How many things of both versions are only drawn elsewhere."""
        return sum(was.drawn != one.drawn for was, one in self._met)

    @cached_property
    def _met(self) -> list[tuple[Thing, Thing]]:
        new = {one.element: one for one in self.new}
        return [(was, new[name]) for was in self.old if (name := self._name(was.element)) in new]

    def _name(self, element: str) -> str:
        return self.renamed.get(element, element)

    def _lone(self) -> Iterator[_Placed]:
        """What only one side has."""
        gone = {was.element for was, _one in self._met}
        come = {one.element for _was, one in self._met}
        for was in self.old:
            if was.element not in gone:
                yield was.place, self._removed(was)
        for one in self.new:
            if one.element not in come:
                yield one.place, self._added(one)

    def _different(self) -> Iterator[_Placed]:
        columns = {one.element for _was, one in self._met if one.kind in ("input", "output")}
        for was, one in self._met:
            if was.element == one.element and was.holds == one.holds:
                continue
            if was.element != one.element:
                yield one.place, self._changed(was, one, "id", was.element, one.element)
            held = in_new_columns(was, self.renamed) if was.kind == "rule" else was.holds
            for what in dict.fromkeys((*one.holds, *held)):
                before, after = held.get(what, ""), one.holds.get(what, "")
                if _is_of_lone_column(what, columns) or self._same(what, before, after):
                    continue
                yield one.place, self._changed(was, one, what, before, after)

    def _same(self, what: str, before: str, after: str) -> bool:
        if what in REFERENCES:
            before = self._name(before)
        if before == after:
            return True
        return what.startswith(_EXPRESSIONS) and _unquoted(before) == _unquoted(after)

    def _reordered(self) -> Iterator[_Placed]:
        """Columns and rules that stand in another order among those of both versions."""
        for kind in _ORDERED:
            pairs = [(was, one) for was, one in self._met if one.kind == kind]
            by_new = sorted((one for _was, one in pairs), key=lambda one: one.place)
            elsewhere = reordered([o.element for _w, o in pairs], [o.element for o in by_new])
            for was, one in pairs:
                if one.element in elsewhere:
                    places = (str(int(was.place[1])), str(int(one.place[1])))
                    yield one.place, self._changed(was, one, "order", *places)

    def _added(self, one: Thing) -> Change:
        words = _("增加{thing}").format(thing=self.after.whole(one, self.new))
        return self._change("added", None, one, "", words)

    def _removed(self, was: Thing) -> Change:
        words = _("删去{thing}").format(thing=self.before.whole(was, self.old))
        return self._change("removed", was, None, "", words)

    def _changed(self, was: Thing, one: Thing, what: str, before: str, after: str) -> Change:
        kind: ChangeKind = "moved" if what in _MOVES or what == "order" else "changed"
        told = self.before.held(was, what, before), self.after.held(one, what, after)
        if told[0] == told[1]:  # two values that are called alike
            told = f"{told[0]}（{before}）", f"{told[1]}（{after}）"
        words = self.after.sentence(was, one, what, *told)
        return self._change(kind, was, one, what, words, *told)

    def _change(
        self, kind: ChangeKind, was: Thing | None, one: Thing | None, what: str, words: str,
        before: str = "", after: str = "",
    ) -> Change:  # fmt: skip
        return Change(
            kind=kind,
            process=(self.new or self.old)[0].element,
            element=one.element if one else was.element if was else "",
            was=was.element if was else "",
            what=what,
            before=before,
            after=after,
            words=words,
            wording=what == "documentation",
        )


def _is_of_lone_column(what: str, columns: set[str]) -> bool:
    """A cell of a column that only one version has: the column itself is told."""
    prefix = next((prefix for prefix in (CELL, VALUE) if what.startswith(prefix)), None)
    return prefix is not None and what.removeprefix(prefix) not in columns


def _unquoted(expression: str) -> str:
    """The expression without what its writing only looks like: blanks and kinds of quotes."""
    try:
        return ast.dump(parse_expression(expression))
    except ValueError:
        return expression
