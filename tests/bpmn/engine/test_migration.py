"""A case that is moved to another version goes on there as if it had always been there."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from bpmn import engine
from bpmn.engine.migration import is_at_rest, move
from tests.bpmn.engine.office import Office
from tests.bpmn.engine.permit import ANSWERS, PARALLEL, PERMIT
from tests.bpmn.engine.stock import fast_snapshot

FINISHED_OR_LIVE = ~0b111
"""States but for the three of what is merely expected, which a move foresees anew."""


def renamed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Another version that says the same: other names and an added note."""
    return {
        name: text.replace(b'name="fill"', b'name="other words"').replace(
            b'isExecutable="true">',
            b'isExecutable="true"><bpmn:documentation>x</bpmn:documentation>',
        )
        for name, text in files.items()
    }


class Twins:
    """One case twice: the second is moved to and fro between two versions before every step."""

    def __init__(self, seed: int, files: Mapping[str, bytes], answers: Mapping[str, Any]) -> None:
        self.choice, self.office, self.answers = random.Random(seed), Office(), answers
        self.versions = [engine.compile_diagram(files), engine.compile_diagram(renamed(files))]
        experts = [f"e{number}" for number in range(self.choice.randint(1, 3))]
        kind = self.choice.choice(["class_a_navigation", "class_a", "class_b"])
        what = {"certificate_type": kind, "matter": "qualification_application"}
        variables = {"case_id": 7, "experts": experts, "province": "61", "city": "6101", **what}
        self.home = engine.start(self.versions[0], variables, self.office.host())
        self.moved = engine.start(self.versions[0], variables, self.office.host())
        self.open = [(a, b) for a, b in zip(self.home.opened, self.moved.opened, strict=True)]
        self.at = 0

    def go(self) -> None:
        for _number in range(40):
            if self.home.ended is not None:
                return
            self.move()
            self.step()

    def move(self) -> None:
        old, new = self.versions[self.at], self.versions[1 - self.at]
        found = move(old, new, self.moved.state, self.office.host())
        assert found.state is not None, found.reasons
        assert found.notes == ()
        assert found.before == found.after
        assert set(found.after.open) == {task.id for _home, task in self.open}
        assert is_at_rest(new, found.state, self.office.host())
        self.state, self.at = found.state, 1 - self.at

    def step(self) -> None:
        self.office.pass_days(self.choice.choice([0, 0, 0.5, 3, 6, 31]))
        host = self.office.host()
        if self.home.messages and self.choice.random() < 0.1:
            name = self.choice.choice(sorted(self.home.messages))
            payload = {"stop": "withdrawn"} if name == "stop" else {}
            self.take(lambda at, state, _id: engine.send(at, state, name, payload, host), 0)
        elif self.open and self.choice.random() < 0.8:
            place = self.choice.randrange(len(self.open))
            answers = self.choice.choice(self.answers.get(self.open[place][0].element, [{}]))
            self.take(lambda at, state, one: self.complete(at, state, one, answers, host), place)
        else:
            self.take(lambda at, state, _id: engine.wake(at, state, host), 0)

    def complete(self, at: Any, state: bytes, one: str, answers: Any, host: Any) -> engine.Step:
        """A task whose time is over meanwhile is not open any more; then only time goes on."""
        woken = engine.wake(at, state, host)
        gone = {task.id for task in woken.closed}
        return woken if one in gone else engine.complete(at, state, one, answers, host)

    def take(self, act: Any, place: int) -> None:
        ids = self.open[place] if self.open else (None, None)
        home, moved = (one.id if one else "" for one in ids)
        self.home = act(self.versions[0], self.home.state, home)
        self.moved = act(self.versions[self.at], self.state, moved)
        self.compare()

    def compare(self) -> None:
        for field in ("wake_at", "fixed_at", "clocks", "messages", "ended", "variables"):
            assert getattr(self.home, field) == getattr(self.moved, field), field
        closed = {task.id for task in (*self.home.closed, *self.moved.closed)}
        self.open = [pair for pair in self.open if pair[0].id not in closed]
        assert not closed & {pair[1].id for pair in self.open}
        fresh = list(zip(self.home.opened, self.moved.opened, strict=True))
        assert all(a.element == b.element for a, b in fresh)
        self.open += fresh
        host = self.office.host()
        home = fast_snapshot(self.versions[0], self.home.state, host)
        moved = fast_snapshot(self.versions[self.at], self.moved.state, host)
        assert _lived(home) == _lived(moved)


def _lived(snapshot: list[Any]) -> list[Any]:
    """Without what is only expected to come."""
    return [row for row in snapshot if len(row) == 3 or row[3] & FINISHED_OR_LIVE]


@pytest.mark.parametrize("files", [PERMIT, PARALLEL], ids=["permit", "parallel"])
@pytest.mark.parametrize("block", range(3))
def test_a_case_moved_before_every_step_goes_as_one_that_stayed(files, block):
    for seed in range(block * 20, block * 20 + 20):
        Twins(seed, files, ANSWERS).go()
