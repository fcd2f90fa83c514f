"""Collecting the files of a shipped matter: its diagram, the diagrams it calls, their tables."""

from collections.abc import Mapping
from functools import cache, lru_cache
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


def shared_files() -> dict[str, bytes]:
    """Every shared diagram and decision table that ships with the program, by file name."""
    return {path.name: path.read_bytes() for path in _shared_files().values()}


def called_files(files: Mapping[str, bytes], called: str) -> dict[str, bytes]:
    """Of the files: the one that holds the called process or table, and all that it calls."""
    homes = {id: name for name, content in files.items() for id in named_in(content)}
    found: dict[str, bytes] = {}
    waiting = [called]
    while waiting:
        name = homes.get(waiting.pop(), "")
        if name and name not in found:
            found[name] = files[name]
            waiting.extend(_references(files[name]))
    return found


@lru_cache(maxsize=512)
def named_in(content: bytes) -> Mapping[str, str]:
    """Id to name of each process or decision in a file; none when it is no XML."""
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError:
        return {}
    named = [element for tag in ("{*}process", "{*}decision") for element in root.findall(tag)]
    return {one.get("id", ""): one.get("name", "") for one in named}


@lru_cache(maxsize=512)
def _references(content: bytes) -> tuple[str, ...]:
    """Ids of the processes and tables that a file calls; none when it is no XML."""
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError:
        return ()
    calls = [call.get("calledElement", "") for call in find(root, ".//bpmn:callActivity")]
    tables = find(root, ".//spiffworkflow:calledDecisionId")
    return (*calls, *((table.text or "").strip() for table in tables))


@cache
def _shared_files() -> dict[str, Path]:
    """Each shared process or decision, by its id, with the file that holds it."""
    paths = [*sorted(_ROOT.glob("shared/*.bpmn")), *sorted(_ROOT.glob("decisions/*.dmn"))]
    return {id: path for path in paths for id in named_in(path.read_bytes())}


def encode_files(texts: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a version or draft, kept as texts, as they are read: in UTF-8."""
    return {name: text.encode() for name, text in texts.items()}
