"""Personal data as it is shown to those who need not know all of it (policy §8, PIPL)."""


def mask_id_number(number: str) -> str:
    """110105********002X: the first six and the last four characters stay."""
    return _between(number, 6, 4)


def mask_mobile(number: str) -> str:
    """138****8000: the first three and the last four digits stay."""
    return _between(number, 3, 4)


def mask_name(name: str) -> str:
    """张*: the family name's first character stays."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def last_signs(number: str) -> str:
    """002X: at most the last four characters, and never more than half of the number."""
    return number[-min(4, len(number) // 2) :] if len(number) > 1 else "*"


def _between(text: str, head: int, tail: int) -> str:
    """``text`` with stars between; all stars when too short to hide anything otherwise."""
    hidden = len(text) - head - tail
    if hidden < 4 and tail:
        return "*" * len(text)
    return text[:head] + "*" * max(hidden, 0) + (text[-tail:] if tail else "")
