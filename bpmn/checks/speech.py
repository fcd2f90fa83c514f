"""How a problem calls what it is about: in the words of the diagram and of the office."""

from functools import cached_property
from gettext import gettext as _

from bpmn.diagram import Diagram
from bpmn.diagram.labels import Labels
from bpmn.diagram.spoken import Spoken, named_of, spoken_in
from bpmn.diagram.titles import Titles, titles_of


class Speech:
    """The words for one diagram; found when the first problem asks for them."""

    def __init__(self, diagram: Diagram, labels: Labels) -> None:
        self._diagram, self._labels = diagram, labels

    def title(self, element: str) -> str:
        """The name of an element, or what tells it from others."""
        return self._titles.title(element)

    def variable(self, name: str) -> str:
        """The name of a variable in quotes; its code where nobody named it."""
        return self._spoken.quoted(name)

    def givers(self, variable: str) -> str:
        """The steps that the variable comes from: “复核”、“签发”."""
        steps = dict.fromkeys(map(self.title, self._diagram.sets.get(variable, ())))
        return "、".join(_("“{name}”").format(name=step) for step in steps)

    def value(self, variable: str, value: str) -> str:
        """What a value of the variable is called; as it is written where nobody named it."""
        return self._spoken.constant(variable, value)

    @cached_property
    def _titles(self) -> Titles:
        return titles_of(self._diagram)

    @cached_property
    def _spoken(self) -> Spoken:
        named = sorted(named_of(self._diagram).items())
        tables = [self._diagram.tables[key] for key in sorted(self._diagram.tables)]
        return spoken_in([one for _file, one in named], tables, self._labels)
