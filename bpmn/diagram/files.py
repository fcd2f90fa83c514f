"""Collecting the files of a shipped matter: its diagram, the diagrams it calls, their tables."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from bpmn.diagram.reading import MAIN_FILE
from bpmn.diagram.xml import find, parse_xml

_ROOT = Path(__file__).resolve().parent.parent


def load_files(matter_key: str) -> dict[str, bytes]:
    """The matter's diagram.bpmn with every shared file it calls, directly or not, by file name.

    Raises FileNotFoundError for an unknown matter.
    """
    return with_shared_files((_ROOT / "matters" / matter_key / MAIN_FILE).read_bytes(), {})


def with_shared_files(top: bytes, instead: Mapping[str, bytes]) -> dict[str, bytes]:
    """A top level with every file it calls: of the same name in `instead`, or else as shipped.

    Files that cannot be read or found are left for the check to tell of.
    """
    files, waiting = {MAIN_FILE: top}, [top]
    while waiting:
        for reference in _references(waiting.pop()):
            path = _shared_files().get(reference)
            if path is not None and path.name not in files:
                files[path.name] = instead.get(path.name) or path.read_bytes()
                waiting.append(files[path.name])
    return files


def _references(content: bytes) -> Iterator[str]:
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError:
        return
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
