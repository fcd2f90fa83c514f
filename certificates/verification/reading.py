"""The signed code and the words of a PDF file that anyone may have made."""

import json
import subprocess
import sys
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from certificates.verification.tokens import is_signed_token

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 10.0
_PROGRAM = Path(__file__).with_name("sandboxed.py")


class PaperUnreadable(ValueError):
    """The file cannot be read as a PDF; its message says why, in Chinese."""


@dataclass(frozen=True)
class PaperRead:
    """The signed codes of its links, each once, and its words without blanks."""

    tokens: tuple[str, ...]
    text: str


def read_paper(pdf: bytes) -> PaperRead:
    """Read in a process of its own, for at most SECONDS. Raises PaperUnreadable."""
    if len(pdf) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise PaperUnreadable(_("文件超过 {most} MB，不是本系统的文书。").format(most=most))
    if not pdf.startswith(b"%PDF-"):
        raise PaperUnreadable(_("不是 PDF 文件。"))
    found = _read_apart(pdf)
    codes = (address.rpartition("/")[2] for address in found["addresses"])
    tokens = tuple(dict.fromkeys(code for code in codes if is_signed_token(code)))
    return PaperRead(tokens, "".join(found["text"].split()))


def _read_apart(pdf: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 — our own program, with nothing of the file in its words
            [sys.executable, "-I", str(_PROGRAM)], input=pdf, capture_output=True, timeout=SECONDS
        )
        done.check_returncode()
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise PaperUnreadable(_("文件损坏，或者不是规范的 PDF 文件，无法读取。")) from error
    return found
