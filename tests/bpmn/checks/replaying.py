"""Plays a counter-example in the real engine and looks whether it ends as the checker says."""

from collections.abc import Iterable, Sequence

from bpmn.errors import Move
from tests.bpmn.checks.exhaustive import PEOPLE, Exploration, Situation

_ACTS = frozenset({"userTask", "intermediateCatchEvent", "boundaryEvent"})


def replay(exploration: Exploration, run: Sequence[Move]) -> list[Situation]:
    """The situations that the run may lead the engine to; none if it cannot be played.

    Moves of the machine follow by themselves from those of people and time; where the run says
    who holds a token before somebody acts, the engine must agree.
    """
    standing = list(exploration.begin())
    for place, move in enumerate(run):
        if _acts(exploration, run, place):
            before = waiting(exploration, run[place - 1].tokens)
            standing = [one for one in standing if waiting(exploration, one.tokens) == before]
            standing = _after(exploration, standing, move.element)
            standing += _others(exploration, standing, move.element)
    return standing


def waiting(exploration: Exploration, tokens: Iterable[str]) -> frozenset[str]:
    """The tokens but for those at joins: the checker keeps one where the engine only remembers."""
    kinds = {token: exploration.diagram.find_node(token) for token in tokens}
    return frozenset(
        token for token, found in kinds.items() if found and found[1].kind != "parallelGateway"
    )


def _others(exploration: Exploration, standing: list[Situation], element: str) -> list[Situation]:
    """A step of several people is one move of the run: all of them act."""
    found = exploration.diagram.find_node(element)
    more: list[Situation] = []
    for _person in PEOPLE[1:] if found is not None and found[1].multiple else ():
        standing = _after(exploration, standing, element)
        more += standing
    return more


def _acts(exploration: Exploration, run: Sequence[Move], place: int) -> bool:
    """A step of a person or an event; entering one inside of a run is no move of its own."""
    found = exploration.diagram.find_node(run[place].element)
    return place > 0 and found is not None and found[1].kind in _ACTS


def _after(
    exploration: Exploration, standing: Iterable[Situation], element: str
) -> list[Situation]:
    found: dict[object, Situation] = {}
    for one in standing:
        for acted, target in exploration.following(one):
            if acted == element:
                found.setdefault(target.key, target)
    return list(found.values())
