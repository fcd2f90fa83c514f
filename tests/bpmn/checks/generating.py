"""Diagrams that are sound because of how they are built: blocks inside blocks, in every mixture.

Each block has one way in and one way out; decisions have a branch for each value, parallel
branches meet again, loops pass a person, and what does not interrupt runs to an end of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

from tests.bpmn.checks.drawn import VALUES, Dot, Drawn, Level, Line

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Block:
    """A part of a diagram. `way` tells kinds of one shape apart; a person is a step to act in."""

    shape: str
    inner: tuple["Block", ...] = ()
    way: str = ""


def has_person(block: Block) -> bool:
    """Whether the block waits for somebody on every way through it."""
    if block.shape == "choice":
        return block.way == "person" or all(has_person(one) for one in block.inner)
    if block.shape in ("person", "loop", "several", "pause"):
        return True
    inner = block.inner[:1] if block.shape == "border" else block.inner
    return any(has_person(one) for one in inner)


def has(block: Block, *shapes: str) -> bool:
    """Whether one of the shapes stands in the block, outside of what it calls or encloses."""
    if block.shape in shapes:
        return True
    return block.shape not in ("sub", "call") and any(has(one, *shapes) for one in block.inner)


def may_return(block: Block) -> bool:
    """Forks inside a loop are refused; what does not interrupt would come once more each time."""
    return not has(block, "parallel", "beside")


_LEAVES = st.sampled_from(
    [
        Block("person"),
        Block("person"),
        Block("operation"),
        Block("several"),
        Block("pause", way="timer"),
        Block("pause", way="message"),
    ]
)
_WAYS = st.sampled_from(["person", "operation", "table"])
_EVENTS = st.sampled_from(["timed", "heard"])


def _grown(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    waiting = inner.filter(has_person)
    two = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Block, st.just("sequence"), two),
        st.builds(Block, st.just("choice"), two, _WAYS),
        st.builds(Block, st.just("parallel"), two),
        st.builds(Block, st.just("loop"), st.tuples(inner.filter(may_return))),
        st.builds(Block, st.sampled_from(["sub", "call"]), st.tuples(inner)),
        st.builds(Block, st.just("border"), st.tuples(_hosts(waiting), inner), _EVENTS),
        st.builds(Block, st.just("beside"), st.tuples(_hosts(waiting), inner), _EVENTS),
    )


def _hosts(waiting: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """What an event can be attached to: a person's step, or something enclosed that waits."""
    enclosed = st.builds(Block, st.sampled_from(["sub", "call"]), st.tuples(waiting))
    return st.one_of(st.just(Block("person")), enclosed)


def blocks(most: int = 6) -> st.SearchStrategy[Block]:
    """Blocks of at most about `most` leaves."""
    return st.recursive(_LEAVES, _grown, max_leaves=most)


def draw(block: Block) -> Drawn:
    """The block as a diagram, between a start and an end."""
    drawing = _Drawing()
    drawing.fill(drawing.top, block)
    return Drawn(drawing.levels, drawing.tables, drawing.operations)


class _Drawing:
    def __init__(self) -> None:
        self.top = Level("main")
        self.levels = [self.top]
        self.tables: dict[str, int] = {}
        self.operations: dict[str, tuple[str, tuple[str, ...]]] = {"act": ("", ())}
        self._numbers = count()

    def fill(self, level: Level, block: Block) -> None:
        """Draw start, block and end into a level."""
        start, end = self._dot(level, "start"), self._dot(level, "end")
        first, last = self._block(level, block)
        level.lines += [Line(start, first), Line(last, end)]

    def _name(self, kind: str) -> str:
        return f"{kind}_{self._letters()}"

    def _letters(self) -> str:
        number = next(self._numbers)
        return _LETTERS[number // 26] + _LETTERS[number % 26]

    def _dot(self, level: Level, kind: str, **more: object) -> str:
        dot = Dot(self._name(kind), kind, **more)  # type: ignore[arg-type]
        level.dots[dot.id] = dot
        return dot.id

    def _block(self, level: Level, block: Block) -> tuple[str, str]:
        build: Callable[[Level, Block], tuple[str, str]] = getattr(self, f"_{block.shape}")
        return build(level, block)

    def _person(self, level: Level, _block: Block) -> tuple[str, str]:
        dot = self._dot(level, "person")
        return dot, dot

    def _several(self, level: Level, _block: Block) -> tuple[str, str]:
        dot = self._dot(level, "person", more="several")
        return dot, dot

    def _operation(self, level: Level, _block: Block) -> tuple[str, str]:
        dot = self._dot(level, "operation", more="act")
        return dot, dot

    def _pause(self, level: Level, block: Block) -> tuple[str, str]:
        dot = self._dot(level, block.way, more=f"p{self._letters()}")
        return dot, dot

    def _sequence(self, level: Level, block: Block) -> tuple[str, str]:
        parts = [self._block(level, one) for one in block.inner]
        for (_first, last), (first, _last) in zip(parts, parts[1:], strict=False):
            level.lines.append(Line(last, first))
        return parts[0][0], parts[-1][1]

    def _choice(self, level: Level, block: Block) -> tuple[str, str]:
        values = VALUES[: len(block.inner)]
        variable = f"v{self._letters()}"
        first = self._chooser(level, block.way, variable, values)
        split, merge = self._dot(level, "choice"), self._dot(level, "choice")
        level.lines.append(Line(first, split))
        for value, one in zip(values, block.inner, strict=True):
            enter, leave = self._block(level, one)
            level.lines += [Line(split, enter, variable, value), Line(leave, merge)]
        return first, merge

    def _chooser(self, level: Level, way: str, variable: str, values: tuple[str, ...]) -> str:
        if way == "person":
            return self._dot(level, "person", variable=variable)
        if way == "table":
            self.tables[variable] = len(values)
            return self._dot(level, "rule", more=f"table_{variable}")
        self.operations[f"find_{variable}"] = (variable, values)
        return self._dot(level, "operation", more=f"find_{variable}", variable=variable)

    def _parallel(self, level: Level, block: Block) -> tuple[str, str]:
        split, join = self._dot(level, "parallel"), self._dot(level, "parallel")
        for one in block.inner:
            enter, leave = self._block(level, one)
            level.lines += [Line(split, enter), Line(leave, join)]
        return split, join

    def _loop(self, level: Level, block: Block) -> tuple[str, str]:
        again, variable = self._dot(level, "choice"), f"v{self._letters()}"
        enter, leave = self._block(level, block.inner[0])
        person = self._dot(level, "person", variable=variable)
        split, out = self._dot(level, "choice"), self._dot(level, "operation", more="act")
        level.lines += [Line(again, enter), Line(leave, person), Line(person, split)]
        level.lines += [Line(split, again, variable, "a"), Line(split, out, variable, "b")]
        return again, out

    def _sub(self, level: Level, block: Block) -> tuple[str, str]:
        dot = self._dot(level, "sub")
        inside = Level(level.id, holder=dot)
        self.levels.append(inside)
        self.fill(inside, block.inner[0])
        return dot, dot

    def _call(self, level: Level, block: Block) -> tuple[str, str]:
        called = Level(f"called_{self._letters()}")
        self.levels.append(called)
        self.fill(called, block.inner[0])
        dot = self._dot(level, "call", more=called.id)
        return dot, dot

    def _event(self, level: Level, way: str, host: str, interrupts: bool) -> str:
        more = f"p{self._letters()}"
        return self._dot(level, way, more=more, host=host, interrupts=interrupts)

    def _border(self, level: Level, block: Block) -> tuple[str, str]:
        host, _host = self._block(level, block.inner[0])
        event = self._event(level, block.way, host, interrupts=True)
        enter, leave = self._block(level, block.inner[1])
        merge = self._dot(level, "choice")
        level.lines += [Line(event, enter), Line(leave, merge), Line(host, merge)]
        return host, merge

    def _beside(self, level: Level, block: Block) -> tuple[str, str]:
        host, _host = self._block(level, block.inner[0])
        event = self._event(level, block.way, host, interrupts=False)
        enter, leave = self._block(level, block.inner[1])
        end = self._dot(level, "end")
        level.lines += [Line(event, enter), Line(leave, end)]
        return host, host
