"""Whether a case can always be brought to its end: the proof over all that can happen.

Every fault is told once, where it starts, with the shortest run that shows it. Past the limit of
the exploration one problem says honestly how far was looked.
"""

from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _

from bpmn.checks.causes import (
    ahead_of,
    by_itself,
    dead_ends,
    dead_nodes,
    idle_loops,
    lost_states,
    untaken_flows,
)
from bpmn.checks.runs import Runs
from bpmn.checks.space import Space, Step, Trouble
from bpmn.checks.speech import Speech
from bpmn.checks.vocabulary import problem_at
from bpmn.diagram import Diagram
from bpmn.diagram.labels import Labels
from bpmn.errors import Problem

RULE = "soundness"
_NOTHING: Mapping[str, str] = {}


def check_soundness(
    diagram: Diagram, space: Space, labels: Labels | None = None
) -> Iterator[Problem]:
    """Every way for a case to get stuck, to run on for ever, or to leave something over.

    `labels` are what the office calls variables and values.
    """
    yield from _Proof(diagram, space, Speech(diagram, labels or Labels())).problems()


class _Proof:
    def __init__(self, diagram: Diagram, space: Space, speech: Speech) -> None:
        self.diagram = diagram
        self.speech = speech
        self.space = space
        self.runs = Runs(space)
        self.by_itself = by_itself(space, diagram)
        self.told: dict[str, Problem] = {}

    def problems(self) -> list[Problem]:
        found = [*self._troubles(), *self._stuck(), *self._idle()]
        if not self.space.complete:
            return [*found, self._undecided()]
        endless = list(self._endless())
        return [*found, *endless, *(() if endless else self._dead())]

    def _tell(
        self,
        element: str,
        sentences: tuple[str, str],
        state: int,
        loop: Sequence[Step] = (),
        told: Mapping[str, str] = _NOTHING,
    ) -> Iterator[Problem]:
        """The first thing that is wrong at an element: the others there follow from it.

        The sentences take the element's name and what else is `told`, here and nowhere before:
        a name may hold braces.
        """
        if element not in self.told:
            message, mend = sentences
            run = self.space.run([*self.runs.steps(state), *loop])
            told = {"name": self.speech.title(element), **told}
            self.told[element] = problem_at(
                self.diagram,
                element,
                message.format(**told),
                rule=RULE,
                mend=mend.format(**told),
                run=run,
            )
            yield self.told[element]

    def _troubles(self) -> Iterator[Problem]:
        twice: set[str] = set()
        for trouble in sorted(self.space.troubles, key=lambda one: one.state):
            if trouble.kind == "twice":
                if self.runs.passes_twice(trouble.state, twice):
                    continue
                twice.add(trouble.element)
            told = {
                "givers": self.speech.givers(trouble.variable),
                "value": self._values(trouble) or _("其他取值"),
            }
            sentences = _SENTENCES[self._kind(trouble)]
            yield from self._tell(trouble.element, sentences, trouble.state, told=told)

    def _kind(self, trouble: Trouble) -> str:
        if trouble.kind != "twice":
            return trouble.kind
        if self.runs.grows(trouble.state, trouble.element):
            return "grows"
        found = self.diagram.find_node(trouble.element)
        return "ends" if found is not None and found[1].kind == "endEvent" else "twice"

    def _values(self, trouble: Trouble) -> str:
        """All values that have no branch at the same gateway, in the words of the diagram."""
        values = {
            one.value
            for one in self.space.troubles
            if (one.kind, one.element, one.variable)
            == (trouble.kind, trouble.element, trouble.variable)
        }
        return _("”、“").join(sorted(value for value in values if value))

    def _stuck(self) -> Iterator[Problem]:
        for state, joins in dead_ends(self.by_itself, self.diagram):
            for join in joins:
                message = _("“{name}”等不齐各条分支：有的分支已经结束或者走了别的路，办件停在这里")
                mend = _(
                    "让并行拆开的每一条分支都走到“{name}”，不要中途结束、选路绕开，或者由单独一条进入"
                )
                yield from self._tell(join, (message, mend), state)

    def _idle(self) -> Iterator[Problem]:
        for loop in idle_loops(self.space):
            message = _("从“{name}”起绕了一圈又回到这里，中间没有人办理，也没有期限：会一直空转")
            mend = _("在循环里加一个人工环节或者定时事件，或者去掉返回的连线")
            yield from self._tell(loop[0].element, (message, mend), loop[0].source, loop)

    def _endless(self) -> Iterator[Problem]:
        for state, element in lost_states(self.by_itself, {p.state for p in self.space.troubles}):
            message = _("走到“{name}”以后，无论怎样办理都到不了结束")
            mend = _("从这一段里加一条通往结束的路")
            yield from self._tell(element, (message, mend), state)

    def _dead(self) -> Iterator[Problem]:
        """What never happens: nothing that could still follow where a fault stopped the runs."""
        stops = (one.state for one in self.space.troubles if one.kind in ("twice", "unset"))
        standing = {element for state in stops for element in self.space.tokens[state]}
        unseen = ahead_of(self.diagram, standing)
        for node, before in dead_nodes(self.diagram, self.space):
            if node.id not in unseen and not self.told.keys() & set(before):
                yield self._dead_node(node.id, node.attached_to)
        for flow in untaken_flows(self.diagram, self.space):
            if flow.source not in self.told.keys() | unseen and flow.target not in self.told:
                message = _("分支“{name}”永远不会走到：没有任何环节会给出“{value}”")
                mend = _("改正分支的取值，或者删去这个分支")
                told = message.format(
                    name=flow.name or self.speech.title(flow.id), value=flow.value or ""
                )
                yield problem_at(self.diagram, flow.id, told, rule=RULE, mend=mend)

    def _dead_node(self, element: str, attached_to: str | None) -> Problem:
        message, mend = _("“{name}”永远不会办到"), _("检查通往这里的分支和条件，或者删去这个环节")
        if attached_to is not None:
            message = _("“{name}”永远不会发生：“{host}”不会停下来等")
            mend = _("把事件挂到需要等待的环节上，或者删去它")
        told = message.format(
            name=self.speech.title(element), host=self.speech.title(attached_to or "")
        )
        self.told[element] = problem_at(self.diagram, element, told, rule=RULE, mend=mend)
        return self.told[element]

    def _undecided(self) -> Problem:
        process = self.diagram.processes[self.diagram.main]
        count = len(self.space.tokens)
        message = _("可能出现的情形太多，没有推演完：已推演 {count} 种，前 {steps} 步以内走遍了")
        mend = _("减少同时进行的分支，或者拆成几个分别调用的流程；仍要上线的，由管理员签字负责")
        told = message.format(count=count, steps=self.runs.depth)
        return Problem(process.id, told, process.file, rule=RULE, mend=mend, undecided=True)


_SENTENCES = {
    "twice": (
        _("“{name}”会同时办两遍：并行的分支没有汇合就走到了一起"),
        _("在“{name}”之前用并行网关汇合各条分支"),
    ),
    "ends": (
        _("“{name}”会到达两次：几条同时进行的路走到同一个结束"),
        _("在“{name}”之前用并行网关汇合，或者让不中断的事件走到自己的结束"),
    ),
    "grows": (
        _("“{name}”每转一圈就多出一份，旧的还没有办完：办件会越积越多，永远办不结"),
        _("不要让不中断的事件或者并行的分支回到“{name}”"),
    ),
    "unset": (
        _("走到“{name}”时可能还没有经过{givers}，缺少由此得到的值，办件会停在这里"),
        _("让到达“{name}”的每一条路都先经过{givers}"),
    ),
    "unmatched": (
        _("“{name}”没有取值“{value}”的分支，办件会停在这里"),
        _("为“{value}”加一个分支，或者让前面的环节不再给出它"),
    ),
    "ruleless": (
        _("“{name}”查的决策表里没有适用于这种情形的规则，办件会停在这里"),
        _("在决策表里补上这种情形的规则"),
    ),
}
