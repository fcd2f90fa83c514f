"""How much one check may still look at, so that no diagram keeps it busy."""


class TooMany(ValueError):
    """More than the check goes through."""


class Work:
    """What may still be looked at: `left` units, of about the same time each."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, units: int) -> None:
        """Raises TooMany when there is no more."""
        self.left -= units
        if self.left < 0:
            raise TooMany
