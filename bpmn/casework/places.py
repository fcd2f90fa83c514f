"""Where the elements of a draft are drawn: for a page that leads to what a problem is about."""

from collections.abc import Mapping
from functools import cached_property
from gettext import gettext as _

from bpmn.diagram.titles import Titles, titles_in
from bpmn.diagram.xml import Element, parse_xml


class Places:
    """The elements of files that are XML, by their ids, whatever else is wrong with them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._roots = {name: parse_xml(text.encode()) for name, text in files.items()}
        self._titles: dict[str, Titles] = {}

    def of(self, element: str | None) -> tuple[str, str]:
        """The process that the element is drawn in, and its file; empty where it is not."""
        return self._found.get(element or "", ("", ""))

    def words(self, file: str | None, element: str | None) -> str:
        """受理 · 人工环节“审查”; only the file where no element is meant."""
        root = self._roots.get(file or "")
        if root is None:
            return file or ""
        titles = self._titles.setdefault(file or "", titles_in(root))
        told = titles.words(element or "")
        if holder_of(root).get("id") == element or not told:
            return told or title_of(root, file or "")
        return _("{file} · {element}").format(file=title_of(root, file or ""), element=told)

    @cached_property
    def _found(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for name, root in self._roots.items():
            for process in root.iterfind("{*}process"):
                for element in process.iter("{*}*"):
                    if element.get("id"):
                        found.setdefault(element.get("id", ""), (process.get("id", ""), name))
        return found


def holder_of(root: Element) -> Element:
    """The process or decision table of a file; its root where it has neither."""
    kinds = ("process", "decision")
    return next((one for kind in kinds for one in root.iter(f"{{*}}{kind}")), root)


def title_of(root: Element, file: str) -> str:
    """What the process or decision table of a file is called; the file's name where it is not."""
    return holder_of(root).get("name") or file


def file_titles(files: Mapping[str, str]) -> dict[str, str]:
    """What each file is called."""
    return {name: title_of(parse_xml(text.encode()), name) for name, text in files.items()}
