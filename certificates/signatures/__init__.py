"""Signatures on papers: who signed a file and whether a byte of it has changed since."""

from certificates.signatures.examination import MOST_BYTES, Examination, examine
from certificates.signatures.keys import WARNED_BEFORE, KeyKind, KeyUnusable, OrganKey
from certificates.signatures.trust import Trusted, read_trusted

__all__ = [
    "MOST_BYTES",
    "WARNED_BEFORE",
    "Examination",
    "KeyKind",
    "KeyUnusable",
    "OrganKey",
    "Trusted",
    "examine",
    "read_trusted",
]
