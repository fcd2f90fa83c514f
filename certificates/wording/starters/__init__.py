"""The shipped wording of each kind in the language of organs' wordings, to begin from."""

from pathlib import Path


def starter_of(kind: str) -> str:
    """What an editor begins with; the same words as the program's own template."""
    return (Path(__file__).parent / f"{kind}.html").read_text("utf-8")
