"""Bytes that came from outside, as XML: small, plain, and refused in words that help."""

from gettext import gettext as _
from typing import Any

from lxml import etree

MAX_BYTES = 2_000_000

_OTHER_FILES = {
    b"\x89PNG": _("图片"),
    b"\xff\xd8\xff": _("图片"),
    b"GIF8": _("图片"),
    b"PK\x03\x04": _("压缩文件或 Office 文档"),
    b"%PDF": _("PDF 文件"),
    b"{": _("JSON 文件"),
    b"[": _("JSON 文件"),
}
_REASONS = {
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: _("标签没有配对"),
    etree.ErrorTypes.ERR_GT_REQUIRED: _("标签没有写完"),
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: _("文件不完整，中途断了"),
    etree.ErrorTypes.ERR_ATTRIBUTE_REDEFINED: _("同一个属性写了两次"),
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: _("前缀没有声明命名空间"),
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: _("有没有定义的实体"),
    etree.ErrorTypes.ERR_INVALID_CHAR: _("有不允许的控制字符"),
    etree.ErrorTypes.ERR_INVALID_ENCODING: _("编码与声明的不一致，请存为 UTF-8"),
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: _("不认识声明的编码，请存为 UTF-8"),
    etree.ErrorTypes.ERR_DOCUMENT_END: _("文件末尾有多余的内容"),
}
_TOO_DEEP = "Excessive depth"


def read_xml(data: bytes) -> Any:
    """The root element of a file. Raises ValueError for anything but small, plain XML."""
    if len(data) > MAX_BYTES:
        raise ValueError(_("文件超过 2 MB"))
    if not data.strip():
        raise ValueError(_("文件是空的"))
    safe = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Any = etree.fromstring(data, safe)
    except etree.XMLSyntaxError as fault:
        raise ValueError(_reason(data, fault)) from fault
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise ValueError(_("流程图文件中不允许 DOCTYPE"))
    return root


def _reason(data: bytes, fault: Any) -> str:
    for head, kind in _OTHER_FILES.items():
        if data.startswith(head):
            return _("这是{kind}，不是流程图").format(kind=kind)
    line, column = fault.position
    words = _("元素嵌套太深") if _TOO_DEEP in str(fault.msg) else _REASONS.get(fault.code)
    place = _("第 {line} 行第 {column} 列").format(line=line, column=column)
    return _("不是有效的 XML：{place}{reason}").format(place=place, reason=words or _("有语法错误"))
