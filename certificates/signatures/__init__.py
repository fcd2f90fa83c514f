"""Signatures on papers: who signed a file and whether a byte of it has changed since."""

from certificates.signatures.examination import MOST_BYTES, Examination, examine
from certificates.signatures.keys import WARNED_BEFORE, KeyKind, KeyUnusable, OrganKey, newest_valid
from certificates.signatures.trust import Trusted, fingerprint, name_in, read_trusted

__all__ = [
    "MOST_BYTES",
    "WARNED_BEFORE",
    "Examination",
    "KeyKind",
    "KeyUnusable",
    "OrganKey",
    "Trusted",
    "examine",
    "fingerprint",
    "name_in",
    "newest_valid",
    "read_trusted",
]
