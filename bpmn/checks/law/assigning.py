"""Whether people can be given steps so that nobody does two that are kept apart."""

from collections.abc import Mapping, Set
from typing import NamedTuple

from bpmn.checks.work import Work


class Hands(NamedTuple):
    """Who may do each step, and which steps are not for the same person.

    People are the bits of a number, so that leaving one out costs the same among any many.
    """

    free: Mapping[str, int]
    apart: Mapping[str, Set[str]]


def hands_of(people: Mapping[str, Set[str]], apart: Mapping[str, Set[str]]) -> Hands:
    """`people` who may do each step, by their names in whatever order."""
    bits = {
        one: 1 << n for n, one in enumerate(sorted({p for who in people.values() for p in who}))
    }
    free = {step: sum(bits[person] for person in who) for step, who in people.items()}
    return Hands(free, apart)


def can_do(hands: Hands, steps: Set[str], work: Work) -> bool:
    """Whether each of the steps can be given to somebody. Raises TooMany.

    One unit of work is one step looked at: every trial looks at all that are not yet given.
    """
    free = {step: people for step, people in hands.free.items() if step in steps}
    work.spend(len(hands.free))
    return _give(free, hands.apart, work)


def _give(free: Mapping[str, int], apart: Mapping[str, Set[str]], work: Work) -> bool:
    """The step with the fewest who are free for it first: where it cannot be, is soon known."""
    work.spend(1 + len(free))
    if not free:
        return True
    step = min(free, key=lambda one: (free[one].bit_count(), -len(apart[one]), one))
    near, people = apart[step], free[step]
    while people:
        person = people & -people
        people ^= person
        work.spend(len(free))
        left = {
            one: who & ~person if one in near else who for one, who in free.items() if one != step
        }
        if _give(left, apart, work):
            return True
    return False
