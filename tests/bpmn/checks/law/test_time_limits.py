"""The sum of the limits on every path: by hand, and against every walk there is."""

import re
from dataclasses import replace as with_

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.casework.vocabulary import VOCABULARY, diagram_problems
from bpmn.checks import explore, longest_paths
from bpmn.checks.law.durations import check_durations
from bpmn.checks.law.rules import the_rules
from bpmn.checks.space import Space, Step
from bpmn.diagram import Diagram, ServiceTask, UserTask, load_files, read_diagram
from tests.bpmn.checks.law.changes import both, changed, law_of, replace, retarget

SIGN = '<bpmn:userTask id="sign_decision"'
DECISION, REVIEW = "decision.bpmn", "review.bpmn"


def limited(task: str, **properties: object):
    """The diagram with extension properties more on a user task."""
    lines = "".join(
        f'<spiffworkflow:property name="{name}" value="{value}" />'
        for name, value in properties.items()
    )

    def change(text: str) -> str:
        before, after = text.split(f'<bpmn:userTask id="{task}"')
        place = "<spiffworkflow:properties>"
        return f'{before}<bpmn:userTask id="{task}"' + after.replace(place, place + lines, 1)

    return change


# By hand. 公示 5 and 陈述申辩 5 wait inside the decision's 15 days. With every loop once the five
# days to ask for a hearing and the five to confirm an inspection come to them, and the extension.
# Where silence was acceptance, five days of the fifteen are gone.
LONGEST = {
    "specialty_change": {
        ("start_decision_clock", False): (10, 15, ["起算公示期", "起算陈述申辩期限"]),
        ("start_decision_clock", True): (20, 25, None),
        ("start_decision_from_receipt", False): (
            15,
            25,
            ["自收到之日起算决定时限", "起算公示期", "起算陈述申辩期限"],
        ),
    },
    "certificate_cancellation": {
        ("start_decision_clock", False): (0, 15, []),
        ("start_decision_from_receipt", False): (5, 15, ["自收到之日起算决定时限"]),
    },
    "certificate_replacement": {("start_decision_clock", False): (0, 5, [])},
    # What the coordination asks the two units for suspends its clock.
    "ownership_conflict": {("start_ruling_clock", False): (0, 15, [])},
    "rating_handling": {("start_rating_clock", False): (0, 15, [])},
}


@pytest.mark.parametrize("matter", LONGEST)
def test_the_longest_path_is_the_one_reckoned_by_hand(matter):
    diagram = read_diagram(load_files(matter))

    found = {(p.element, p.loops): p for p in longest_paths(diagram, explore(diagram, VOCABULARY))}

    for key, (days, limit, names) in LONGEST[matter].items():
        assert (found[key].days, found[key].limit) == (days, limit)
        assert names is None or [name for _key, name, _days in found[key].parts] == names
        assert sum(days for _key, _name, days in found[key].parts) == days
        assert found[key].run[0].element in diagram.processes[matter].nodes


def test_days_that_a_table_reckons_count_as_those_that_it_writes():
    files = load_files("qualification_application")
    table = files["notice_period.dmn"].decode()
    told = []
    for days in ("50", "5 * 10"):
        text = re.sub("(<outputEntry[^>]*>\\s*<text>)[^<]*", rf"\g<1>{days}", table, count=1)
        problems = diagram_problems(files | {"notice_period.dmn": text.encode()})
        told.append([problem.message for problem in problems])

    assert told[0] == told[1]
    assert any("起算公示期 50" in words for words in told[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (limited("sign_decision", days=5), ""),
        (
            limited("sign_decision", days=6),
            "决定时限内最长的路径要 16 个工作日（起算公示期 5 + 签发决定 6 + 起算陈述申辩期限 5），"
            "超过 15 个（测绘资质管理办法、行政许可法第四十二条）",
        ),
        (
            limited("sign_decision", days=6, counted="no"),
            "“签发决定”写明不计入时限，但走到这里时决定时限没有中止（行政许可法第四十五条）",
        ),
    ],
)
def test_a_step_may_take_what_the_limit_leaves(change, words):
    problems = law_of(changed("specialty_change", {DECISION: change}))

    assert {(p.element, p.message) for p in problems} == (
        {("sign_decision", words)} if words else set()
    )
    assert all(p.run[-1].element in ("sign_decision", "start_statement_clock") for p in problems)


def test_what_is_done_while_the_clock_is_suspended_counts_for_nothing():
    """The hearing's own clock has twenty days, and its steps follow that one."""
    fits = changed("renewal", {"hearing.bpmn": limited("record_hearing", days=20)})
    too_long = changed("renewal", {"hearing.bpmn": limited("record_hearing", days=21)})

    assert law_of(fits) == []
    (problem,) = law_of(too_long)
    assert problem.element == "record_hearing"
    assert "听证期限" in problem.message
    assert "21" in problem.message


def test_loops_need_an_extension_to_be_offered():
    files = changed("specialty_change", {REVIEW: retarget("review_extend", "hold_hearing")})

    (problem,) = law_of(files)

    assert problem.element == "start_decision_clock"
    assert problem.message.startswith("每个回路走一次，决定时限要 20 个工作日")
    assert "超过 15 个" in problem.message
    passed = {move.element for move in problem.run}
    assert passed >= {"start_hearing_answer", "start_check_answer", "start_notice_clock"}


def test_a_period_that_a_table_sets_counts_with_its_longest_value():
    table = replace("<text>5</text>", "<text>11</text>")

    problems = law_of(changed("specialty_change", {"notice_period.dmn": table}))

    assert any("起算公示期 11 + 起算陈述申辩期限 5" in p.message for p in problems)


def test_each_start_of_the_clock_is_told_by_itself():
    """Seven days to sign and eight to sign the refusal: 25 of 15, and 30 of 25 after silence."""
    change = both(limited("sign_decision", days=7), limited("sign_refusal", days=8))

    problems = law_of(changed("specialty_change", {DECISION: change}))

    assert {p.element for p in problems} == {"sign_refusal"}
    assert any("25 个工作日" in p.message and "超过 15 个" in p.message for p in problems)
    assert any("30 个工作日" in p.message and "超过 25 个" in p.message for p in problems)


# Small graphs of states, where an edge is a step with a limit, against every walk there is.

_NODES = 5
_EDGES = st.lists(
    st.tuples(st.integers(0, _NODES - 1), st.integers(0, _NODES - 1), st.sampled_from("abcdefg")),
    min_size=1,
    max_size=9,
)
_DAYS = st.lists(st.integers(0, 9), min_size=7, max_size=7)


@settings(max_examples=400, deadline=None)
@given(edges=_EDGES, lengths=_DAYS)
def test_with_loops_each_step_counts_once_on_the_best_of_all_walks(edges, lengths):
    days = dict(zip("abcdefg", lengths, strict=True))

    assert _longest(edges, days)[-1] == max(_walked(edges, days, again=True))


@settings(max_examples=400, deadline=None)
@given(edges=_EDGES, lengths=_DAYS)
def test_without_loops_it_is_the_best_of_all_paths(edges, lengths):
    forward = [(min(a, b), max(a, b), key) for a, b, key in edges if a != b]
    days = dict(zip("abcdefg", lengths, strict=True))

    assert _longest(forward, days)[0] == max(_walked(forward, days, again=False))


def _longest(edges, days) -> list[int]:
    """What the check finds without loops and with; one number where nothing takes time."""
    diagram, space = _hand_made(edges, days)
    return [path.days for path in longest_paths(diagram, space)]


def _walked(edges, days, *, again):
    """The sum of every walk from node 0: by trying each one until it counts nothing new."""
    waiting, seen = [(0, frozenset())], set()
    while waiting:
        node, counted = waiting.pop()
        if (node, counted) in seen:
            continue
        seen.add((node, counted))
        yield sum(days[key] for key in counted)
        waiting += [(b, counted | {key}) for a, b, key in edges if a == node]


def _hand_made(edges, days) -> tuple[Diagram, Space]:
    """State 0 leads by the start of the clock to state 1, which is node 0 of the graph."""
    steps = [Step(0, 1, "begin", "p", "serviceTask", "", "begin")]
    steps += [Step(a + 1, b + 1, key, "p", "userTask", "", key) for a, b, key in edges]
    leaving: dict[int, list[Step]] = {}
    for step in steps:
        leaving.setdefault(step.source, []).append(step)
    space = Space(tuple(steps), ((),) * (_NODES + 1), True, leaving)
    drawn = read_diagram(load_files("certificate_reissue"))
    start = {"kind": "'decision'", "working_days": "15"}
    begin = ServiceTask("begin", "begin", "start_clock", start, (), "p")
    some = next(iter(drawn.user_tasks.values()))
    people = {key: _a_task(some, key, length) for key, length in days.items()}
    return with_(drawn, user_tasks=people, service_tasks={"begin": begin}), space


def _a_task(like: UserTask, key: str, days: int) -> UserTask:
    return with_(like, element=key, name=key, clock="decision", days=days, counted=True)


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ([(0, 1, "a"), (1, 2, "b")], [(False, False)]),
        ([(0, 1, "a"), (1, 0, "b")], [(False, True), (True, True)]),
        ([(0, 1, "c"), (1, 0, "c")], [(False, True)]),
    ],
)
def test_a_path_says_whether_there_are_loops_that_it_does_not_go_round(edges, found):
    """`c` has no limit of its own: there is nothing to add, and a loop all the same."""
    diagram, space = _hand_made(edges, {"a": 1, "b": 1, "c": 0})

    assert [(path.loops, path.has_loops) for path in longest_paths(diagram, space)] == found


def test_the_checks_of_the_hand_made_graph_tell_its_run():
    """a 9, b 4 and, round the loop, c 8: 13 of 15 without the loop, 21 with it."""
    diagram, space = _hand_made([(0, 1, "a"), (1, 2, "b"), (2, 1, "c")], {"a": 9, "b": 4, "c": 8})

    (problem,) = check_durations(diagram, the_rules(), space)

    assert "（a 9 + b 4 + c 8），超过 15 个" in problem.message
    assert [move.element for move in problem.run] == ["begin", "a", "b", "c"]
