"""Collecting the files of a shipped matter: its diagram, the diagrams it calls, their tables."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bpmn.diagram.reading import MAIN_FILE
from bpmn.diagram.xml import Element, find, parse_xml

_ROOT = Path(__file__).resolve().parent.parent


def load_files(matter_key: str) -> dict[str, bytes]:
    """The matter's diagram.bpmn with every shared file it calls, directly or not, by file name.

    Raises FileNotFoundError for an unknown matter, KeyError for an unknown called diagram.
    """
    top = (_ROOT / "matters" / matter_key / MAIN_FILE).read_bytes()
    files, waiting = {MAIN_FILE: top}, [top]
    while waiting:
        for reference in _references(parse_xml(waiting.pop())):
            path = _shared_files()[reference]
            if path.name not in files:
                files[path.name] = path.read_bytes()
                waiting.append(files[path.name])
    return files


def _references(root: Element) -> Iterator[str]:
    for call in find(root, ".//bpmn:callActivity"):
        yield call.get("calledElement", "")
    for table in find(root, ".//spiffworkflow:calledDecisionId"):
        yield (table.text or "").strip()


@cache
def _shared_files() -> dict[str, Path]:
    """Each shared process or decision, by its id, with the file that holds it."""
    paths = [*sorted(_ROOT.glob("shared/*.bpmn")), *sorted(_ROOT.glob("decisions/*.dmn"))]
    return {
        named.get("id", ""): path
        for path in paths
        for tag in ("{*}process", "{*}decision")
        for named in parse_xml(path.read_bytes()).findall(tag)
    }
