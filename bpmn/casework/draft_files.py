"""What files a draft of a diagram may hold: their names, their size, and that they are XML."""

import re
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import Any

from bpmn.diagram import MAIN_FILE
from bpmn.diagram.xml import Element, parse_xml
from bpmn.engine.size import check_bytes, check_elements
from bpmn.engine.xml import MAX_BYTES, read_xml
from bpmn.errors import DiagramFileRefused, DiagramTooLarge, Problem

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}\.(bpmn|dmn)")

_ENCODINGS = ("UTF-8", "UTF8", "US-ASCII", "ASCII")


def require_files(files: Mapping[str, str]) -> None:
    """Raise DiagramFileRefused or DiagramTooLarge with the first reason not to keep the files.

    Whether they make a diagram that works is for `diagram_problems` to say.
    """
    if MAIN_FILE not in files:
        words = _("{file} 是主流程的文件，不能移除。")
        raise DiagramFileRefused(words.format(file=MAIN_FILE))
    content = {name: _encoded(name, text) for name, text in files.items()}
    _require_few(check_bytes(content))
    _require_few(check_elements({name: require_file(name, files[name]) for name in files}))


def require_file(name: str, text: str) -> Element:
    """The root element of one file. Raises DiagramFileRefused or DiagramTooLarge."""
    if not _NAME.fullmatch(name):
        words = _(
            "文件名“{name}”不能用：只能用字母、数字、点、横线和下划线，以 .bpmn 或 .dmn 结尾。"
        )
        raise DiagramFileRefused(words.format(name=name[:80]))
    content = _encoded(name, text)
    if len(content) > MAX_BYTES:
        raise DiagramTooLarge(_("{file} 超过 2 MB，不能保存。").format(file=name))
    try:
        _require_utf8(read_xml(content))
    except ValueError as fault:
        words = _("{file} 没有保存：{reason}。")
        raise DiagramFileRefused(words.format(file=name, reason=fault)) from fault
    return parse_xml(content)


def _require_utf8(root: Any) -> None:
    """The browser has the text as it stands: read by another code it would say something else."""
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in _ENCODINGS:
        raise ValueError(_("声明的编码不是 UTF-8，请存为 UTF-8"))


def _encoded(name: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as fault:
        words = _("{file} 含有无法保存的字符。")
        raise DiagramFileRefused(words.format(file=name[:80])) from fault


def _require_few(problems: Iterator[Problem]) -> None:
    for problem in problems:
        raise DiagramTooLarge(_("{message}，没有保存。").format(message=problem.message))
