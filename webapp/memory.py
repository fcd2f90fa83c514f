"""What a start leaves in memory stays for good: the garbage collector need not look there again.

Measured in docs/decisions/0036-garbage-collection.md.
"""

import gc

NEW_OBJECTS = 10_000
"""Objects that have come and not gone before the collector looks: Python's 700 are one page's."""


def settle() -> None:
    """Take what is there for permanent; called once, when all is loaded and before any work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)
