"""Ways to spoil a shipped diagram, and what the law then says of it."""

import re
from collections.abc import Callable, Mapping

from bpmn.casework.vocabulary import VOCABULARY
from bpmn.checks import explore
from bpmn.checks.law import check_law
from bpmn.diagram import load_files, read_diagram
from bpmn.errors import Problem

Change = Callable[[str], str]


def retarget(flow: str, target: str) -> Change:
    """The diagram with one flow led elsewhere."""

    def change(text: str) -> str:
        return re.sub(rf'(id="{flow}"[^>]*targetRef=")\w+"', rf'\1{target}"', text)

    return change


def replace(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def without(element: str, tag: str) -> Change:
    def change(text: str) -> str:
        return re.sub(rf'<bpmn:{tag} id="{element}".*?</bpmn:{tag}>', "", text, flags=re.S)

    return change


def both(one: Change, other: Change) -> Change:
    return lambda text: other(one(text))


def changed(matter: str, changes: Mapping[str, Change]) -> dict[str, bytes]:
    """The matter's files, with a change for each of some of them."""
    files = load_files(matter)
    for name, change in changes.items():
        text = change(files[name].decode())
        assert text != files[name].decode(), f"{name} is as it was"
        files[name] = text.encode()
    return files


def law_of(files: Mapping[str, bytes]) -> list[Problem]:
    diagram = read_diagram(files)
    return list(check_law(diagram, explore(diagram, VOCABULARY)))
