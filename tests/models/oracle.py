"""An evaluator of the standard that shares nothing with the program's: it tries every way.

People are placed by augmenting paths, over every choice of the retired who count.
"""

from itertools import combinations

from models.policy import ClassNeed

LEVELS = ("senior", "mid", "junior", "related")


def most_slots_filled(levels, slots, downfill):
    """The greatest number of slots that can be filled, by augmenting paths."""
    fits = [
        [
            place
            for place, slot in enumerate(slots)
            if (LEVELS.index(level) <= LEVELS.index(slot) if downfill else level == slot)
        ]
        for level in levels
    ]
    holder: dict[int, int] = {}

    def place(person, tried):
        for slot in fits[person]:
            if slot not in tried:
                tried.add(slot)
                if slot not in holder or place(holder[slot], tried):
                    holder[slot] = person
                    return True
        return False

    return sum(place(person, set()) for person in range(len(levels)))


def able(members):
    return [m for m in members if m.complete and m.category in LEVELS and m.nationality == "中国"]


def crews(members, cap):
    """The levels of those who count, for every choice of the retired."""
    active = [m.category for m in able(members) if not m.retired]
    retired = [m.category for m in able(members) if m.retired]
    for chosen in combinations(retired, min(cap, len(retired))):
        yield active + list(chosen)


def slots_of(need):
    return [level for level in LEVELS for _ in range(getattr(need, level))]


def is_met(need, members, cap, downfill, more=()):
    """Whether the people, and ``more`` of the levels named, meet a need."""
    slots = slots_of(need)
    return any(
        len(crew) + len(more) >= need.total
        and most_slots_filled([*crew, *more], slots, downfill) == len(slots)
        for crew in crews(members, cap)
    )


def greatest(needs):
    """The element-wise maximum of some needs."""
    names = ("total", *LEVELS)
    return type(needs[0])(**{n: max(getattr(one, n) for one in needs) for n in names})


def equipment_of(need, items, stands_for):
    """Whether any alternative is met: each instrument counts once if any of its kinds fits."""
    return any(
        sum(
            item.quantity
            for item in items
            if item.counts and any(kind in group.kinds for kind in stands_for(item.kind))
        )
        >= group.minimum
        for group in need
    )


def cell(staff, equipment=()):
    return ClassNeed(staff, equipment, "S", "S")
