"""The signed list of certificates that are cancelled, replaced or made anew, as text and JSON.

The text is what is signed, byte by byte in UTF-8, so no reader has to guess how it was written:

    cartouche-status-list/1
    issuer https://example.gov.cn
    sequence 17
    made-at 2026-11-20T02:00:00Z
    key-id 139e39f4
    count 1
    乙测资字61500019 cancelled 2026-11-20 0

One line for each number, in the order of code points: what became of it (cancelled, replaced, or
reissued: only papers of older versions are void), since which day, and its newest version.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from gettext import gettext as _

from certificates.verification.keys import KeyRing

FORMAT = "cartouche-status-list/1"
PURPOSE = b"cartouche status list 1\n"
LONGEST = 64 * 1024 * 1024
CANCELLED, REPLACED, REISSUED = "cancelled", "replaced", "reissued"
_HEAD = re.compile(
    rf"{FORMAT}\nissuer (\S+)\nsequence (\d+)\nmade-at (\S+)\nkey-id ([0-9a-f]{{8}})\ncount (\d+)\n"
)
_LINE = re.compile(r"(\S{1,40}) (cancelled|replaced|reissued) (\d{4}-\d\d-\d\d) (\d+)")


class ListRefused(ValueError):
    """The list proves nothing; its message says why, in Chinese."""


@dataclass(frozen=True)
class VoidCertificate:
    """What became of one number."""

    number: str
    status: str
    since: date
    newest_version: int

    def ends(self, version: int) -> bool:
        """Whether a paper of this version is void."""
        return self.status != REISSUED or version < self.newest_version


@dataclass(frozen=True)
class StatusList:
    """A list whose signature was good: everything that was void at `made_at` (aware UTC)."""

    issuer: str
    sequence: int
    made_at: datetime
    entries: Mapping[str, VoidCertificate]


def write_status_list(
    ring: KeyRing, issuer: str, sequence: int, made_at: datetime, void: Iterable[VoidCertificate]
) -> bytes:
    """The list as JSON; the same content gives the same bytes. Raises SigningKeyMissing."""
    key_id = ring.signing_id.hex()
    lines = sorted(
        f"{one.number} {one.status} {one.since.isoformat()} {one.newest_version}\n" for one in void
    )
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = (
        f"{FORMAT}\nissuer {issuer}\nsequence {sequence}\nmade-at {moment}\n"
        f"key-id {key_id}\ncount {len(lines)}\n{''.join(lines)}"
    )
    signature = b64encode(ring.sign(PURPOSE, text.encode())).decode()
    written = {"format": FORMAT, "algorithm": "Ed25519", "signature": signature, "list": text}
    return json.dumps(written, ensure_ascii=False).encode()


def read_status_list(ring: KeyRing, content: bytes) -> StatusList:
    """The list, once its signature is known to be good. Raises ListRefused."""
    text, signature = _parts(content)
    head = _HEAD.match(text)
    if head is None:
        raise _unreadable()
    issuer, sequence, made_at, key_id, count = head.groups()
    known = bytes.fromhex(key_id)
    if known not in ring.public:
        raise ListRefused(_("状态清单的签名密钥不在本系统公布的密钥之列。"))
    if not ring.is_signed(PURPOSE, text.encode(), known, signature):
        raise ListRefused(_("状态清单的签名不对：内容被改动过，或者没有下载完整。"))
    entries = {one.number: one for one in map(_entry, text[head.end() :].splitlines())}
    if len(entries) != int(count):
        raise _unreadable()
    return StatusList(issuer, int(sequence), datetime.fromisoformat(made_at), entries)


def _parts(content: bytes) -> tuple[str, bytes]:
    if len(content) > LONGEST:
        raise ListRefused(_("状态清单文件过大。"))
    try:
        found = json.loads(content)
        text, signature = found["list"], b64decode(found["signature"], validate=True)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(text, str) or found.get("format") != FORMAT or not _is_plain(text):
        raise _unreadable()
    return text, signature


def _is_plain(text: str) -> bool:
    """Whether it can be written in UTF-8 at all: JSON may smuggle in half a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _entry(line: str) -> VoidCertificate:
    match = _LINE.fullmatch(line)
    if match is None:
        raise _unreadable()
    number, status, since, version = match.groups()
    return VoidCertificate(number, status, date.fromisoformat(since), int(version))


def _unreadable() -> ListRefused:
    return ListRefused(_("不是本系统发布的状态清单（status-list.json）。"))
