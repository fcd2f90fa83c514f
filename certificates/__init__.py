"""The papers of the office: facts in, PDF bytes out. Knows nothing of cases, people or the web."""

from certificates.facts import FactsRejected, MissingGlyphs, check_facts
from certificates.fonts import startup_problems
from certificates.kinds import KINDS
from certificates.numbers import certificate_number, document_number, parse_certificate_number
from certificates.previews import Draft, print_drafts
from certificates.render import render
from certificates.slips import Slip, check_slip, print_slip

__all__ = [
    "KINDS",
    "Draft",
    "FactsRejected",
    "MissingGlyphs",
    "Slip",
    "certificate_number",
    "check_facts",
    "check_slip",
    "document_number",
    "parse_certificate_number",
    "print_drafts",
    "print_slip",
    "render",
    "startup_problems",
]
