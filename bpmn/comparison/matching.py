"""Which element of the new version is which of the old one, where its id was changed.

An id that both versions have stands for the same thing. What is left is matched by what it is
and what is around it, and only where that leaves no choice.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence

from bpmn.comparison.things import Thing

Key = Callable[[Thing], Hashable]
REFERENCES = frozenset(
    {"lane", "parent", "attached_to", "source", "target", "default", "not_by", "calls", "table"}
)
"""The attributes whose value is the id of something else."""
_TEXTS = frozenset({"name", "documentation", "form"})


def renamed_ids(old: Sequence[Thing], new: Sequence[Thing]) -> dict[str, str]:
    """Old id → new id of what goes on under another id; the rest is gone, or is new."""
    found: dict[str, str] = {}
    known = {thing.element for thing in old} & {thing.element for thing in new}
    if len(known) == len(old) or len(known) == len(new):
        return found
    for make_key in (_by_place, _by_contents, _by_name):
        gone = [one for one in old if one.element not in known and one.element not in found]
        come = [one for one in new if one.element not in {*known, *found.values()}]
        before = _Around(old, known, found)
        after = _Around(new, known | set(found.values()), {})
        found |= _pairs(gone, come, make_key(before), make_key(after))
    return found


class _Around:
    """What surrounds each thing of one version, in terms that the other one has too."""

    def __init__(
        self, things: Sequence[Thing], known: set[str], renamed: Mapping[str, str]
    ) -> None:
        self.names = {
            one.element: one.element
            if one.element in known
            else renamed.get(one.element) or f"{one.kind} {one.title}"
            for one in things
        }
        self.sources: dict[str, set[str]] = {}
        self.targets: dict[str, set[str]] = {}
        for one in things:
            if one.kind == "sequenceFlow":
                source, target = one.holds.get("source", ""), one.holds.get("target", "")
                self.sources.setdefault(target, set()).add(self.name(source))
                self.targets.setdefault(source, set()).add(self.name(target))

    def name(self, element: str) -> str:
        return self.names.get(element, element)

    def of(self, one: Thing) -> tuple[Hashable, ...]:
        """Its neighbours; of a flow, what it joins."""
        held = tuple(self.name(one.holds.get(what, "")) for what in sorted(REFERENCES))
        sources = frozenset(self.sources.get(one.element, ()))
        return (one.kind, held, sources, frozenset(self.targets.get(one.element, ())))

    def contents(self, one: Thing) -> Hashable:
        skipped = REFERENCES | _TEXTS
        return frozenset((what, v) for what, v in one.holds.items() if what not in skipped)


def _by_place(around: _Around) -> Key:
    return lambda one: (around.of(one), one.title, one.holds.get("condition"))


def _by_contents(around: _Around) -> Key:
    return lambda one: (around.of(one), around.contents(one))


def _by_name(around: _Around) -> Key:
    return lambda one: (
        (one.kind, one.title, around.contents(one))
        if one.title and one.kind != "sequenceFlow"
        else one.element
    )


def _pairs(gone: Sequence[Thing], come: Sequence[Thing], before: Key, after: Key) -> dict[str, str]:
    """What has the same key, where only one on either side has it."""
    left, right = _unique(gone, before), _unique(come, after)
    return {left[key]: right[key] for key in left.keys() & right.keys()}


def _unique(things: Sequence[Thing], key: Key) -> dict[Hashable, str]:
    found: dict[Hashable, list[str]] = {}
    for one in things:
        found.setdefault(key(one), []).append(one.element)
    return {key: elements[0] for key, elements in found.items() if len(elements) == 1}
