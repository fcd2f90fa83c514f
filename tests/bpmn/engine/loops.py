"""Two small diagrams that return: a plain loop, and one over experts asked in parallel."""

from tests.bpmn.engine.drawing import (
    bpmn,
    end,
    flows,
    gateway,
    multiple,
    start,
    user,
)

LOOP = {
    "diagram.bpmn": bpmn(
        "loop",
        start()
        + gateway("again")
        + user("work")
        + gateway("decided")
        + end()
        + flows(
            "start > again > work > decided",
            'decided > again : decision == "return"',
            'decided > end : decision == "grant"',
        ),
    )
}
EXPERTS = {
    "diagram.bpmn": bpmn(
        "experts_loop",
        start()
        + gateway("again")
        + user("opinion", multiple("experts", "expert", "opinions", "advice"))
        + user("decide")
        + gateway("decided")
        + end()
        + flows(
            "start > again > opinion > decide > decided",
            'decided > again : decision == "return"',
            'decided > end : decision == "grant"',
        ),
    )
}
