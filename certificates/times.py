"""Days and moments as papers write them."""

from datetime import date, datetime


def day_words(iso: str) -> str:
    """2026年11月2日, of an ISO date."""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(iso: str) -> str:
    """As the clock of the frozen zone shows it: 2026年11月2日9时05分."""
    when = datetime.fromisoformat(iso)
    return f"{when.year}年{when.month}月{when.day}日{when.hour}时{when.minute:02d}分"
