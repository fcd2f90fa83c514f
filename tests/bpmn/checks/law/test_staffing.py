"""Whether an organ's people can take every path: by hand, and against every way of assigning."""

from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks import Organ, check_staffing, explore
from bpmn.diagram import load_files, read_diagram
from bpmn.matters import MATTERS
from tests.bpmn.checks.law.changes import changed, replace, retarget
from tests.bpmn.engine.drawing import bpmn, end, flows, gateway, start, user

FOUR = {"window": {"甲"}, "reviewer": {"乙"}, "checker": {"丙"}, "approver": {"丁"}}


def organ(level="city", **roles) -> Organ:
    people = {role: frozenset(names) for role, names in roles.items()}
    return Organ("某市局", level, people)


def told(files, one: Organ):
    diagram = read_diagram(files)
    return list(check_staffing(diagram, explore(diagram, VOCABULARY), [one]))


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("level", ["city", "province", "ministry"])
def test_four_people_can_take_every_path_of_every_matter(matter, level):
    assert told(load_files(matter), organ(level, **FOUR)) == []


# Who there is, and what is told: the element, and a part of the sentence.
SHORT = {
    "one person has every role": (
        dict.fromkeys(FOUR, {"甲"}),
        "现在能办理的只有甲",
    ),
    "nobody checks": (
        {**FOUR, "checker": set()},
        "“某市局”没有“复核”的人，无法办理“复核”",
    ),
    "who accepts also decides": (
        {**FOUR, "approver": {"甲"}},
        "应当由不同的人办理，现在能办理的只有甲",
    ),
    "who reviews also checks": (
        {**FOUR, "checker": {"乙"}},
        "“经办审查”、“复核”应当由不同的人办理，现在能办理的只有乙",
    ),
    "two people for three duties": (
        {
            "window": {"甲", "乙"},
            "reviewer": {"甲", "乙"},
            "checker": {"丙"},
            "approver": {"甲", "乙"},
        },
        "现在能办理的只有乙、甲",
    ),
}


@pytest.mark.parametrize("case", SHORT)
def test_an_organ_that_cannot_keep_its_duties_apart_is_told(case):
    people, words = SHORT[case]

    problems = told(load_files("renewal"), organ(**people))

    assert any(words in p.message for p in problems), problems
    assert all(p.rule == "law" and p.mend and p.run[-1].element == p.element for p in problems)


def test_three_people_are_enough_where_the_checker_may_also_accept_or_decide():
    """Nothing keeps the checker from signing; the one who accepts does nothing else."""
    people = {"window": {"甲"}, "reviewer": {"乙"}, "checker": {"丙"}, "approver": {"丙"}}

    assert told(load_files("renewal"), organ(**people)) == []


def test_only_the_paths_of_its_own_level_are_asked_of_an_organ():
    """Where the ministry's cases go straight to the review, it needs no window; a city does."""
    to_review = retarget("authority_level_ministry", "review_ministry")
    files = changed("qualification_application", {"diagram.bpmn": to_review})
    without_window = {**FOUR, "window": set()}

    assert told(files, organ("city", **without_window)) != []
    assert told(files, organ("ministry", **without_window)) == []


def test_what_the_superior_does_is_not_asked_of_the_organ():
    """An appeal against a bad rating is ruled on above: the organ's own head only replies."""
    drawn = replace('name="not_by" value="verify_rating"', 'name="not_by" value="rule_on_appeal"')
    files = changed("rating_handling", {"diagram.bpmn": drawn})

    assert told(files, organ(**FOUR)) == []


_PEOPLE = st.fixed_dictionaries(
    {role: st.frozensets(st.sampled_from("甲乙丙"), min_size=1) for role in FOUR}
)
_APART = [("window", "reviewer"), ("window", "checker"), ("window", "approver")]
_APART += [("reviewer", "checker"), ("reviewer", "approver")]


@settings(max_examples=60, deadline=None)
@given(people=_PEOPLE)
def test_it_agrees_with_trying_every_assignment(people):
    """In 延续 a path takes all four roles; one person per role is as good as several."""
    possible = any(
        all(chosen[one] != chosen[other] for one, other in _APART)
        for names in product(*people.values())
        for chosen in [dict(zip(people, names, strict=True))]
    )

    problems = list(check_staffing(_RENEWAL, _SPACE, [organ(**people)]))

    assert (problems == []) is possible


_RENEWAL = read_diagram(load_files("renewal"))
_SPACE = explore(_RENEWAL, VOCABULARY)


def in_a_row(*tasks):
    ids = [task.partition('id="')[2].partition('"')[0] for task in tasks]
    body = start() + "".join(tasks) + end() + flows(" > ".join(["start", *ids, "end"]))
    return {"diagram.bpmn": bpmn("case", body)}


def circle(name, size):
    """Steps of which each is to be done by another person than the next."""
    return [
        user(f"{name}{n}", role="reviewer", not_by=f"{name}{(n + 1) % size}") for n in range(size)
    ]


def test_many_free_steps_hide_no_circle_that_two_people_cannot_do():
    free = [user(f"w{n}", role="reviewer") for n in range(60)]
    pairs = [step for n in range(20) for step in circle(f"pair{n}_", 2)]

    begun = process_time()
    (problem,) = told(in_a_row(*free, *pairs, *circle("c", 3)), organ(reviewer={"甲", "乙"}))

    assert process_time() - begun < 3
    assert "应当由不同的人办理，现在能办理的只有" in problem.message
    assert not problem.undecided


def to_choose_from(tasks, then):
    """One of the steps, and then what follows."""
    ids = [task.partition('id="')[2].partition('"')[0] for task in tasks]
    ways = [f'choose > {one} : city == "{one}"' for one in ids]
    body = start() + gateway("choose") + "".join(tasks) + end()
    after = [f"{one} > {then}" for one in ids]
    stop = ['choose > end : city == "over"']
    return {"diagram.bpmn": bpmn("case", body + flows("start > choose", *ways, *stop, *after))}


DUTIES = [user(f"w{n}", role="window" if n % 2 else "reviewer") for n in range(120)]
ROLES = {"window": {"甲"}, "reviewer": {"甲"}}
BURNING = {
    "pairs kept apart that no path passes both of": (to_choose_from(DUTIES, "end"), ROLES),
    "a circle of steps in any order": (
        to_choose_from(circle("c", 21), "choose"),
        {"reviewer": {"甲", "乙"}},
    ),
}


@pytest.mark.parametrize("name", BURNING)
def test_what_would_keep_it_busy_is_undecided_soon_for_all_organs_together(name):
    files, people = BURNING[name]
    diagram = read_diagram(files)
    space = explore(diagram, VOCABULARY)

    begun = process_time()
    problems = list(check_staffing(diagram, space, [organ(**people)] * 5))

    assert process_time() - begun < 3
    assert len(problems) == 5
    assert all(one.undecided for one in problems)


@pytest.mark.parametrize("name", ["MOST_WORK", "MOST_STEPS"])
def test_more_ways_than_are_gone_through_are_left_undecided(monkeypatch, name):
    monkeypatch.setattr(f"bpmn.checks.law.staffing.{name}", 2)

    (problem,) = told(in_a_row(*circle("c", 4)), organ(reviewer={"甲", "乙"}))

    assert problem.undecided
    assert "没有算完" in problem.message
    assert problem.mend
