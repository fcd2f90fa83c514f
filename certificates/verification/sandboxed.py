"""Reads the addresses and the words of a PDF from the standard input, as JSON.

A program of its own, started by `reading`: a hostile file may hang or fill the memory of this
process alone, which is given few seconds and little room. It imports nothing of the office.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

SECONDS = 8
MEMORY = 1024 * 1024 * 1024
MOST_PAGES = 30
MOST_TEXT = 100_000
MOST_ADDRESSES = 100
LONGEST_ADDRESS = 4096
"""Bytes. A few long ones, packed to nothing in the file, would fill the office's own memory."""
_BFCHAR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*(?=\n|<|end)")
_SECTION = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def main() -> None:
    """Write {"addresses": [...], "text": "..."}; ends with a fault for what is no PDF."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    print(json.dumps(read(sys.stdin.buffer.read())))


def read(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(BytesIO(pdf)) as file:
        pages = [file.pages[n] for n in range(min(len(file.pages), MOST_PAGES))]
        addresses = [address for page in pages for address in _addresses(page)]
        return {
            "addresses": list(dict.fromkeys(addresses))[:MOST_ADDRESSES],
            "text": "".join(text for page in pages for text in _words(page))[:MOST_TEXT],
        }


def _addresses(page: pikepdf.Page) -> Iterator[str]:
    """Where the links of a page lead."""
    for note in page.get("/Annots", []):
        action = note.get("/A") if isinstance(note, pikepdf.Dictionary) else None
        address = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
        if isinstance(address, pikepdf.String) and len(bytes(address)) <= LONGEST_ADDRESS:
            yield str(address)


def _words(page: pikepdf.Page) -> Iterator[str]:
    """What is written on the page itself, in the order of its drawing."""
    tables = {name: _table(font) for name, font in _fonts(page).items()}
    table: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        operands = list(instruction.operands)
        if str(instruction.operator) == "Tf":
            table = tables.get(str(operands[0]), {})
        else:
            yield _written(operands[0], table)


def _fonts(page: pikepdf.Page) -> Any:
    resources = page.get("/Resources")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    return fonts if isinstance(fonts, pikepdf.Dictionary) else {}


def _written(operand: Any, table: dict[bytes, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(table.get(codes[n : n + 2], "") for n in range(0, len(codes), 2))


def _table(font: Any) -> dict[bytes, str]:
    """Glyphs of two bytes to characters, as the printing press of the office writes them."""
    if not isinstance(font, pikepdf.Dictionary) or "/ToUnicode" not in font:
        return {}
    sections = _SECTION.findall(font.ToUnicode.read_bytes())
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for section in sections
        for code, text in _BFCHAR.findall(section)
        if len(text) % 4 == 0
    }


if __name__ == "__main__":
    main()
