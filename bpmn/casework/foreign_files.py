"""Bringing in diagrams and decision tables that were drawn with another program.

What other programs add (Camunda, bpmn.io, Signavio and the like) is taken out, and each thing that
was changed is said in a sentence. Whether the diagram works here is for its checks to say.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePath

from lxml import etree

from bpmn.diagram import MAIN_FILE
from bpmn.diagram.files import named_in
from bpmn.diagram.xml import BPMN, NAMESPACES, SPIFF, Element, find, tag_of, walk_flow_elements
from bpmn.engine.size import check_elements
from bpmn.engine.xml import MAX_BYTES, read_xml
from bpmn.errors import DiagramFileRefused, DiagramTooLarge

AS_MAIN, AS_CALLED = "main", "called"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TARGET = "https://cartouche.example/bpmn"
_KNOWN = frozenset(NAMESPACES.values()) | {_XSI}
_WRAPPED = re.compile(r"\s*[$#]\{(.*)\}\s*", re.DOTALL)
"""An expression as Java programs write it: ${amount == "large"}."""
_WORDS_NAMED = 6


@dataclass(frozen=True)
class Brought:
    """A file as it may be kept in a draft; `notes` says what was changed about it."""

    name: str
    text: str
    laid_out: bool
    """Whether every element has its place on the drawing."""
    notes: tuple[str, ...]


def bring_in(
    given_name: str, content: bytes, matter: str, files: Mapping[str, str], wanted: str = ""
) -> Brought:
    """Make a file drawn elsewhere one of a draft's; `files` are those that it has.

    A diagram takes the main one's place when it is wanted so (AS_MAIN), or when nothing is said
    and no file of the draft holds or calls its process. Raises DiagramFileRefused or
    DiagramTooLarge.
    """
    root = _read(PurePath(given_name).name, content)
    if "/DMN/" in _space(etree.QName(root)):
        return _bring_table(root, files)
    return _bring_diagram(PurePath(given_name).name, root, matter, files, wanted)


def _read(name: str, content: bytes) -> Element:
    if len(content) > MAX_BYTES:
        raise DiagramTooLarge(_("文件超过 2 MB，不能导入。"))
    try:
        root: Element = read_xml(content)
    except ValueError as fault:
        words = _("“{name}”不能导入：{reason}。")
        raise DiagramFileRefused(words.format(name=name[:80], reason=fault)) from fault
    for problem in check_elements({name: root}):
        raise DiagramTooLarge(_("{message}。").format(message=problem.message))
    return root


def _bring_diagram(
    given_name: str, root: Element, matter: str, files: Mapping[str, str], wanted: str
) -> Brought:
    process = _only_process(root)
    notes = [*_strip(root, _KNOWN), *_make_executable(process), *_unwrap(root)]
    if not root.get("targetNamespace"):
        root.set("targetNamespace", _TARGET)
    home = _home_of(process.get("id", ""), files)
    if wanted == AS_MAIN or (not wanted and home in ("", MAIN_FILE)) or given_name == MAIN_FILE:
        name = MAIN_FILE
        notes += _make_main(root, process, matter)
    else:
        name = home or _free_name(process.get("id", ""), ".bpmn", files)
        notes.append(_("作为被调用的流程保存在 {file}。").format(file=name))
    return Brought(name, _written(root), _is_laid_out(root, process), tuple(notes))


def _bring_table(root: Element, files: Mapping[str, str]) -> Brought:
    own = etree.QName(root).namespace or ""
    decisions = [one for one in root if tag_of(one) == "decision"]
    if tag_of(root) != "definitions" or not decisions:
        raise DiagramFileRefused(_("文件里没有 DMN 决策表。"))
    drawn = {one for one in root.nsmap.values() if "/DMN/" in one or "/DD/" in one}
    notes = [*_strip(root, {own, _XSI, *drawn}), *_unwrap(root)]
    key = decisions[0].get("id", "")
    name = _home_of(key, files) or _free_name(key, ".dmn", files)
    notes.append(_("决策表保存在 {file}。").format(file=name))
    return Brought(name, _written(root), True, tuple(notes))


def _only_process(root: Element) -> Element:
    if etree.QName(root).namespace != BPMN or tag_of(root) != "definitions":
        raise DiagramFileRefused(_("文件不是 BPMN 2.0 流程图。"))
    processes = find(root, "bpmn:process")
    if len(processes) != 1:
        words = _("文件里有 {count} 个流程，应当恰好有一个：请把每个流程另存为一个文件。")
        raise DiagramFileRefused(words.format(count=len(processes)))
    return processes[0]


def _strip(root: Element, known: Collection[str]) -> Iterator[str]:
    """Take out what is of no known namespace; a sentence for each namespace."""
    dropped: dict[str, Counter[str]] = {}
    for element in list(root.iter("{*}*")):
        own = etree.QName(element)
        if _space(own) not in known:
            dropped.setdefault(_space(own), Counter())[own.localname] += 1
            _remove(element)
            continue
        for part in map(etree.QName, element.keys()):
            if part.namespace and part.namespace not in known:
                dropped.setdefault(part.namespace, Counter())[part.localname] += 1
                del element.attrib[part.text]
    for empty in [one for one in root.iter(f"{{{BPMN}}}extensionElements") if not len(one)]:
        _remove(empty)
    yield from (_dropped_words(root, space, names) for space, names in dropped.items())


def _space(name: etree.QName) -> str:
    return name.namespace or ""


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _dropped_words(root: Element, space: str, names: Counter[str]) -> str:
    prefix = next((key for key, value in root.nsmap.items() if value == space and key), space)
    shown = "、".join(sorted(names)[:_WORDS_NAMED]) + ("等" if len(names) > _WORDS_NAMED else "")
    words = _(
        "去掉了 {program} 的扩展 {count} 处：{names}。本系统的表单、角色和操作请在属性栏重选。"
    )
    return words.format(program=prefix or _("未知程序"), count=names.total(), names=shown)


def _make_executable(process: Element) -> Iterator[str]:
    if process.get("isExecutable") != "true":
        process.set("isExecutable", "true")
        yield _("流程已标为可执行。")


def _unwrap(root: Element) -> Iterator[str]:
    """Conditions of Java programs lose their brackets; what they say is checked like any other."""
    count = 0
    for element in root.iter("{*}conditionExpression", "{*}timeDuration", "{*}timeDate", "{*}text"):
        found = _WRAPPED.fullmatch(element.text or "")
        if found:
            element.text, count = found[1].strip(), count + 1
    if count:
        yield _("{count} 处表达式去掉了 ${{…}} 的括号。").format(count=count)


def _make_main(root: Element, process: Element, matter: str) -> Iterator[str]:
    old = process.get("id", "")
    process.set("id", matter)
    for participant in find(root, "bpmn:collaboration/bpmn:participant"):
        if participant.get("processRef") == old:
            participant.set("processRef", matter)
    for plane in find(root, ".//bpmndi:BPMNPlane"):
        if plane.get("bpmnElement") == old:
            plane.set("bpmnElement", matter)
    yield _("作为主流程保存在 {file}，替换原来的主流程。").format(file=MAIN_FILE)
    if old != matter:
        yield _("流程的标识由 {old} 改为本事项的 {new}。").format(old=old or "—", new=matter)


def _home_of(key: str, files: Mapping[str, str]) -> str:
    """The file that holds the process or table; a name for it where only something calls it."""
    for name, text in files.items():
        if key in named_in(text.encode()):
            return name
    called = f'calledElement="{key}"'
    return _free_name(key, ".bpmn", files) if any(called in t for t in files.values()) else ""


def _free_name(key: str, ending: str, files: Mapping[str, str]) -> str:
    stem = re.sub(r"[^A-Za-z0-9_.-]", "", key).lstrip("_.-")[:60] or "imported"
    names = (f"{stem}{number or ''}{ending}" for number in range(len(files) + 2))
    return next(name for name in names if name not in files and name != MAIN_FILE)


def _is_laid_out(root: Element, process: Element) -> bool:
    drawn = {one.get("bpmnElement") for one in root.iter("{*}BPMNShape", "{*}BPMNEdge")}
    return all(one.get("id") in drawn for one, _parent in walk_flow_elements(process))


def _written(root: Element) -> str:
    """With the prefixes that values may refer to, as in xsi:type="bpmn:tFormalExpression"."""
    kept = [prefix for prefix, space in root.nsmap.items() if prefix and space in (BPMN, SPIFF)]
    etree.cleanup_namespaces(root, keep_ns_prefixes=kept)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()
