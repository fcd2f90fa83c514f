"""文书文字: the body of a paper as an organ words it, over the same frozen facts.

An organ writes a few HTML tags and {{fields}} by their Chinese labels; both are read by our own
small grammar, escaped and written anew. No template language ever sees what was typed.
"""

from certificates.wording.checking import check_wording
from certificates.wording.fields import WORDABLE, Field, fields_of
from certificates.wording.starters import starter_of
from certificates.wording.writing import wording_html

__all__ = ["WORDABLE", "Field", "check_wording", "fields_of", "starter_of", "wording_html"]
