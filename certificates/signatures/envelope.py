"""Where a PDF carries a signature, read from its bytes alone: a hostile file meets no PDF parser.

A signature names two stretches of the file, before and after itself (ByteRange); whatever is
signed is in them, so a file that they cover whole is exactly the file that was signed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import new as new_hash

_RANGE = re.compile(rb"/ByteRange\s{0,8}\[\s{0,8}0 {1,4}(\d{1,9}) (\d{1,9}) (\d{1,9})\s{0,80}\]")
_MOMENT = re.compile(rb"/M \(D(?::|\\072)(\d{14})([+\-]\d\d(?:'|\\047)\d\d|Z)")
_QUOTE = re.compile(rb"'|\\047")
_MOST_SIGNATURES = 8
_MOST_DER = 60_000
_NEAR = 900
"""A signature's own entries are written within so many bytes of it."""


@dataclass(frozen=True)
class Envelope:
    """One signature of a file: the bytes it speaks for and the CMS structure that says so."""

    file: bytes
    first: int
    """The signed bytes are file[:first] and file[second:end]; between them is the signature."""
    second: int
    end: int
    der: bytes

    @property
    def is_whole(self) -> bool:
        """Whether nothing follows the signed bytes."""
        return self.end == len(self.file)

    @property
    def is_tidy(self) -> bool:
        """Whether the space for the signature holds it and zeros, as it was written."""
        written = b"<" + self.der.hex().upper().encode()
        space = self.file[self.first : self.second]
        return space == written.ljust(len(space) - 1, b"0") + b">"

    def digest(self, algorithm: str) -> bytes:
        """Of the signed bytes; raises ValueError for an unknown algorithm."""
        hashed = new_hash(algorithm)
        hashed.update(self.file[: self.first])
        hashed.update(self.file[self.second : self.end])
        return hashed.digest()

    def claimed_moment(self) -> datetime | None:
        """When the signer's clock says it was signed, aware; None when it does not say."""
        near = self.file[max(0, self.first - _NEAR) : self.first]
        near += self.file[self.second : self.second + _NEAR]
        found = _MOMENT.search(near)
        if found is None:
            return None
        zone = "+0000" if found[2] == b"Z" else _QUOTE.sub(b"", found[2]).decode()
        try:
            return datetime.strptime(found[1].decode() + zone, "%Y%m%d%H%M%S%z")
        except ValueError:
            return None


def envelopes(file: bytes) -> Iterator[Envelope]:
    """The signatures of a file, the newest first; those that cannot be read are left out."""
    found = list(_RANGE.finditer(file))[-_MOST_SIGNATURES:]
    for match in reversed(found):
        first, second, length = (int(number) for number in match.groups())
        der = _der_in(file[first:second]) if first < second <= len(file) else b""
        if der and second + length <= len(file):
            yield Envelope(file, first, second, second + length, der)


def names_a_signature(file: bytes) -> bool:
    """Whether the file says anywhere that it is signed."""
    return b"/ByteRange" in file


def _der_in(space: bytes) -> bytes:
    """The structure at the beginning of a hexadecimal string; empty when there is none."""
    if not (space.startswith(b"<") and space.endswith(b">")) or len(space) > 2 * _MOST_DER:
        return b""
    try:
        raw = bytes.fromhex(space[1:-1].decode("ascii"))
    except ValueError:
        return b""
    return raw[: _length(raw)]


def _length(raw: bytes) -> int:
    """Of the DER sequence that begins here, with its head; 0 when none does."""
    if len(raw) < 4 or raw[0] != 0x30:
        return 0
    if raw[1] < 0x80:
        return raw[1] + 2
    octets = raw[1] & 0x7F
    length = int.from_bytes(raw[2 : 2 + octets], "big") + 2 + octets
    return length if octets <= 3 and length <= len(raw) else 0
